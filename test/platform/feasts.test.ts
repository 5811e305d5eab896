import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDate, type Day, day, daysBetween } from '../../src/platform/datetime.ts';
import { FEASTS, type FeastKey, feastsOn } from '../../src/platform/feasts.ts';

const daysOf = (year: number): Day[] => {
  const first = day(`${year}-01-01`);
  return Array.from({ length: daysBetween(first, day(`${year + 1}-01-01`)) }, (_, index) => addDays(first, index));
};
/** Every day of the year on which the feast is. */
const daysWith = (key: FeastKey, year: number): Day[] =>
  daysOf(year).filter((date) => feastsOn(date).some((feast) => feast.key === key));

describe('feasts that close no office', () => {
  it.each<[FeastKey, string, string]>([
    ['ramadan', '2026-02-18', '2026-03-19'],
    ['eid-al-fitr', '2026-03-20', '2026-03-22'],
    ['eid-al-fitr', '2027-03-09', '2027-03-11'],
    ['eid-al-adha', '2026-05-27', '2026-05-30'],
    ['eid-al-adha', '2027-05-16', '2027-05-19'],
    ['ashura', '2026-06-25', '2026-06-25'],
    ['ashura', '2027-06-15', '2027-06-15'],
    ['mawlid', '2026-08-25', '2026-08-25'],
    ['nowruz', '2025-03-21', '2025-03-21'],
    ['nowruz', '2027-03-21', '2027-03-21'],
    ['nowruz', '2028-03-20', '2028-03-20'],
    ['yalda', '2027-12-21', '2027-12-21'],
    ['yalda', '2028-12-20', '2028-12-20'],
    ['geez-new-year', '2026-09-11', '2026-09-11'],
    ['geez-new-year', '2027-09-12', '2027-09-12'],
    ['meskel', '2026-09-27', '2026-09-27'],
    ['meskel', '2027-09-28', '2027-09-28'],
    ['timket', '2027-01-19', '2027-01-19'],
    ['timket', '2028-01-20', '2028-01-20'],
    ['genna', '2027-01-07', '2027-01-07'],
    ['genna', '2028-01-07', '2028-01-07'],
    ['orthodox-lent', '2024-03-11', '2024-05-04'],
    ['orthodox-lent', '2025-02-24', '2025-04-19'],
    ['orthodox-good-friday', '2027-04-30', '2027-04-30'],
    ['orthodox-easter', '2025-04-20', '2025-04-20'],
    ['orthodox-easter', '2026-04-12', '2026-04-12'],
    ['orthodox-easter', '2027-05-02', '2027-05-02'],
    ['rosh-hashanah', '2027-10-02', '2027-10-03'],
    ['yom-kippur', '2027-10-11', '2027-10-11'],
    ['pesach', '2026-04-02', '2026-04-02'],
    ['pesach', '2027-04-22', '2027-04-22'],
    ['red-wednesday', '2020-04-15', '2020-04-15'],
    ['red-wednesday', '2022-04-20', '2022-04-20'],
    ['red-wednesday', '2024-04-17', '2024-04-17'],
    ['red-wednesday', '2027-04-14', '2027-04-14'],
    ['christmas-eve', '2026-12-24', '2026-12-24'],
    ['new-years-eve', '2026-12-31', '2026-12-31'],
  ])('%s is from %s to %s', (key, from, to) => {
    const length = daysBetween(day(from), day(to)) + 1;
    expect(daysWith(key, Number(from.slice(0, 4)))).toEqual(
      Array.from({ length }, (_, index) => addDays(day(from), index)),
    );
  });

  it('begin where they say, on each of their days', () => {
    const eid = ['2027-03-09', '2027-03-10', '2027-03-11'].flatMap((date) =>
      feastsOn(day(date)).filter(({ key }) => key === 'eid-al-fitr'),
    );
    expect(eid).toEqual(Array(3).fill({ key: 'eid-al-fitr', since: '2027-03-09', isApproximate: true }));
  });

  it('run from one year into the next as one', () => {
    const ramadan = (date: string) => feastsOn(day(date)).find(({ key }) => key === 'ramadan')?.since;
    expect(calendarDate(day('2030-12-26'), 'islamic-umalqura')).toEqual({ month: 'M09', day: 1 });
    expect([ramadan('2030-12-25'), ramadan('2030-12-31'), ramadan('2031-01-01')]).toEqual([
      undefined,
      '2030-12-26',
      '2030-12-26',
    ]);
  });

  it('come twice in a year where the moon’s year fits twice', () => {
    const begins = daysWith('eid-al-fitr', 2033).filter((date, index, all) => addDays(date, -1) !== all[index - 1]);
    expect(begins.map((date) => date.slice(0, 7))).toEqual(['2033-01', '2033-12']);
  });

  it('are approximate where the sight of the moon decides, and nowhere else', () => {
    const approximate = daysOf(2027).flatMap((date) =>
      feastsOn(date).flatMap(({ key, isApproximate }) => (isApproximate ? [key] : [])),
    );
    expect(new Set(approximate)).toEqual(new Set(['ramadan', 'eid-al-fitr', 'eid-al-adha', 'ashura', 'mawlid']));
  });

  it('are all there in every year but the moon’s, and on an ordinary day there is none', () => {
    expect(FEASTS.filter((key) => daysWith(key, 2027).length === 0)).toEqual([]);
    expect(feastsOn(day('2027-11-10'))).toEqual([]);
  });
});

describe('the library, which reckons by other code, agrees', () => {
  /** The dates that the library gives one of its rules. */
  const told = (country: string, rule: string, year: number): string[] =>
    new Holidays(country)
      .getHolidays(year)
      .filter((holiday) => holiday.rule === rule)
      .map((holiday) => holiday.date.slice(0, 10));

  it.each(Array.from({ length: 17 }, (_, index) => 2024 + index))('in %i', (year) => {
    expect(daysWith('orthodox-easter', year)).toEqual(told('ER', 'orthodox', year));
    expect(daysWith('orthodox-good-friday', year)).toEqual(told('ER', 'orthodox -2', year));
    expect(daysWith('genna', year)).toEqual(told('ER', 'julian 12-25', year));
    expect(daysWith('yom-kippur', year)).toEqual(told('IL', '10 Tishrei', year));
    expect(daysWith('pesach', year)).toEqual(told('IL', '15 Nisan', year));
    expect(daysWith('rosh-hashanah', year).slice(0, 1)).toEqual(told('IL', '1 Tishrei', year));
    expect(daysWith('nowruz', year)).toEqual(told('IR', '1 Farvardin', year));
    // Two tables of the moon may differ by a day: that is what "approximate" says.
    const adha = daysWith('eid-al-adha', year)[0];
    const [other] = told('ER', '10 Dhu al-Hijjah', year);
    if (adha === undefined || other === undefined) throw new Error(`no Eid al-Adha in ${year}`);
    expect(Math.abs(daysBetween(adha, day(other)))).toBeLessThanOrEqual(1);
  });
});
