import { describe, expect, it } from 'vitest';
import type { OfficeHours } from '../../../src/features/appointments/model.ts';
import { cutSlots } from '../../../src/features/appointments/rules.ts';
import { day, dayOf, type Instant, wallTime, wallTimeOf } from '../../../src/platform/datetime.ts';
import { berlin } from '../../support/clock.ts';

/** Every afternoon of the weekend, and on Monday, as emergency duty would have it. */
const hours = ([6, 7, 1] as const).map(
  (weekday): OfficeHours => ({
    ...{
      id: `h${weekday}`,
      managerId: 'm1',
      weekday,
      from: wallTime('13:00'),
      to: wallTime('17:00'),
      placeId: undefined,
    },
    ...{ ways: ['telephone'], slotMinutes: 30, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, everyWeeks: 1 },
    ...{ validFrom: day('2027-01-01'), validTo: undefined, travelMinutes: 0, interpreter: false },
  }),
);
const offeredAt = (now: Instant, noticeMinutes: number) =>
  cutSlots({
    ...{ hours, absences: [], busy: [], changes: [], openHolidays: [], isHoliday: () => false, now },
    window: { noticeMinutes, horizonDays: 3 },
  }).map(({ startsAt }) => `${dayOf(startsAt)} ${wallTimeOf(startsAt)}`);
const DAY = 24 * 60;

describe('the least notice, when the clock changes before it is over', () => {
  it.each([
    // 24 real hours after 15:00 on Saturday it is 16:00 on the Sunday that lost an hour, 14:00 on the one that won it.
    ['forward', '2027-03-27', '2027-03-28', '16:00'],
    ['back', '2027-10-30', '2027-10-31', '14:00'],
  ])('counts real hours: %s', (_, saturday, sunday, first) => {
    const now = berlin(saturday, '15:00');
    expect(offeredAt(now, DAY)[0]).toBe(`${sunday} ${first}`);
    expect(offeredAt((now - 1) as Instant, DAY)[0]).toBe(`${sunday} ${first}`);
    const halfAnHourLater = wallTimeOf((berlin(sunday, first) + 30 * 60_000) as Instant);
    expect(offeredAt((now + 1) as Instant, DAY)[0]).toBe(`${sunday} ${halfAnHourLater}`);
  });

  it.each([
    ['forward', '2027-03-26', '2027-03-29'],
    ['back', '2027-10-29', '2027-11-01'],
  ])(
    'of three days leaves the afternoon of the day after the change where the clock shows it: %s',
    (_, friday, monday) => {
      const now = berlin(friday, '13:00');
      const offered = offeredAt(now, 3 * DAY - 60);
      expect(offered.filter((one) => one.startsWith(monday)).at(-1)).toBe(`${monday} 16:30`);
      expect(offered.every((one) => one.startsWith(monday))).toBe(true);
    },
  );
});
