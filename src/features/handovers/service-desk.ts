import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Manager } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import type { DeclineReason, Handover } from './model.ts';
import { owed } from './owed.ts';
import { endsForAll, nobodyLeft } from './rules.ts';
import { type Content, openContent } from './service-drafts.ts';
import { isOfTeam, type TeamOf } from './service-team.ts';
import * as store from './store.ts';
import { listOnDuty } from './store-deadlines.ts';
import * as flow from './store-flow.ts';
import * as passing from './store-passing.ts';

export type Accepted =
  | { readonly status: 'accepted'; readonly handover: Handover }
  /** A colleague was faster. */
  | { readonly status: 'taken'; readonly by: string }
  | { readonly status: 'gone' };

/** What a manager sees and does: what waits for her team, and what she has accepted. Everything else is not there. */
export interface ManagerDesk {
  /** Open cases of her team that she has not declined, then her own. */
  inbox(manager: Manager): Promise<readonly Handover[]>;
  /** `taken` where a colleague of her team has it: only by whom, not what it is. */
  look(
    manager: Manager,
    id: string,
  ): Promise<{ readonly status: 'shown'; readonly handover: Handover } | Exclude<Accepted, { status: 'accepted' }>>;
  confidential(manager: Manager, id: string): Promise<Content | undefined>;
  /** The first has it. A transfer makes her responsible for the person. */
  accept(manager: Manager, id: string): Promise<Accepted>;
  /** `left`: others of the team still can. `declined`: that ended it. */
  decline(manager: Manager, id: string, reason: DeclineReason): Promise<'left' | 'declined' | 'gone'>;
}

export interface DeskDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly people: PeopleService;
  readonly team: TeamOf;
  wake(): void;
}

