import { noticeColumns, type OwedNotice } from '../../delivery/outbox.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Db, SqlValue } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { InterpreterLanguage } from '../people/model.ts';
import type { Appointment, CancelReason, Outcome, RefugeeReason, Slot, Way } from './model.ts';
import { blockedBy } from './rules.ts';

export interface NewAppointment {
  readonly id: string;
  readonly refugeeId: string;
  /** Her manager; the slot is that one's, or of whoever stands in. */
  readonly managerId: string;
  readonly slot: Slot;
  readonly way: Way;
  readonly topic: Uint8Array;
  readonly key: string;
  readonly limit: number;
  readonly now: Instant;
  readonly notices: readonly OwedNotice[];
}

const CARD = `
  a.id, a.status, a.way, a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.booked_at AS "bookedAt", a.sequence,
  greatest(a.booked_at, a.changed_at, a.cancelled_at) AS "changedAt",
  a.interpreter, a.interpreter_language AS "interpreterLanguage", a.answer, a.address IS NOT NULL AS "hasAddress",
  a.cancelled_by AS "cancelledBy", a.reason, a.outcome, m.id AS "managerId", m.name AS "managerName",
  coalesce(m.phone, c.phone) AS "managerPhone", r.person_id AS "personId", r.number, r.nickname,
  pe.unreachable_since IS NOT NULL AS unreachable,
  p.id AS "placeId", p.ags AS "placeAgs", p.kind AS "placeKind", p.name AS "placeName", p.street,
  p.postal_code AS "postalCode", p.city, p.lat, p.lon`;
const WITH_ITS_PEOPLE = `
  JOIN manager m ON m.id = a.manager_id JOIN carrier c ON c.id = m.carrier_id
  LEFT JOIN refugee r ON r.person_id = a.refugee_id LEFT JOIN person pe ON pe.id = a.refugee_id
  LEFT JOIN place p ON p.id = a.place_id`;
const SELECT = `SELECT ${CARD} FROM appointment a ${WITH_ITS_PEOPLE}`;

// A freed time within these bounds that is kept for others: whoever has an open offer of it may have it.
const held = (manager: string, from: string, to: string, person: string, now: string): string => `
  EXISTS (SELECT 1 FROM opened_slot o
    WHERE o.manager_id = ${manager} AND o.held_until > ${now}::timestamptz AND o.blocks_from < ${to} AND o.blocks_to > ${from}
      AND NOT EXISTS (SELECT 1 FROM slot_offer f
        WHERE f.manager_id = o.manager_id AND f.starts_at = o.starts_at AND f.refugee_id = ${person}
          AND f.status = 'open' AND f.answer_by > ${now}::timestamptz))`;

// One statement, one transaction: the lowest free booking number of hers, the appointment, and the notices owed. The
// exclusion constraints settle the races; the key makes a repeat harmless. Whoever is on duty for the manager is told;
// one without a linked account is owed nothing. Rows: the card when it was made, none when all her numbers are taken, the
// key is known, or the time is kept for others.
const BOOK = `
  WITH number AS (
    SELECT n FROM generate_series(1, $1::int) AS n
    WHERE NOT EXISTS (SELECT 1 FROM appointment
      WHERE refugee_id = $2 AND open_number = n AND status = 'booked' AND ends_at > $3::timestamptz)
    ORDER BY n LIMIT 1),
  made AS (
    INSERT INTO appointment (id, refugee_id, manager_id, carrier_id, ags, way, place_id, starts_at, ends_at, blocks_from,
      blocks_to, topic, interpreter, interpreter_language, booked_at, key, open_number)
    SELECT $4, r.person_id, m.id, m.carrier_id, r.ags, $5, $6, $7, $8, $9, $10, $11, coalesce(r.interpreter, false),
      r.interpreter_language, $3::timestamptz, $12, number.n
    FROM number, refugee r, manager m
    WHERE r.person_id = $2 AND r.ags IS NOT NULL AND r.manager_id = $19 AND m.id = $13
      AND NOT ${held('$13', '$9::timestamptz', '$10::timestamptz', '$2', '$3')}
    ON CONFLICT (key) DO NOTHING RETURNING *),
  owed AS (
    INSERT INTO notice (kind, person_id, subject_id, due_at, key, data)
    SELECT k, coalesce(nullif(p, ''), duty.person_id), made.id, d, y, nullif(j, '')::jsonb
    FROM made, unnest($14::text[], $15::text[], $16::timestamptz[], $17::text[], $18::text[]) AS t(k, p, d, y, j),
      (SELECT person_id FROM manager WHERE id = on_duty($13, $3::timestamptz)) AS duty
    WHERE p <> '' OR duty.person_id IS NOT NULL
    ON CONFLICT (key) DO NOTHING)
  SELECT ${CARD} FROM made a ${WITH_ITS_PEOPLE}`;

