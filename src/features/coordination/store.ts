import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import { FATES, type Fate, type Reason, type Undone } from './model.ts';

// Changes of managers: what was moved, for telling everybody and for taking it back.

export interface MoveRow {
  readonly id: string;
  readonly reason: Reason;
  readonly managerId: string | undefined;
  readonly carrierId: string | undefined;
  readonly doneAt: Instant;
  readonly undoneAt: Instant | undefined;
  readonly daysBefore: number | undefined;
  readonly daysAfter: number | undefined;
  readonly takenOver: readonly string[];
  readonly takerId: string | undefined;
  readonly undone: Undone | undefined;
}

export interface MovedPerson {
  readonly personId: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly waitedSince: Instant | undefined;
  readonly restored: boolean;
}

export interface MovedAppointment {
  readonly id: string;
  readonly fate: Fate;
  readonly from: string;
  readonly to: string | undefined;
  /** Of the appointment after the move. */
  readonly sequence: number;
  readonly restored: boolean;
}

export interface NewMove {
  readonly id: string;
  readonly reason: Reason;
  readonly managerId: string | undefined;
  readonly byId: string | undefined;
  readonly carrierId: string | undefined;
  readonly key: string;
  readonly doneAt: Instant;
  readonly days: { readonly before: number; readonly after: number } | undefined;
  readonly takenOver: readonly string[];
  readonly takerId: string | undefined;
  readonly people: readonly Omit<MovedPerson, 'restored'>[];
  readonly appointments: readonly Omit<MovedAppointment, 'restored'>[];
}

/** Throws `caseload_move_key_key` when the same press has made it already. */
export async function insertMove(tx: Db, move: NewMove): Promise<void> {
  const { people, appointments, days } = move;
  await tx.prisma.caseloadMove.create({
    data: {
      id: move.id,
      reason: move.reason,
      managerId: move.managerId ?? null,
      byId: move.byId ?? null,
      carrierId: move.carrierId ?? null,
      key: move.key,
      doneAt: toDate(move.doneAt),
      daysBefore: days?.before ?? null,
      daysAfter: days?.after ?? null,
      takenOver: move.takenOver.join(' '),
      takerId: move.takerId ?? null,
    },
  });
  await tx.prisma.caseloadPerson.createMany({
    data: people.map(({ personId, from, to, waitedSince }) => ({
      moveId: move.id,
      personId,
      fromId: from ?? null,
      toId: to ?? null,
      waitedSince: waitedSince === undefined ? null : toDate(waitedSince),
    })),
  });
  await tx.prisma.caseloadAppointment.createMany({
    data: appointments.map(({ id, fate, from, to, sequence }) => ({
      moveId: move.id,
      appointmentId: id,
      fate,
      fromId: from,
      toId: to ?? null,
      sequence,
    })),
  });
}

type Row = NonNullable<Awaited<ReturnType<Db['prisma']['caseloadMove']['findFirst']>>>;

const moveOf = (row: Row): MoveRow => ({
  id: row.id,
  reason: row.reason as Reason,
  managerId: row.managerId ?? undefined,
  carrierId: row.carrierId ?? undefined,
  doneAt: fromDate(row.doneAt),
  undoneAt: row.undoneAt === null ? undefined : fromDate(row.undoneAt),
  daysBefore: row.daysBefore ?? undefined,
  daysAfter: row.daysAfter ?? undefined,
  takenOver: row.takenOver === '' ? [] : row.takenOver.split(' '),
  takerId: row.takerId ?? undefined,
  undone: row.undone === null ? undefined : (row.undone as unknown as Undone),
});

/** Within the reach of a coordinator: her carrier's, or all. */
const within = (carrierId: string | undefined) => (carrierId === undefined ? {} : { carrierId });

export async function findMove(db: Db, id: string, carrierId?: string): Promise<MoveRow | undefined> {
  const row = await db.prisma.caseloadMove.findFirst({ where: { id, ...within(carrierId) } });
  return row === null ? undefined : moveOf(row);
}

