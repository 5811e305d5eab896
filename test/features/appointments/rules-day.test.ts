import { describe, expect, it } from 'vitest';
import { canRecord, isAwayFor, isTimeToAsk, isUnrecorded } from '../../../src/features/appointments/rules-day.ts';
import { addMinutes, type Instant } from '../../../src/platform/datetime.ts';
import { berlin } from '../../support/clock.ts';

const moment = (text: string): Instant => berlin(text.slice(0, 10), text.slice(11));
const appointment = (startsAt: string, own = {}) => ({
  status: 'booked' as const,
  startsAt: moment(startsAt),
  endsAt: addMinutes(moment(startsAt), 45),
  outcome: undefined,
  ...own,
});

describe('what came of an appointment', () => {
  it.each(['2027-03-10', '2027-03-27', '2027-03-28', '2027-10-30', '2027-10-31'])(
    'can be recorded from its beginning until the end of the next day (%s)',
    (day) => {
      const one = appointment(`${day} 10:00`);
      const endOfNextDay = moment(`${new Date(Date.parse(day) + 2 * 86_400_000).toISOString().slice(0, 10)} 00:00`);
      expect(canRecord(one, addMinutes(one.startsAt, -1))).toBe(false);
      expect(canRecord(one, one.startsAt)).toBe(true);
      expect(canRecord(one, addMinutes(endOfNextDay, -1))).toBe(true);
      expect(canRecord(one, endOfNextDay)).toBe(false);
    },
  );

  it('is nothing where it was cancelled', () => {
    const cancelled = appointment('2027-03-10 10:00', { status: 'cancelled' });
    expect(canRecord(cancelled, moment('2027-03-10 11:00'))).toBe(false);
  });

  it('is missing from its end on, unless it was recorded', () => {
    const now = moment('2027-03-10 10:45');
    expect(isUnrecorded(appointment('2027-03-10 10:00'), addMinutes(now, -1))).toBe(false);
    expect(isUnrecorded(appointment('2027-03-10 10:00'), now)).toBe(true);
    expect(isUnrecorded(appointment('2027-03-10 10:00', { outcome: 'held' }), now)).toBe(false);
  });
});

describe('the question after an appointment', () => {
  const asks = (startsAt: string, now: string) => isTimeToAsk(appointment(startsAt), moment(now));

  it('comes at its end and up to three hours later', () => {
    expect(asks('2027-03-10 10:00', '2027-03-10 10:44')).toBe(false);
    expect(asks('2027-03-10 10:00', '2027-03-10 10:45')).toBe(true);
    expect(asks('2027-03-10 10:00', '2027-03-10 13:45')).toBe(true);
    expect(asks('2027-03-10 10:00', '2027-03-10 13:46')).toBe(false);
  });

  it('is left to the evening’s once that has come, but for what ends later', () => {
    expect(asks('2027-03-10 17:00', '2027-03-10 18:29')).toBe(true);
    expect(asks('2027-03-10 17:00', '2027-03-10 18:30')).toBe(false);
    expect(asks('2027-03-10 18:00', '2027-03-10 18:45')).toBe(true);
  });
});

it('somebody is away for a day when all of it lies in her absences', () => {
  const day = [appointment('2027-03-10 10:00'), appointment('2027-03-10 14:00')];
  const from = (a: string, b: string) => ({ from: moment(a), to: moment(b) });
  expect(isAwayFor(day, [from('2027-03-10 00:00', '2027-03-11 00:00')])).toBe(true);
  expect(isAwayFor(day, [from('2027-03-10 09:00', '2027-03-10 12:00')])).toBe(false);
  expect(
    isAwayFor(day, [from('2027-03-10 09:00', '2027-03-10 12:00'), from('2027-03-10 13:00', '2027-03-10 15:00')]),
  ).toBe(true);
});
