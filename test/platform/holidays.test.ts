import { describe, expect, it } from 'vitest';
import { addDays, day } from '../../src/platform/datetime.ts';
import { holidayOn } from '../../src/platform/holidays.ts';

/** Gauss's rule in the form of Meeus, so that the library is not its own witness. */
const easterSunday = (year: number) => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const two = (n: number) => String(n).padStart(2, '0');
  return day(`${year}-${two(Math.floor(f / 31))}-${two((f % 31) + 1)}`);
};

describe("Baden-Württemberg's public holidays", () => {
  it.each(Array.from({ length: 17 }, (_, i) => 2024 + i))('are the twelve by rule in %i', (year) => {
    const easter = easterSunday(year);
    const expected = [
      ...['01-01', '01-06', '05-01', '10-03', '11-01', '12-25', '12-26'].map((date) => day(`${year}-${date}`)),
      ...[-2, 1, 39, 50, 60].map((days) => addDays(easter, days)),
    ];
    const found: string[] = [];
    for (let date = day(`${year}-01-01`); date <= `${year}-12-31`; date = addDays(date, 1)) {
      if (holidayOn(date) !== undefined) found.push(date);
    }
    expect(found).toEqual([...new Set(expected)].sort());
  });

  it('know the days of 2027 that the office was told', () => {
    expect(easterSunday(2027)).toBe('2027-03-28');
    expect(holidayOn(day('2027-03-26'))).toBe('Karfreitag');
    expect(holidayOn(day('2027-03-29'))).toBe('Ostermontag');
    expect(holidayOn(day('2027-05-27'))).toBe('Fronleichnam');
  });

  it.each([
    ['Easter Sunday', '2027-03-28'],
    ['Whit Sunday', '2027-05-16'],
    ['the day of women', '2027-03-08'],
    ['Assumption', '2027-08-15'],
    ['Reformation Day', '2027-10-31'],
    ['Buß- und Bettag', '2027-11-17'],
    ['Christmas Eve', '2026-12-24'],
    ["New Year's Eve", '2026-12-31'],
  ])('do not include %s', (_, date) => {
    expect(holidayOn(day(date))).toBeUndefined();
  });
});
