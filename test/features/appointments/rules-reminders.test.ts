import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysUntil,
  reminderNow,
  reminderTimes,
  reminderTimesFromNow,
} from '../../../src/features/appointments/rules-reminders.ts';
import {
  REMINDER_LEADS,
  type ReminderWishes,
  readWishes,
  USUAL_WISHES,
} from '../../../src/features/people/model-wishes.ts';
import {
  addMinutes,
  dayOf,
  type Instant,
  minutesBetween,
  wallTime,
  wallTimeOf,
} from '../../../src/platform/datetime.ts';
import { afterQuiet, isQuiet } from '../../../src/platform/quiet.ts';
import { berlin } from '../../support/clock.ts';

const moment = (text: string): Instant => berlin(text.slice(0, 10), text.slice(11));
const shown = (at: Instant): string => `${dayOf(at)} ${wallTimeOf(at)}`;
const quiet = (from: string, to: string) => ({ from: wallTime(from), to: wallTime(to) });
const wishing = (own: Partial<ReminderWishes>): ReminderWishes => ({ ...USUAL_WISHES, ...own });
const all = wishing({ leads: REMINDER_LEADS });
const planned = (startsAt: string, wishes: ReminderWishes, bookedAt = '2026-11-01 10:00') =>
  reminderTimes({ startsAt: moment(startsAt), bookedAt: moment(bookedAt) }, wishes).map(
    ({ kind, dueAt }) => `${kind} ${shown(dueAt)}`,
  );

