import type { Db } from '../../platform/database.ts';
import { type Day, day, type Instant, toDate } from '../../platform/datetime.ts';
import type { Review } from './model.ts';

const asDate = (on: Day): Date => new Date(`${on}T00:00:00Z`);
const asDay = (date: Date): Day => day(date.toISOString().slice(0, 10));

export interface CallRow {
  readonly id: string;
  readonly request: Uint8Array;
  readonly deleteOn: Day;
}

/**
 * Keeps a request once per number, the last wish of a number counting: pressed twice, it is one request, and whoever
 * keys in another's number does not learn whether there was one. False when there are too many.
 */
export async function keepCall(
  db: Db,
  call: { id: string; request: Uint8Array<ArrayBuffer>; mark: string; deleteOn: Day; most: number },
): Promise<boolean> {
  const rows = await db.sql<{ id: string }>(
    `INSERT INTO call_request (id, request, mark, delete_on)
     SELECT $1, $2, $3, $4::date
     WHERE (SELECT count(*) FROM call_request) < $5::int OR EXISTS (SELECT 1 FROM call_request WHERE mark = $3)
     ON CONFLICT (mark) DO UPDATE SET request = excluded.request, delete_on = excluded.delete_on RETURNING id`,
    [call.id, Buffer.from(call.request), call.mark, call.deleteOn, call.most],
  );
  return rows.length > 0;
}

/** Oldest first, as far as a day can tell. */
export async function listCalls(db: Db, skip: number, take: number): Promise<readonly CallRow[]> {
  const rows = await db.prisma.callRequest.findMany({ orderBy: [{ deleteOn: 'asc' }, { id: 'asc' }], skip, take });
  return rows.map(({ id, request, deleteOn }) => ({ id, request, deleteOn: asDay(deleteOn) }));
}

export const countCalls = (db: Db): Promise<number> => db.prisma.callRequest.count();

export async function findCall(db: Db, id: string): Promise<CallRow | undefined> {
  const row = await db.prisma.callRequest.findUnique({ where: { id } });
  return row === null ? undefined : { id, request: row.request, deleteOn: asDay(row.deleteOn) };
}

export async function deleteCall(db: Db, id: string): Promise<boolean> {
  return (await db.prisma.callRequest.deleteMany({ where: { id } })).count > 0;
}

export async function deleteCallsUntil(db: Db, today: Day): Promise<void> {
  await db.prisma.callRequest.deleteMany({ where: { deleteOn: { lte: asDate(today) } } });
}

/** A message in a counsellor's chat that shows a request which is no more. */
export interface DeadCard {
  readonly personId: string;
  readonly messageId: number;
  readonly chatId: number;
  readonly locale: string;
}

export async function keepCard(db: Db, personId: string, messageId: number, callId: string): Promise<void> {
  const key = { personId, messageId };
  await db.prisma.callCard.upsert({
    where: { personId_messageId: key },
    create: { ...key, callId },
    update: { callId },
  });
}

export async function deleteCard(db: Db, personId: string, messageId: number): Promise<void> {
  await db.prisma.callCard.deleteMany({ where: { personId, messageId } });
}

export async function listDeadCards(db: Db, most: number): Promise<readonly DeadCard[]> {
  const rows = await db.sql<{ personId: string; messageId: number; chatId: string; locale: string }>(
    `SELECT c.person_id AS "personId", c.message_id AS "messageId", p.telegram_id::text AS "chatId", p.locale
     FROM call_card c JOIN person p ON p.id = c.person_id
     WHERE p.telegram_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM call_request r WHERE r.id = c.call_id)
     ORDER BY c.person_id, c.message_id LIMIT $1`,
    [most],
  );
  return rows.map((row) => ({ ...row, chatId: Number(row.chatId) }));
}

/** All of them, whichever page is shown: which one was asked for stands in no statement. */
export async function listReviews(db: Db): Promise<readonly Review[]> {
  const rows = await db.prisma.contentReview.findMany();
  return rows.map((row) => ({ ...row, checkedOn: asDay(row.checkedOn), validUntil: asDay(row.validUntil) }));
}

export async function saveReview(db: Db, { key, ...review }: Review): Promise<void> {
  const data = { ...review, checkedOn: asDate(review.checkedOn), validUntil: asDate(review.validUntil) };
  await db.prisma.contentReview.upsert({ where: { key }, create: { key, ...data }, update: data });
}

/** Who answers for a refugee now: her manager, or whoever stands in; undefined where nobody has joined who does. */
export async function findOnDuty(
  db: Db,
  personId: string,
  now: Instant,
): Promise<{ readonly managerPersonId: string; readonly managerId: string; readonly ownId: string } | undefined> {
  const [row] = await db.sql<{ managerPersonId: string; managerId: string; ownId: string }>(
    `SELECT m.person_id AS "managerPersonId", m.id AS "managerId", r.manager_id AS "ownId"
     FROM refugee r JOIN manager m ON m.id = on_duty(r.manager_id, $2)
     WHERE r.person_id = $1 AND m.person_id IS NOT NULL AND m.left_at IS NULL`,
    [personId, toDate(now)],
  );
  return row;
}

/** One of the people for whom this manager answers now: her own, or whose manager she stands in for. */
export async function findClient(
  db: Db,
  managerId: string,
  personId: string,
  now: Instant,
): Promise<{ readonly number: number; readonly nickname: Uint8Array | undefined } | undefined> {
  const [row] = await db.sql<{ number: number; nickname: Uint8Array | null }>(
    `SELECT number, nickname FROM refugee WHERE person_id = $1 AND $2 IN (manager_id, on_duty(manager_id, $3))`,
    [personId, managerId, toDate(now)],
  );
  return row === undefined ? undefined : { number: row.number, nickname: row.nickname ?? undefined };
}
