import { Agent, request } from 'undici';

/**
 * Which callback queries were answered: true, or an answer is on its way; false: not yet. The transport marks it,
 * because it also sees calls from inside dialogues. An answer that failed leaves no mark.
 */
export type AnswerLedger = Map<string, boolean>;

export interface Reply {
  readonly status: number;
  json(): Promise<unknown>;
}
export interface RequestInit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}
/** Performs one call; rejects when the connection fails. */
export type Send = (url: string, init: RequestInit) => Promise<Reply>;

/** Opens a file; rejects when the connection fails. Whoever has read enough stops reading. */
export type Download = (
  url: string,
  signal: AbortSignal,
) => Promise<{ readonly status: number; readonly body: AsyncIterable<Uint8Array> }>;

const CALL_MS = 10_000;
const POLL_MS = 45_000;
const MAX_WAIT_SECONDS = 5;
/** After that long a call is tried for the last time: call by call it stays below the watchdog's 20 s. */
const PATIENCE_MS = 8_000;
const REPEATS = 3;
const REPEATABLE = /^(?:get|set|edit|delete|answer)/;

/** Calls over undici's keep-alive pool: 0.4 of the CPU of grammY's default transport (`npm run bench`). */
export function undiciSend(): { send: Send; download: Download; close(): Promise<void> } {
  const agent = new Agent({ keepAliveTimeout: 30_000, connections: 64 });
  return {
    send: async (url, init) => {
      const { statusCode, body } = await request(url, {
        dispatcher: agent,
        method: (init.method ?? 'POST') as 'POST',
        headers: init.headers ?? {},
        body: init.body as string,
        ...(init.signal && { signal: init.signal }),
      });
      const text = await body.text();
      return { status: statusCode, json: async () => parseAnswer(statusCode, text) };
    },
    download: async (url, signal) => {
      const { statusCode, body } = await request(url, { dispatcher: agent, signal });
      return { status: statusCode, body };
    },
    // What is still open when the program has stopped is a call that nobody waits for.
    close: () => agent.destroy(),
  };
}

/** A proxy's HTML page is an outage, not an answer. */
function parseAnswer(status: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { ok: false, error_code: status >= 400 ? status : 502, description: 'not an answer of Telegram' };
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * grammY's `client.fetch`: a time budget per call; a callback query is answered once; and, when `patient`, what may
 * safely be repeated is repeated: calls refused with 429 for up to five seconds, and reads, edits and answers that
 * met an outage. A `send…` is never repeated after an outage: it may have arrived.
 */
export function createTransport(send: Send, options: { ledger?: AnswerLedger; patient: boolean }) {
  const { ledger, patient } = options;
  return async (url: unknown, init: RequestInit): Promise<Reply> => {
    const address = String(url);
    const method = address.slice(address.lastIndexOf('/') + 1);
    if (ledger === undefined || method !== 'answerCallbackQuery') return perform(address, method, init);
    const id = queryId(init.body);
    if (ledger.get(id) === true) return { status: 200, json: async () => ({ ok: true, result: true }) };
    if (!ledger.has(id)) return perform(address, method, init);
    ledger.set(id, true);
    let isAnswered = false;
    try {
      const reply = await perform(address, method, init);
      isAnswered = reply.status < 429;
      return reply;
    } finally {
      if (!isAnswered) ledger.delete(id);
    }
  };

  async function perform(address: string, method: string, init: RequestInit): Promise<Reply> {
    const mayWait = patient && (init.body === undefined || typeof init.body === 'string'); // a stream is gone once read
    const repeats = mayWait && REPEATABLE.test(method) && method !== 'getUpdates' ? REPEATS : 0;
    const began = performance.now();
    for (let attempt = 0; ; attempt++) {
      const isPatient = performance.now() - began < PATIENCE_MS;
      const last = attempt >= repeats || !isPatient;
      try {
        const reply = await once(send, address, method, init);
        const wait = mayWait && isPatient && attempt < REPEATS ? await toWait(reply, last) : undefined;
        if (wait === undefined) return reply;
        await pause(wait);
      } catch (error) {
        if (last || init.signal?.aborted === true) throw error;
        await pause(200 * 4 ** attempt);
      }
    }
  }
}

/** Milliseconds until a repeat makes sense, or undefined when the reply is final. */
async function toWait(reply: Reply, last: boolean): Promise<number | undefined> {
  if (reply.status === 429) {
    const answer = (await reply.json()) as { parameters?: { retry_after?: number } };
    const seconds = answer.parameters?.retry_after ?? MAX_WAIT_SECONDS;
    return seconds <= MAX_WAIT_SECONDS ? seconds * 1_000 : undefined;
  }
  return reply.status >= 500 && !last ? 200 : undefined;
}

async function once(send: Send, address: string, method: string, init: RequestInit): Promise<Reply> {
  const stop = new AbortController();
  // grammY hands a polyfilled signal, which undici refuses.
  if (init.signal?.aborted === true) stop.abort();
  init.signal?.addEventListener('abort', () => stop.abort());
  const timer = setTimeout(() => stop.abort(), method === 'getUpdates' ? POLL_MS : CALL_MS);
  try {
    return await send(address, { ...init, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

function queryId(body: unknown): string {
  const match = typeof body === 'string' ? /"callback_query_id":"([^"]*)"/.exec(body) : null;
  return match?.[1] ?? '';
}