/** Notices to the manager carry an empty `personId`. Throws the violated constraint where a race was lost. */
export async function insertAppointment(db: Db, seal: Seal, made: NewAppointment): Promise<Appointment | undefined> {
  const { slot } = made;
  const blocks = blockedBy(slot, made.way);
  const [row] = await db.sql<AppointmentRow>(BOOK, [
    made.limit,
    made.refugeeId,
    toDate(made.now),
    made.id,
    made.way,
    made.way === 'place' ? (slot.placeId ?? null) : null,
    toDate(slot.startsAt),
    toDate(slot.endsAt),
    toDate(blocks.from),
    toDate(blocks.to),
    Buffer.from(made.topic),
    made.key,
    slot.managerId,
    ...noticeColumns(made.notices),
    made.managerId,
  ]);
  return row === undefined ? undefined : appointmentOf(row, seal);
}

/** Whether a time is kept for others who were asked about it. */
export async function isHeld(db: Db, slot: Slot, way: Way, personId: string, now: Instant): Promise<boolean> {
  const { from, to } = blockedBy(slot, way);
  const [row] = await db.sql<{ kept: boolean }>(
    `SELECT ${held('$1', '$2::timestamptz', '$3::timestamptz', '$4', '$5')} AS kept`,
    [slot.managerId, toDate(from), toDate(to), personId, toDate(now)],
  );
  return row?.kept === true;
}

/** Also to a slot of whoever stands in. True when the appointment stands and was changed; throws the violated constraint where the time is taken. */
export async function moveAppointment(
  db: Db,
  id: string,
  to: { slot: Slot; way: Way },
  movable: { refugeeId?: string; managerIds?: readonly string[]; sequence: number; now: Instant },
): Promise<boolean> {
  const { slot, way } = to;
  const blocks = blockedBy(slot, way);
  const { count } = await db.prisma.appointment.updateMany({
    where: {
      id,
      status: 'booked',
      sequence: movable.sequence,
      ...(movable.refugeeId !== undefined && { refugeeId: movable.refugeeId, startsAt: { gt: toDate(movable.now) } }),
      ...(movable.managerIds !== undefined && {
        managerId: { in: [...movable.managerIds] },
        endsAt: { gt: toDate(movable.now) },
      }),
    },
    data: {
      way,
      placeId: way === 'place' ? (slot.placeId ?? null) : null,
      startsAt: toDate(slot.startsAt),
      endsAt: toDate(slot.endsAt),
      blocksFrom: toDate(blocks.from),
      blocksTo: toDate(blocks.to),
      managerId: slot.managerId,
      sequence: { increment: 1 },
      changedAt: toDate(movable.now),
      answer: null,
      ...(way !== 'home' && { address: null }),
    },
  });
  return count > 0;
}

