import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { Day, Instant } from '../../platform/datetime.ts';
import type { Absence, Appointment, Range, Slot, Way } from '../appointments/model.ts';
import type { Moved } from '../appointments/service.ts';
import type { AbsenceAdded, AbsenceDesk } from '../appointments/service-absences.ts';
import type { CountyService } from '../county/service.ts';
import type { Coordinator } from '../people/model.ts';
import type { TeamMember } from '../people/model-team.ts';
import type { TeamDesk } from '../people/service-team.ts';
import type { Act, Changed } from './model.ts';
import type { Journal } from './service-journal.ts';

/** Somebody who may stand in, or is away herself. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly isAway: boolean;
}

/** An absence as whoever coordinates sees it: when and who stands in, never why. */
export interface Cover {
  readonly member: TeamMember;
  readonly absence: Absence;
  readonly deputy: string | undefined;
  readonly appointments: readonly Appointment[];
}

/** What a coordinator does for a manager who is ill: all of it is written down, and the manager is told. */
export interface AbsenceService {
  absencesOf(by: Coordinator, managerId: string): Promise<{ member: TeamMember; all: readonly Absence[] } | undefined>;
  candidates(by: Coordinator, managerId: string, range: Range): Promise<readonly Candidate[]>;
  addAbsence(
    by: Coordinator,
    managerId: string,
    draft: Range & { readonly deputyId: string | undefined },
  ): Promise<AbsenceAdded | { readonly status: 'gone' }>;
  cover(by: Coordinator, absenceId: string): Promise<Cover | undefined>;
  /** Where nobody stands in yet. False when she cannot, or it is not to be decided any more. */
  nameDeputy(by: Coordinator, absenceId: string, deputyId: string): Promise<boolean>;
  endAbsence(by: Coordinator, absenceId: string): Promise<string | undefined>;
  /** All that lies in it, or one. */
  handOut(by: Coordinator, absenceId: string, one?: string): Promise<{ handed: number; left: number } | undefined>;
  /** With the reason that she is not in the office: why she is away is hers to say. */
  cancelOut(by: Coordinator, absenceId: string, one?: string): Promise<number | undefined>;
  freeDaysOut(one: Appointment): Promise<readonly Day[]>;
  freeTimesOut(one: Appointment, day: Day): Promise<readonly Slot[]>;
  moveOut(by: Coordinator, absenceId: string, one: string, to: { way: Way; startsAt: Instant }): Promise<Moved>;
}

const REASON = 'away';

/** Tells a manager what her coordinator has entered for her, or taken back. */
const told = (
  kind: 'absence-set' | 'absence-lifted',
  { personId }: TeamMember,
  absenceId: string,
  now: Instant,
): OwedNotice[] =>
  personId === undefined ? [] : [{ kind, personId, subjectId: absenceId, dueAt: now, key: `${kind}:${absenceId}` }];

/** Tells her what became of her appointments, or who stands in. What she does herself she knows. */
const changed = (
  by: Coordinator,
  { personId }: TeamMember,
  what: { readonly kind: 'absence-changed' | 'absence-moved'; readonly subjectId: string },
  data: Readonly<Record<string, string | number>>,
  now: Instant,
): OwedNotice[] =>
  personId === undefined || personId === by.personId
    ? []
    : [{ ...what, personId, dueAt: now, key: `${what.kind}:${what.subjectId}:${newId()}`, data }];

