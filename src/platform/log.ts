import pino from 'pino';

/** What may be logged about an event: ids of our own, kinds, counts, durations. Never a text, a name or an update. */
export type Fact = string | number | boolean | undefined;

export interface Log {
  info(event: string, facts?: Readonly<Record<string, Fact>>): void;
  warn(event: string, facts?: Readonly<Record<string, Fact>>): void;
  error(event: string, facts?: Readonly<Record<string, Fact>>): void;
}

const TOKEN = /\d{6,}:[\w-]{30,}/g;
const URL_SECRET = /(postgres(?:ql)?:\/\/[^:\s]+:)[^@\s]+@/g;

/** Removes what looks like a bot token or a database password, and cuts a line before it becomes a page. */
export const scrub = (text: string): string =>
  text.replace(TOKEN, '[token]').replace(URL_SECRET, '$1[password]@').slice(0, 2_000);

export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const sink = destination ?? { write: (line: string) => void process.stderr.write(line) };
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => sink.write(`${scrub(line.trimEnd())}\n`) },
  );
  const at =
    (severity: 'info' | 'warn' | 'error') =>
    (event: string, facts: Readonly<Record<string, Fact>> = {}) =>
      logger[severity](facts, event);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * What may be said of an error. Errors of grammY and of the database carry the token, people's words and whole
 * rows; this takes only names, codes and where in our own code it happened.
 */
export function safeError(error: unknown): Readonly<Record<string, Fact>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const known = error as Error & {
    error_code?: number;
    method?: string;
    code?: string;
    error?: unknown;
    cause?: unknown;
  };
  const inner = known.error instanceof Error ? known.error : known.cause instanceof Error ? known.cause : undefined;
  return {
    error: error.name,
    ...(known.method !== undefined && { method: known.method }),
    ...(known.error_code !== undefined && { errorCode: known.error_code }),
    ...(typeof known.code === 'string' && { code: known.code }),
    ...(inner !== undefined && { cause: inner.name, ...causeFacts(inner) }),
    where: ownFrames(inner ?? error),
  };
}

function causeFacts(error: Error): Readonly<Record<string, Fact>> {
  const known = error as Error & { error_code?: number; method?: string; code?: string };
  return {
    ...(known.method !== undefined && { method: known.method }),
    ...(known.error_code !== undefined && { errorCode: known.error_code }),
    ...(typeof known.code === 'string' && { code: known.code }),
  };
}

const FRAME = /^\s+at .+(?::\d+:\d+|<anonymous>|native)\)?$/;

/** The first few places of the stack, without the message, which may hold anything, also what looks like a place. */
function ownFrames({ stack = '', message }: Error): string {
  const start = stack.indexOf(message);
  const frames = stack
    .slice(start < 0 ? 0 : start + message.length)
    .split('\n')
    .filter((line) => FRAME.test(line));
  return frames
    .slice(0, 4)
    .map((line) =>
      line
        .trim()
        .replace(/^at /, '')
        .replace(/file:\/\/.*?\/(src|node_modules|test)\//, '$1/'),
    )
    .join(' < ')
    .slice(0, 600);
}