describe('reminders that somebody has chosen', () => {
  it('come when she wants them, and no others', () => {
    expect(planned('2027-03-11 14:00', all)).toEqual([
      'week-before 2027-03-04 14:00',
      'days-before 2027-03-08 14:00',
      'day-before 2027-03-10 14:00',
      'evening-before 2027-03-10 18:00',
      'soon 2027-03-11 12:00',
    ]);
    expect(planned('2027-03-11 14:00', wishing({ leads: ['soon'] }))).toEqual(['soon 2027-03-11 12:00']);
    expect(planned('2027-03-11 14:00', wishing({ leads: [] }))).toEqual([]);
    const at = wallTime('20:00');
    expect(planned('2027-03-11 14:00', wishing({ leads: ['evening-before'], eveningAt: at }))).toEqual([
      'evening-before 2027-03-10 20:00',
    ]);
  });

  it('fall together into one where two would come within three hours', () => {
    const both = wishing({ leads: ['day-before', 'evening-before'] });
    expect(planned('2027-03-11 15:00', both)).toEqual(['day-before 2027-03-10 15:00']);
    expect(planned('2027-03-11 14:59', both)).toHaveLength(2);
    // For 08:30 the two hours before fall to 20:00, two hours after the evening's.
    expect(planned('2027-03-11 08:30', wishing({ leads: ['evening-before', 'soon'] }))).toEqual([
      'evening-before 2027-03-10 18:00',
    ]);
  });

  it('keep her own quiet hours, also over the day', () => {
    const late = wishing({ quiet: quiet('22:00', '10:00') });
    expect(planned('2027-03-11 09:00', late)).toEqual(['day-before 2027-03-09 21:00', 'soon 2027-03-10 21:00']);
    const nights = wishing({ quiet: quiet('08:00', '16:00') });
    expect(planned('2027-03-11 14:00', nights)).toEqual(['day-before 2027-03-10 07:00', 'soon 2027-03-11 07:00']);
  });

  it.each([
    ['forward', '2027-03-28', ['2027-03-21', '2027-03-25', '2027-03-27', '2027-03-27']],
    ['back', '2027-10-31', ['2027-10-24', '2027-10-28', '2027-10-30', '2027-10-30']],
  ])('over the change of the clock %s keep what the clock shows; two hours are two real hours', (_, day, days) => {
    expect(planned(`${day} 14:00`, all)).toEqual([
      `week-before ${days[0]} 14:00`,
      `days-before ${days[1]} 14:00`,
      `day-before ${days[2]} 14:00`,
      `evening-before ${days[3]} 18:00`,
      `soon ${day} 12:00`,
    ]);
    const awake = wishing({ leads: ['soon'], quiet: quiet('00:00', '00:00') });
    for (const time of ['01:30', '02:30', '03:30', '04:30']) {
      const startsAt = moment(`${day} ${time}`);
      const [soon] = reminderTimes({ startsAt, bookedAt: moment('2026-11-01 10:00') }, awake);
      expect(minutesBetween(soon?.dueAt ?? startsAt, startsAt)).toBe(120);
    }
  });

  it('whatever she chooses, are never quiet, never late, in order, never two within three hours but before it', () => {
    const hour = fc.integer({ min: 0, max: 23 }).map((one) => wallTime(`${String(one).padStart(2, '0')}:00`));
    const wishes = fc.record({
      leads: fc.subarray([...REMINDER_LEADS]),
      eveningAt: fc.constantFrom(wallTime('17:00'), wallTime('20:00')),
      quiet: fc.record({ from: hour, to: hour }),
    });
    fc.assert(
      fc.property(
        wishes,
        fc.integer({ min: 0, max: 525_600 }),
        fc.integer({ min: 1, max: 20_000 }),
        (wish, n, lead) => {
          const startsAt = addMinutes(moment('2027-01-01 00:00'), n);
          const bookedAt = addMinutes(startsAt, -lead);
          const found = reminderTimes({ startsAt, bookedAt }, wish);
          const [first] = found;
          if (first !== undefined) expect(minutesBetween(bookedAt, first.dueAt)).toBeGreaterThanOrEqual(30);
          found.forEach(({ kind, dueAt }, index) => {
            const next = found[index + 1];
            expect(wish.leads).toContain(kind);
            expect(dueAt).toBeLessThan(startsAt);
            const isShortOfQuiet = isQuiet(dueAt, wish.quiet);
            // Less than an hour between the ends of the quiet hours: the hour before them is quiet as well.
            const awakeMinutes = (24 * 60 - minutesQuiet(wish.quiet)) % (24 * 60);
            if (awakeMinutes > 60) expect(isShortOfQuiet).toBe(false);
            if (next !== undefined) {
              expect(dueAt).toBeLessThanOrEqual(next.dueAt);
              if (next.kind !== 'soon' && kind !== 'soon')
                expect(minutesBetween(dueAt, next.dueAt)).toBeGreaterThan(180);
            }
          });
        },
      ),
    );
  });
  const minutesQuiet = ({ from, to }: { from: string; to: string }) => {
    const minutes = (Number(to.slice(0, 2)) - Number(from.slice(0, 2))) * 60;
    return minutes < 0 ? minutes + 24 * 60 : minutes;
  };
});

describe('wishes that change while something is booked', () => {
  const appointment = { startsAt: moment('2027-03-11 14:00'), bookedAt: moment('2027-03-01 10:00') };
  const from = (now: string, wishes = USUAL_WISHES) =>
    reminderTimesFromNow(appointment, wishes, moment(now)).map(({ kind, dueAt }) => `${kind} ${shown(dueAt)}`);

  it('leave out what would have been due by now, and nothing that is due in a moment', () => {
    expect(from('2027-03-10 13:59')).toEqual(['day-before 2027-03-10 14:00', 'soon 2027-03-11 12:00']);
    expect(from('2027-03-10 14:01')).toEqual(['soon 2027-03-11 12:00']);
    expect(from('2027-03-11 12:01')).toEqual([]);
  });

  it('do not remind of what was booked a moment ago', () => {
    const now = moment('2027-03-10 13:45');
    const fresh = { startsAt: appointment.startsAt, bookedAt: moment('2027-03-10 13:40') };
    expect(reminderTimesFromNow(fresh, USUAL_WISHES, now).map(({ kind }) => kind)).toEqual(['soon']);
  });
});

