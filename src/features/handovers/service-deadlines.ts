import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { Coordinator } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import type { Handover } from './model.ts';
import { owed } from './owed.ts';
import { type IsHoliday, type Step, stepDue } from './rules-deadlines.ts';
import type { Team, TeamOf } from './service-team.ts';
import * as store from './store.ts';
import * as deadlines from './store-deadlines.ts';
import { insertEvent, listReplies } from './store-flow.ts';

/** No case is forgotten: who is reminded of what nobody has accepted, and who sees it in the end. */
export interface Deadlines {
  /**
   * Takes every step that is due now. The step is marked on the case and its notices are owed in one transaction, and they
   * go to whoever is the team at that moment: a process that dies in between has done all of it or nothing, and every
   * process may look as often as it likes.
   */
  chase(): Promise<void>;
  /** What nobody has taken although it was reminded of, and what no team can take; oldest first. */
  stuck(coordinator: Coordinator): Promise<readonly Handover[]>;
  stuckOne(
    coordinator: Coordinator,
    id: string,
  ): Promise<{ readonly handover: Handover; readonly team: Team } | undefined>;
  /** The names of the coordinators who answer for a case. */
  coordinatorNames(handover: Handover): Promise<readonly string[]>;
}

export function createDeadlines(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly people: PeopleService;
  readonly team: TeamOf;
  readonly isHoliday: IsHoliday;
  wake(): void;
}): Deadlines {
  const { db, clock, people, team, isHoliday } = deps;
  const nobody: Team = { carrier: undefined, managers: [], present: [], away: [] };
  const teamOfCase = async (tx: Db, one: Handover): Promise<Team> =>
    one.town === undefined ? nobody : team(tx, one.town.ags, one.refugee?.managerId);

  /** Marks a step and owes what it says; nothing where somebody was faster. */
  async function take(tx: Db, waiting: { readonly id: string; readonly calls: number }, due: Step): Promise<void> {
    const { id, calls } = waiting;
    const now = clock.now();
    const one = await store.findHandover(tx, id);
    if (one === undefined) return;
    const { managers, present, carrier } = await teamOfCase(tx, one);
    const declined = await listReplies(tx, id);
    const asked = managers.map((manager) => manager.id).filter((managerId) => !declined.includes(managerId));
    // Whoever was asked by name answers first; otherwise who has most room. Nobody is on duty while she is away.
    const onDuty = asked.filter((managerId) => present.includes(managerId));
    const duty = onDuty.find((managerId) => managerId === one.addressee?.id) ?? onDuty[0];
    // It stays with the carrier of the day on which it was sent, as on the coordinators' list.
    const coordinators = () => people.coordinatorsWithin(tx, one.carrierId ?? carrier?.id);
    const owing: OwedNotice[] = [];
    if (one.escalatedAt !== undefined) {
      // "Today" again. Where nobody is on duty, it is the coordinators who are called.
      if (!(await deadlines.markCalled(tx, id, duty, calls, now))) return;
      const [reader] = duty === undefined ? [] : await people.accountsOf(tx, [duty]);
      if (reader !== undefined) owing.push(...owed('handover-call', reader, id, now));
      else owing.push(...(await coordinators()).flatMap((personId) => owed('handover-stuck', personId, id, now)));
    } else if (due === 'escalate' || duty === undefined) {
      if (!(await deadlines.markEscalated(tx, id, now))) return;
      owing.push(
        ...(await coordinators()).flatMap((personId) => owed('handover-stuck', personId, id, now)),
        ...owed('handover-escalated', one.volunteer?.personId, id, now),
      );
      await insertEvent(tx, { handoverId: id, kind: 'escalated', by: 'clock', now });
    } else if (due === 'remind') {
      if (!(await deadlines.markReminded(tx, id, now))) return;
      const readers = await people.accountsOf(tx, asked);
      owing.push(
        ...readers.flatMap((personId) => owed('handover-remind', personId, id, now)),
        ...owed('handover-reminded', one.volunteer?.personId, id, now),
      );
      await insertEvent(tx, { handoverId: id, kind: 'reminded', by: 'clock', now });
    } else {
      if (!(await deadlines.markCalled(tx, id, duty, calls, now))) return;
      const [reader] = await people.accountsOf(tx, [duty]);
      owing.push(
        ...owed('handover-call', reader, id, now),
        // Told once that nobody answers: what she can do about it is in the first message.
        ...(calls === 0 ? owed('handover-called', one.volunteer?.personId, id, now, { duty }) : []),
      );
    }
    await oweNotices(tx, owing);
  }

  const isStuck = async (one: Handover): Promise<boolean> =>
    one.escalatedAt !== undefined || (await teamOfCase(db, one)).present.length === 0;
  const concerns = ({ carrierId }: Coordinator, one: Handover): boolean =>
    carrierId === undefined || one.carrierId === carrierId;

  return {
    async chase() {
      const now = clock.now();
      const failures: unknown[] = [];
      let isAnyDue = false;
      for (const waiting of await deadlines.listWaiting(db)) {
        const due = stepDue(waiting, now, isHoliday);
        if (due === undefined) continue;
        isAnyDue = true;
        // One case that cannot be read does not hold up the others.
        await db.transaction((tx) => take(tx, waiting, due)).catch((error: unknown) => failures.push(error));
      }
      if (isAnyDue) deps.wake();
      if (failures.length > 0) throw failures[0];
    },

    async stuck(coordinator) {
      const found: Handover[] = [];
      for (const one of await store.listSent(db)) {
        if (concerns(coordinator, one) && (await isStuck(one))) found.push(one);
      }
      return found;
    },
    async stuckOne(coordinator, id) {
      const handover = await store.findHandover(db, id);
      if (handover?.status !== 'sent' || !concerns(coordinator, handover) || !(await isStuck(handover)))
        return undefined;
      return { handover, team: await teamOfCase(db, handover) };
    },
    coordinatorNames: ({ carrierId }) => deadlines.listCoordinatorNames(db, carrierId),
  };
}
