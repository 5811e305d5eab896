import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Way } from '../../../src/features/appointments/model.ts';
import type { Client, Opened, Wait, Wish, WishedWay } from '../../../src/features/outreach/model.ts';
import {
  canOffer,
  expiryOf,
  isInTime,
  isQuiet,
  isUnseen,
  nextLoud,
  nextToAsk,
  obstacleOf,
  spread,
  wayFor,
  whomToTell,
} from '../../../src/features/outreach/rules.ts';
import { addMinutes, type Instant } from '../../../src/platform/datetime.ts';
import { berlin } from '../../support/clock.ts';

const NOW = berlin('2026-11-23', '10:00');
const WAYS: readonly Way[] = ['place', 'home', 'telephone'];

const wishOf = (over: Partial<Wish> = {}): Wish => ({
  appointmentId: 'a',
  refugeeId: 'r',
  way: 'any',
  since: NOW,
  startsAt: berlin('2026-12-02', '10:00'),
  current: 'place',
  isAsked: false,
  asked: 0,
  ...over,
});

describe('the quiet hours', () => {
  it.each([
    ['20:59', false],
    ['21:00', true],
    ['00:00', true],
    ['07:59', true],
    ['08:00', false],
  ])('at %s: %s', (time, quiet) => {
    expect(isQuiet(berlin('2026-11-23', time))).toBe(quiet);
  });

  it.each([
    ['2026-11-23', '12:00', '2026-11-23', '12:00'],
    ['2026-11-23', '21:00', '2026-11-24', '08:00'],
    ['2026-11-24', '07:59', '2026-11-24', '08:00'],
    // The clock goes forward and back in these nights.
    ['2027-03-27', '23:00', '2027-03-28', '08:00'],
    ['2027-10-30', '23:00', '2027-10-31', '08:00'],
  ])('what is due on %s at %s may be said on %s at %s', (day, time, loudDay, loudTime) => {
    expect(nextLoud(berlin(day, time))).toBe(berlin(loudDay, loudTime));
  });

  it.each([
    ['07:59', false],
    ['08:00', true],
    ['19:00', true],
    ['19:01', false],
    ['22:00', false],
  ])('an offer at %s can be answered before the night: %s', (time, can) => {
    expect(canOffer(berlin('2026-11-23', time))).toBe(can);
  });
});

