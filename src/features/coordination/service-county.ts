import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { type Day, dayOf, type Instant } from '../../platform/datetime.ts';
import type { CaseloadDesk } from '../appointments/service-caseload.ts';
import type { Municipality } from '../county/model.ts';
import type { Assignment, PlaceEntry } from '../county/model-admin.ts';
import type { CountyService } from '../county/service.ts';
import type { PlaceWish } from '../county/service-admin.ts';
import type { Coordinator } from '../people/model.ts';
import type { TeamMember } from '../people/model-team.ts';
import type { TeamDesk } from '../people/service-team.ts';
import type { Act } from './model.ts';
import type { Journal } from './service-journal.ts';

/** A municipality as whoever coordinates sees it. */
export interface Town {
  readonly municipality: Municipality;
  /** Who serves it today; undefined where nothing is known. */
  readonly assignment: Assignment | undefined;
  /** Managers who serve it and can be given people. */
  readonly managers: readonly TeamMember[];
  /** People there who have no manager, and since when. */
  readonly waiting: number;
  readonly since: Instant | undefined;
}

export interface TownDetail extends Town {
  /** Newest first. */
  readonly history: readonly Assignment[];
  /** Managers within reach who could serve it. */
  readonly others: readonly TeamMember[];
  readonly mayConfirm: boolean;
  readonly mayChange: boolean;
}

export type CarrierChange = 'assigned' | 'same' | 'past' | 'gone';

export interface CountyDuties {
  /** Municipalities within reach, by name. */
  towns(by: Coordinator): Promise<readonly Town[]>;
  town(by: Coordinator, ags: string): Promise<TownDetail | undefined>;
  /** Within reach, and nobody there can be given people. */
  vacancies(by: Coordinator): Promise<readonly Town[]>;
  /** It is right that this carrier serves it. */
  confirmCarrier(by: Coordinator, ags: string): Promise<boolean>;
  /** From that day on another carrier, or nobody. The county's coordinator alone decides between carriers. */
  changeCarrier(by: Coordinator, ags: string, carrierId: string | undefined, from: Day): Promise<CarrierChange>;
  /** A manager serves a municipality from today on, or no longer. */
  serve(by: Coordinator, ags: string, managerId: string, serves: boolean): Promise<boolean>;
  /** Within reach, also closed ones. */
  places(by: Coordinator): Promise<readonly PlaceEntry[]>;
  place(by: Coordinator, id: string): Promise<PlaceEntry | undefined>;
  /** Whether she may keep places in that municipality. */
  mayKeepPlacesIn(by: Coordinator, ags: string): Promise<boolean>;
  addPlace(by: Coordinator, wish: PlaceWish): Promise<string | undefined>;
  changePlace(by: Coordinator, id: string, change: Partial<PlaceWish>): Promise<boolean>;
  /** Closed only when nobody's office hours are held there any more: their names come first. */
  openPlace(
    by: Coordinator,
    id: string,
    open: boolean,
  ): Promise<
    | { readonly status: 'done' }
    | { readonly status: 'gone' }
    | { readonly status: 'held'; readonly by: readonly string[] }
  >;
}