// One statement, one transaction: the appointment, the notices that are no longer true, and the word to her manager,
// under the key that `owedNow` gives it.
const CANCEL = `
  WITH gone AS (
    UPDATE appointment SET status = 'cancelled', cancelled_by = 'refugee', cancelled_at = $3::timestamptz, reason = $6,
      topic = NULL, address = NULL, sequence = sequence + 1
    WHERE id = $1 AND refugee_id = $2 AND status = 'booked' AND starts_at > $3::timestamptz
    RETURNING *),
  withdrawn AS (
    UPDATE notice SET status = 'void', data = NULL FROM gone
    WHERE subject_id = gone.id AND kind = ANY($4::text[]) AND notice.status = 'pending'),
  owed AS (
    INSERT INTO notice (kind, person_id, subject_id, due_at, key)
    SELECT $5::text, m.person_id, gone.id, $3::timestamptz, $5::text || ':' || gone.id || ':' || gone.sequence
    FROM gone JOIN manager m ON m.id = on_duty(gone.manager_id, $3::timestamptz) WHERE m.person_id IS NOT NULL
    ON CONFLICT (key) DO NOTHING)
  SELECT ${CARD} FROM gone a ${WITH_ITS_PEOPLE}`;

/** She cancels. The cancelled one, when it stood and lay ahead. What it was about goes at once. */
export async function cancelOfRefugee(
  db: Db,
  seal: Seal,
  refugeeId: string,
  id: string,
  now: Instant,
  notices: { readonly withdrawn: readonly string[]; readonly owed: string },
  reason: RefugeeReason,
): Promise<Appointment | undefined> {
  const values = [id, refugeeId, toDate(now), notices.withdrawn, notices.owed, reason];
  const [row] = await db.sql<AppointmentRow>(CANCEL, values);
  return row === undefined ? undefined : appointmentOf(row, seal);
}

/** Her manager cancels. True when it stood and is now cancelled. What it was about goes at once. */
export async function cancelAppointment(
  db: Db,
  id: string,
  managerIds: readonly string[],
  now: Instant,
  reason: CancelReason | undefined,
  /** Only as it stood then: one that she has moved meanwhile is not among what is cancelled. */
  sequence?: number,
): Promise<boolean> {
  const { count } = await db.prisma.appointment.updateMany({
    where: {
      id,
      status: 'booked',
      managerId: { in: [...managerIds] },
      endsAt: { gt: toDate(now) },
      ...(sequence !== undefined && { sequence }),
    },
    data: {
      status: 'cancelled',
      cancelledBy: 'manager',
      cancelledAt: toDate(now),
      reason: reason ?? null,
      topic: null,
      address: null,
      sequence: { increment: 1 },
    },
  });
  return count > 0;
}

/** Cancels all that lies ahead and takes the person off what is past. Returns the cancelled with their managers. */
export async function eraseRefugee(
  db: Db,
  personId: string,
  now: Instant,
): Promise<{ id: string; managerPersonId: string | null }[]> {
  const cancelled = await db.sql<{ id: string; managerPersonId: string | null }>(
    `UPDATE appointment a SET status = 'cancelled', cancelled_by = 'erasure', cancelled_at = $2, sequence = sequence + 1
     FROM manager m WHERE m.id = on_duty(a.manager_id, $2) AND a.refugee_id = $1 AND a.status = 'booked' AND a.ends_at > $2
     RETURNING a.id, m.person_id AS "managerPersonId"`,
    [personId, toDate(now)],
  );
  await db.prisma.appointment.updateMany({
    where: { refugeeId: personId },
    data: { refugeeId: null, topic: null, address: null, interpreterLanguage: null, answer: null },
  });
  // The key names the person; what replaces it names nothing.
  await db.sql(`UPDATE appointment SET key = id WHERE refugee_id IS NULL AND key LIKE $1 || ':%' RETURNING id`, [
    personId,
  ]);
  return cancelled;
}

/** A finished appointment is kept for twelve months (retention table of the domain). */
const KEPT_DAYS = 365;

/** Topics and addresses of what is over go; the count stays (retention table of the domain). */
export async function forgetPast(db: Db, now: Instant): Promise<void> {
  await db.prisma.appointment.updateMany({
    where: { endsAt: { lt: toDate(now) }, OR: [{ topic: { not: null } }, { address: { not: null } }] },
    data: { topic: null, address: null },
  });
  await db.prisma.appointment.deleteMany({ where: { endsAt: { lt: new Date(now - KEPT_DAYS * 86_400_000) } } });
}

