import { Agent, request } from 'undici';
import type { Complaint, Reading } from './model.ts';
import { endOfList, readBaPage } from './source-ba.ts';
import { readOpenQcat } from './source-openqcat.ts';

// Lists that are fetched from an address. Nothing in the bot depends on these services being there.

/** What goes along with each request: who asks, and nothing compressed (what unpacks cannot grow). */
const HEADERS = { accept: 'application/json, application/xml, text/xml', 'accept-encoding': 'identity' };
const AGENT = 'integration-management-bot/0.1.0';

export const FETCH_LIMITS = {
  /** For the beginning of an answer, and between two pieces of it. */
  timeoutMs: 20_000,
  /** Each request is made so often. */
  tries: 4,
  /** Before the second try; twice as long before each further one. */
  pauseMs: 1_000,
  /** Who asks for more patience than that is asked again at the next occasion. */
  longestPauseMs: 60_000,
  /** Between two pages, so as not to press. */
  pageBytes: 16 * 2 ** 20,
  betweenPagesMs: 300,
  pages: 400,
  totalBytes: 256 * 2 ** 20,
  /** Asked for, where the address does not say. */
  pageSize: 100,
} as const;
export type FetchLimits = { readonly [K in keyof typeof FETCH_LIMITS]: number };

export interface FetchDeps {
  /** Waits; tests do not. */
  pause(ms: number): Promise<void>;
  /** The present, for a Retry-After that names a time. */
  now(): number;
  readonly limits?: Partial<FetchLimits>;
}

export interface FeedAddress {
  readonly format: 'ba' | 'openqcat';
  readonly url: string;
  /** Sent as X-API-Key. */
  readonly key: string | undefined;
}

export interface Fetching {
  readonly readings: AsyncGenerator<Reading>;
  /** How long the service wants to be left alone, after it has said so. */
  patienceMs(): number | undefined;
}

type Failure = { readonly complaint: Complaint; readonly patienceMs?: number };
type Answer = { readonly body: AsyncIterable<Uint8Array> & { destroy?(): void } } | Failure;

/** Whether another try may help. */
type Try = Answer | { readonly again: true; readonly waitMs: number | undefined; readonly complaint: Complaint };

/** Fetches a list as it is read. Whatever goes wrong is a reading that says so; it never throws for what a service does. */
export function fetchList(address: FeedAddress, deps: FetchDeps): Fetching {
  const limits: FetchLimits = { ...FETCH_LIMITS, ...deps.limits };
  let patience: number | undefined;
  const own = { ...deps, limits, tell: (ms: number | undefined) => (patience = ms ?? patience) };
  return {
    readings: address.format === 'ba' ? fetchPages(address, own) : fetchFile(address, own),
    patienceMs: () => patience,
  };
}

interface Own extends FetchDeps {
  readonly limits: FetchLimits;
  tell(patienceMs: number | undefined): void;
}

const unreadable = (complaint: Complaint, line: number): Reading => ({
  kind: 'unreadable',
  line,
  complaint,
  field: undefined,
});

/** Page by page, each of them whole in memory before it is read: a connection that drops costs one page. */
async function* fetchPages(address: FeedAddress, deps: Own): AsyncGenerator<Reading> {
  const { limits } = deps;
  const agent = new Agent({ connections: 1 });
  let read = 0;
  let bytes = 0;
  let total: number | undefined;
  try {
    for (let page = 0; ; page++) {
      if (page >= limits.pages || bytes >= limits.totalBytes) return yield unreadable('too-large', read + 1);
      if (page > 0) await deps.pause(limits.betweenPagesMs);
      const answer = await insist(
        pageUrl(address.url, page, limits.pageSize),
        address.key,
        agent,
        deps,
        limits.pageBytes,
      );
      if ('complaint' in answer) return yield unreadable(answer.complaint, read + 1);
      bytes += answer.bytes.length;
      const facts = yield* readBaPage(once(answer.bytes), read, limits.pageBytes);
      if (facts === undefined) return;
      read += facts.count;
      if (facts.total !== undefined) total = Math.max(total ?? 0, facts.total);
      const isLast = facts.pages === undefined ? facts.count === 0 : page + 1 >= facts.pages;
      if (isLast || facts.count === 0) break;
    }
    yield* endOfList(read, total);
  } finally {
    await agent.destroy();
  }
}

