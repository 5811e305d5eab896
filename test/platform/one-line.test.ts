import { describe, expect, it } from 'vitest';
import { oneLine } from '../../src/platform/one-line.ts';

describe('one line', () => {
  it.each([
    ['a Farsi word written with a joiner', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['a picture of several', '👩🏽\u200d🦰 ❤️\u200d🔥', '👩🏽\u200d🦰 ❤️\u200d🔥'],
    ['a doubled joiner', 'می\u200c\u200cخواهم', 'می\u200cخواهم'],
    ['a joiner between nothing', '\u200cعلی\u200d \u200c رضا\u200c', 'علی رضا'],
    ['what turns the direction', '\u202eAmal\u2066 \u200fK\u061c', 'Amal K'],
    ['what cannot be seen', 'A\u00adm\u200ba\ufeffl\u0000', 'Amal'],
    ['several lines', ' Bahnhof\r\n\tCalw\u2028Mitte\u00a0 ', 'Bahnhof Calw Mitte'],
    ['half a letter', 'A\ud83d', 'A'],
    ['nothing', ' \u200c\u202e\n', ''],
  ])('keeps what is written and no more: %s', (_, typed, kept) => {
    expect(oneLine(typed)).toBe(kept);
    expect(oneLine(kept)).toBe(kept);
  });

  it('is cut between letters, and ends with none that joins or spaces', () => {
    expect(oneLine('👩\u200d🦰', 2)).toBe('👩');
    expect(oneLine('Amal K', 5)).toBe('Amal');
    expect(oneLine('می\u200cخواهم', 4)).toBe('می\u200cخ');
  });
});
