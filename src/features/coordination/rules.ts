import type { ManagerCapacity } from '../county/model.ts';

// Who goes to whom. Pure; equals are settled by the order in which people are given.

export interface Candidate extends ManagerCapacity {
  readonly serves: readonly string[];
}

/** A person who may change managers. */
export interface Movable {
  readonly personId: string;
  readonly ags: string | undefined;
  readonly managerId: string | undefined;
  /** Appointments that would have to change with her. */
  readonly appointments: number;
}

/** The county's rule for whoever must choose among several. */
export type Pick = (candidates: readonly ManagerCapacity[]) => string | undefined;

export type Shared = ReadonlyMap<string, string | undefined>;

const loadOf = ({ clients, workingDaysPerWeek }: ManagerCapacity): number => clients / workingDaysPerWeek;
const grown = (one: Candidate, by: number): Candidate => ({ ...one, clients: one.clients + by });
const servesHer = (one: Candidate, { ags }: Movable): boolean => ags !== undefined && one.serves.includes(ags);

/** Gives each person to whoever has most free capacity in her municipality; undefined where nobody serves it. */
export function shareOut(people: readonly Movable[], candidates: readonly Candidate[], pick: Pick): Shared {
  const now = new Map(candidates.map((one) => [one.managerId, one]));
  return new Map(
    people.map((person) => {
      const to = pick([...now.values()].filter((one) => servesHer(one, person)));
      const taken = to === undefined ? undefined : now.get(to);
      if (taken !== undefined) now.set(taken.managerId, grown(taken, 1));
      return [person.personId, to];
    }),
  );
}

/** Those first whose change disturbs least. */
const byDisturbance = (people: readonly Movable[]): Movable[] =>
  people.toSorted((a, b) => a.appointments - b.appointments);

/**
 * A manager gives people away until nobody who could take one more would have less to do than she has. Only who goes
 * is in the answer.
 */
export function relieve(
  giver: Candidate,
  people: readonly Movable[],
  candidates: readonly Candidate[],
  pick: Pick,
): Shared {
  const now = new Map(candidates.map((one) => [one.managerId, one]));
  const shared = new Map<string, string>();
  let left = giver;
  for (const person of byDisturbance(people)) {
    const to = pick([...now.values()].filter((one) => servesHer(one, person)));
    const taker = to === undefined ? undefined : now.get(to);
    if (taker === undefined || loadOf(grown(taker, 1)) > loadOf(grown(left, -1))) continue;
    shared.set(person.personId, taker.managerId);
    now.set(taker.managerId, grown(taker, 1));
    left = grown(left, -1);
  }
  return shared;
}

/** A manager takes people over from whoever has most to do in her municipalities, until that would turn round. */
export function fill(taker: Candidate, people: readonly Movable[], givers: readonly Candidate[]): Shared {
  const now = new Map(givers.map((one) => [one.managerId, one]));
  const shared = new Map<string, string>();
  let own = taker;
  const waitingFor = byDisturbance(people.filter((person) => servesHer(taker, person)));
  for (;;) {
    const giver = [...now.values()]
      .filter((one) => loadOf(grown(one, -1)) >= loadOf(grown(own, 1)))
      .sort((a, b) => loadOf(b) - loadOf(a) || (a.managerId < b.managerId ? -1 : 1))
      .find((one) => waitingFor.some(({ managerId }) => managerId === one.managerId));
    if (giver === undefined) return shared;
    const [next] = waitingFor.splice(
      waitingFor.findIndex(({ managerId }) => managerId === giver.managerId),
      1,
    );
    if (next === undefined) return shared;
    shared.set(next.personId, taker.managerId);
    now.set(giver.managerId, grown(giver, -1));
    own = grown(own, 1);
  }
}

/** How many more people fit into her working days; negative when she has more than a post's share. */
export const freeCapacity = (
  { clients, workingDays }: { readonly clients: number; readonly workingDays: number },
  peoplePerPost: number,
): number => Math.floor((peoplePerPost * workingDays) / 5) - clients;
