import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { ManagerContact } from '../county/model.ts';
import type { Manager, SignedVolunteer } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import type { Handover } from './model.ts';
import { owed } from './owed.ts';
import type { ManagerDesk } from './service-desk.ts';
import type { TeamOf } from './service-team.ts';
import * as store from './store.ts';
import { insertEvent } from './store-flow.ts';
import * as passing from './store-passing.ts';

export type Passed =
  | { readonly status: 'passed'; readonly to: string | undefined }
  /** A colleague has accepted it meanwhile. */
  | { readonly status: 'taken'; readonly by: string }
  | { readonly status: 'gone' };

/** How a case goes on or ends by somebody's will: passed on, done, withdrawn. */
export interface Passing {
  /** The others of the team who could be asked; the consent names this team and nobody else. */
  colleagues(manager: Manager, id: string): Promise<readonly ManagerContact[]>;
  /** To one colleague, or back to the whole team. What she had accepted waits again, from now on. */
  passOn(manager: Manager, id: string, colleagueId: string | undefined): Promise<Passed>;
  /** A referral ends with this; a transfer too, and the manager stays responsible for the person. Content goes. */
  complete(manager: Manager, id: string): Promise<'done' | 'gone'>;
  /** Until somebody has accepted; afterwards says who has. */
  withdraw(
    volunteer: SignedVolunteer,
    id: string,
  ): Promise<{ readonly status: 'withdrawn' | 'gone' } | { readonly status: 'taken'; readonly handover: Handover }>;
}

export function createPassing(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly people: PeopleService;
  readonly team: TeamOf;
  readonly look: ManagerDesk['look'];
  wake(): void;
}): Passing {
  const { db, clock, people, team, look } = deps;

  /** Who of the team is asked now, without her who passes it on and whoever she stands in for. */
  async function othersOf(tx: Db, handover: Handover, manager: Manager): Promise<readonly ManagerContact[]> {
    if (handover.town === undefined) return [];
    const { managers } = await team(tx, handover.town.ags, handover.refugee?.managerId);
    return managers.filter(({ id }) => id !== manager.managerId && id !== handover.manager?.id);
  }

  return {
    async colleagues(manager, id) {
      const seen = await look(manager, id);
      return seen.status === 'shown' ? othersOf(db, seen.handover, manager) : [];
    },

    async passOn(manager, id, colleagueId) {
      const seen = await look(manager, id);
      if (seen.status !== 'shown') return seen;
      const { handover } = seen;
      const { managerId } = manager;
      const now = clock.now();
      const result = await db.transaction(async (tx) => {
        const others = await othersOf(tx, handover, manager);
        const colleague = others.find((one) => one.id === colleagueId);
        if (others.length === 0 || (colleagueId !== undefined && colleague === undefined)) return undefined;
        if (handover.manager !== undefined) {
          if (!(await passing.giveBack(tx, handover.manager.id, id, now))) return undefined;
          await passing.forgetReplies(tx, id);
        }
        if (colleague !== undefined) {
          if (!(await passing.address(tx, id, colleague.id))) return undefined;
          await passing.forgetReplies(tx, id, colleague.id);
        } else if (handover.manager === undefined) {
          // It is the whole team's already; only a colleague who was asked alone is asked alone no more.
          if (handover.addressee === undefined) return undefined;
          if (!(await passing.clearAddressee(tx, id, handover.addressee.id))) return undefined;
        }
        const asked = colleague === undefined ? others : [colleague];
        const readers = await people.accountsOf(
          tx,
          asked.map((one) => one.id),
        );
        await insertEvent(tx, { handoverId: id, kind: 'passed-on', by: 'manager', managerId, now });
        await oweNotices(tx, [
          ...readers.flatMap((personId) => owed('handover-passed', personId, id, now, { from: managerId })),
          ...owed('handover-passed-on', handover.volunteer?.personId, id, now, { from: managerId }),
        ]);
        return { status: 'passed', to: colleague?.name } as const;
      });
      deps.wake();
      if (result !== undefined) return result;
      const after = await look(manager, id);
      return after.status === 'taken' ? after : { status: 'gone' };
    },

    async complete(manager, id) {
      const seen = await look(manager, id);
      const holder = seen.status === 'shown' ? seen.handover.manager : undefined;
      if (seen.status !== 'shown' || holder === undefined) return 'gone';
      const now = clock.now();
      const isDone = await db.transaction(async (tx) => {
        if (!(await passing.finish(tx, holder.id, id, now))) return false;
        const { volunteer, refugee } = seen.handover;
        await insertEvent(tx, { handoverId: id, kind: 'done', by: 'manager', managerId: manager.managerId, now });
        await oweNotices(tx, [
          ...owed('handover-done', volunteer?.personId, id, now),
          ...owed('handover-helped', refugee?.personId, id, now),
        ]);
        return true;
      });
      deps.wake();
      return isDone ? 'done' : 'gone';
    },

    async withdraw({ volunteerId }, id) {
      const now = clock.now();
      const found = await store.findOfVolunteer(db, volunteerId, id);
      if (found === undefined) return { status: 'gone' };
      // The same press again.
      if (found.status === 'withdrawn') return { status: 'withdrawn' };
      const isWithdrawn = await db.transaction(async (tx) => {
        if (!(await passing.withdraw(tx, volunteerId, id, now))) return false;
        const members =
          found.town === undefined ? [] : (await team(tx, found.town.ags, found.refugee?.managerId)).managers;
        const readers = await people.accountsOf(
          tx,
          members.map((one) => one.id),
        );
        await insertEvent(tx, { handoverId: id, kind: 'withdrawn', by: 'volunteer', now });
        await oweNotices(tx, [
          ...readers.flatMap((personId) => owed('handover-withdrawn', personId, id, now)),
          ...owed('handover-stopped', found.refugee?.personId, id, now),
        ]);
        return true;
      });
      deps.wake();
      if (isWithdrawn) return { status: 'withdrawn' };
      const after = await store.findOfVolunteer(db, volunteerId, id);
      return after?.manager === undefined ? { status: 'gone' } : { status: 'taken', handover: after };
    },
  };
}
