import { inflateSync } from 'node:zlib';
import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { qrPng } from '../../src/platform/qr.ts';

const LINK = `https://t.me/some_bot?start=c_${'Ab3_-xyz'.repeat(4)}`;

it('is a PNG whose pixels are the code, with the white around it that readers need', () => {
  const png = Buffer.from(qrPng(LINK));
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  const width = png.readUInt32BE(16);
  expect(width).toBe(png.readUInt32BE(20));
  const length = png.readUInt32BE(33);
  expect(png.subarray(37, 41).toString('latin1')).toBe('IDAT');
  const pixels = inflateSync(png.subarray(41, 41 + length));
  expect(pixels.length).toBe(width * (width + 1));
  const dark = (x: number, y: number) => pixels[y * (width + 1) + 1 + x] === 0;
  const { data } = encode(LINK, { ecc: 'M', border: 4 });
  const scale = width / data.length;
  const read = data.map((row, y) => row.map((_, x) => dark(x * scale + scale / 2, y * scale + scale / 2)));
  expect(read).toEqual(data);
  for (let at = 0; at < width; at++) expect(dark(at, 3 * scale) || dark(3 * scale, at)).toBe(false);
});
