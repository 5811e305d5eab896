import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Db } from '../../platform/database.ts';
import { type Day, dayOf, type Instant } from '../../platform/datetime.ts';
import type { Assignment, Client, Colleague, TeamMember } from './model-team.ts';
import { takeInWaiting } from './service-caseload.ts';
import * as people from './store.ts';
import { circleName } from './store-circles.ts';
import * as store from './store-team.ts';

/** What whoever coordinates needs of the team and of the people it serves. Scope and permission are the caller's. */
export interface TeamDesk {
  /** Managers who have not left, by name: one carrier's, or all. */
  managers(db: Db, carrierId?: string): Promise<readonly TeamMember[]>;
  /** A manager, also one who has left. */
  manager(db: Db, id: string): Promise<TeamMember | undefined>;
  /** The manager behind an account. */
  managerBehind(db: Db, personId: string): Promise<TeamMember | undefined>;
  clientsOf(db: Db, managerIds: readonly string[]): Promise<readonly Client[]>;
  clients(db: Db, personIds: readonly string[]): Promise<readonly Client[]>;
  /** True when all of them were still where they were expected; otherwise the caller rolls back. */
  assign(tx: Db, changes: readonly Assignment[], now: Instant): Promise<boolean>;
  /** Changes those who are still where they were expected; returns whom. */
  assignSome(tx: Db, changes: readonly Assignment[], now: Instant): Promise<readonly string[]>;
  changeManager(
    tx: Db,
    id: string,
    data: { workingDays?: number; accepts?: boolean; leavesOn?: Day | null; leftAt?: Instant | null },
  ): Promise<void>;
  /** She serves these municipalities as well, and who waits there is hers. */
  startServing(tx: Db, managerId: string, ags: readonly string[], now: Instant): Promise<void>;
  stopServing(tx: Db, managerId: string, ags: readonly string[], now: Instant): Promise<void>;
  /** Managers whose last day is over, and those who have left with people still theirs. */
  toLeave(db: Db, now: Instant): Promise<readonly string[]>;
  /** Whoever left before then is no longer known by her account. */
  unlinkLeft(before: Instant): Promise<void>;
  /** Takes back the invitation of a manager who never joined. */
  withdrawInvite(tx: Db, managerId: string): Promise<boolean>;
  coordinators(db: Db, carrierId?: string): Promise<readonly Colleague[]>;
  /** Ends a coordinator's access; she is told. Whom she invited, whoever removes her confirms. */
  removeCoordinator(tx: Db, colleague: Colleague, byPersonId: string, now: Instant): Promise<boolean>;
  circleName(db: Db, id: string): Promise<string | undefined>;
  /** Accounts of the coordinators who answer for a carrier: its own and the county's. */
  coordinatorsFor(db: Db, carrierId: string | undefined): Promise<readonly string[]>;
  waitingTowns(db: Db): Promise<readonly { readonly ags: string; readonly waiting: number; readonly since: Instant }[]>;
}

/** Told to somebody whose access ends; silence once she has it again. */
export const endedNotice = (personId: string, role: string, now: Instant): OwedNotice => ({
  kind: 'role-ended',
  personId,
  subjectId: role,
  dueAt: now,
  key: `role-ended:${personId}:${role}:${now}`,
});

export function createTeamDesk(deps: { db: Database; clock: Clock }): TeamDesk {
  const today = () => dayOf(deps.clock.now());
  return {
    managers: (db, carrierId) => store.listManagers(db, carrierId, today()),
    manager: (db, id) => store.findMember(db, id, today()),
    managerBehind: (db, personId) => store.findMemberByPerson(db, personId, today()),
    clientsOf: store.listClientsOf,
    clients: store.findClients,

    async assign(tx, changes, now) {
      return changes.length === 0 || (await store.assign(tx, changes, now)).length === changes.length;
    },
    assignSome: async (tx, changes, now) => (changes.length === 0 ? [] : store.assign(tx, changes, now)),
    changeManager: store.updateManager,

    async startServing(tx, managerId, ags, now) {
      await store.startServing(tx, managerId, ags, dayOf(now));
      await takeInWaiting(tx, managerId, now);
    },
    stopServing: (tx, managerId, ags, now) => store.stopServing(tx, managerId, ags, dayOf(now)),

    toLeave: (db, now) => store.listToLeave(db, dayOf(now)),
    unlinkLeft: (before) => store.unlinkLeft(deps.db, before),

    async withdrawInvite(tx, managerId) {
      const withdrawn = await store.deleteInvitesOf(tx, managerId);
      await people.deleteManagerNeverJoined(tx, managerId);
      return withdrawn;
    },

    coordinators: store.listCoordinatorsOf,
    async removeCoordinator(tx, colleague, byPersonId, now) {
      if (!(await store.deleteCoordinator(tx, colleague.id))) return false;
      const opened = await store.inheritInvites(tx, colleague.personId, byPersonId);
      await oweNotices(tx, [
        endedNotice(colleague.personId, 'coordinator', now),
        ...opened.map((id) => ({
          kind: 'invite-opened',
          personId: byPersonId,
          subjectId: id,
          dueAt: now,
          key: `invite-opened:${id}:${byPersonId}`,
        })),
      ]);
      return true;
    },

    circleName,
    coordinatorsFor: people.listCoordinators,
    waitingTowns: store.listWaitingTowns,
  };
}
