import { describe, expect, it } from 'vitest';
import type { Slot, Way } from '../../../src/features/appointments/model.ts';
import { type Hold, openTo } from '../../../src/features/appointments/rules.ts';
import { nextAsking } from '../../../src/features/outreach/rules.ts';
import { addMinutes } from '../../../src/platform/datetime.ts';
import { berlin } from '../../support/clock.ts';

const slot = (time: string, more: Partial<Slot> = {}): Slot => {
  const startsAt = berlin('2026-11-25', time);
  const endsAt = addMinutes(startsAt, 30);
  const ways: readonly Way[] = ['place', 'home'];
  return {
    ...{ managerId: 'maria', hoursId: 'h', placeId: 'p', ways, startsAt, endsAt, travelMinutes: 0, interpreter: false },
    ...{ blocks: { from: startsAt, to: addMinutes(endsAt, 10) } },
    ...more,
  };
};
const holdOf = (one: Slot, ...asked: readonly string[]): Hold => ({ managerId: one.managerId, ...one.blocks, asked });

describe('a time that is kept', () => {
  const kept = slot('09:00');
  const all = [slot('08:20'), kept, slot('09:40')];

  it('is open to those who were asked, and to nobody else', () => {
    const holds = [holdOf(kept, 'amal')];
    expect(openTo(all, holds, 'amal')).toEqual(all);
    expect(openTo(all, holds, 'samir')).toEqual([all[0], all[2]]);
    expect(openTo(all, holds)).toEqual([all[0], all[2]]);
  });

  it('is open to nobody while nobody has been asked yet', () => {
    expect(openTo(all, [holdOf(kept)], 'amal')).toEqual([all[0], all[2]]);
  });

  it('of one manager says nothing about another', () => {
    const other = slot('09:00', { managerId: 'olga' });
    expect(openTo([other], [holdOf(kept, 'amal')], 'samir')).toEqual([other]);
  });

  it('takes the way home from a time whose travel would reach into it, and leaves the others', () => {
    const far = slot('09:40', { travelMinutes: 20 });
    expect(openTo([far], [holdOf(kept, 'amal')], 'samir')).toEqual([{ ...far, ways: ['place'] }]);
    const homeOnly = slot('09:40', { travelMinutes: 20, ways: ['home'] });
    expect(openTo([homeOnly], [holdOf(kept, 'amal')], 'samir')).toEqual([]);
  });

  it('costs nothing where nothing is kept: the very same list', () => {
    expect(openTo(all, [], 'samir')).toBe(all);
  });
});

describe('people are asked next', () => {
  it.each([
    ['2026-11-23', '08:00', '2026-11-23', '08:00'],
    ['2026-11-23', '19:00', '2026-11-23', '19:00'],
    // An answer would be awaited into the quiet hours.
    ['2026-11-23', '19:02', '2026-11-24', '08:00'],
    ['2026-11-23', '21:00', '2026-11-24', '08:00'],
    ['2026-11-24', '07:59', '2026-11-24', '08:00'],
    // The night in which the clock goes forward.
    ['2027-03-27', '23:00', '2027-03-28', '08:00'],
  ])('at %s %s: %s %s', (day, time, then, at) => {
    expect(nextAsking(berlin(day, time))).toBe(berlin(then, at));
  });
});