function pageUrl(base: string, page: number, size: number): string {
  const url = new URL(base);
  url.searchParams.set('page', String(page));
  if (!url.searchParams.has('size')) url.searchParams.set('size', String(size));
  return url.href;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** One file, read as it comes: one that breaks off half way is fetched anew at the next occasion. */
async function* fetchFile(address: FeedAddress, deps: Own): AsyncGenerator<Reading> {
  const agent = new Agent({ connections: 1 });
  try {
    const answer = await tryAgain(deps, () => ask(address.url, address.key, agent, deps));
    if ('complaint' in answer) return yield unreadable(answer.complaint, 1);
    let isBroken = false;
    const body = async function* () {
      try {
        yield* answer.body;
      } catch {
        isBroken = true;
      }
    };
    for await (const reading of readOpenQcat(body(), deps.limits.totalBytes)) {
      yield reading.kind === 'unreadable' && isBroken ? { ...reading, complaint: 'unreached' } : reading;
    }
  } finally {
    await agent.destroy();
  }
}

/** A page as a whole, with the same patience for its body as for its beginning. */
async function insist(
  url: string,
  key: string | undefined,
  agent: Agent,
  deps: Own,
  largest: number,
): Promise<{ readonly bytes: Uint8Array } | Failure> {
  return tryAgain(deps, async () => {
    const answer = await ask(url, key, agent, deps);
    if (!('body' in answer)) return answer;
    const pieces: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const piece of answer.body) {
        size += piece.length;
        if (size > largest) {
          answer.body.destroy?.();
          return { complaint: 'too-large' };
        }
        pieces.push(piece);
      }
    } catch {
      return { again: true, waitMs: undefined, complaint: 'unreached' };
    }
    return { bytes: Buffer.concat(pieces) };
  });
}

async function tryAgain<T>(
  deps: Own,
  attempt: () => Promise<T | Failure | { readonly again: true; waitMs: number | undefined; complaint: Complaint }>,
): Promise<T | Failure> {
  const { tries, pauseMs, longestPauseMs } = deps.limits;
  for (let tried = 1; ; tried++) {
    const result = await attempt();
    const isAgain = typeof result === 'object' && result !== null && 'again' in result;
    if (!isAgain) return result as T | Failure;
    const wait = result.waitMs ?? pauseMs * 2 ** (tried - 1);
    if (tried >= tries || wait > longestPauseMs) {
      deps.tell(result.waitMs);
      return { complaint: result.complaint };
    }
    await deps.pause(wait);
  }
}

/** One request. Redirections are not followed: the key would go along to wherever they lead. */
async function ask(url: string, key: string | undefined, agent: Agent, deps: Own): Promise<Try> {
  const { timeoutMs } = deps.limits;
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      headers: { ...HEADERS, 'user-agent': AGENT, ...(key !== undefined && { 'x-api-key': key }) },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    // What one that is thrown away has to say is of no interest; whoever reads it hears it himself.
    body.on('error', () => {});
    if (statusCode === 200) {
      const packed = headers['content-encoding'];
      if (packed === undefined || packed === 'identity') return { body };
      body.destroy();
      return { complaint: 'format' };
    }
    body.destroy();
    if (statusCode === 401 || statusCode === 403) return { complaint: 'key' };
    if (statusCode !== 429 && statusCode < 500) return { complaint: 'declined' };
    return { again: true, waitMs: retryAfter(headers['retry-after'], deps.now()), complaint: 'unreached' };
  } catch {
    return { again: true, waitMs: undefined, complaint: 'unreached' };
  }
}

/** Seconds, or a time. */
function retryAfter(header: string | readonly string[] | undefined, now: number): number | undefined {
  const text = typeof header === 'string' ? header.trim() : '';
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
