import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Owned, Review } from '../../../src/features/guidance/model.ts';
import { PHONE_DIGITS } from '../../../src/features/guidance/model-call.ts';
import { DATES, ENVELOPES, type Letter, SENDERS } from '../../../src/features/guidance/model-letter.ts';
import {
  byDistance,
  checkLists,
  DAYS_LEFT,
  distanceKm,
  isDialable,
  isInTime,
  keyed,
  lastCheck,
  needsLegalAdvice,
  stateOf,
  urgencyOf,
  validUntil,
} from '../../../src/features/guidance/rules.ts';
import { addDays, addMonths, day } from '../../../src/platform/datetime.ts';

const owned = (own: Partial<Owned> = {}): Owned => ({
  key: 'p.stay',
  title: 'x',
  source: 'x',
  checkedOn: day('2026-11-22'),
  checkedBy: 'Landkreis',
  validUntil: day('2027-02-22'),
  recheckMonths: 3,
  mark: 'aaaaaaaa',
  missing: [],
  stale: [],
  drafts: [],
  ...own,
});
const review = (own: Partial<Review> = {}): Review => ({
  key: 'p.stay',
  mark: 'aaaaaaaa',
  checkedOn: day('2027-02-01'),
  checkedBy: 'Koordination',
  validUntil: day('2027-05-01'),
  ...own,
});

describe('whether people may rely on a page', () => {
  it('holds until its last day, and is due a month before', () => {
    const one = owned();
    expect(stateOf(one, [], day('2027-01-22'))).toBe('fine');
    expect(stateOf(one, [], day('2027-01-23'))).toBe('soon');
    expect(stateOf(one, [], day('2027-02-22'))).toBe('soon');
    expect(stateOf(one, [], day('2027-02-23'))).toBe('overdue');
  });

  it('needs somebody who has checked it', () => {
    expect(stateOf(owned({ checkedBy: null }), [], day('2026-11-23'))).toBe('unchecked');
    expect(stateOf(owned({ checkedBy: null }), [], day('2027-02-23'))).toBe('overdue');
  });

  it('counts a later check of the same words only', () => {
    const today = day('2027-03-01');
    expect(stateOf(owned(), [review()], today)).toBe('fine');
    expect(lastCheck(owned(), [review()])).toMatchObject({ checkedBy: 'Koordination' });
    expect(stateOf(owned(), [review({ mark: 'bbbbbbbb' })], today)).toBe('overdue');
    expect(stateOf(owned(), [review({ key: 'p.other' })], today)).toBe('overdue');
    // The file was corrected after the check.
    const corrected = owned({ checkedOn: day('2027-02-10'), validUntil: day('2027-02-20') });
    expect(stateOf(corrected, [review()], today)).toBe('overdue');
  });

  it('a check holds for the months that the page says', () => {
    expect(validUntil(owned(), day('2026-11-30'))).toBe('2027-02-28');
    expect([
      addMonths(day('2027-01-31'), 1),
      addMonths(day('2027-12-15'), 14),
      addMonths(day('2028-02-29'), 12),
    ]).toEqual(['2027-02-28', '2029-02-15', '2029-02-28']);
  });

  it('lists the most pressing first, a fine page among them only where a language lacks it, and what is fine after it', () => {
    const all = [
      owned({ key: 'p.fine', validUntil: day('2028-01-01') }),
      owned({ key: 'p.gap', validUntil: day('2028-01-01'), missing: ['ti'] }),
      owned({ key: 'p.nobody', checkedBy: null }),
      owned({ key: 'p.old', validUntil: day('2026-01-01') }),
      owned({ key: 'p.soon', validUntil: day('2026-12-01') }),
    ];
    const { due, fine } = checkLists(all, [], day('2026-11-23'));
    expect(due.map(({ one }) => one.key)).toEqual(['p.old', 'p.nobody', 'p.soon', 'p.gap']);
    expect(fine.map(({ one }) => one.key)).toEqual(['p.fine']);
  });
});

