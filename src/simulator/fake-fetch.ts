import { type ApiAnswer, badRequest } from './answers.ts';
import { readBody } from './request.ts';
import type { SimulatedTelegram } from './telegram.ts';
import type { Signal } from './updates.ts';

export interface FakeInit {
  method?: string;
  headers?: Record<string, string> | Headers;
  body?: unknown;
  signal?: unknown;
}

export interface FakeResponse {
  status: number;
  ok: boolean;
  headers: Headers;
  json(): Promise<unknown>;
  text(): Promise<string>;
}

/** What a proxy in front of Telegram says; it is not JSON, and that is the point. */
export const PROXY_PAGE =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

/** An answer as it goes over the wire. */
export function encodeAnswer(answer: ApiAnswer): { status: number; type: string; body: string } {
  if (answer.ok) return { status: 200, type: 'application/json', body: JSON.stringify(answer) };
  if (answer.error_code === 502) return { status: 502, type: 'text/html', body: PROXY_PAGE };
  return { status: answer.error_code, type: 'application/json', body: JSON.stringify(answer) };
}

/**
 * A `fetch` that leads straight into the simulated Telegram; hand it to grammY as `client.fetch`. Rejects when a
 * connection is dropped on demand, and, like any fetch, when `signal` aborts.
 */
export function fakeFetch(telegram: SimulatedTelegram): (url: string | URL, init?: FakeInit) => Promise<FakeResponse> {
  return async (url, init = {}) => {
    const { pathname, searchParams } = new URL(url);
    const [, token = '', method = ''] = /^\/bot([^/]+)\/(?:test\/)?([^/]+)$/.exec(pathname) ?? [];
    const headers = new Headers(init.headers);
    const signal = init.signal as Signal | undefined;
    const request = readBody(headers.get('content-type') ?? '', await drain(init.body));
    const answer = request
      ? await abortable(
          telegram.call(
            decodeURIComponent(token),
            method,
            { ...Object.fromEntries(searchParams), ...request.params },
            request.files,
            signal,
          ),
          signal,
        )
      : badRequest("can't parse request body");
    const { status, type, body } = encodeAnswer(answer);
    return {
      status,
      ok: status >= 200 && status < 300,
      headers: new Headers({ 'content-type': type }),
      json: async () => JSON.parse(body) as unknown,
      text: async () => body,
    };
  };
}

/** A download that leads straight into the simulated Telegram, in pieces of `piece` bytes. */
export function fakeDownload(telegram: SimulatedTelegram, piece = 65_536) {
  return async (url: string): Promise<{ status: number; body: AsyncIterable<Uint8Array> }> => {
    const [, token = '', path = ''] = /^\/file\/bot([^/]+)\/(.+)$/.exec(new URL(url).pathname) ?? [];
    const bytes = telegram.download(decodeURIComponent(token), path);
    return { status: bytes === undefined ? 404 : 200, body: pieces(bytes ?? new Uint8Array(), piece) };
  };
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

function abortable<T>(promise: Promise<T>, signal: Signal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('The user aborted a request.', 'AbortError'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function drain(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  if (typeof body !== 'object' || !(Symbol.asyncIterator in body))
    throw new TypeError('a body of a kind we cannot read');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array | string>)
    chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  return Buffer.concat(chunks);
}
