import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import {
  CHOICES,
  type ChoiceField,
  type DeclineReason,
  FIELDS,
  type Field,
  type Handover,
  type Kind,
  type Status,
  type Urgency,
} from './model.ts';

interface Row {
  id: string;
  status: Status;
  answered: string[] | null;
  kind: Kind | null;
  ags: string | null;
  town: string | null;
  languages: string[] | null;
  interpreter: boolean;
  topics: string[] | null;
  urgency: Urgency | null;
  tried: string[] | null;
  hasText: boolean;
  hasPhone: boolean;
  reach: string[] | null;
  available: string[] | null;
  createdAt: Date;
  sentAt: Date | null;
  acceptedAt: Date | null;
  endedAt: Date | null;
  waitsSince: Date | null;
  remindedAt: Date | null;
  escalatedAt: Date | null;
  reason: DeclineReason | null;
  volunteerId: string | null;
  volunteerName: string | null;
  volunteerPersonId: string | null;
  circleId: string;
  circle: string;
  managerId: string | null;
  managerName: string | null;
  managerPersonId: string | null;
  addresseeId: string | null;
  addresseeName: string | null;
  carrierId: string | null;
  mayTalk: boolean;
  isRecorded: boolean;
  refugeeId: string | null;
  number: number | null;
  refugeeManagerId: string | null;
}

const SELECT = `
  SELECT h.id, h.status, h.answered, h.kind, h.ags, t.name AS town, h.languages, h.interpreter, h.topics, h.urgency, h.tried,
    h.text IS NOT NULL AS "hasText", h.phone IS NOT NULL AS "hasPhone", h.reach, h.available, h.created_at AS "createdAt",
    h.sent_at AS "sentAt", h.accepted_at AS "acceptedAt", h.ended_at AS "endedAt", h.reason,
    coalesce(h.waits_since, h.sent_at) AS "waitsSince", h.reminded_at AS "remindedAt", h.escalated_at AS "escalatedAt",
    v.id AS "volunteerId", v.name AS "volunteerName", v.person_id AS "volunteerPersonId", c.id AS "circleId", c.name AS circle,
    m.id AS "managerId", m.name AS "managerName", m.person_id AS "managerPersonId",
    a.id AS "addresseeId", a.name AS "addresseeName", h.carrier_id AS "carrierId",
    EXISTS (SELECT 1 FROM handover_consent c WHERE c.handover_id = h.id AND c.purpose = 'talk' AND c.revoked_at IS NULL) AS "mayTalk",
    EXISTS (SELECT 1 FROM handover_consent c WHERE c.handover_id = h.id AND c.purpose = 'pass-on' AND c.way IN ('phone', 'paper')
      AND c.revoked_at IS NULL) AS "isRecorded",
    r.person_id AS "refugeeId", r.number, r.manager_id AS "refugeeManagerId"
  FROM handover h
  JOIN circle c ON c.id = h.circle_id
  LEFT JOIN municipality t ON t.ags = h.ags
  LEFT JOIN volunteer v ON v.id = h.volunteer_id
  LEFT JOIN manager m ON m.id = h.manager_id
  LEFT JOIN manager a ON a.id = h.addressee_id
  LEFT JOIN refugee r ON r.person_id = h.refugee_id`;

/** Only what the form offers: a value that a newer build wrote is left out. */
const known = <F extends ChoiceField>(field: F, values: readonly string[] | null) =>
  (CHOICES[field] as readonly string[]).filter((one) => values?.includes(one)) as (typeof CHOICES)[F][number][];