export function createCountyDuties(deps: {
  db: Database;
  clock: Clock;
  county: CountyService;
  team: TeamDesk;
  caseload: CaseloadDesk;
  journal: Journal;
  wake(): void;
}): CountyDuties {
  const { db, clock, county, team } = deps;
  const { desk } = county;

  /** What is in force today, as far as she reaches. */
  async function reach(by: Coordinator): Promise<ReadonlyMap<string, Assignment | undefined>> {
    const inForce = new Map((await desk.inForce(db)).map((one) => [one.ags, one]));
    const all = (await county.municipalities()).map(({ ags }) => [ags, inForce.get(ags)] as const);
    return new Map(all.filter(([, one]) => by.carrierId === undefined || one?.carrierId === by.carrierId));
  }
  const isWithin = async (by: Coordinator, ags: string) => (await reach(by)).has(ags);
  const isAvailable = ({ personId, leavesOn, accepts }: TeamMember) =>
    personId !== undefined && leavesOn === undefined && accepts;

  async function towns(by: Coordinator): Promise<readonly Town[]> {
    const within = await reach(by);
    const managers = (await team.managers(db)).filter(isAvailable);
    const waiting = new Map((await team.waitingTowns(db)).map((one) => [one.ags, one]));
    return (await county.municipalities())
      .filter(({ ags }) => within.has(ags))
      .map((municipality) => ({
        municipality,
        assignment: within.get(municipality.ags),
        managers: managers.filter(({ serves }) => serves.includes(municipality.ags)),
        waiting: waiting.get(municipality.ags)?.waiting ?? 0,
        since: waiting.get(municipality.ags)?.since,
      }));
  }

  async function places(by: Coordinator): Promise<readonly PlaceEntry[]> {
    const within = await reach(by);
    return (await desk.everyPlace()).filter(({ ags }) => within.has(ags));
  }
  const place = async (by: Coordinator, id: string) => (await places(by)).find((one) => one.id === id);
  /** Whose log it belongs to: the carrier's of the municipality. */
  const carrierOf = async (ags: string) => (await desk.inForce(db)).find((one) => one.ags === ags)?.carrierId;

  /** Does it, and writes it down, in one transaction. */
  async function recorded<T>(
    by: Coordinator,
    entry: { readonly act: Act; readonly subject: (result: T) => string; readonly ags: string },
    work: (tx: Parameters<Parameters<Database['transaction']>[0]>[0]) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const carrierId = await carrierOf(entry.ags);
    const result = await db.transaction(async (tx) => {
      const done = await work(tx);
      if (done === undefined) return undefined;
      await deps.journal(tx, by, { act: entry.act, subject: entry.subject(done), carrierId }, clock.now());
      return done;
    });
    desk.refresh();
    deps.wake();
    return result;
  }
  const orNothing = (done: boolean) => (done ? true : undefined);

  return {
    towns,
    vacancies: async (by) => (await towns(by)).filter(({ managers }) => managers.length === 0),

    async town(by, ags) {
      const one = (await towns(by)).find(({ municipality }) => municipality.ags === ags);
      if (one === undefined) return undefined;
      const within = (await team.managers(db, by.carrierId)).filter(isAvailable);
      return {
        ...one,
        history: await desk.history(ags),
        others: within.filter(
          ({ serves, carrierId }) => !serves.includes(ags) && (one.assignment?.carrierId ?? carrierId) === carrierId,
        ),
        mayConfirm: one.assignment !== undefined && one.assignment.confirmedOn === undefined,
        mayChange: by.carrierId === undefined,
      };
    },

    async confirmCarrier(by, ags) {
      if (!(await isWithin(by, ags))) return false;
      const entry = { act: 'carrier-confirmed', subject: () => ags, ags } as const;
      return (
        (await recorded(by, entry, async (tx) => orNothing(await desk.confirm(tx, ags, by.personId)))) !== undefined
      );
    },

    async changeCarrier(by, ags, carrierId, from) {
      const isKnown = carrierId === undefined || (await county.carriers()).some(({ id }) => id === carrierId);
      if (by.carrierId !== undefined || !isKnown || !(await isWithin(by, ags))) return 'gone';
      let answer: CarrierChange = 'gone';
      await recorded(by, { act: 'carrier-changed', subject: () => ags, ags }, async (tx) => {
        answer = await desk.assign(tx, { ags, carrierId, from, personId: by.personId });
        return orNothing(answer === 'assigned');
      });
      return answer;
    },

    async serve(by, ags, managerId, serves) {
      const member = (await team.managers(db, by.carrierId)).find(({ id }) => id === managerId);
      if (member === undefined || !(await isWithin(by, ags)) || member.serves.includes(ags) === serves) return false;
      const act = serves ? 'serves' : 'serves-not';
      const done = await recorded(by, { act, subject: () => `manager:${managerId}:${ags}`, ags }, async (tx) => {
        if (serves) await team.startServing(tx, managerId, [ags], clock.now());
        else await team.stopServing(tx, managerId, [ags], clock.now());
        return true;
      });
      return done !== undefined;
    },

    places,
    place,
    mayKeepPlacesIn: isWithin,

    async addPlace(by, wish) {
      if (!(await isWithin(by, wish.ags))) return undefined;
      return recorded(by, { act: 'place-added', subject: (id: string) => `place:${id}`, ags: wish.ags }, (tx) =>
        desk.addPlace(tx, wish),
      );
    },

    async changePlace(by, id, change) {
      const one = await place(by, id);
      if (one === undefined || (change.ags !== undefined && !(await isWithin(by, change.ags)))) return false;
      const entry = { act: 'place-changed', subject: () => `place:${id}`, ags: one.ags } as const;
      const done = await recorded(by, entry, async (tx) => orNothing(await desk.changePlace(tx, one, change)));
      return done !== undefined;
    },

    async openPlace(by, id, open) {
      const one = await place(by, id);
      if (one === undefined) return { status: 'gone' };
      if (one.active === open) return { status: 'done' };
      const held = open ? [] : await deps.caseload.holdersAt(db, id, dayOf(clock.now()));
      if (held.length > 0) return { status: 'held', by: held };
      const entry = {
        act: open ? 'place-opened' : 'place-closed',
        subject: () => `place:${id}`,
        ags: one.ags,
      } as const;
      await recorded(by, entry, async (tx) => orNothing(await desk.changePlace(tx, one, { active: open })));
      return { status: 'done' };
    },
  };
}
