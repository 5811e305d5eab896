import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OfficeHours, OfficeHoursDraft, Slot, Weekday } from '../../../src/features/appointments/model.ts';
import {
  type AppointmentTimes,
  blockedBy,
  canCancel,
  canMove,
  cutSlots,
  daysWithSlots,
  findSlot,
  isOffered,
  isOpen,
  type ManagerRange,
  type SlotQuestion,
  slotsOn,
} from '../../../src/features/appointments/rules.ts';
import { checkOfficeHours, isOverlapping } from '../../../src/features/appointments/rules-hours.ts';
import { QUIET_HOURS, reminderTimes } from '../../../src/features/appointments/rules-reminders.ts';
import { USUAL_WISHES } from '../../../src/features/people/model-wishes.ts';
import {
  addDays,
  addMinutes,
  at,
  day,
  dayOf,
  type Instant,
  minuteOfDay,
  minutesBetween,
  wallTime,
  wallTimeOf,
  weekdayOf,
} from '../../../src/platform/datetime.ts';

/** '2027-03-01 09:30', as a clock in the office shows it. */
const moment = (text: string): Instant => at(day(text.slice(0, 10)), wallTime(text.slice(11)));
const shown = (at: Instant): string => `${dayOf(at)} ${wallTimeOf(at)}`;
const starts = (slots: readonly Slot[]): string[] => slots.map((slot) => shown(slot.startsAt));
const clock = (minute: number) =>
  wallTime(`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);

/** Mondays 9 to 11, half hours without buffers, from 1 March 2027 (a Monday) on. */
const officeHours = (own: Partial<OfficeHours> = {}): OfficeHours => ({
  id: 'h1',
  managerId: 'm1',
  weekday: 1,
  from: wallTime('09:00'),
  to: wallTime('11:00'),
  placeId: 'p1',
  ways: ['place', 'telephone'],
  slotMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  travelMinutes: 0,
  interpreter: false,
  everyWeeks: 1,
  validFrom: day('2027-03-01'),
  validTo: undefined,
  ...own,
});
const range = (managerId: string, from: string, to: string): ManagerRange => ({
  managerId,
  from: moment(from),
  to: moment(to),
});
const cut = (own: Partial<SlotQuestion> = {}): Slot[] =>
  cutSlots({
    hours: [officeHours()],
    changes: [],
    openHolidays: [],
    absences: [],
    busy: [],
    isHoliday: () => false,
    now: moment('2027-03-01 00:00'),
    window: { noticeMinutes: 0, horizonDays: 6 },
    ...own,
  });

describe('slots of office hours', () => {
  it('begin when the office opens and end before it closes', () => {
    expect(starts(cut())).toEqual(['2027-03-01 09:00', '2027-03-01 09:30', '2027-03-01 10:00', '2027-03-01 10:30']);
    expect(starts(cut({ hours: [officeHours({ slotMinutes: 50 })] }))).toEqual([
      '2027-03-01 09:00',
      '2027-03-01 09:50',
    ]);
  });

  it('keep their buffers free between each other, and tell what they block', () => {
    const slots = cut({ hours: [officeHours({ bufferBeforeMinutes: 5, bufferAfterMinutes: 10 })] });
    expect(starts(slots)).toEqual(['2027-03-01 09:00', '2027-03-01 09:45', '2027-03-01 10:30']);
    expect(slots[1]).toMatchObject({
      hoursId: 'h1',
      placeId: 'p1',
      endsAt: moment('2027-03-01 10:15'),
      blocks: { from: moment('2027-03-01 09:40'), to: moment('2027-03-01 10:25') },
    });
  });

  it('are sorted by start and then by manager', () => {
    const hours = ['m2', 'm10', 'm1'].map((managerId) => officeHours({ managerId, id: managerId, slotMinutes: 60 }));
    expect(cut({ hours }).map((slot) => `${wallTimeOf(slot.startsAt)} ${slot.managerId}`)).toEqual([
      '09:00 m1',
      '09:00 m10',
      '09:00 m2',
      '10:00 m1',
      '10:00 m10',
      '10:00 m2',
    ]);
  });

  it('start no earlier than the notice allows, to the minute', () => {
    const window = { noticeMinutes: 60, horizonDays: 0 };
    expect(starts(cut({ window, now: moment('2027-03-01 08:30') }))[0]).toBe('2027-03-01 09:30');
    expect(starts(cut({ window, now: moment('2027-03-01 08:31') }))[0]).toBe('2027-03-01 10:00');
  });

  it('reach to the horizon and not a day beyond', () => {
    const hours = [officeHours({ to: wallTime('09:30') })];
    const days = (horizonDays: number) => starts(cut({ hours, window: { noticeMinutes: 0, horizonDays } }));
    expect(days(7)).toEqual(['2027-03-01 09:00', '2027-03-08 09:00']);
    expect(days(6)).toEqual(['2027-03-01 09:00']);
  });

  it('exist from the first to the last valid day', () => {
    const window = { noticeMinutes: 0, horizonDays: 30 };
    const valid = { to: wallTime('09:30'), validFrom: day('2027-03-08'), validTo: day('2027-03-15') };
    expect(starts(cut({ window, hours: [officeHours(valid)] }))).toEqual(['2027-03-08 09:00', '2027-03-15 09:00']);
    expect(starts(cut({ window, hours: [officeHours({ ...valid, validTo: day('2027-03-14') })] }))).toHaveLength(1);
  });

  it('skip weeks, counted from the calendar week of the first valid day', () => {
    // Valid from a Wednesday: its week is the first, although its Monday is over.
    const hours = [officeHours({ to: wallTime('09:30'), everyWeeks: 2, validFrom: day('2027-03-03') })];
    expect(starts(cut({ hours, window: { noticeMinutes: 0, horizonDays: 35 } }))).toEqual([
      '2027-03-15 09:00',
      '2027-03-29 09:00',
    ]);
  });

  it('do not exist on holidays', () => {
    expect(cut({ isHoliday: (date) => date === '2027-03-01' })).toEqual([]);
  });

  it('are dropped where the manager is absent; buffers may reach into an absence', () => {
    const hours = [officeHours({ bufferAfterMinutes: 10, slotMinutes: 20 })];
    const absences = [range('m1', '2027-03-01 09:20', '2027-03-01 10:00')];
    expect(starts(cut({ hours, absences }))).toEqual(['2027-03-01 09:00', '2027-03-01 10:00', '2027-03-01 10:30']);
  });

  it('are dropped where something is blocked already, their own buffers included', () => {
    const hours = [officeHours({ bufferBeforeMinutes: 5, bufferAfterMinutes: 5, slotMinutes: 20 })];
    const at0930 = '2027-03-01 09:30';
    expect(starts(cut({ hours, busy: [range('m1', at0930, '2027-03-01 09:40')] }))).not.toContain(at0930);
    expect(starts(cut({ hours, busy: [range('m1', '2027-03-01 08:00', '2027-03-01 08:55')] }))).toHaveLength(4);
    expect(starts(cut({ hours, busy: [range('m1', '2027-03-01 08:00', '2027-03-01 08:56')] }))).toHaveLength(3);
    expect(starts(cut({ hours, busy: [range('m2', at0930, '2027-03-01 09:40')] }))).toHaveLength(4);
  });

  it('are dropped for a blocked time that ended before now but reaches into their buffer', () => {
    const hours = [officeHours({ bufferBeforeMinutes: 20 })];
    const busy = [range('m1', '2027-03-01 08:00', '2027-03-01 08:50')];
    expect(starts(cut({ hours, busy, now: moment('2027-03-01 08:59') }))[0]).toBe('2027-03-01 09:50');
  });

  it('see a long blocked time behind a short one', () => {
    const busy = [
      range('m1', '2027-03-01 08:00', '2027-03-01 10:00'),
      range('m1', '2027-03-01 09:05', '2027-03-01 09:10'),
    ];
    expect(starts(cut({ busy }))).toEqual(['2027-03-01 10:00', '2027-03-01 10:30']);
  });

  it('do not collide where two series do: the one that begins first stays', () => {
    const hours = [officeHours(), officeHours({ id: 'h2', from: wallTime('09:45'), to: wallTime('11:30') })];
    expect(cut({ hours }).map((slot) => `${wallTimeOf(slot.startsAt)} ${slot.hoursId}`)).toEqual([
      '09:00 h1',
      '09:30 h1',
      '10:00 h1',
      '10:30 h1',
    ]);
  });

  it('do not exist for numbers that make no slots', () => {
    for (const own of [{ slotMinutes: 0 }, { slotMinutes: -5 }, { slotMinutes: Number.NaN }, { everyWeeks: 0 }]) {
      expect(cut({ hours: [officeHours(own)] })).toEqual([]);
    }
    expect(cut({ hours: [] })).toEqual([]);
  });
});

describe('slots on the days when the clock changes', () => {
  const sunday = (from: string, to: string, date: string) =>
    cut({
      hours: [officeHours({ weekday: 7, from: wallTime(from), to: wallTime(to) })],
      now: moment(`${date} 00:00`),
      window: { noticeMinutes: 0, horizonDays: 0 },
    });
  const clocks = (slots: readonly Slot[]) =>
    slots.map((slot) => `${wallTimeOf(slot.startsAt)}-${wallTimeOf(slot.endsAt)}`);

  it('leave out the lost hour of 28 March 2027', () => {
    expect(clocks(sunday('01:00', '04:00', '2027-03-28'))).toEqual([
      '01:00-01:30',
      '01:30-03:00',
      '03:00-03:30',
      '03:30-04:00',
    ]);
    expect(clocks(sunday('02:30', '04:00', '2027-03-28'))).toEqual(['03:00-03:30', '03:30-04:00']);
    expect(clocks(sunday('01:00', '02:30', '2027-03-28'))).toEqual(['01:00-01:30', '01:30-03:00']);
    expect(sunday('02:00', '03:00', '2027-03-28')).toEqual([]);
  });

  it('have the repeated hour of 31 October 2027 twice, and never at the same time', () => {
    const slots = sunday('01:30', '03:30', '2027-10-31');
    expect(clocks(slots)).toEqual([
      '01:30-02:00',
      '02:00-02:30',
      '02:30-02:00',
      '02:00-02:30',
      '02:30-03:00',
      '03:00-03:30',
    ]);
    expect(new Set(slots.map((slot) => slot.startsAt)).size).toBe(6);
  });

  it('are at the same wall time the week before and the week after', () => {
    const slots = cut({ window: { noticeMinutes: 0, horizonDays: 40 } });
    expect(new Set(slots.map((slot) => wallTimeOf(slot.startsAt)))).toEqual(
      new Set(['09:00', '09:30', '10:00', '10:30']),
    );
    expect(slots).toHaveLength(24);
  });
});

const managers = fc.constantFrom('m1', 'm2');
const anyHours = fc.record({
  managerId: managers,
  weekday: fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Weekday>,
  from: fc.integer({ min: 0, max: 1380 }),
  length: fc.integer({ min: 10, max: 300 }),
  slotMinutes: fc.integer({ min: 5, max: 90 }),
  bufferBeforeMinutes: fc.integer({ min: 0, max: 30 }),
  bufferAfterMinutes: fc.integer({ min: 0, max: 30 }),
  everyWeeks: fc.integer({ min: 1, max: 3 }),
  validFrom: fc.integer({ min: -20, max: 10 }),
  validDays: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
});

/** Two weeks around a clock change, or anywhere in 2027. */
const anyQuestion = fc
  .record({
    hours: fc.array(anyHours, { maxLength: 5 }),
    today: fc.oneof(
      fc.constantFrom('2027-03-21', '2027-03-28', '2027-10-24', '2027-10-31').map(day),
      fc.integer({ min: 0, max: 364 }).map((n) => addDays(day('2027-01-01'), n)),
    ),
    minute: fc.integer({ min: 0, max: 1439 }),
    noticeMinutes: fc.integer({ min: 0, max: 3000 }),
    horizonDays: fc.integer({ min: 0, max: 14 }),
    holiday: fc.integer({ min: 0, max: 14 }),
    taken: fc.array(
      fc.record({
        managerId: managers,
        start: fc.oneof(fc.integer({ min: -1440, max: 20_000 }), fc.integer({ min: 0, max: 1440 })),
        minutes: fc.integer({ min: 0, max: 600 }),
        isAbsence: fc.boolean(),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ hours, today, minute, noticeMinutes, horizonDays, holiday, taken }): SlotQuestion => {
    const midnight = at(today, wallTime('00:00'));
    const ranges = taken.map(({ managerId, start, minutes, isAbsence }) => ({
      isAbsence,
      range: { managerId, from: addMinutes(midnight, start), to: addMinutes(midnight, start + minutes) },
    }));
    return {
      hours: hours.map(({ from, length, validFrom, validDays, ...rest }, i) =>
        officeHours({
          ...rest,
          id: `h${i}`,
          from: clock(from),
          to: clock(Math.min(from + length, 1439)),
          validFrom: addDays(today, validFrom),
          validTo: validDays === undefined ? undefined : addDays(today, validFrom + validDays),
        }),
      ),
      changes: [],
      openHolidays: [],
      absences: ranges.filter((r) => r.isAbsence).map((r) => r.range),
      busy: ranges.filter((r) => !r.isAbsence).map((r) => r.range),
      isHoliday: (date) => date === addDays(today, holiday),
      now: addMinutes(midnight, minute),
      window: { noticeMinutes, horizonDays },
    };
  });

const identity = (slot: Slot) => `${slot.managerId} ${slot.startsAt}`;

describe('whatever the office hours, slots', () => {
  it('never collide, never leave the office hours, are never shorter, and are never where they must not be', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const slots = cutSlots(question);
        const blockedUntil = new Map<string, number>();
        let previous: Slot | undefined;
        for (const slot of slots) {
          const { managerId, startsAt, endsAt, blocks } = slot;
          const hours = question.hours.find(({ id }) => id === slot.hoursId);
          if (!hours) throw new Error('a slot of no office hours');
          const date = dayOf(startsAt);
          expect(hours.managerId).toBe(managerId);
          expect(weekdayOf(date)).toBe(hours.weekday);
          expect(date >= hours.validFrom && date <= (hours.validTo ?? date)).toBe(true);
          expect(minutesBetween(startsAt, endsAt)).toBe(hours.slotMinutes);
          for (let now = startsAt; now < endsAt; now = addMinutes(now, 1)) {
            const minute = minuteOfDay(wallTimeOf(now));
            expect(minute >= minuteOfDay(hours.from) && minute < minuteOfDay(hours.to)).toBe(true);
          }
          expect(blocks.from >= (blockedUntil.get(managerId) ?? 0)).toBe(true);
          blockedUntil.set(managerId, blocks.to);
          expect(question.isHoliday(date)).toBe(false);
          expect(date <= addDays(dayOf(question.now), question.window.horizonDays)).toBe(true);
          expect(startsAt >= addMinutes(question.now, question.window.noticeMinutes)).toBe(true);
          for (const taken of question.absences) {
            if (taken.managerId === managerId && taken.from < taken.to) {
              expect(taken.to <= startsAt || taken.from >= endsAt).toBe(true);
            }
          }
          for (const taken of question.busy) {
            if (taken.managerId === managerId && taken.from < taken.to) {
              expect(taken.to <= blocks.from || taken.from >= blocks.to).toBe(true);
            }
          }
          if (previous) {
            const isLater = previous.startsAt < startsAt;
            expect(isLater || (previous.startsAt === startsAt && previous.managerId < managerId)).toBe(true);
          }
          previous = slot;
        }
      }),
      { numRuns: 400 },
    );
  });

  it('are exactly those of the free grid that nothing takes: a cancellation only ever adds', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const free = cutSlots({ ...question, busy: [], absences: [] });
        const meets = (taken: ManagerRange, slot: Slot, from: Instant, to: Instant) =>
          taken.managerId === slot.managerId && taken.from < taken.to && taken.from < to && taken.to > from;
        const expected = free.filter(
          (slot) =>
            !question.absences.some((taken) => meets(taken, slot, slot.startsAt, slot.endsAt)) &&
            !question.busy.some((taken) => meets(taken, slot, slot.blocks.from, slot.blocks.to)),
        );
        expect(cutSlots(question).map(identity)).toEqual(expected.map(identity));
      }),
      { numRuns: 400 },
    );
  });

  it('do not depend on the past', () => {
    fc.assert(
      fc.property(anyQuestion, (question) => {
        const past = Array.from({ length: 10_000 }, (_, i) => ({
          managerId: i % 2 ? 'm1' : 'm2',
          from: addMinutes(question.now, -2000 - 30 * (i + 1)),
          to: addMinutes(question.now, -2000 - 30 * i),
        }));
        const withPast = { ...question, busy: [...past, ...question.busy], absences: [...question.absences, ...past] };
        expect(cutSlots(withPast)).toEqual(cutSlots(question));
      }),
      { numRuns: 20 },
    );
  });
});

describe('what is other than usual', () => {
  const held = (from: string, to: string, placeId?: string) => ({ from: wallTime(from), to: wallTime(to), placeId });
  const window = { noticeMinutes: 0, horizonDays: 13 };

  it('drops one occurrence and leaves the rest', () => {
    const changes = [{ hoursId: 'h1', day: day('2027-03-08'), held: undefined }];
    expect(daysWithSlots(cut({ changes, window }), 'place')).toEqual(['2027-03-01']);
  });

  it('holds one occurrence at another time and place', () => {
    const changes = [{ hoursId: 'h1', day: day('2027-03-08'), held: held('14:00', '15:00', 'p2') }];
    const slots = slotsOn(cut({ changes, window }), day('2027-03-08'), 'place');
    expect(starts(slots)).toEqual(['2027-03-08 14:00', '2027-03-08 14:30']);
    expect(slots.map(({ placeId }) => placeId)).toEqual(['p2', 'p2']);
  });

  it('does not bring back a day on which the series is not held', () => {
    const changes = [{ hoursId: 'h1', day: day('2027-03-02'), held: held('14:00', '15:00') }];
    expect(slotsOn(cut({ changes, window }), day('2027-03-02'), 'place')).toEqual([]);
  });

  it('opens a holiday for the manager who wants it, and for nobody else', () => {
    const hours = [officeHours(), officeHours({ id: 'h2', managerId: 'm2' })];
    const openHolidays = [{ managerId: 'm2', day: day('2027-03-01') }];
    const slots = cut({ hours, openHolidays, isHoliday: () => true });
    expect(new Set(slots.map(({ managerId }) => managerId))).toEqual(new Set(['m2']));
  });
});

describe('travel around a home visit', () => {
  const hours = [officeHours({ ways: ['home', 'telephone'], travelMinutes: 30 })];
  const waysAt = (slots: readonly Slot[], time: string) =>
    slots.find(({ startsAt }) => shown(startsAt) === `2027-03-01 ${time}`)?.ways;

  it('blocks the way there and back, for a visit only', () => {
    const [slot] = cut({ hours });
    if (slot === undefined) throw new Error('no slot');
    expect(shown(blockedBy(slot, 'home').from)).toBe('2027-03-01 08:30');
    expect(shown(blockedBy(slot, 'home').to)).toBe('2027-03-01 10:00');
    expect(blockedBy(slot, 'telephone')).toEqual(slot.blocks);
  });

  it('offers no visit where the way would not be free, but the telephone', () => {
    const slots = cut({ hours, busy: [range('m1', '2027-03-01 10:00', '2027-03-01 10:30')] });
    expect(waysAt(slots, '09:00')).toEqual(['home', 'telephone']);
    expect(waysAt(slots, '09:30')).toEqual(['telephone']);
    expect(waysAt(slots, '10:00')).toBeUndefined();
    expect(waysAt(slots, '10:30')).toEqual(['telephone']);
  });

  it('offers nothing where only visits are made and the way is not free', () => {
    const only = [officeHours({ ways: ['home'], travelMinutes: 30 })];
    const slots = cut({ hours: only, busy: [range('m1', '2027-03-01 10:00', '2027-03-01 10:30')] });
    expect(starts(slots)).toEqual(['2027-03-01 09:00']);
  });
});

describe('a slot that somebody wants', () => {
  const slots = cut({ window: { noticeMinutes: 0, horizonDays: 7 } });
  const wanted = { startsAt: moment('2027-03-01 09:30'), way: 'telephone' } as const;

  it('is found by start and way', () => {
    expect(findSlot(slots, wanted)?.endsAt).toBe(moment('2027-03-01 10:00'));
    expect(isOffered(slots, wanted)).toBe(true);
    expect(isOffered(slots, { ...wanted, way: 'home' })).toBe(false);
    expect(isOffered(slots, { ...wanted, startsAt: addMinutes(wanted.startsAt, 1) })).toBe(false);
  });

  it('is listed under its day', () => {
    expect(daysWithSlots(slots, 'place')).toEqual(['2027-03-01', '2027-03-08']);
    expect(daysWithSlots(slots, 'home')).toEqual([]);
    expect(slotsOn(slots, day('2027-03-08'), 'place')).toHaveLength(4);
    expect(slotsOn(slots, day('2027-03-08'), 'home')).toEqual([]);
    expect(slotsOn(slots, day('2027-03-09'), 'place')).toEqual([]);
  });
});

describe('an appointment', () => {
  const booked: AppointmentTimes = {
    status: 'booked',
    startsAt: moment('2027-03-01 09:00'),
    endsAt: moment('2027-03-01 09:30'),
  };
  const before = (to: Instant) => (to - 1) as Instant;

  it('can be cancelled and moved by the refugee until it starts', () => {
    expect(canCancel('refugee', booked, before(booked.startsAt))).toBe(true);
    expect(canCancel('refugee', booked, booked.startsAt)).toBe(false);
    expect(canMove('refugee', booked, before(booked.startsAt))).toBe(true);
    expect(canMove('refugee', booked, booked.startsAt)).toBe(false);
  });

  it('can be cancelled and moved by the manager until it ends', () => {
    expect(canCancel('manager', booked, before(booked.endsAt))).toBe(true);
    expect(canCancel('manager', booked, booked.endsAt)).toBe(false);
    expect(canMove('manager', booked, before(booked.endsAt))).toBe(true);
    expect(isOpen(booked, before(booked.endsAt))).toBe(true);
    expect(isOpen(booked, booked.endsAt)).toBe(false);
  });

  it('that is cancelled is over for everybody', () => {
    const cancelled: AppointmentTimes = { ...booked, status: 'cancelled' };
    for (const by of ['refugee', 'manager'] as const) {
      expect(canCancel(by, cancelled, before(booked.startsAt))).toBe(false);
      expect(canMove(by, cancelled, before(booked.startsAt))).toBe(false);
    }
    expect(isOpen(cancelled, before(booked.startsAt))).toBe(false);
  });
});

describe('reminders', () => {
  const reminders = (startsAt: string, bookedAt = '2027-02-01 10:00', quiet = QUIET_HOURS) =>
    reminderTimes({ startsAt: moment(startsAt), bookedAt: moment(bookedAt) }, { ...USUAL_WISHES, quiet }).map(
      ({ kind, dueAt }) => `${kind} ${shown(dueAt)}`,
    );

  it('come a day and two hours before', () => {
    expect(reminders('2027-03-02 14:00')).toEqual(['day-before 2027-03-01 14:00', 'soon 2027-03-02 12:00']);
  });

  it('keep the time on the clock when the clock changes in between', () => {
    expect(reminders('2027-03-28 14:00')[0]).toBe('day-before 2027-03-27 14:00');
    expect(reminders('2027-10-31 14:00')[0]).toBe('day-before 2027-10-30 14:00');
  });

  it('come at 20:00 if they would come from 21:00 on', () => {
    expect(reminders('2027-03-03 20:59')[0]).toBe('day-before 2027-03-02 20:59');
    expect(reminders('2027-03-03 21:00')[0]).toBe('day-before 2027-03-02 20:00');
  });

  it('come at 20:00 the evening before if they would come before 08:00', () => {
    expect(reminders('2027-03-03 10:00')[1]).toBe('soon 2027-03-03 08:00');
    expect(reminders('2027-03-03 09:59')[1]).toBe('soon 2027-03-02 20:00');
    expect(reminders('2027-03-03 08:30')).toEqual(['day-before 2027-03-02 08:30', 'soon 2027-03-02 20:00']);
    expect(reminders('2027-03-03 08:00')[0]).toBe('day-before 2027-03-02 08:00');
    expect(reminders('2027-03-03 07:59')[0]).toBe('day-before 2027-03-01 20:00');
  });

  it('come once where a displaced one would follow within three hours', () => {
    // Quiet from 17:00 to 12:00: the soon-reminder is displaced to 16:00.
    const quiet = { from: wallTime('17:00'), to: wallTime('12:00') };
    expect(reminders('2027-03-03 13:00', undefined, quiet)).toEqual(['day-before 2027-03-02 13:00']);
    expect(reminders('2027-03-03 12:59', undefined, quiet)).toEqual([
      'day-before 2027-03-02 12:59',
      'soon 2027-03-02 16:00',
    ]);
    // Without the day-before reminder (just booked then) the other one stays.
    expect(reminders('2027-03-03 13:00', '2027-03-02 12:31', quiet)).toEqual(['soon 2027-03-02 16:00']);
  });

  it('do not come to somebody who has booked within 30 minutes', () => {
    const both = ['day-before 2027-03-01 14:00', 'soon 2027-03-02 12:00'];
    expect(reminders('2027-03-02 14:00', '2027-03-01 13:30')).toEqual(both);
    expect(reminders('2027-03-02 14:00', '2027-03-01 13:31')).toEqual(both.slice(1));
    expect(reminders('2027-03-02 14:00', '2027-03-02 11:30')).toEqual(both.slice(1));
    expect(reminders('2027-03-02 14:00', '2027-03-02 11:31')).toEqual([]);
  });

  it('know quiet hours within one day, and none', () => {
    const noon = { from: wallTime('12:00'), to: wallTime('14:00') };
    expect(reminders('2027-03-03 15:59', undefined, noon)[1]).toBe('soon 2027-03-03 11:00');
    expect(reminders('2027-03-03 16:00', undefined, noon)[1]).toBe('soon 2027-03-03 14:00');
    const none = { from: wallTime('08:00'), to: wallTime('08:00') };
    expect(reminders('2027-03-03 04:00', undefined, none)[1]).toBe('soon 2027-03-03 02:00');
  });

  it('are never in the quiet hours, never late, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 525_600 }), fc.integer({ min: 1, max: 10_000 }), (start, lead) => {
        const startsAt = addMinutes(moment('2027-01-01 00:00'), start);
        const found = reminderTimes({ startsAt, bookedAt: addMinutes(startsAt, -lead) }, USUAL_WISHES);
        for (const { kind, dueAt } of found) {
          expect(wallTimeOf(dueAt) >= '08:00' && wallTimeOf(dueAt) < '21:00').toBe(true);
          expect(minutesBetween(dueAt, startsAt)).toBeGreaterThanOrEqual(kind === 'soon' ? 120 : 23 * 60);
        }
        expect(found.map(({ dueAt }) => dueAt)).toEqual(found.map(({ dueAt }) => dueAt).sort((a, b) => a - b));
      }),
    );
  });
});

describe('two series of office hours', () => {
  const collide = (a: Partial<OfficeHours>, b: Partial<OfficeHours>) => {
    const [one, other] = [officeHours(a), officeHours({ id: 'h2', ...b })];
    expect(isOverlapping(one, other)).toBe(isOverlapping(other, one));
    return isOverlapping(one, other);
  };

  it('collide on the same weekday at overlapping times', () => {
    expect(collide({}, { from: wallTime('10:59'), to: wallTime('12:00') })).toBe(true);
    expect(collide({}, { from: wallTime('11:00'), to: wallTime('12:00') })).toBe(false);
    expect(collide({}, { weekday: 2 })).toBe(false);
    expect(collide({}, { managerId: 'm2' })).toBe(false);
  });

  it('collide only while both are valid', () => {
    expect(collide({ validTo: day('2027-03-08') }, { validFrom: day('2027-03-08') })).toBe(true);
    expect(collide({ validTo: day('2027-03-07') }, { validFrom: day('2027-03-07') })).toBe(false);
    expect(collide({ validTo: day('2027-03-14') }, { validFrom: day('2027-03-09') })).toBe(false);
  });

  it('collide only in weeks that both have', () => {
    const second = { validFrom: day('2027-03-08') };
    expect(collide({ everyWeeks: 2 }, { everyWeeks: 2, ...second })).toBe(false);
    expect(collide({ everyWeeks: 2 }, { everyWeeks: 3, ...second })).toBe(true);
    expect(collide({ everyWeeks: 2 }, { everyWeeks: 3, ...second, validTo: day('2027-03-28') })).toBe(false);
    expect(collide({ everyWeeks: 2 }, { everyWeeks: 3, ...second, validTo: day('2027-03-29') })).toBe(true);
    expect(collide({ everyWeeks: 4 }, { everyWeeks: 6, ...second })).toBe(false);
  });

  it('collide exactly when a day-by-day search over two years says so', () => {
    const series = fc.record({
      weekday: fc.constantFrom<Weekday>(1, 2),
      everyWeeks: fc.integer({ min: 1, max: 6 }),
      validFrom: fc.integer({ min: 0, max: 60 }).map((n) => addDays(day('2027-03-01'), n)),
      validTo: fc.option(
        fc.integer({ min: 60, max: 200 }).map((n) => addDays(day('2027-03-01'), n)),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(series, series, (a, b) => {
        const question = { now: moment('2027-03-01 00:00'), window: { noticeMinutes: 0, horizonDays: 730 } };
        const daysOf = (own: typeof a) =>
          new Set(
            daysWithSlots(cut({ ...question, hours: [officeHours({ ...own, to: wallTime('09:30') })] }), 'place'),
          );
        expect(collide(a, b)).toBe([...daysOf(a)].some((date) => daysOf(b).has(date)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('new office hours', () => {
  const check = (own: Partial<OfficeHoursDraft>) => {
    const { id, managerId, ...draft } = officeHours(own);
    return checkOfficeHours(draft);
  };

  it.each<[string, Partial<OfficeHoursDraft>, readonly string[]]>([
    ['that are right', {}, []],
    ['with exactly one slot', { slotMinutes: 120 }, []],
    ['without room for one', { slotMinutes: 121 }, ['no-slot-fits']],
    ['that end when they begin', { to: wallTime('09:00') }, ['ends-before-begins']],
    ['that nobody can come to', { ways: [] }, ['no-way']],
    ['at a place that is not said', { placeId: undefined }, ['place-missing']],
    ['on the telephone', { placeId: undefined, ways: ['telephone', 'home'] }, []],
    ['valid for one day', { validTo: day('2027-03-01') }, []],
    ['valid backwards', { validTo: day('2027-02-28') }, ['valid-to-before-from']],
    ['valid when there is no Monday', { validFrom: day('2027-03-02'), validTo: day('2027-03-07') }, ['never-held']],
    [
      'valid only in the week left out',
      { validFrom: day('2027-03-02'), validTo: day('2027-03-08'), everyWeeks: 2 },
      ['never-held'],
    ],
    ['every no weeks', { everyWeeks: 0 }, ['number-out-of-range']],
    ['with half minutes', { bufferAfterMinutes: 2.5 }, ['number-out-of-range']],
    ['with a buffer of less than nothing', { bufferBeforeMinutes: -5 }, ['number-out-of-range']],
    [
      'wrong in every way',
      { ways: [], to: wallTime('08:00'), slotMinutes: 1 },
      ['ends-before-begins', 'no-way', 'number-out-of-range'],
    ],
  ])('%s', (_, own, problems) => {
    expect(check(own)).toEqual(problems);
  });
});