const handoverOf = (row: Row): Handover => ({
  id: row.id,
  status: row.status,
  answered: FIELDS.filter((field) => row.answered?.includes(field)),
  kind: row.kind ?? undefined,
  town: row.ags === null || row.town === null ? undefined : { ags: row.ags, name: row.town },
  languages: known('languages', row.languages),
  interpreter: row.interpreter,
  topics: known('topics', row.topics),
  urgency: row.urgency ?? undefined,
  tried: known('tried', row.tried),
  hasText: row.hasText,
  hasPhone: row.hasPhone,
  reach: known('reach', row.reach),
  available: known('available', row.available),
  createdAt: fromDate(row.createdAt),
  sentAt: row.sentAt === null ? undefined : fromDate(row.sentAt),
  acceptedAt: row.acceptedAt === null ? undefined : fromDate(row.acceptedAt),
  endedAt: row.endedAt === null ? undefined : fromDate(row.endedAt),
  waitsSince: row.waitsSince === null ? undefined : fromDate(row.waitsSince),
  remindedAt: row.remindedAt === null ? undefined : fromDate(row.remindedAt),
  escalatedAt: row.escalatedAt === null ? undefined : fromDate(row.escalatedAt),
  reason: row.reason ?? undefined,
  volunteer:
    row.volunteerId === null || row.volunteerName === null || row.volunteerPersonId === null
      ? undefined
      : { id: row.volunteerId, name: row.volunteerName, personId: row.volunteerPersonId },
  circle: { id: row.circleId, name: row.circle },
  manager:
    row.managerId === null || row.managerName === null
      ? undefined
      : { id: row.managerId, name: row.managerName, personId: row.managerPersonId ?? undefined },
  addressee:
    row.addresseeId === null || row.addresseeName === null
      ? undefined
      : { id: row.addresseeId, name: row.addresseeName },
  carrierId: row.carrierId ?? undefined,
  mayTalk: row.mayTalk,
  isRecorded: row.isRecorded,
  refugee:
    row.refugeeId === null || row.number === null
      ? undefined
      : { personId: row.refugeeId, number: row.number, managerId: row.refugeeManagerId ?? undefined },
});

type Value = string | number | Date | readonly string[];
const read = async (db: Db, where: string, values: readonly Value[]): Promise<Handover[]> =>
  (await db.sql<Row>(`${SELECT} WHERE ${where}`, values)).map(handoverOf);

/** For notices and for use cases that check themselves who asks. */
export const findHandover = async (db: Db, id: string) => (await read(db, 'h.id = $1', [id]))[0];

export const findOfVolunteer = async (db: Db, volunteerId: string, id: string) =>
  (await read(db, 'h.id = $1 AND h.volunteer_id = $2', [id, volunteerId]))[0];

/** Her cases, what she still writes on first, then the newest. */
export const listOfVolunteer = (db: Db, volunteerId: string) =>
  read(
    db,
    `h.volunteer_id = $1 ORDER BY (h.status IN ('draft', 'waiting')) DESC, coalesce(h.sent_at, h.created_at) DESC, h.id`,
    [volunteerId],
  );

/** Everything that waits for a manager, oldest first. */
export const listSent = (db: Db) => read(db, `h.status = 'sent' ORDER BY h.sent_at, h.id`, []);

/** What waits for the team of a municipality that this manager has served, oldest first. */
export const listSentWhere = (db: Db, managerId: string) =>
  read(
    db,
    `h.status = 'sent' AND EXISTS (SELECT 1 FROM manager_municipality w WHERE w.manager_id = $1 AND w.ags = h.ags)
     ORDER BY h.sent_at, h.id`,
    [managerId],
  );

/** What she has accepted, and what those have for whom she stands in at that time. */
export const listOfManager = (db: Db, managerId: string, at: Instant) =>
  read(
    db,
    `h.status = 'accepted' AND (h.manager_id = $1 OR on_duty(h.manager_id, $2) = $1) ORDER BY h.accepted_at DESC, h.id`,
    [managerId, toDate(at)],
  );

export const listOfRefugee = (db: Db, personId: string, statuses: readonly Status[]) =>
  read(db, 'h.refugee_id = $1 AND h.status = ANY($2::text[]) ORDER BY h.id', [personId, statuses]);

/** What she may read herself: not what a manager has joined to her record by hand, which may be another's. */
export const listOwn = (db: Db, personId: string) =>
  read(
    db,
    `h.refugee_id = $1 AND NOT EXISTS (SELECT 1 FROM handover_merge g WHERE g.handover_id = h.id AND g.undone_at IS NULL)
     ORDER BY (h.status IN ('sent', 'accepted')) DESC, h.sent_at DESC, h.id`,
    [personId],
  );

/** Begins a draft; a repeat of the same press finds the same. False where the volunteer has too many already. */
export async function insertDraft(
  db: Db,
  draft: { id: string; volunteerId: string; circleId: string; limit: number; now: Instant },
): Promise<void> {
  await db.sql(
    `INSERT INTO handover (id, volunteer_id, circle_id, created_at, answered, languages, topics, tried, reach, available)
     SELECT $1::text, $2::text, $3::text, $4::timestamptz, '{}', '{}', '{}', '{}', '{}', '{}'
     WHERE (SELECT count(*) FROM handover WHERE volunteer_id = $2 AND status IN ('draft', 'waiting')) < $5::int
     ON CONFLICT (id) DO NOTHING`,
    [draft.id, draft.volunteerId, draft.circleId, toDate(draft.now), draft.limit],
  );
}