export async function findMoveByKey(db: Db, key: string): Promise<MoveRow | undefined> {
  const row = await db.prisma.caseloadMove.findUnique({ where: { key } });
  return row === null ? undefined : moveOf(row);
}

/** Newest first. */
export async function listMoves(db: Db, carrierId: string | undefined, skip: number, take: number): Promise<MoveRow[]> {
  const rows = await db.prisma.caseloadMove.findMany({
    where: within(carrierId),
    orderBy: [{ doneAt: 'desc' }, { id: 'asc' }],
    skip,
    take,
  });
  return rows.map(moveOf);
}

export const countMoves = (db: Db, carrierId: string | undefined): Promise<number> =>
  db.prisma.caseloadMove.count({ where: within(carrierId) });

export async function listPeople(db: Db, moveId: string): Promise<MovedPerson[]> {
  const rows = await db.prisma.caseloadPerson.findMany({ where: { moveId }, orderBy: { personId: 'asc' } });
  return rows.map((row) => ({
    personId: row.personId,
    from: row.fromId ?? undefined,
    to: row.toId ?? undefined,
    waitedSince: row.waitedSince === null ? undefined : fromDate(row.waitedSince),
    restored: row.restored,
  }));
}

export async function listAppointments(db: Db, moveId: string): Promise<MovedAppointment[]> {
  const rows = await db.prisma.caseloadAppointment.findMany({ where: { moveId }, orderBy: { appointmentId: 'asc' } });
  return rows.map(appointmentOf);
}

const appointmentOf = (row: {
  appointmentId: string;
  fate: string;
  fromId: string;
  toId: string | null;
  sequence: number;
  restored: boolean;
}): MovedAppointment => ({
  id: row.appointmentId,
  fate: FATES.find((fate) => fate === row.fate) ?? 'kept',
  from: row.fromId,
  to: row.toId ?? undefined,
  sequence: row.sequence,
  restored: row.restored,
});

/** What a move meant for one person: whose she became, and which appointments of hers it concerned. */
export async function findOfPerson(
  db: Db,
  moveId: string,
  personId: string,
): Promise<{ person: MovedPerson | undefined; appointments: MovedAppointment[] }> {
  const [row, appointments] = [
    await db.prisma.caseloadPerson.findUnique({ where: { moveId_personId: { moveId, personId } } }),
    await db.prisma.caseloadAppointment.findMany({
      where: { moveId, appointment: { refugeeId: personId } },
      orderBy: { appointment: { startsAt: 'asc' } },
    }),
  ];
  const person =
    row === null
      ? undefined
      : {
          personId,
          from: row.fromId ?? undefined,
          to: row.toId ?? undefined,
          waitedSince: undefined,
          restored: row.restored,
        };
  return { person, appointments: appointments.map(appointmentOf) };
}

/** True when it is taken back from now on; false when it was already, or came too late. */
export async function markUndone(tx: Db, id: string, now: Instant, since: Instant): Promise<boolean> {
  const { count } = await tx.prisma.caseloadMove.updateMany({
    where: { id, undoneAt: null, doneAt: { gt: toDate(since) }, reason: { not: 'left' } },
    data: { undoneAt: toDate(now) },
  });
  return count > 0;
}

export async function saveUndone(
  tx: Db,
  id: string,
  undone: Undone,
  restored: { readonly people: readonly string[]; readonly appointments: readonly string[] },
): Promise<void> {
  await tx.prisma.caseloadMove.update({ where: { id }, data: { undone: { ...undone } } });
  await tx.prisma.caseloadPerson.updateMany({
    where: { moveId: id, personId: { in: [...restored.people] } },
    data: { restored: true },
  });
  await tx.prisma.caseloadAppointment.updateMany({
    where: { moveId: id, appointmentId: { in: [...restored.appointments] } },
    data: { restored: true },
  });
}

export async function forgetMoves(db: Db, before: Instant): Promise<void> {
  await db.prisma.caseloadMove.deleteMany({ where: { doneAt: { lt: toDate(before) } } });
}
