import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import { type ReminderWishes, readWishes } from '../people/model-wishes.ts';

// How people want to be reminded, and the reminders that are planned for them.

/** Until the transaction ends, her wishes stay as they are: what is planned by them is planned by the last ones. */
export async function readWishesOf(tx: Db, personId: string): Promise<ReminderWishes> {
  const [row] = await tx.sql<{ reminders: unknown }>('SELECT reminders FROM refugee WHERE person_id = $1 FOR SHARE', [
    personId,
  ]);
  return readWishes(row?.reminders);
}

export async function findWishes(db: Db, personId: string): Promise<ReminderWishes> {
  const [row] = await db.sql<{ reminders: unknown }>('SELECT reminders FROM refugee WHERE person_id = $1', [personId]);
  return readWishes(row?.reminders);
}

export async function writeWishes(tx: Db, personId: string, wishes: ReminderWishes): Promise<void> {
  await tx.sql('UPDATE refugee SET reminders = $2::jsonb WHERE person_id = $1', [personId, JSON.stringify(wishes)]);
}

export async function writeDiscreet(db: Db, personId: string, discreet: boolean): Promise<void> {
  await db.prisma.person.updateMany({ where: { id: personId }, data: { discreet } });
}

/** Her appointments that lie ahead, as reminders need them. */
export async function listToRemind(
  tx: Db,
  personId: string,
  now: Instant,
): Promise<{ id: string; sequence: number; startsAt: Instant; bookedAt: Instant }[]> {
  const rows = await tx.sql<{ id: string; sequence: number; startsAt: Date; bookedAt: Date }>(
    `SELECT id, sequence::int AS sequence, starts_at AS "startsAt", booked_at AS "bookedAt" FROM appointment
     WHERE refugee_id = $1 AND status = 'booked' AND starts_at > $2`,
    [personId, toDate(now)],
  );
  return rows.map((row) => ({ ...row, startsAt: fromDate(row.startsAt), bookedAt: fromDate(row.bookedAt) }));
}

/**
 * Removes what waits to be sent, so that its key is free for the same reminder at another hour. What was sent or is being
 * sent keeps its key and does not come twice.
 */
export async function deletePending(tx: Db, personId: string, kinds: readonly string[]): Promise<void> {
  await tx.sql(`DELETE FROM notice WHERE person_id = $1 AND kind = ANY($2::text[]) AND status = 'pending'`, [
    personId,
    kinds,
  ]);
}

/** What she answered before, as an object, when the appointment lies ahead. Two answers at once follow each other. */
export async function writeAnswer(
  db: Db,
  personId: string,
  id: string,
  answer: 'coming' | 'cannot',
  now: Instant,
): Promise<{ readonly before: string | undefined } | undefined> {
  const [row] = await db.sql<{ before: string | null }>(
    `UPDATE appointment a SET answer = $4 FROM (SELECT id, answer FROM appointment WHERE id = $1 FOR UPDATE) was
     WHERE a.id = was.id AND refugee_id = $2 AND status = 'booked' AND starts_at > $3 RETURNING was.answer AS before`,
    [id, personId, toDate(now), answer],
  );
  return row === undefined ? undefined : { before: row.before ?? undefined };
}
