import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../src/features/appointments/model-caseload.ts';
import {
  type Candidate,
  fill,
  freeCapacity,
  type Movable,
  relieve,
  shareOut,
} from '../../../src/features/coordination/rules.ts';
import {
  canUndo,
  countMove,
  type PlanQuestion,
  planMove,
  planText,
} from '../../../src/features/coordination/rules-plan.ts';
import { pickManager } from '../../../src/features/county/rules.ts';
import { day, instant } from '../../../src/platform/datetime.ts';
import { berlin } from '../../support/clock.ts';

const candidate = (managerId: string, own: Partial<Candidate> = {}): Candidate => ({
  managerId,
  workingDaysPerWeek: 5,
  clients: 0,
  accepts: true,
  serves: ['calw'],
  ...own,
});
const people = (count: number, own: Partial<Movable> = {}): Movable[] =>
  Array.from({ length: count }, (_, n) => ({
    personId: `p${n}`,
    ags: 'calw',
    managerId: 'a',
    appointments: 0,
    ...own,
  }));
const count = (shared: ReadonlyMap<string, string | undefined>, to: string | undefined) =>
  [...shared.values()].filter((id) => id === to).length;

describe('shareOut', () => {
  it('gives by clients per working day, as the county’s rule has it', () => {
    const shared = shareOut(
      people(9),
      [candidate('b', { workingDaysPerWeek: 4 }), candidate('c', { workingDaysPerWeek: 2 })],
      pickManager,
    );
    expect([count(shared, 'b'), count(shared, 'c')]).toEqual([6, 3]);
  });
  it('lets wait whom nobody serves, and whom only somebody serves who accepts nobody', () => {
    const shared = shareOut(
      [
        ...people(1, { ags: 'nagold' }),
        ...people(1, { personId: 'q', ags: undefined }),
        ...people(1, { personId: 'r' }),
      ],
      [candidate('b', { accepts: false }), candidate('c', { serves: ['dobel'] })],
      pickManager,
    );
    expect([...shared.values()]).toEqual([undefined, undefined, undefined]);
  });
});

describe('relieve and fill', () => {
  it('somebody who works less gives away until the load is even, and nobody more', () => {
    const shared = relieve(
      candidate('a', { workingDaysPerWeek: 2, clients: 6 }),
      people(6),
      [candidate('b', { workingDaysPerWeek: 2 })],
      pickManager,
    );
    expect([shared.size, count(shared, 'b')]).toEqual([3, 3]);
  });
  it('who has no appointment goes first', () => {
    const [first, ...others] = people(4);
    const shared = relieve(
      candidate('a', { clients: 4 }),
      first === undefined ? [] : [{ ...first, appointments: 1 }, ...others],
      [candidate('b')],
      pickManager,
    );
    expect([shared.size, shared.has('p0')]).toEqual([2, false]);
  });
  it('a newcomer takes from whoever has most, of her municipalities', () => {
    const all = [
      ...people(8, { managerId: 'a' }).map((one) => ({ ...one, personId: `a${one.personId}` })),
      ...people(4, { managerId: 'b' }).map((one) => ({ ...one, personId: `b${one.personId}` })),
      ...people(9, { managerId: 'c', ags: 'nagold' }).map((one) => ({ ...one, personId: `c${one.personId}` })),
    ];
    const givers = [candidate('a', { clients: 8 }), candidate('b', { clients: 4 }), candidate('c', { clients: 9 })];
    const shared = fill(candidate('n'), all, givers);
    const taken = [...shared.keys()].map((id) => id[0]);
    expect(taken.filter((id) => id === 'a')).toHaveLength(4);
    expect(taken).not.toContain('c');
  });
  it('neither ever turns the load round: whoever gives has at least as much to do as whoever takes', () => {
    const load = fc.record({ clients: fc.integer({ min: 0, max: 40 }), days: fc.constantFrom(1, 2, 2.5, 5) });
    fc.assert(
      fc.property(load, load, (a, b) => {
        const own = { clients: a.clients, workingDaysPerWeek: a.days };
        const other = { clients: b.clients, workingDaysPerWeek: b.days };
        const given = relieve(candidate('a', own), people(a.clients), [candidate('b', other)], pickManager).size;
        const taken = fill(candidate('b', other), people(a.clients), [candidate('a', own)]).size;
        for (const moved of [given, taken]) {
          if (moved > 0) expect((b.clients + moved) / b.days).toBeLessThanOrEqual((a.clients - moved) / a.days + 1e-9);
        }
        expect(taken).toBe(given);
      }),
    );
  });
});