describe('an opened time', () => {
  it('is in time when two hours and the notice lie before it, to the minute', () => {
    expect(isInTime(addMinutes(NOW, 240), NOW, 120)).toBe(true);
    expect(isInTime(addMinutes(NOW, 239), NOW, 120)).toBe(false);
  });

  it.each<[WishedWay, Way, readonly Way[], Way | undefined]>([
    ['any', 'place', ['place', 'telephone'], 'place'],
    ['any', 'place', ['telephone'], 'telephone'],
    ['any', 'place', ['home'], undefined],
    ['any', 'home', ['home'], 'home'],
    ['telephone', 'place', ['place', 'telephone'], 'telephone'],
    ['telephone', 'place', ['place'], undefined],
    ['home', 'place', ['home'], 'home'],
  ])('for a wish of %s and an appointment at %s, with %j, is at %s', (way, current, ways, expected) => {
    expect(wayFor({ way, current }, ways)).toBe(expected);
  });

  const slot = { startsAt: berlin('2026-11-25', '10:00'), ways: ['place'] as const };

  it('goes to nobody whose appointment is as early, who was asked, or who has had three offers today', () => {
    const nobody = [
      wishOf({ startsAt: slot.startsAt }),
      wishOf({ appointmentId: 'b', refugeeId: 'b', isAsked: true }),
      wishOf({ appointmentId: 'c', refugeeId: 'c', asked: 3 }),
      wishOf({ appointmentId: 'd', refugeeId: 'd' }),
    ];
    expect(nextToAsk(nobody, slot, new Set(['d']))).toEqual([]);
  });

  it('is asked about once by a person with two wishes', () => {
    const two = [wishOf(), wishOf({ appointmentId: 'b' })];
    expect(nextToAsk(two, slot, new Set()).map(({ wish }) => wish.appointmentId)).toEqual(['a']);
  });

  it('whatever the wishes: at most three people, each once, none skipped who wished earlier and could use it', () => {
    const arbitrary = fc.array(
      fc.record({
        person: fc.nat(8),
        since: fc.nat(50),
        startsAt: fc.integer({ min: -3, max: 10 }),
        way: fc.constantFrom<WishedWay>('any', ...WAYS),
        current: fc.constantFrom(...WAYS),
        isAsked: fc.boolean(),
        asked: fc.nat(4),
        had: fc.boolean(),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(arbitrary, fc.subarray([...WAYS], { minLength: 1 }), (rows, ways) => {
        const wishes = rows.map(({ person, since, startsAt, had: _, ...rest }, index) =>
          wishOf({
            ...rest,
            appointmentId: `a${index}`,
            refugeeId: `r${person}`,
            since: addMinutes(NOW, since),
            startsAt: addMinutes(slot.startsAt, startsAt * 60),
          }),
        );
        const had = new Set(rows.flatMap((row, index) => (row.had ? [`a${index}`] : [])));
        const offered = { startsAt: slot.startsAt, ways };
        const asked = nextToAsk(wishes, offered, had);
        expect(asked.length).toBeLessThanOrEqual(3);
        expect(new Set(asked.map(({ wish }) => wish.refugeeId)).size).toBe(asked.length);
        for (const { wish, way } of asked) {
          expect(ways).toContain(way);
          expect(wish.startsAt).toBeGreaterThan(slot.startsAt);
          expect(had.has(wish.appointmentId)).toBe(false);
        }
        const could = wishes.filter((wish) => nextToAsk([wish], offered, had).length === 1);
        const people = new Set(could.map(({ refugeeId }) => refugeeId));
        expect(asked.length).toBe(Math.min(3, people.size));
        const latest = Math.max(...asked.map(({ wish }) => wish.since));
        const askedPeople = new Set(asked.map(({ wish }) => wish.refugeeId));
        for (const wish of could)
          if (!askedPeople.has(wish.refugeeId)) expect(wish.since).toBeGreaterThanOrEqual(latest);
      }),
    );
  });
});

describe('who waits', () => {
  const wait = (refugeeId: string, since: number, over: Partial<Wait> = {}): Wait => ({
    refugeeId,
    way: 'any',
    since: addMinutes(NOW, since),
    toldAt: undefined,
    ...over,
  });
  const free = (count: number, openedAt: Instant = NOW, way: Way = 'place'): Opened[] =>
    Array.from({ length: count }, (_, index) => ({ startsAt: addMinutes(NOW, 1_000 + index * 60), way, openedAt }));

  it('is told of what opened since she waits, not of what was free before', () => {
    expect(whomToTell([wait('a', -10)], free(1), NOW)).toEqual(['a']);
    expect(whomToTell([wait('a', -10)], free(1, addMinutes(NOW, -11)), NOW)).toEqual([]);
  });

  it('has two hours to choose before the next are told', () => {
    const told = ['a', 'b', 'c'].map((id, index) => wait(id, -10 + index, { toldAt: addMinutes(NOW, -119) }));
    const since = addMinutes(NOW, -119);
    expect(whomToTell([...told, wait('d', -130)], free(1, since), NOW)).toEqual([]);
    expect(whomToTell([...told, wait('d', -130)], free(1, since), addMinutes(NOW, 1))).toEqual(['d']);
  });

  it('whatever waits and times: at most three for each time, in order, nobody twice for one opening', () => {
    const waits = fc.array(
      fc.record({
        since: fc.integer({ min: -500, max: 0 }),
        toldAt: fc.option(fc.integer({ min: -400, max: 0 }), { nil: undefined }),
        way: fc.constantFrom<WishedWay>('any', ...WAYS),
      }),
      { maxLength: 20 },
    );
    const times = fc.array(
      fc.record({ openedAt: fc.integer({ min: -500, max: 0 }), way: fc.constantFrom(...WAYS), slot: fc.nat(5) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(waits, times, (rows, openings) => {
        const all = rows.map(({ since, toldAt, way }, index) =>
          wait(`r${index}`, since, { way, toldAt: toldAt === undefined ? undefined : addMinutes(NOW, toldAt) }),
        );
        const opened = openings.map(({ openedAt, way, slot }) => ({
          startsAt: addMinutes(NOW, 1_000 + slot * 60),
          way,
          openedAt: addMinutes(NOW, openedAt),
        }));
        const told = whomToTell(all, opened, NOW);
        expect(new Set(told).size).toBe(told.length);
        expect(told.length).toBeLessThanOrEqual(3 * new Set(opened.map(({ startsAt }) => startsAt)).size);
        for (const id of told) {
          const one = all.find(({ refugeeId }) => refugeeId === id);
          expect(
            opened.some(
              ({ way, openedAt }) =>
                (one?.way === 'any' || one?.way === way) &&
                openedAt >= (one?.since ?? 0) &&
                openedAt > (one?.toldAt ?? 0),
            ),
          ).toBe(true);
        }
        const order = told.map((id) => all.find(({ refugeeId }) => refugeeId === id)?.since ?? 0);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('invitations', () => {
  const client = (over: Partial<Client> = {}): Client => ({
    personId: 'p',
    number: 1,
    nickname: undefined,
    seenAt: undefined,
    next: undefined,
    isReachable: true,
    isInvited: false,
    hasStopped: false,
    ...over,
  });

  it('leave one a minute and never in the quiet hours, whenever and however many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 24 * 60 }), fc.nat(80), (minutes, count) => {
        const from = addMinutes(NOW, minutes);
        const times = spread(from, count);
        expect(times).toHaveLength(count);
        expect(times.filter(isQuiet)).toEqual([]);
        times.forEach((time, index) => {
          expect(time).toBeGreaterThanOrEqual(index === 0 ? from : addMinutes(times[index - 1] ?? from, 1));
        });
      }),
    );
  });

  it('can be answered for fourteen days, and no longer than their last time can be booked', () => {
    const days = (n: number) => addMinutes(NOW, n * 24 * 60);
    expect(expiryOf(NOW, [], 120)).toBe(days(14));
    expect(expiryOf(NOW, [days(3), days(5), days(1)], 120)).toBe(addMinutes(days(5), -120));
    expect(expiryOf(NOW, [days(30)], 120)).toBe(days(14));
  });

  it.each([
    [{}, undefined],
    [{ isReachable: false, isInvited: true }, 'unreachable'],
    [{ hasStopped: true }, 'stopped'],
    [{ isInvited: true }, 'invited'],
  ])('to somebody who is %j: %s stands in the way', (over, expected) => {
    expect(obstacleOf(client(over))).toBe(expected);
  });

  it.each([
    [undefined, true],
    [4 * 7 * 24 * 60 + 1, true],
    [4 * 7 * 24 * 60, false],
    [0, false],
  ])('somebody seen %s minutes ago is unseen for four weeks: %s', (ago, expected) => {
    const seenAt = ago === undefined ? undefined : addMinutes(NOW, -ago);
    expect(isUnseen(client({ seenAt }), 4, NOW)).toBe(expected);
    expect(isUnseen(client({ seenAt, next: { id: 'a', startsAt: NOW } }), 4, NOW)).toBe(false);
  });
});
