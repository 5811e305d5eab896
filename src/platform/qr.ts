import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Modules of white around the code, which readers need (ISO/IEC 18004). */
const QUIET = 4;
/** Pixels of a module: a link's code is then about 400 pixels wide. */
const SCALE = 10;

/** A text as a QR code, black on white, as a PNG (grey, 8 bits), made in memory. */
export function qrPng(text: string): Uint8Array {
  const { data } = encode(text, { ecc: 'M', border: QUIET });
  const width = data.length * SCALE;
  const rows = data.flatMap((modules) => {
    // Each row of pixels begins with its filter: none.
    const row = Buffer.alloc(width + 1, 255);
    row[0] = 0;
    modules.forEach((isDark, at) => {
      if (isDark) row.fill(0, 1 + at * SCALE, 1 + (at + 1) * SCALE);
    });
    return Array.from({ length: SCALE }, () => row);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 8;
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat([signature, ...parts]));
}

/** Length, name, content, checksum over name and content (PNG, ISO/IEC 15948). */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
