import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../../src/features/handovers/model.ts';
import {
  endsForAll,
  fieldBefore,
  interpreterFor,
  linkExpiresAt,
  nextField,
  nobodyLeft,
  parsePhone,
  stepOf,
  vanishesAt,
} from '../../../src/features/handovers/rules.ts';
import { findingsIn, PATTERNS } from '../../../src/features/handovers/rules-text.ts';
import { berlin } from '../../support/clock.ts';

/** Whether a group that is repeated without end holds something that is. */
function nests({ source }: RegExp): boolean {
  const endless = /[*+]|\{\d+,\}/;
  let shape = source.replace(/\\p\{[^}]*\}|\\./gi, 'x').replace(/\[[^\]]*\]/g, 'x');
  for (let inner = /\((?:\?(?::|<?[=!]))?([^()]*)\)(\{\d+,?\d*\}|[*+?])?/.exec(shape); inner !== null; ) {
    const [whole, words = '', times = ''] = inner;
    if (endless.test(times) && endless.test(words)) return true;
    shape = shape.replace(whole, () => (endless.test(words) || endless.test(times) ? 'x+' : 'x'));
    inner = /\((?:\?(?::|<?[=!]))?([^()]*)\)(\{\d+,?\d*\}|[*+?])?/.exec(shape);
  }
  return false;
}

describe('the form', () => {
  it('has at most nine questions and goes through them in order', () => {
    expect(FIELDS.length).toBeLessThanOrEqual(9);
    expect(nextField({ answered: [] })).toBe('town');
    expect(nextField({ answered: ['town', 'kind', 'topics'] })).toBe('languages');
    expect(nextField({ answered: [...FIELDS] })).toBeUndefined();
    expect(FIELDS.map(stepOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([fieldBefore('town'), fieldBefore('kind')]).toEqual([undefined, 'town']);
  });
});

describe('whoever interprets', () => {
  const of = (languages: readonly string[], interpreter = true) => ({ languages, interpreter }) as never;
  it('speaks the language in which she has read, or the first of hers', () => {
    expect(interpreterFor(of(['de', 'fa', 'ar']), 'ar')).toBe('ar');
    expect(interpreterFor(of(['de', 'fa', 'ar']), 'ti')).toBe('fa');
    expect(interpreterFor(of(['de']), 'de')).toBeUndefined();
    expect(interpreterFor(of(['ar'], false), 'ar')).toBeUndefined();
  });
});

describe('time', () => {
  const begun = berlin('2026-11-23', '10:00');
  it('a draft vanishes after seven days of real time, also across a clock change', () => {
    expect(vanishesAt(begun)).toBe(berlin('2026-11-30', '10:00'));
    expect(vanishesAt(berlin('2027-03-25', '10:00'))).toBe(berlin('2027-04-01', '11:00'));
  });
  it('a link works for a day, and never longer than its draft', () => {
    expect(linkExpiresAt(begun, berlin('2026-11-24', '10:00'))).toBe(berlin('2026-11-25', '10:00'));
    expect(linkExpiresAt(begun, berlin('2026-11-29', '12:00'))).toBe(berlin('2026-11-30', '10:00'));
  });
});

describe('declining', () => {
  it('ends a case where the reason is about the case', () => {
    expect(['elsewhere', 'shelter', 'other-service', 'capacity'].map((one) => endsForAll(one as 'capacity'))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
  it('ends it where everybody of the team has declined, also when somebody outside it has', () => {
    expect(nobodyLeft(['a', 'b'], ['a'])).toBe(false);
    expect(nobodyLeft(['a', 'b'], ['c', 'b', 'a'])).toBe(true);
  });
});

describe('a telephone number', () => {
  it.each([
    ['07051 160-0', '07051 160-0'],
    ['+49 (7051) 1600', '+49 (7051) 1600'],
    ['۰۷۰۵۱ ۱۲۳۴۵۶', '07051 123456'],
    ['\u200e0151/2345678\u200f', '0151/2345678'],
  ])('%s is one', (typed, kept) => {
    expect(parsePhone(typed)).toBe(kept);
  });
  it.each(['', 'nein', '12345', '1234567890123456', '0705a1600', '+', '🙂'])('%s is none', (typed) => {
    expect(parsePhone(typed)).toBeUndefined();
  });
});

describe('a text is asked about', () => {
  it.each([
    ['Bitte an amal@example.org schreiben', ['email']],
    ['amal (at) example.org', ['email']],
    ['Tel. 07051 123456', ['phone']],
    ['0176-1234567', ['phone']],
    ['+49 176 1234567', ['phone']],
    ['0049 7051/1600', ['phone']],
    ['اتصلوا ٠١٧٦١٢٣٤٥٦٧', ['phone']],
    ['تماس ۰۷۰۵۱۱۲۳۴۵۶', ['phone']],
    ['Az. 12-345/26', ['file-number']],
    ['Aktenzeichen: SO 32', []],
    ['Aktenzeichen: SO-32/1', ['file-number']],
    ['BAMF 1234567-423', ['file-number']],
    ['BG-Nummer 61104//0012345', ['file-number']],
    ['AZR 123456789012', ['file-number']],
    ['Pass C01X00T47', ['file-number']],
    ['DE89 3704 0044 0532 0130 00', ['file-number']],
    ['Kundennummer 617A123456', ['file-number']],
    ['Mail a@b.de, Telefon 07051 123456, Az 99/2026', ['email', 'phone', 'file-number']],
  ])('%s', (text, findings) => {
    expect(findingsIn(text)).toEqual(findings);
  });

  it.each([
    'Der Termin ist am 01.12.2026 um 14:30 Uhr.',
    'Sie wohnt seit 03.05.2024 in 75365 Calw.',
    'Die Wohnung kostet 1.250,00 € im Monat.',
    'Drei Kinder, 4, 7 und 11 Jahre alt. Der Pass ist da.',
    'Sprachkurs B1 ab 2027, 600 Stunden.',
    'هي تسكن في كالف منذ 2024',
    'ኣብ ካልቭ ትነብር ኣላ',
    '',
  ])('not for what is none: %s', (text) => {
    expect(findingsIn(text)).toEqual([]);
  });

  // What nests two endless repetitions may try each way of sharing a text among them: twice as many per letter.
  it('stays quick for anything that can be typed: no endless repetition holds another', () => {
    expect(nests(/(?:a+)+b/)).toBe(true);
    expect(nests(/(?:x(?:[a)]*|b){2,})*/)).toBe(true);
    expect(nests(/(?:[+*]\+|a\*)*(?:a+){2,3}/)).toBe(false);
    expect(PATTERNS.map(nests)).toEqual(PATTERNS.map(() => false));
    for (const text of ['0 ', 'a@', 'A1', 'az ', 'az-', 'a.a@']) findingsIn(text.repeat(4_096).slice(0, 4_096));
  });
});
