import { describe, expect, it } from 'vitest';
import type { OccurrenceChange, OfficeHours } from '../../../src/features/appointments/model.ts';
import type { Standing } from '../../../src/features/appointments/model-caseload.ts';
import { fitOf, type OwnDiary } from '../../../src/features/appointments/rules-caseload.ts';
import { addMinutes, day, wallTime } from '../../../src/platform/datetime.ts';
import { berlin } from '../../support/clock.ts';

/** A Thursday, 10:00 to 10:45 with a quarter of an hour after it. */
const at = (date = '2026-12-03', time = '10:00', own: Partial<Standing> = {}): Standing => {
  const startsAt = berlin(date, time);
  return {
    id: '1',
    personId: 'p',
    managerId: 'a',
    way: 'place',
    placeId: 'town-hall',
    startsAt,
    endsAt: addMinutes(startsAt, 45),
    blocks: { from: startsAt, to: addMinutes(startsAt, 60) },
    sequence: 0,
    ...own,
  };
};
const hours = (own: Partial<OfficeHours> = {}): OfficeHours => ({
  id: 'h',
  managerId: 'b',
  weekday: 4,
  from: wallTime('09:00'),
  to: wallTime('12:00'),
  placeId: 'town-hall',
  ways: ['place'],
  slotMinutes: 45,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  travelMinutes: 0,
  interpreter: false,
  everyWeeks: 1,
  validFrom: day('2026-11-23'),
  validTo: undefined,
  ...own,
});
const diary = (own: Partial<OwnDiary> = {}): OwnDiary => ({
  hours: [],
  changes: [],
  absences: [],
  busy: [],
  ...own,
});
const range = (from: string, to: string) => ({ from: berlin('2026-12-03', from), to: berlin('2026-12-03', to) });

describe('whether another manager can keep an appointment', () => {
  it('who has nothing at all in her diary can', () => expect(fitOf(at(), diary())).toBe('free'));

  it('not while she has another, buffers included; right after it she can', () => {
    expect(fitOf(at(), diary({ busy: [range('10:50', '11:30')] }))).toBe('blocked');
    expect(fitOf(at(), diary({ busy: [range('11:00', '11:30')] }))).toBe('free');
    expect(fitOf(at(), diary({ busy: [range('09:00', '10:00')] }))).toBe('free');
  });
  it('not while she is absent', () => {
    expect(fitOf(at(), diary({ absences: [range('10:44', '12:00')] }))).toBe('blocked');
    expect(fitOf(at(), diary({ absences: [range('10:45', '12:00')] }))).toBe('free');
  });
  it('not while she receives people at another place, or in other ways', () => {
    expect(fitOf(at(), diary({ hours: [hours({ placeId: 'elsewhere' })] }))).toBe('elsewhere');
    expect(fitOf(at(), diary({ hours: [hours({ ways: ['telephone'] })] }))).toBe('elsewhere');
    expect(fitOf(at(), diary({ hours: [hours()] }))).toBe('free');
  });
  it('a call fits into hours at any place, if they are for calls', () => {
    const call = at('2026-12-03', '10:00', { way: 'telephone', placeId: undefined });
    expect(fitOf(call, diary({ hours: [hours({ placeId: 'elsewhere', ways: ['place', 'telephone'] })] }))).toBe('free');
  });
  it('outside her hours she can where she comes at all, in ways that she offers', () => {
    const friday = [hours({ weekday: 5 })];
    expect(fitOf(at(), diary({ hours: friday }))).toBe('free');
    expect(fitOf(at(), diary({ hours: [hours({ weekday: 5, placeId: 'elsewhere' })] }))).toBe('elsewhere');
    expect(fitOf(at('2026-12-03', '10:00', { way: 'home' }), diary({ hours: friday }))).toBe('elsewhere');
  });
  it('hours that have ended, or are not held that week, say nothing', () => {
    const over = hours({ placeId: 'elsewhere', validTo: day('2026-12-02') });
    expect(fitOf(at(), diary({ hours: [over] }))).toBe('free');
    const otherWeek = hours({ placeId: 'elsewhere', everyWeeks: 2, validFrom: day('2026-11-23') });
    expect(fitOf(at('2026-12-03'), diary({ hours: [otherWeek, hours({ weekday: 5 })] }))).toBe('free');
    expect(fitOf(at('2026-12-10'), diary({ hours: [otherWeek, hours({ weekday: 5 })] }))).toBe('elsewhere');
  });
  it('a single day that is dropped, or held elsewhere, counts as it is', () => {
    const change = (held: OccurrenceChange['held']) => [{ hoursId: 'h', day: day('2026-12-03'), held }];
    const moved = { from: wallTime('09:00'), to: wallTime('12:00'), placeId: 'elsewhere' };
    expect(fitOf(at(), diary({ hours: [hours()], changes: change(moved) }))).toBe('elsewhere');
    const later = { from: wallTime('14:00'), to: wallTime('16:00'), placeId: undefined };
    expect(fitOf(at(), diary({ hours: [hours()], changes: change(later) }))).toBe('free');
    expect(fitOf(at(), diary({ hours: [hours({ placeId: 'elsewhere' })], changes: change(undefined) }))).toBe(
      'elsewhere',
    );
  });
  it('across both clock changes, by the clock on the wall', () => {
    for (const date of ['2027-03-28', '2027-10-31']) {
      const sunday = diary({
        hours: [hours({ weekday: 7, from: wallTime('13:00'), to: wallTime('17:00'), placeId: 'elsewhere' })],
      });
      expect(fitOf(at(date, '16:30'), sunday)).toBe('elsewhere');
      expect(fitOf(at(date, '17:00'), { ...sunday, hours: [...sunday.hours, hours()] })).toBe('free');
    }
  });
});
