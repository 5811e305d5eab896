import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSeal, dataKey, decodeKey, hashToken, newId, newToken } from '../../src/platform/crypto.ts';

const key = new Uint8Array(32).fill(7);
const seal = createSeal(key);

describe('what is sealed', () => {
  it('can be opened for its purpose, in every script', () => {
    for (const text of ['', 'Wohnung', 'أمل', 'ሰላም', '🙂'.repeat(1_000)]) {
      expect(seal.open('topic', seal.seal('topic', text))).toBe(text);
    }
  });

  it('looks different each time and shows nothing of the text', () => {
    const [one, other] = [seal.seal('topic', 'health'), seal.seal('topic', 'health')];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
    expect(Buffer.from(one).toString('latin1')).not.toContain('health');
  });

  it('cannot be opened for another purpose or with another key', () => {
    const sealed = seal.seal('topic', 'health');
    expect(() => seal.open('nickname', sealed)).toThrow();
    expect(() => createSeal(new Uint8Array(32).fill(8)).open('topic', sealed)).toThrow();
  });

  it('cannot be opened once a single bit was altered, or a byte is missing', () => {
    const sealed = seal.seal('topic', 'health');
    for (let byte = 0; byte < sealed.length; byte++) {
      const altered = sealed.slice();
      altered[byte] = (altered[byte] ?? 0) ^ 1;
      expect(() => seal.open('topic', altered)).toThrow();
      expect(() => seal.open('topic', sealed.slice(0, byte))).toThrow();
    }
  });
});

describe('a mark', () => {
  it('is the same for the same id, another with another key, and not the id', () => {
    expect(seal.mark(700_001)).toBe(seal.mark(700_001n));
    expect(seal.mark(700_001)).not.toBe(seal.mark(700_002));
    expect(seal.mark(700_001)).not.toBe(createSeal(new Uint8Array(32)).mark(700_001));
    expect(seal.mark(700_001)).not.toContain('700');
  });
});

describe('the data key', () => {
  function folder(): string {
    const made = mkdtempSync(path.join(os.tmpdir(), 'key-'));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  }

  it('is what is configured, as base64 or as hexadecimal digits', () => {
    expect(Buffer.from(dataKey('07'.repeat(32), '/nowhere'))).toEqual(Buffer.from(key));
    expect(Buffer.from(dataKey(Buffer.from(key).toString('base64'), '/nowhere'))).toEqual(Buffer.from(key));
  });

  it('is made once, kept, and readable by its owner alone', () => {
    const place = path.join(folder(), 'data');
    const made = dataKey(undefined, place);
    expect(made).toHaveLength(32);
    expect(dataKey(undefined, place)).toEqual(made);
    expect(statSync(path.join(place, 'data.key')).mode & 0o777).toBe(0o600);
  });

  it('loses the rights of others when somebody gave them', () => {
    const place = folder();
    writeFileSync(path.join(place, 'data.key'), `${Buffer.from(key).toString('base64')}\n`, { mode: 0o644 });
    expect(Buffer.from(dataKey(undefined, place))).toEqual(Buffer.from(key));
    expect(statSync(path.join(place, 'data.key')).mode & 0o777).toBe(0o600);
  });

  it('is never replaced: a file that is none stops the start and stays as it is', () => {
    const place = folder();
    writeFileSync(path.join(place, 'data.key'), 'half');
    expect(() => dataKey(undefined, place)).toThrow('must be 32 bytes');
    expect(readFileSync(path.join(place, 'data.key'), 'utf8')).toBe('half');
  });

  it('must be exactly 32 bytes', () => {
    for (const text of ['', 'short', '07'.repeat(31), Buffer.alloc(33).toString('base64')]) {
      expect(() => decodeKey(text)).toThrow('DATA_KEY must be 32 bytes');
    }
  });
});

describe('ids and tokens', () => {
  it('are of safe characters, and do not repeat', () => {
    const ids = new Set(Array.from({ length: 2_000 }, () => newId()));
    expect(ids.size).toBe(2_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-z]{12}$/);
    expect(newToken()).toMatch(/^[\w-]{32}$/);
    expect(hashToken('a')).not.toBe(hashToken('b'));
  });
});