export function createManagerDesk(deps: DeskDeps): ManagerDesk {
  const { db, clock, seal, people, team } = deps;

  const teamOfCase = async (tx: Db, handover: Handover) =>
    handover.town === undefined ? undefined : team(tx, handover.town.ags, handover.refugee?.managerId);
  const concerns = async (tx: Db, manager: Manager, handover: Handover): Promise<boolean> => {
    const found = await teamOfCase(tx, handover);
    return found !== undefined && isOfTeam(found, manager.managerId);
  };

  /** Hers, or of somebody absent for whom she stands in. */
  async function answersFor(tx: Db, managerId: string, holderId: string): Promise<boolean> {
    if (holderId === managerId) return true;
    return (await listOnDuty(tx, [holderId], clock.now())).some(({ dutyId }) => dutyId === managerId);
  }

  /** What she may see of it now. */
  async function look(tx: Db, { managerId }: Manager, id: string, manager: Manager) {
    const found = await store.findHandover(tx, id);
    if (found === undefined) return { status: 'gone' } as const;
    if (found.manager !== undefined && (await answersFor(tx, managerId, found.manager.id)))
      return { status: 'shown', handover: found } as const;
    if (!(await concerns(tx, manager, found))) return { status: 'gone' } as const;
    if (found.status === 'sent') return { status: 'shown', handover: found } as const;
    if (found.manager !== undefined) return { status: 'taken', by: found.manager.name } as const;
    return { status: 'gone' } as const;
  }

  return {
    async inbox(manager) {
      const declined = await flow.listDeclinedBy(db, manager.managerId);
      const open: Handover[] = [];
      // Many cases, few municipalities: each team is asked once.
      const known = new Map<string, boolean>();
      for (const one of await store.listSent(db)) {
        if (declined.includes(one.id)) continue;
        const key = `${one.town?.ags}:${one.refugee?.managerId}`;
        const isHers = known.get(key) ?? (await concerns(db, manager, one));
        known.set(key, isHers);
        if (isHers) open.push(one);
      }
      return [...open, ...(await store.listOfManager(db, manager.managerId, clock.now()))];
    },
    look: (manager, id) => look(db, manager, id, manager),

    async confidential(manager, id) {
      const seen = await look(db, manager, id, manager);
      return seen.status === 'shown' ? openContent(seal, await store.readSealed(db, id)) : undefined;
    },

    async accept(manager, id) {
      const { managerId } = manager;
      const now = clock.now();
      const seen = await look(db, manager, id, manager);
      if (seen.status !== 'shown') return seen;
      const holder = seen.handover.manager;
      if (holder !== undefined) {
        if (seen.handover.status !== 'accepted') return { status: 'gone' };
        // The same press again. Whoever stands in for her sees it, but has not accepted it.
        return holder.id === managerId
          ? { status: 'accepted', handover: seen.handover }
          : { status: 'taken', by: holder.name };
      }
      const isHers = await db.transaction(async (tx) => {
        if (!(await flow.accept(tx, managerId, id, now))) return false;
        await flow.insertEvent(tx, { handoverId: id, kind: 'accepted', by: 'manager', managerId, now });
        await hand(tx, seen.handover, managerId, now);
        return true;
      });
      deps.wake();
      const after = await look(db, manager, id, manager);
      if (isHers && after.status === 'shown') return { status: 'accepted', handover: after.handover };
      return after.status === 'taken' ? after : { status: 'gone' };
    },

    async decline(manager, id, reason) {
      const { managerId } = manager;
      const now = clock.now();
      const seen = await look(db, manager, id, manager);
      if (seen.status !== 'shown' || seen.handover.status !== 'sent') return 'gone';
      const result = await db.transaction(async (tx) => {
        if (!(await flow.hold(tx, id, 'sent'))) return 'gone' as const;
        // The same press again says what it said before.
        await flow.insertReply(tx, managerId, id, reason, now);
        const members = (await teamOfCase(tx, seen.handover))?.managers.map((one) => one.id) ?? [];
        if (!endsForAll(reason) && !nobodyLeft(members, await flow.listReplies(tx, id))) {
          await askOthers(tx, seen.handover, managerId, now);
          return 'left' as const;
        }
        if (!(await flow.decline(tx, id, reason, now))) return 'gone' as const;
        await flow.insertEvent(tx, { handoverId: id, kind: 'declined', by: 'manager', managerId, reason, now });
        await oweNotices(tx, [
          ...owed('handover-declined', seen.handover.volunteer?.personId, id, now),
          ...owed('handover-not-taken', seen.handover.refugee?.personId, id, now),
        ]);
        return 'declined' as const;
      });
      deps.wake();
      return result;
    },
  };

  /** Somebody to whom it was passed on cannot take it either: now it is the others' whom nobody had asked. */
  async function askOthers(tx: Db, handover: Handover, managerId: string, now: Instant): Promise<void> {
    if (!(await passing.clearAddressee(tx, handover.id, managerId))) return;
    const declined = await flow.listReplies(tx, handover.id);
    const others = (await teamOfCase(tx, handover))?.managers.map((one) => one.id) ?? [];
    const readers = await people.accountsOf(
      tx,
      others.filter((other) => !declined.includes(other)),
    );
    await oweNotices(
      tx,
      readers.flatMap((personId) => owed('handover-new', personId, handover.id, now)),
    );
  }

  /** What an acceptance brings with it: a transfer changes who is responsible, and everybody concerned is told. */
  async function hand(tx: Db, handover: Handover, managerId: string, now: Instant): Promise<void> {
    const { id, refugee, town, volunteer } = handover;
    const owing = [
      ...owed('handover-accepted', volunteer?.personId, id, now),
      ...owed('handover-taken', refugee?.personId, id, now),
    ];
    if (handover.kind === 'transfer' && refugee !== undefined && town !== undefined) {
      const before = await people.assignWithin(tx, refugee.personId, managerId, town.ags);
      const [former] = before === undefined || before === managerId ? [] : await people.accountsOf(tx, [before]);
      owing.push(...owed('handover-moved', former, id, now));
    }
    await oweNotices(tx, owing);
  }
}