interface AppointmentRow {
  id: string;
  status: 'booked' | 'cancelled';
  way: Way;
  startsAt: Date;
  endsAt: Date;
  bookedAt: Date;
  sequence: number;
  changedAt: Date;
  interpreter: boolean;
  interpreterLanguage: InterpreterLanguage | null;
  answer: string | null;
  outcome: Outcome | null;
  hasAddress: boolean;
  cancelledBy: Appointment['cancelledBy'] | null;
  reason: Appointment['reason'] | null;
  managerId: string;
  managerName: string;
  managerPhone: string | null;
  personId: string | null;
  number: number | null;
  nickname: Uint8Array | null;
  unreachable: boolean;
  placeId: string | null;
  placeAgs: string;
  placeKind: string;
  placeName: string;
  street: string | null;
  postalCode: string;
  city: string;
  lat: number;
  lon: number;
}

function appointmentOf(row: AppointmentRow, seal: Seal): Appointment {
  return {
    id: row.id,
    status: row.status,
    way: row.way,
    startsAt: fromDate(row.startsAt),
    endsAt: fromDate(row.endsAt),
    bookedAt: fromDate(row.bookedAt),
    sequence: row.sequence,
    changedAt: fromDate(row.changedAt),
    interpreter: row.interpreter,
    interpreterLanguage: row.interpreterLanguage ?? undefined,
    coming: row.answer === 'coming',
    cannot: row.answer === 'cannot',
    outcome: row.outcome ?? undefined,
    hasAddress: row.hasAddress,
    cancelledBy: row.cancelledBy ?? undefined,
    reason: row.reason ?? undefined,
    manager: { id: row.managerId, name: row.managerName, phone: row.managerPhone ?? undefined },
    refugee:
      row.personId === null || row.number === null
        ? undefined
        : {
            personId: row.personId,
            number: row.number,
            nickname: row.nickname === null ? undefined : seal.open('nickname', row.nickname),
            unreachable: row.unreachable,
          },
    place:
      row.placeId === null
        ? undefined
        : {
            id: row.placeId,
            ags: row.placeAgs,
            kind: row.placeKind,
            name: row.placeName,
            street: row.street ?? undefined,
            postalCode: row.postalCode,
            city: row.city,
            lat: row.lat,
            lon: row.lon,
          },
  };
}

/** Appointments with their people, by any condition on `a`. */
export const read = async (db: Db, seal: Seal, where: string, values: readonly SqlValue[]) =>
  (await db.sql<AppointmentRow>(`${SELECT} WHERE ${where}`, values)).map((row) => appointmentOf(row, seal));

/** Whether something was booked under this key, whatever has become of it: one look into one index. */
export const isBooked = async (db: Db, key: string) =>
  (await db.sql(`SELECT 1 AS one FROM appointment WHERE key = $1`, [key])).length > 0;

export const findByKey = async (db: Db, seal: Seal, key: string) => (await read(db, seal, 'a.key = $1', [key]))[0];

/** For notices: they know their reader already. */
export const findAppointment = async (db: Db, seal: Seal, id: string) => (await read(db, seal, 'a.id = $1', [id]))[0];

export const findOfRefugee = async (db: Db, seal: Seal, personId: string, id: string) =>
  (await read(db, seal, 'a.id = $1 AND a.refugee_id = $2', [id, personId]))[0];

/** Of one of these managers: her own, and whom she stands in for. */
export const findOfManager = async (db: Db, seal: Seal, managerIds: readonly string[], id: string) =>
  (await read(db, seal, 'a.id = $1 AND a.manager_id = ANY($2)', [id, managerIds]))[0];

export const listOpenOfRefugee = (db: Db, seal: Seal, personId: string, now: Instant) =>
  read(db, seal, `a.refugee_id = $1 AND a.status = 'booked' AND a.ends_at > $2 ORDER BY a.starts_at`, [
    personId,
    toDate(now),
  ]);

