import { type Config, ConfigError } from './config.ts';

/** Says of a failure which variable is wrong and why, in one sentence; undefined where no variable is to blame. */
type Verdict = (code: string, config: Config) => string | undefined;

const AWAY = /^(?:ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)/;
const REFUSED: Readonly<Record<string, string>> = {
  '28P01': 'does not know this user or password',
  '28000': 'does not let this user in',
  '3D000': 'has no such database',
  '42501': 'lets this user create nothing',
};

export const ofServer: Verdict = (code) => {
  if (AWAY.test(code)) return `DATABASE_URL: no PostgreSQL server answers there (${code}).`;
  const refusal = REFUSED[code];
  return refusal === undefined ? undefined : `DATABASE_URL: the server ${refusal} (${code}).`;
};

export const ofFolder: Verdict = (code, { DATA_DIR }) =>
  /^E(?:ACCES|EXIST|ISDIR|NOTDIR|NOENT|PERM|ROFS|NOSPC)$/.test(code)
    ? `DATA_DIR: ${DATA_DIR} cannot be used as a folder to write in (${code}).`
    : undefined;

export const ofListening: Verdict = (code, { PORT, HOST }) => {
  if (code === 'EADDRINUSE') return `PORT: ${PORT} is taken by another program on this machine.`;
  if (code === 'EACCES') return `PORT: ${PORT} is not free to this user; take one above 1023.`;
  return ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(code)
    ? `HOST: ${HOST} is no address of this machine.`
    : undefined;
};

export const ofTelegram: Verdict = (code) =>
  code === '401' || code === '404' ? 'BOT_TOKEN: Telegram does not know this token.' : undefined;

/** Does one step of the start. What is the operator's to repair is thrown as a sentence, everything else as it is. */
export async function blaming<T>(verdict: Verdict, config: Config, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const sentence = codesOf(error)
      .map((code) => verdict(code, config))
      .find((one) => one !== undefined);
    throw sentence === undefined ? error : new ConfigError(sentence);
  }
}

/** The codes of an error and of whatever it was made from. */
function codesOf(error: unknown): readonly string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(codesOf);
  if (!(error instanceof Error)) return [];
  // Telegram's refusals call theirs `error_code`.
  const { code, error_code, cause } = error as Error & { code?: unknown; error_code?: unknown };
  const own = [code, error_code].filter((one) => typeof one === 'string' || typeof one === 'number');
  return [...own.map(String), ...codesOf(cause)];
}