describe('how urgent a letter is', () => {
  const letter = fc.record({
    from: fc.constantFrom(...SENDERS),
    date: fc.constantFrom(...DATES),
    envelope: fc.constantFrom(...ENVELOPES),
  });
  const RANK = ['calm', 'week', 'now'] as const;
  const rank = (one: Letter) => RANK.indexOf(urgencyOf(one));

  it('a yellow envelope or a date of these days is always urgent, whoever sent it', () => {
    fc.assert(
      fc.property(letter, (one) => {
        expect(urgencyOf({ ...one, envelope: 'yellow' })).toBe('now');
        expect(urgencyOf({ ...one, date: 'soon' })).toBe('now');
      }),
    );
  });

  it('“today or tomorrow” ends with tomorrow, a week after seven days, whatever the hour', () => {
    const today = day('2026-11-23');
    const until = (last: string, urgency: Parameters<typeof isInTime>[0]) => {
      expect([urgency, isInTime(urgency, day(last), today)]).toEqual([urgency, true]);
      expect([urgency, isInTime(urgency, addDays(day(last), 1), today)]).toEqual([urgency, false]);
    };
    until('2026-11-24', 'now');
    until('2026-11-30', 'week');
    until('2027-01-18', 'calm');
    expect(isInTime('now', today, today)).toBe(true);
  });

  it('not to know is never calmer than to know that there is time', () => {
    fc.assert(
      fc.property(letter, (one) => {
        expect(rank({ ...one, date: 'unsure' })).toBeGreaterThanOrEqual(rank({ ...one, date: 'none' }));
        expect(rank({ ...one, date: 'unsure' })).toBeGreaterThanOrEqual(rank({ ...one, date: 'later' }));
      }),
    );
  });

  it('is calm only without a date, and never where a right may be lost', () => {
    fc.assert(
      fc.property(letter, (one) => {
        if (urgencyOf(one) === 'calm') expect([one.date, needsLegalAdvice(one)]).toEqual(['none', false]);
      }),
    );
    expect(urgencyOf({ from: 'school', date: 'none', envelope: 'other' })).toBe('calm');
    expect(urgencyOf({ from: 'asylum', date: 'none', envelope: 'other' })).toBe('week');
    expect(urgencyOf({ from: 'court', date: 'unsure', envelope: 'lost' })).toBe('now');
    expect(DAYS_LEFT.now).toBeLessThan(DAYS_LEFT.week);
  });
});

describe('distances', () => {
  const point = fc.record({
    lat: fc.double({ min: 47, max: 55, noNaN: true }),
    lon: fc.double({ min: 6, max: 15, noNaN: true }),
  });

  it('are as on the map, the same both ways, and nothing from here to here', () => {
    const calw = { lat: 48.7142, lon: 8.7403 };
    const nagold = { lat: 48.5498, lon: 8.7237 };
    expect(Math.round(distanceKm(calw, nagold))).toBe(18);
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
        expect(distanceKm(a, a)).toBeCloseTo(0, 6);
      }),
    );
  });

  it('order what is near first, and lose nothing', () => {
    const list = fc.array(
      fc.record({ id: fc.nat(), km: fc.option(fc.double({ min: 0, max: 50, noNaN: true }), { nil: undefined }) }),
    );
    fc.assert(
      fc.property(list, (all) => {
        const sorted = byDistance(all);
        expect(new Set(sorted)).toEqual(new Set(all));
        expect(sorted).toHaveLength(all.length);
        const known = sorted.flatMap(({ km }) => (km === undefined ? [] : [km]));
        expect(known).toEqual(known.toSorted((a, b) => a - b));
        expect(sorted.findIndex(({ km }) => km === undefined)).toBe(known.length === all.length ? -1 : known.length);
      }),
    );
  });
});

describe('a number that is keyed in', () => {
  it('takes digits up to its length, and back takes the last one away', () => {
    const keys = fc.array(fc.constantFrom(...'0123456789', 'back'), { maxLength: 60 });
    fc.assert(
      fc.property(keys, (all) => {
        let digits = '';
        for (const key of all) {
          const before = digits;
          digits = keyed(digits, key, PHONE_DIGITS);
          expect(digits).toMatch(/^\d{0,15}$/);
          if (key === 'back') expect(digits).toBe(before.slice(0, -1));
        }
      }),
    );
  });

  it('can be dialled with 0 or 00, and is complete', () => {
    const good = ['0705112345', '015112345678', '0049705112345', '00963932123456'];
    const bad = ['', '0', '110', '12345678', '07051', '00', '000123456789', '0x5112345', '0705112345678901'];
    expect([good.map(isDialable), bad.map(isDialable)]).toEqual([good.map(() => true), bad.map(() => false)]);
  });
});
