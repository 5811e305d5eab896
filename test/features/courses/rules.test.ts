import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERYTHING, readSearch, type Search, writeSearch } from '../../../src/features/courses/buttons.ts';
import {
  ANY,
  DAY_PARTS,
  type DayPart,
  KILOMETRES,
  KINDS,
  PURPOSES,
  REACHED,
} from '../../../src/features/courses/model.ts';
import { CERTIFICATES, READS, SPEAKS } from '../../../src/features/courses/model-finder.ts';
import {
  distanceKm,
  FOR_EVER,
  isStale,
  loosenings,
  purposesOf,
  startOf,
  suggestion,
  verdict,
  visibleUntil,
  wishesOf,
  without,
} from '../../../src/features/courses/rules.ts';
import { placed } from '../../../src/features/courses/rules-place.ts';
import { dayPartsOf } from '../../../src/features/courses/rules-times.ts';
import { addMinutes, day } from '../../../src/platform/datetime.ts';
import { berlin } from '../../support/clock.ts';
import { aRecord } from '../../support/courses.ts';

const wish = fc.record({
  purpose: fc.option(fc.constantFrom(...PURPOSES), { nil: undefined }),
  reached: fc.option(fc.constantFrom(...REACHED), { nil: undefined }),
  when: fc.option(fc.constantFrom(...DAY_PARTS), { nil: undefined }),
  childCare: fc.boolean(),
  km: fc.option(fc.constantFrom(...KILOMETRES), { nil: undefined }),
});
const hundredth = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => n / 100);
const search: fc.Arbitrary<Search> = fc.record({
  wish,
  from: fc.oneof(
    fc.constant('home' as const),
    fc.constant('nowhere' as const),
    fc.record({ lat: hundredth(4720, 5510), lon: hundredth(580, 1510) }),
  ),
  isAll: fc.boolean(),
});

describe('a search in a button', () => {
  it('is read as it was written, and fits beside an id and a page', () => {
    fc.assert(
      fc.property(search, (asked) => {
        const written = writeSearch(asked);
        expect(readSearch(written)).toEqual(asked);
        expect(`co.can.is:${'z'.repeat(12)}:${written}:999999:a1`.length).toBeLessThanOrEqual(64);
      }),
    );
  });

  it('names a shared place to about a kilometre only', () => {
    const written = writeSearch({ wish: ANY, from: { lat: 48.714_236, lon: 8.740_31 }, isAll: false });
    expect(readSearch(written)?.from).toEqual({ lat: 48.71, lon: 8.74 });
  });

  it.each(['', 'x', `${EVERYTHING}x`, 'zxxn0h', 'xxxn99h', 'xxxn0p0000.000', 'xxxn0p9999.9999', 'x7xn0h'])(
    '%j is none',
    (text) => expect(readSearch(text)).toBeUndefined(),
  );
});

describe('what a course is for', () => {
  const of = (own: Parameters<typeof aRecord>[0]) => purposesOf(aRecord(own));
  it.each([
    [{ kind: 'IK_ALPHA' }, ['read', 'everyday']],
    [{ kind: 'VWV_DEUTSCH', title: 'Alphabetisierung am Vormittag' }, ['read', 'everyday']],
    [{ kind: 'EHRENAMT', title: 'Deutsch', audience: 'Personen ohne Schriftkenntnis' }, ['read', 'everyday']],
    [{ kind: 'IK_ALLG' }, ['everyday']],
    [{ kind: 'BSK_A2' }, ['work']],
    [{ kind: 'BSK_B2' }, ['work', 'more']],
    [{ kind: 'VWV_DEUTSCH', title: 'Deutsch B1 neben der Arbeit' }, ['everyday', 'work']],
    [{ kind: 'VWV_DEUTSCH', levelFrom: 'B1' }, ['everyday', 'more']],
    [{ kind: 'OK' }, ['more']],
    [{ kind: 'SONST', group: 'MQ' }, ['everyday', 'work']],
  ] as const)('%j: %j', (own, purposes) => expect(of(own)).toEqual(purposes));

  it('is never nothing: every kind can be found', () => {
    expect(KINDS.filter((kind) => of({ kind }).length === 0)).toEqual([]);
  });
});

