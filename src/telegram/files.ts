import type { Api } from 'grammy';
import { refusalOf } from './refusal.ts';
import type { Download } from './transport.ts';

/** `gone`: Telegram does not have it any more, or does not give it to us. */
export type FetchedFile =
  | { readonly status: 'whole'; readonly bytes: Uint8Array }
  | { readonly status: 'too-large' | 'gone' };

/** Fetches a file that somebody has sent. Throws outages: of Telegram, or of the way there. */
export type FetchFile = (fileId: string, largestBytes: number) => Promise<FetchedFile>;

const WITHIN_MS = 60_000;
/** Where Telegram keeps it; nothing that could lead elsewhere. */
const PATH = /^[\w-]+(?:\/[\w.-]+)+$/;

/**
 * Telegram is asked first how large it is, and read no further than is allowed, whatever it has said. The address has the
 * token in it: it is built here, told nobody and forgotten.
 */
export function createFetchFile(options: {
  readonly api: Api;
  readonly apiRoot: string;
  readonly token: string;
  readonly download: Download;
}): FetchFile {
  const { api, apiRoot, token, download } = options;
  return async (fileId, largestBytes) => {
    const found = await locate(api, fileId);
    if (typeof found === 'string') return { status: found };
    if ((found.size ?? 0) > largestBytes) return { status: 'too-large' };
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), WITHIN_MS);
    try {
      const { status, body } = await download(`${apiRoot}/file/bot${token}/${found.path}`, stop.signal);
      if (status >= 500 || status === 429) throw new FileOutage();
      if (status !== 200) return { status: 'gone' };
      const pieces: Uint8Array[] = [];
      let size = 0;
      for await (const piece of body) {
        size += piece.length;
        if (size > largestBytes) return { status: 'too-large' };
        pieces.push(piece);
      }
      return { status: 'whole', bytes: Buffer.concat(pieces) };
    } catch {
      // What a failed connection says may repeat the address.
      throw new FileOutage();
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
  };
}

/** The file could not be fetched this time. */
export class FileOutage extends Error {
  override readonly name = 'FileOutage';
  constructor() {
    super('the file could not be fetched');
  }
}

async function locate(api: Api, fileId: string): Promise<{ path: string; size?: number } | 'gone' | 'too-large'> {
  try {
    const { file_path: path, file_size: size } = await api.getFile(fileId);
    if (path === undefined || !PATH.test(path) || path.includes('..')) return 'gone';
    return { path, ...(size !== undefined && { size }) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined || refusal.kind === 'outage' || refusal.kind === 'wait') throw error;
    return refusal.kind === 'file-too-big' ? 'too-large' : 'gone';
  }
}