const DRAFT = `id = $1 AND volunteer_id = $2 AND status = 'draft'`;
const changed = (rows: readonly unknown[]): boolean => rows.length > 0;
/** Adds a question to the answered ones. */
const settled = (parameter: string) => `array_append(array_remove(answered, ${parameter}), ${parameter})`;

export const writeTown = async (db: Db, volunteerId: string, id: string, ags: string, isServed: boolean) =>
  changed(
    await db.sql(
      `UPDATE handover SET ags = $3, answered = ${`CASE WHEN $4::bool THEN ${settled("'town'")} ELSE array_remove(answered, 'town') END`}
       WHERE ${DRAFT} RETURNING id`,
      [id, volunteerId, ags, isServed],
    ),
  );

export const writeOne = async (db: Db, volunteerId: string, id: string, field: 'kind' | 'urgency', value: string) =>
  changed(
    await db.sql(`UPDATE handover SET ${field} = $3, answered = ${settled('$4::text')} WHERE ${DRAFT} RETURNING id`, [
      id,
      volunteerId,
      value,
      field,
    ]),
  );

/** Adds a choice or takes it back. "Nothing tried" and anything else exclude each other. */
export const toggle = async (db: Db, volunteerId: string, id: string, field: ChoiceField, value: string) =>
  changed(
    await db.sql(
      `UPDATE handover SET ${field} = CASE
         WHEN $3::text = ANY(${field}) THEN array_remove(${field}, $3::text)
         WHEN $3::text = 'nothing' THEN ARRAY[$3::text]
         ELSE array_append(array_remove(${field}, 'nothing'), $3::text) END
       WHERE ${DRAFT} RETURNING id`,
      [id, volunteerId, value],
    ),
  );

export const toggleInterpreter = async (db: Db, volunteerId: string, id: string) =>
  changed(
    await db.sql(`UPDATE handover SET interpreter = NOT interpreter WHERE ${DRAFT} RETURNING id`, [id, volunteerId]),
  );

/** Marks a question as answered, or as open again. */
export const settle = async (db: Db, volunteerId: string, id: string, field: Field, isSettled: boolean) =>
  changed(
    await db.sql(
      `UPDATE handover SET answered = ${isSettled ? settled('$3::text') : 'array_remove(answered, $3::text)'} WHERE ${DRAFT} RETURNING id`,
      [id, volunteerId, field],
    ),
  );

export const writeSealed = async (
  db: Db,
  volunteerId: string,
  id: string,
  column: 'text' | 'phone',
  sealed: Uint8Array | undefined,
) =>
  changed(
    await db.sql(`UPDATE handover SET ${column} = $3::bytea WHERE ${DRAFT} RETURNING id`, [
      id,
      volunteerId,
      sealed === undefined ? null : Buffer.from(sealed),
    ]),
  );

export async function readSealed(db: Db, id: string): Promise<{ text?: Uint8Array; phone?: Uint8Array }> {
  const row = await db.prisma.handover.findUnique({ where: { id }, select: { text: true, phone: true } });
  return { ...(row?.text != null && { text: row.text }), ...(row?.phone != null && { phone: row.phone }) };
}

export async function deleteDraft(db: Db, volunteerId: string, id: string): Promise<boolean> {
  const { count } = await db.prisma.handover.deleteMany({
    where: { id, volunteerId, status: { in: ['draft', 'waiting', 'refused'] } },
  });
  return count > 0;
}

/** How many cases of a circle stand where; drafts are their volunteers' own and not counted. */
export async function countByStatus(db: Db, circleId: string): Promise<{ status: Status; count: number }[]> {
  return db.sql(
    `SELECT status, count(*)::int AS count FROM handover WHERE circle_id = $1 AND sent_at IS NOT NULL GROUP BY status`,
    [circleId],
  );
}

export async function volunteerOf(db: Db, personId: string): Promise<string | undefined> {
  return (await db.prisma.volunteer.findUnique({ where: { personId }, select: { id: true } }))?.id;
}

/** Who had it before it came back to the team. */
export async function lastManager(db: Db, id: string): Promise<string | undefined> {
  const row = await db.prisma.handoverEvent.findFirst({
    where: { handoverId: id, kind: 'returned' },
    orderBy: { id: 'desc' },
    select: { manager: { select: { name: true } } },
  });
  return row?.manager?.name;
}