describe('when a course takes place', () => {
  it.each<[string, readonly DayPart[]]>([
    ['Mo, Mi, Fr 08:30-11:45', ['morning']],
    ['Montag - Freitag\n08:30 - 12:35 Uhr\n5 UE/Tag', ['morning']],
    ['Mo, Do 18:30-20:45', ['evening']],
    ['jeden Mittwoch 15:00-17:00, nicht in den Schulferien', ['afternoon']],
    ['Mo-Fr 09:00-16:00', ['afternoon', 'morning']],
    ['Di und Do von 9 bis 11 Uhr', ['morning']],
    ['Sa 10:00-12:00', ['weekend']],
    ['Mo, Mi 18:00-21:15; Sa 09:00-12:15', ['evening', 'morning', 'weekend']],
    ['Mo-Sa 08:00-12:00', ['morning', 'weekend']],
    ['abends', ['evening']],
    ['vormittags oder nachmittags', ['afternoon', 'morning']],
    ['', []],
    ['nach Absprache', []],
    ['Starttermine: 11.01.2027, 15.02.2027', []],
    ['Gruppen von 8 - 12 Personen', []],
    ['Mo-So', []],
  ])('%j: %j', (daysTimes, parts) => expect(dayPartsOf({ daysTimes, timeMode: 'unknown' })).toEqual(parts));

  it('is the weekend where the source says so', () => {
    expect(dayPartsOf({ timeMode: 'weekend' })).toEqual(['weekend']);
    expect(dayPartsOf({ timeMode: 'unknown' })).toEqual([]);
  });
});

describe('how long and how a course is shown', () => {
  const today = day('2026-12-01');
  it('until it ends; without an end for a year; rolling ones until their source drops them', () => {
    const ends = { startKind: 'date', startsOn: day('2027-01-11'), endsOn: day('2027-02-01') } as const;
    expect(visibleUntil(aRecord(ends))).toBe('2027-02-01');
    expect(visibleUntil(aRecord({ ...ends, shownUntil: day('2027-01-20') }))).toBe('2027-01-20');
    expect(visibleUntil(aRecord({ startKind: 'date', startsOn: day('2027-01-11') }))).toBe('2028-01-11');
    expect(visibleUntil(aRecord({ startKind: 'rolling' }))).toBe(FOR_EVER);
    expect(visibleUntil(aRecord({ startKind: 'ask', shownUntil: day('2027-01-20') }))).toBe('2027-01-20');
  });

  it('a rolling start stands before any date; one that has begun is asked about', () => {
    const startsOn = day('2026-09-14');
    expect(startOf({ startKind: 'rolling', startsOn }, today)).toEqual({ kind: 'rolling' });
    expect(startOf({ startKind: 'date', startsOn }, today)).toEqual({ kind: 'running', day: startsOn });
    expect(startOf({ startKind: 'date', startsOn: today }, today)).toEqual({ kind: 'on', day: today });
    expect(startOf({ startKind: 'ask' }, today)).toEqual({ kind: 'ask' });
  });

  it('its source is stale after its days, to the millisecond, and before its first delivery', () => {
    const checked = berlin('2026-11-01', '10:00');
    const limit = addMinutes(checked, 30 * 24 * 60);
    expect(isStale(checked, 30, limit)).toBe(false);
    expect(isStale(checked, 30, addMinutes(limit, 1))).toBe(true);
    expect(isStale(undefined, 30, checked)).toBe(true);
  });
});

describe('the distance', () => {
  it('is that on the globe, but for a hundredth', () => {
    const radians = (degrees: number) => (degrees * Math.PI) / 180;
    fc.assert(
      fc.property(
        hundredth(4740, 4970),
        hundredth(760, 1020),
        hundredth(-60, 60),
        hundredth(-60, 60),
        (lat, lon, dy, dx) => {
          const from = { lat, lon };
          const to = { lat: lat + dy, lon: lon + dx };
          const a =
            Math.sin(radians(dy) / 2) ** 2 +
            Math.cos(radians(lat)) * Math.cos(radians(to.lat)) * Math.sin(radians(dx) / 2) ** 2;
          const globe = 2 * 6371 * Math.asin(Math.sqrt(a));
          expect(Math.abs(distanceKm(from, to) - globe)).toBeLessThan(0.01 * globe + 0.01);
        },
      ),
    );
  });
});

