import { describe, expect, it } from 'vitest';
import { countyFacts, type SchoolHoliday, schoolHoliday } from '../../../src/features/county/model.ts';
import { readFacts } from '../../../src/features/county/source.ts';
import { daysBetween, weekdayOf } from '../../../src/platform/datetime.ts';

const facts = readFacts('calw');
const { schoolHolidays } = facts;
const row = (from: string, to: string) => ({ name: 'autumn', from, to, isConfirmed: true });
const factsWith = (rows: readonly unknown[]) => countyFacts.safeParse({ ...facts, schoolHolidays: rows });

describe('school holidays of Baden-Württemberg', () => {
  it('are the five of each school year, in their order', () => {
    const names = ['autumn', 'christmas', 'easter', 'whitsun', 'summer'];
    expect(schoolHolidays.map(({ name }) => name)).toEqual([...names, ...names]);
    expect(schoolHolidays[0]?.from.slice(0, 4)).toBe('2026');
    expect(schoolHolidays[5]?.from.slice(0, 4)).toBe('2027');
  });

  it('do not overlap, and are as long as such holidays are', () => {
    const days = ({ from, to }: SchoolHoliday) => daysBetween(from, to) + 1;
    schoolHolidays.forEach((holiday, index) => {
      const [least, most] = holiday.name === 'summer' ? [42, 46] : [5, 19];
      expect(days(holiday)).toBeGreaterThanOrEqual(least);
      expect(days(holiday)).toBeLessThanOrEqual(most);
      expect(weekdayOf(holiday.from)).toBeLessThanOrEqual(5);
      const before = schoolHolidays[index - 1];
      if (before !== undefined) expect(daysBetween(before.to, holiday.from)).toBeGreaterThan(28);
    });
  });

  it('are confirmed where an authority is known to have said so, which is the summer', () => {
    expect(schoolHolidays.filter(({ isConfirmed }) => isConfirmed).map(({ name }) => name)).toEqual([
      'summer',
      'summer',
    ]);
  });

  it('know the summer that was agreed until 2030', () => {
    expect(schoolHolidays.filter(({ name }) => name === 'summer')).toEqual([
      { name: 'summer', from: '2027-07-29', to: '2027-09-11', isConfirmed: true },
      { name: 'summer', from: '2028-07-27', to: '2028-09-09', isConfirmed: true },
    ]);
  });
});

describe('a table of school holidays is refused', () => {
  it.each([
    ['that overlap', [row('2026-10-26', '2026-10-31'), row('2026-10-31', '2026-11-06')]],
    ['that are not sorted', [row('2027-10-26', '2027-10-31'), row('2026-10-26', '2026-10-31')]],
    ['that end before they begin', [row('2026-10-31', '2026-10-26')]],
    ['on a day that does not exist', [row('2027-02-29', '2027-03-05')]],
    ['whose date is written otherwise', [row('26.10.2026', '31.10.2026')]],
    ['of an unknown name', [{ ...row('2026-10-26', '2026-10-31'), name: 'winter' }]],
  ])('with some %s', (_, rows) => {
    expect(factsWith(rows).success).toBe(false);
  });

  it('but not one that is as it must be, or empty', () => {
    expect(factsWith([row('2026-10-26', '2026-10-31'), row('2026-11-01', '2026-11-06')]).success).toBe(true);
    expect(factsWith([]).success).toBe(true);
    expect(schoolHoliday.parse(row('2026-10-26', '2026-10-26')).from).toBe('2026-10-26');
  });
});