it('free capacity counts people per post by working days', () => {
  expect(freeCapacity({ clients: 60, workingDays: 5 }, 75)).toBe(15);
  expect(freeCapacity({ clients: 40, workingDays: 2.5 }, 75)).toBe(-3);
});

describe('planMove', () => {
  const startsAt = berlin('2026-12-03', '10:00');
  const standing = (id: string, own: Partial<Standing> = {}): Standing => ({
    id,
    personId: 'p',
    managerId: 'a',
    way: 'place',
    placeId: 'x',
    startsAt,
    endsAt: instant(startsAt + 45 * 60_000),
    blocks: { from: startsAt, to: instant(startsAt + 60 * 60_000) },
    sequence: 0,
    ...own,
  });
  const question = (own: Partial<PlanQuestion> = {}): PlanQuestion => {
    const taken = new Set<string>();
    return {
      people: [
        { personId: 'p', number: 1, from: 'a', to: 'b' },
        { personId: 'q', number: 2, from: 'a', to: 'b' },
        { personId: 'w', number: 3, from: 'a', to: undefined },
      ],
      appointments: [],
      others: new Map([['o', { number: 9, managerId: 'c' }]]),
      diaries: {
        fit: (managerId, one) => (taken.has(`${managerId}${one.startsAt}`) ? 'blocked' : 'free'),
        take: (managerId, one) => taken.add(`${managerId}${one.startsAt}`),
      },
      clash: 'cancel',
      keepsUntil: 'stays',
      ...own,
    };
  };
  const fates = (own: Partial<PlanQuestion>) =>
    planMove(question(own)).appointments.map(({ fate, fit }) => [fate, fit]);

  it('two that two managers had at one time cannot both go to one', () => {
    const appointments = [standing('1'), standing('2', { personId: 'q' })];
    expect(fates({ appointments })).toEqual([
      ['goes', 'free'],
      ['cancelled', 'blocked'],
    ]);
    expect(fates({ appointments, clash: 'keep' })).toEqual([
      ['goes', 'free'],
      ['kept', 'blocked'],
    ]);
  });
  it('of somebody who belongs to somebody else goes to that one', () => {
    expect(planMove(question({ appointments: [standing('1', { personId: 'o' })] })).appointments[0]).toMatchObject({
      to: 'c',
      number: 9,
      fate: 'goes',
    });
  });
  it('of somebody who waits is cancelled, or kept until the last day and not a day longer', () => {
    const appointments = [standing('1', { personId: 'w' })];
    expect(fates({ appointments })).toEqual([['cancelled', 'nobody']]);
    expect(fates({ appointments, clash: 'keep', keepsUntil: day('2026-12-03') })).toEqual([['kept', 'nobody']]);
    expect(fates({ appointments, clash: 'keep', keepsUntil: day('2026-12-02') })).toEqual([['cancelled', 'nobody']]);
    expect(fates({ appointments, clash: 'keep', keepsUntil: undefined })).toEqual([['cancelled', 'nobody']]);
  });
  it('is another text as soon as a person, a target or a fate differs', () => {
    const appointments = [standing('1')];
    const text = (own: Partial<PlanQuestion>) => planText(planMove(question({ appointments, ...own })));
    expect(text({})).toBe(text({}));
    expect(text({ people: [{ personId: 'p', number: 1, from: 'a', to: 'c' }] })).not.toBe(text({}));
    expect(text({ appointments: [standing('1', { sequence: 1 })] })).not.toBe(text({}));
    expect(text({ diaries: { fit: () => 'blocked', take: () => {} } })).not.toBe(text({}));
  });
});

it('can be undone until 24 hours later, not at that moment', () => {
  const done = berlin('2026-11-23', '09:00');
  expect(canUndo(done, instant(done + 24 * 3_600_000 - 1))).toBe(true);
  expect(canUndo(done, instant(done + 24 * 3_600_000))).toBe(false);
});

it('figures name each manager once, the larger first', () => {
  const moved = [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
    { from: 'a', to: 'c' },
    { from: 'a', to: undefined },
  ];
  expect(countMove(moved, ['goes', 'kept', 'goes'], (id) => id.toUpperCase())).toEqual({
    to: [
      { managerId: 'c', name: 'C', people: 2 },
      { managerId: 'b', name: 'B', people: 1 },
    ],
    from: [{ managerId: 'a', name: 'A', people: 4 }],
    waiting: 1,
    goes: 2,
    cancelled: 0,
    kept: 1,
  });
});