describe('a reminder about to leave', () => {
  const startsAt = moment('2027-03-11 14:00');
  const at = (kind: (typeof REMINDER_LEADS)[number], dueAt: string, now: string, wishes = all) => {
    const what = reminderNow({ kind, dueAt: moment(dueAt) }, startsAt, wishes, moment(now));
    return typeof what === 'string' ? what : `later ${shown(what.later)}`;
  };

  it('is said on time, and late while it still helps', () => {
    expect(at('week-before', '2027-03-04 14:00', '2027-03-06 14:00')).toBe('say');
    expect(at('week-before', '2027-03-04 14:00', '2027-03-06 14:01')).toBe('silence');
    expect(at('days-before', '2027-03-08 14:00', '2027-03-09 14:00')).toBe('say');
    expect(at('days-before', '2027-03-08 14:00', '2027-03-09 14:01')).toBe('silence');
    expect(at('day-before', '2027-03-10 09:00', '2027-03-10 17:00')).toBe('say');
    expect(at('day-before', '2027-03-10 09:00', '2027-03-10 17:01')).toBe('silence');
    expect(at('evening-before', '2027-03-10 18:00', '2027-03-10 20:59')).toBe('say');
    expect(at('soon', '2027-03-11 12:00', '2027-03-11 13:59')).toBe('say');
    expect(at('soon', '2027-03-11 12:00', '2027-03-11 14:00')).toBe('silence');
  });

  it('that an outage has made late waits for the end of her quiet hours, or is silence', () => {
    expect(at('soon', '2027-03-10 20:00', '2027-03-10 23:00')).toBe('later 2027-03-11 08:00');
    expect(at('day-before', '2027-03-10 20:00', '2027-03-11 01:00')).toBe('silence');
    expect(at('evening-before', '2027-03-10 18:00', '2027-03-10 21:00')).toBe('silence');
    const nights = wishing({ quiet: quiet('10:00', '15:00') });
    expect(at('soon', '2027-03-11 09:00', '2027-03-11 11:00', nights)).toBe('silence');
  });

  it('is silence when she does not want it any more', () => {
    expect(at('soon', '2027-03-11 12:00', '2027-03-11 12:00', wishing({ leads: ['day-before'] }))).toBe('silence');
  });
});

describe('quiet hours', () => {
  const night = quiet('21:00', '08:00');
  it('end on the clock, also in the nights in which it changes', () => {
    for (const [from, to] of [
      ['2027-03-27 22:00', '2027-03-28 08:00'],
      ['2027-10-30 22:00', '2027-10-31 08:00'],
      ['2027-10-31 07:59', '2027-10-31 08:00'],
      ['2027-10-31 08:00', '2027-10-31 08:00'],
    ] as const) {
      expect(shown(afterQuiet(moment(from), night))).toBe(to);
    }
  });

  it('with equal ends are none', () => {
    expect(isQuiet(moment('2027-03-10 00:00'), quiet('00:00', '00:00'))).toBe(false);
  });
});

it('days are counted as people count them, over the change of the clock', () => {
  expect(daysUntil(moment('2027-03-28 00:30'), moment('2027-03-27 23:30'))).toBe(1);
  expect(daysUntil(moment('2027-11-01 00:30'), moment('2027-10-31 00:30'))).toBe(1);
  expect(daysUntil(moment('2027-10-31 23:30'), moment('2027-10-31 00:30'))).toBe(0);
});

it('what a column holds that no build of ours wrote is read as the usual wishes', () => {
  for (const column of [null, undefined, 'x', {}, { leads: ['yesterday'] }, { ...USUAL_WISHES, eveningAt: '25:00' }]) {
    expect(readWishes(column)).toEqual(USUAL_WISHES);
  }
  expect(readWishes(JSON.parse(JSON.stringify(all)))).toEqual(all);
});
