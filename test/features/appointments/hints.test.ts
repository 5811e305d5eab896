import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hintsFor } from '../../../src/features/appointments/rules-hints.ts';
import { hintLines } from '../../../src/features/appointments/views-hints.ts';
import { readFacts } from '../../../src/features/county/source.ts';
import { addDays, type Day, day } from '../../../src/platform/datetime.ts';
import { FEASTS } from '../../../src/platform/feasts.ts';
import { createI18n, withoutDirection } from '../../../src/platform/i18n.ts';
import { LOCALES } from '../../../src/platform/locale.ts';

const { schoolHolidays } = readFacts('calw');
const i18n = createI18n({ strict: true });
const MANY = 100;

const days = (from: string, count: number, step = 1): Day[] =>
  Array.from({ length: count }, (_, index) => addDays(day(from), index * step));
const named = (dates: readonly Day[], limit?: number) =>
  hintsFor(dates, schoolHolidays, limit).map((hint) => `${hint.day} ${hint.name}`);

describe('hints for the days of office hours', () => {
  it('say each school holiday and feast once, with the first of the days that it meets', () => {
    expect(named(days('2027-03-02', 8, 7))).toEqual([
      '2027-03-02 ramadan',
      '2027-03-09 eid-al-fitr',
      '2027-03-09 orthodox-lent',
      '2027-03-30 easter',
    ]);
  });

  it('come in the order of the days, in whatever order these are given', () => {
    const dates = days('2027-03-02', 8, 7);
    expect(named([...dates].reverse())).toEqual(named(dates));
  });

  it('put the school before the feasts on the same day', () => {
    expect(named([day('2026-12-24')])).toEqual(['2026-12-24 christmas', '2026-12-24 christmas-eve']);
  });

  it('are as many as asked for, six unless told', () => {
    const year = days('2027-01-01', 365);
    expect(named(year)).toEqual([
      '2027-01-01 christmas',
      '2027-01-07 genna',
      '2027-01-19 timket',
      '2027-02-08 ramadan',
      '2027-03-08 orthodox-lent',
      '2027-03-09 eid-al-fitr',
    ]);
    expect(named(year, 1)).toEqual(['2027-01-01 christmas']);
    expect(named([day('2026-12-24')], 1)).toEqual(['2026-12-24 christmas']);
    expect(named(year, 0)).toEqual([]);
  });

  it('say the same holidays of the next year again', () => {
    const summers = named(days('2026-12-01', 700), MANY).filter((hint) => hint.endsWith(' summer'));
    expect(summers).toEqual(['2027-07-29 summer', '2028-07-27 summer']);
  });

  it('include the first and the last day of school holidays, not those around', () => {
    const dates = ['2027-11-01', '2027-11-02', '2027-11-06', '2027-11-07'];
    expect(dates.map((date) => named([day(date)]))).toEqual([[], ['2027-11-02 autumn'], ['2027-11-06 autumn'], []]);
  });

  it('are none on ordinary days, and none without days', () => {
    expect(named([day('2027-11-10')])).toEqual([]);
    expect(named([])).toEqual([]);
  });

  it('know neither people nor languages: days and the county’s school holidays are all they see', () => {
    const source = path.join(import.meta.dirname, '../../../src');
    const imports = ['features/appointments/rules-hints.ts', 'platform/feasts.ts'].flatMap((file) =>
      [...readFileSync(path.join(source, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, target]) => target),
    );
    expect(imports).toEqual([
      '../../platform/datetime.ts',
      '../../platform/feasts.ts',
      '../county/model.ts',
      './datetime.ts',
    ]);
  });
});

describe('what staff read', () => {
  const read = (locale: (typeof LOCALES)[number], dates: readonly Day[], limit?: number) => {
    const text = hintLines(i18n.translator(locale), hintsFor(dates, schoolHolidays, limit));
    return text === undefined ? undefined : withoutDirection(text);
  };

  it('is a line for each hint, in German', () => {
    expect(read('de', days('2027-03-02', 12, 7))).toBe(
      [
        '💡 Dienstag, 02.03.2027: Ramadan (Fasten-Monat), ungefähr',
        '💡 Dienstag, 09.03.2027: Zuckerfest (Eid al-Fitr), ungefähr',
        '💡 Dienstag, 09.03.2027: Orthodoxe Fastenzeit',
        '💡 Dienstag, 30.03.2027: Schulferien zu Ostern. Bitte prüfen Sie das Datum.',
        '💡 Dienstag, 18.05.2027: Schulferien zu Pfingsten. Bitte prüfen Sie das Datum.',
        '💡 Dienstag, 18.05.2027: Opferfest (Eid al-Adha), ungefähr',
      ].join('\n'),
    );
  });

  it('asks nobody to check what is confirmed', () => {
    expect(read('de', [day('2027-08-03')])).toBe('💡 Dienstag, 03.08.2027: Schulferien im Sommer');
  });

  it.each([
    ['ar', '💡 الثلاثاء، 09.03.2027: عيد الفطر، تقريبًا'],
    ['fa', '💡 سه‌شنبه، 09.03.2027: عید فطر، تقریباً'],
    ['ti', '💡 ሰሉስ፣ 09.03.2027፦ ዒድ ኣልፈጥር፣ ብግምት'],
    ['en', '💡 Tuesday, 09.03.2027: Eid al-Fitr, approximately'],
  ] as const)('is said in %s as well', (locale, line) => {
    expect(read(locale, [day('2027-03-09')], 1)).toBe(line);
  });

  it.each(LOCALES)('has a name of its own for every feast and holiday, in %s', (locale) => {
    const all = hintsFor(days('2026-10-01', 640), schoolHolidays, MANY);
    const one = new Map(all.map((hint) => [`${hint.kind} ${hint.name}`, { ...hint, day: day('2027-11-10') }]));
    const said = [...one.values()].map((hint) => hintLines(i18n.translator(locale), [hint]));
    expect(said).toHaveLength(FEASTS.length + 5);
    expect(new Set(said).size).toBe(said.length);
  });

  it('is nothing where there is no hint', () => {
    expect(read('de', [day('2027-11-10')])).toBeUndefined();
  });
});
