import type { Db } from '../../platform/database.ts';
import { type Day, day } from '../../platform/datetime.ts';
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

/** All of them, whichever page is shown: which one was asked for stands in no statement. */
export async function listReviews(db: Db): Promise<readonly Review[]> {
  const rows = await db.prisma.contentReview.findMany();
  return rows.map((row) => ({ ...row, checkedOn: asDay(row.checkedOn), validUntil: asDay(row.validUntil) }));
}

export async function saveReview(db: Db, { key, ...review }: Review): Promise<void> {
  const data = { ...review, checkedOn: asDate(review.checkedOn), validUntil: asDate(review.validUntil) };
  await db.prisma.contentReview.upsert({ where: { key }, create: { key, ...data }, update: data });
}

/** The manager's account of a refugee and what names her towards staff; undefined where she has none who has joined. */
export async function findManagerAccount(
  db: Db,
  personId: string,
): Promise<{ readonly managerPersonId: string; readonly managerId: string } | undefined> {
  const row = await db.prisma.refugee.findUnique({
    where: { personId },
    select: { manager: { select: { id: true, personId: true, leftAt: true } } },
  });
  const manager = row?.manager;
  if (manager?.personId == null || manager.leftAt !== null) return undefined;
  return { managerPersonId: manager.personId, managerId: manager.id };
}

/** One of a manager's own people. */
export async function findClient(
  db: Db,
  managerId: string,
  personId: string,
): Promise<{ readonly number: number; readonly nickname: Uint8Array | undefined } | undefined> {
  const row = await db.prisma.refugee.findFirst({
    where: { personId, managerId },
    select: { number: true, nickname: true },
  });
  return row === null ? undefined : { number: row.number, nickname: row.nickname ?? undefined };
}