describe('loosening', () => {
  it('offers only wishes that are set and give more, the most first', () => {
    fc.assert(
      fc.property(
        wish,
        fc.nat({ max: 5 }),
        fc.array(fc.nat({ max: 20 }), { minLength: 5, maxLength: 5 }),
        (asked, now, some) => {
          const [purpose = 0, reached = 0, when = 0, childCare = 0, km = 0] = some;
          const offered = loosenings(asked, { purpose, reached, when, childCare, km }, now);
          expect(offered.every(({ part, count }) => wishesOf(asked).includes(part) && count > now)).toBe(true);
          expect(offered.map(({ count }) => count)).toEqual(offered.map(({ count }) => count).sort((a, b) => b - a));
        },
      ),
    );
  });

  it('drops one wish and leaves the others', () => {
    fc.assert(
      fc.property(wish, (asked) => {
        for (const part of wishesOf(asked)) {
          expect(wishesOf(without(asked, part))).toEqual(wishesOf(asked).filter((one) => one !== part));
        }
      }),
    );
  });
});

describe('three answers', () => {
  it.each([
    ['not', 'hardly', 'none', { purpose: 'read', reached: undefined }],
    ['other', 'little', 'none', { purpose: 'read', reached: undefined }],
    ['latin', 'hardly', 'none', { purpose: 'everyday', reached: 'A0' }],
    ['latin', 'little', 'none', { purpose: 'everyday', reached: 'A1' }],
    ['latin', 'well', 'none', { purpose: 'everyday', reached: 'A2' }],
    ['latin', 'hardly', 'B1', { purpose: 'more', reached: 'B1' }],
    ['other', 'hardly', 'A2', { purpose: 'everyday', reached: 'A2' }],
  ] as const)('%s, %s, %s: %j', (reads, speaks, certificate, expected) => {
    expect(suggestion({ reads, speaks, certificate })).toEqual(expected);
  });

  it('lead somewhere, all of them', () => {
    for (const reads of READS) {
      for (const speaks of SPEAKS) {
        for (const certificate of CERTIFICATES) {
          expect(suggestion({ reads, speaks, certificate }).purpose).toBeDefined();
        }
      }
    }
  });
});

describe('a delivery is believed', () => {
  const fine = { read: 20, withdrawn: 0, refused: 0, shown: 20, vanishing: 0, isUpdate: false, isConfirmed: false };
  it.each([
    [{}, 'accepted'],
    [{ refused: 20 }, 'accepted'],
    [{ refused: 21 }, 'mostly-broken'],
    [{ read: 0, shown: 0 }, 'empty'],
    [{ read: 0, shown: 0, isUpdate: true }, 'accepted'],
    [{ read: 0, refused: 1, isUpdate: true }, 'mostly-broken'],
    [{ vanishing: 10 }, 'accepted'],
    [{ vanishing: 11 }, 'mostly-gone'],
    [{ vanishing: 11, isConfirmed: true }, 'accepted'],
    [{ vanishing: 9, shown: 9 }, 'accepted'],
    [{ refused: 21, isConfirmed: true }, 'mostly-broken'],
  ] as const)('%j: %s', (own, expected) => expect(verdict({ ...fine, ...own })).toBe(expected));
});

describe('the place of a course', () => {
  const towns = [
    { ags: '08235079', name: 'Bad Wildbad', postalCode: '75323', lat: 48.75, lon: 8.55 },
    { ags: '08235047', name: 'Neubulach', postalCode: '75387', lat: 48.66, lon: 8.69 },
    { ags: '08235050', name: 'Neuweiler', postalCode: '75387', lat: 48.67, lon: 8.6 },
  ];
  const where = (own: object) => placed({ confirmed: true, ...own }, towns);
  it.each([
    [{ ags: '08235079' }, '08235079'],
    [{ postalCode: '75323', city: 'Wildbad' }, '08235079'],
    [{ postalCode: '75387', city: 'Neuweiler' }, '08235050'],
    [{ city: 'Bad Wildbad im Schwarzwald' }, '08235079'],
    [{ city: 'Neubulach, Landkreis Calw' }, '08235047'],
  ])('%j is in %s and takes its centre', (own, ags) => {
    expect(where(own)).toMatchObject({ ...own, ags, lat: expect.any(Number), lon: expect.any(Number) });
  });

  it('keeps its own coordinates', () => {
    expect(where({ postalCode: '75323', lat: 48.74, lon: 8.54 })).toMatchObject({ lat: 48.74, lon: 8.54 });
  });

  it.each([{ postalCode: '75172', city: 'Pforzheim' }, { city: 'Neubulacher Hof' }, {}, { ags: '08111000' }])(
    'is not guessed for %j',
    (own) => expect(where(own)).toEqual({ confirmed: true, ...own }),
  );
});