/** The newest that she has booked with this manager since then. */
export const findBookedWith = async (db: Db, seal: Seal, personId: string, managerId: string, since: Instant) =>
  (
    await read(
      db,
      seal,
      `a.refugee_id = $1 AND a.manager_id = $2 AND a.status = 'booked' AND a.booked_at >= $3
       ORDER BY a.starts_at DESC LIMIT 1`,
      [personId, managerId, toDate(since)],
    )
  )[0];

export const listOfManager = (db: Db, seal: Seal, managerIds: readonly string[], from: Instant, to: Instant) =>
  read(
    db,
    seal,
    `a.manager_id = ANY($1) AND a.status = 'booked' AND a.starts_at >= $2 AND a.starts_at < $3 ORDER BY a.starts_at`,
    [managerIds, toDate(from), toDate(to)],
  );

export const listOpenOfManager = (db: Db, seal: Seal, managerId: string, now: Instant) =>
  read(db, seal, `a.manager_id = $1 AND a.status = 'booked' AND a.ends_at > $2 ORDER BY a.starts_at`, [
    managerId,
    toDate(now),
  ]);

export async function readTopic(db: Db, managerIds: readonly string[], id: string): Promise<Uint8Array | undefined> {
  const row = await db.prisma.appointment.findFirst({
    where: { id, managerId: { in: [...managerIds] } },
    select: { topic: true },
  });
  return row?.topic ?? undefined;
}

export async function readAddress(db: Db, managerIds: readonly string[], id: string): Promise<Uint8Array | undefined> {
  const row = await db.prisma.appointment.findFirst({
    where: { id, managerId: { in: [...managerIds] } },
    select: { address: true },
  });
  return row?.address ?? undefined;
}

/** True when it is an open home visit of hers. */
export async function writeAddress(
  db: Db,
  personId: string,
  id: string,
  address: Uint8Array<ArrayBuffer>,
  now: Instant,
): Promise<boolean> {
  const { count } = await db.prisma.appointment.updateMany({
    where: { id, refugeeId: personId, status: 'booked', way: 'home', endsAt: { gt: toDate(now) } },
    data: { address },
  });
  return count > 0;
}

/** Who is told what concerns this manager now: she, or who stands in; undefined without a linked account. */
export async function personOnDuty(db: Db, managerId: string, now: Instant): Promise<string | undefined> {
  const [row] = await db.sql<{ personId: string | null }>(
    `SELECT person_id AS "personId" FROM manager WHERE id = on_duty($1, $2)`,
    [managerId, toDate(now)],
  );
  return row?.personId ?? undefined;
}

/** Who answers for this manager at that time: she, or who stands in. */
export async function onDuty(db: Db, managerId: string, at: Instant): Promise<string> {
  const [row] = await db.sql<{ id: string }>('SELECT on_duty($1, $2) AS id', [managerId, toDate(at)]);
  return row?.id ?? managerId;
}

export async function managerOfRefugee(db: Db, personId: string): Promise<string | undefined> {
  const row = await db.prisma.refugee.findUnique({ where: { personId }, select: { managerId: true } });
  return row?.managerId ?? undefined;
}

export async function personOf(db: Db, managerId: string): Promise<string | undefined> {
  const row = await db.prisma.manager.findUnique({ where: { id: managerId }, select: { personId: true } });
  return row?.personId ?? undefined;
}

export async function nameOf(db: Db, managerId: string): Promise<string | undefined> {
  const row = await db.prisma.manager.findUnique({ where: { id: managerId }, select: { name: true } });
  return row?.name;
}

/** Managers who wait for a person that cannot be reached: the next appointments of hers and whom to tell. */
export async function listAwaiting(
  db: Db,
  personId: string,
  now: Instant,
): Promise<{ id: string; managerPersonId: string }[]> {
  return db.sql(
    `SELECT a.id, m.person_id AS "managerPersonId" FROM appointment a JOIN manager m ON m.id = on_duty(a.manager_id, $2)
     WHERE a.refugee_id = $1 AND a.status = 'booked' AND a.ends_at > $2 AND m.person_id IS NOT NULL`,
    [personId, toDate(now)],
  );
}
