import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
} from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from './folder.ts';

const ALPHABET = '0123456789abcdefghijkmnpqrstuvwxyz';

/** A random id of 12 characters (61 bits), safe in callback data and addresses. Not a secret. */
export function newId(length = 12): string {
  let id = '';
  for (const byte of randomBytes(length)) id += ALPHABET[byte % ALPHABET.length];
  return id;
}

/** A whole number from `from` to `to`, both inclusive. */
export const randomNumber = (from: number, to: number): number => randomInt(from, to + 1);

/** A secret for a link: 192 random bits as 32 base64url characters. Store only its hash. */
export const newToken = (): string => randomBytes(24).toString('base64url');

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * Sealing of what is confidential: AES-256-GCM under a key made from DATA_KEY. `purpose` is bound in, so that a
 * value sealed as a topic cannot be opened as a nickname. Opening what was altered or sealed otherwise throws.
 */
export interface Seal {
  seal(purpose: string, text: string): Uint8Array<ArrayBuffer>;
  open(purpose: string, sealed: Uint8Array): string;
  /** A keyed, one-way mark of an id, for logs: the same id gives the same mark, nobody gets back. */
  mark(id: string | number | bigint): string;
}

const NONCE = 12;
const TAG = 16;

export function createSeal(key: Uint8Array): Seal {
  const derived = (info: string) => Buffer.from(hkdfSync('sha256', key, '', info, 32));
  const sealing = derived('seal');
  const marking = derived('mark');
  return {
    seal(purpose, text) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      cipher.setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE));
      decipher.setAAD(Buffer.from(purpose));
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
    },
    mark: (id) => createHmac('sha256', marking).update(String(id)).digest('base64url').slice(0, 8),
  };
}

/** Reads `DATA_KEY` (32 bytes as base64 or hex) or, with nothing configured, a key made once and kept in `folder`. */
export function dataKey(configured: string | undefined, folder: string): Uint8Array {
  if (configured !== undefined) return decodeKey(configured);
  const file = path.join(folder, 'data.key');
  if (!existsSync(file)) {
    makeFolder(folder);
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  chmodSync(file, 0o600);
  return decodeKey(readFileSync(file, 'utf8').trim());
}

/** Throws unless the text is exactly 32 bytes in base64 or hexadecimal. */
export function decodeKey(text: string): Uint8Array {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length !== 32) throw new Error('DATA_KEY must be 32 bytes, written as base64 or as 64 hexadecimal digits');
  return bytes;
}