export function createAbsenceService(deps: {
  db: Database;
  clock: Clock;
  county: CountyService;
  team: TeamDesk;
  absences: AbsenceDesk;
  journal: Journal;
  wake(): void;
}): AbsenceService {
  const { db, clock, county, team, absences } = deps;

  const memberOf = async (by: Coordinator, managerId: string) =>
    (await team.managers(db, by.carrierId)).find(({ id }) => id === managerId);

  async function within(
    by: Coordinator,
    absenceId: string,
  ): Promise<{ member: TeamMember; absence: Absence } | undefined> {
    const absence = await absences.find(absenceId);
    const member = absence === undefined ? undefined : await memberOf(by, absence.managerId);
    return absence === undefined || member === undefined ? undefined : { member, absence };
  }

  const record = (tx: Db, by: Coordinator, member: TeamMember, act: Act, appointments?: number) =>
    deps.journal(
      tx,
      by,
      {
        act,
        subject: `manager:${member.id}`,
        carrierId: member.carrierId,
        ...(appointments !== undefined && { counts: { appointments } }),
      },
      clock.now(),
    );

  const tell = (tx: Db, by: Coordinator, member: TeamMember, subjectId: string, what: Changed, appointments: number) =>
    oweNotices(tx, changed(by, member, { kind: 'absence-changed', subjectId }, { what, appointments }, clock.now()));

  return {
    async absencesOf(by, managerId) {
      const member = await memberOf(by, managerId);
      return member === undefined ? undefined : { member, all: await absences.absencesOf(managerId) };
    },

    async candidates(by, managerId, range) {
      return (await memberOf(by, managerId)) === undefined ? [] : absences.deputiesOf(managerId, range);
    },

    async addAbsence(by, managerId, { from, to, deputyId }) {
      const member = await memberOf(by, managerId);
      if (member === undefined) return { status: 'gone' };
      // Why she is away is nobody's to enter but hers.
      return absences.add(managerId, { kind: 'other', from, to, deputyId }, async (tx, { id }) => {
        await oweNotices(tx, told('absence-set', member, id, clock.now()));
        await record(tx, by, member, 'absence-added');
      });
    },

    async cover(by, absenceId) {
      const found = await within(by, absenceId);
      if (found === undefined) return undefined;
      const { deputyId, managerId } = found.absence;
      return {
        ...found,
        deputy: deputyId === undefined ? undefined : (await county.manager(deputyId))?.name,
        appointments: await absences.appointmentsIn(managerId, absenceId),
      };
    },

    async nameDeputy(by, absenceId, deputyId) {
      const found = await within(by, absenceId);
      if (found === undefined) return false;
      return absences.nameDeputy(found.absence, deputyId, async (tx) => {
        await tell(tx, by, found.member, absenceId, 'deputy', 0);
        await record(tx, by, found.member, 'absence-deputy');
      });
    },

    async endAbsence(by, absenceId) {
      const found = await within(by, absenceId);
      if (found === undefined) return undefined;
      const { member } = found;
      const ended = await absences.end(member.id, absenceId, async (tx) => {
        await oweNotices(tx, told('absence-lifted', member, absenceId, clock.now()));
        await record(tx, by, member, 'absence-ended');
      });
      return ended ? member.id : undefined;
    },

    async handOut(by, absenceId, one) {
      const found = await within(by, absenceId);
      if (found === undefined) return undefined;
      const more = async (tx: Db, { handed }: { readonly handed: number }) => {
        await tell(tx, by, found.member, absenceId, 'handed', handed);
        await record(tx, by, found.member, 'absence-handed', handed);
      };
      return absences.handToDeputy(found.member.id, absenceId, more, one);
    },

    async cancelOut(by, absenceId, one) {
      const found = await within(by, absenceId);
      if (found === undefined) return undefined;
      const more = async (tx: Db, { count }: { readonly count: number }) => {
        await tell(tx, by, found.member, absenceId, 'off', count);
        await record(tx, by, found.member, 'absence-off', count);
      };
      return absences.cancelIn(found.member.id, absenceId, REASON, more, one);
    },

    freeDaysOut: (one) => absences.freeDaysFor(one),
    freeTimesOut: (one, day) => absences.freeTimesFor(one, day),

    async moveOut(by, absenceId, one, to) {
      const found = await within(by, absenceId);
      const isIn =
        found !== undefined && (await absences.appointmentsIn(found.member.id, absenceId)).some(({ id }) => id === one);
      if (!isIn) return { status: 'gone' };
      return absences.moveOut(found.member.id, one, to, REASON, async (tx, { startsAt }) => {
        const what = { kind: 'absence-moved', subjectId: one } as const;
        await oweNotices(tx, changed(by, found.member, what, { before: startsAt }, clock.now()));
        await record(tx, by, found.member, 'absence-moved', 1);
      });
    },
  };
}
