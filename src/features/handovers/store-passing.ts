import type { Db } from '../../platform/database.ts';
import { type Instant, toDate } from '../../platform/datetime.ts';
import { FORGOTTEN, WAITS_ANEW } from './store-flow.ts';

// Passing on, finishing and withdrawing. As in `store-flow.ts`, each statement says from which status a case may come.

const one = async (rows: Promise<{ id: string }[]>): Promise<boolean> => (await rows).length > 0;

/** What she had accepted waits for the team again. */
export const giveBack = (tx: Db, holderId: string, id: string, now: Instant) =>
  one(
    tx.sql(`UPDATE handover SET ${WAITS_ANEW} WHERE id = $1 AND manager_id = $3 AND status = 'accepted' RETURNING id`, [
      id,
      toDate(now),
      holderId,
    ]),
  );

/** A colleague is asked before the others. Does nothing once somebody has accepted. */
export const address = (tx: Db, id: string, addresseeId: string) =>
  one(
    tx.sql(`UPDATE handover SET addressee_id = $2 WHERE id = $1 AND status = 'sent' RETURNING id`, [id, addresseeId]),
  );

export const clearAddressee = (tx: Db, id: string, addresseeId: string) =>
  one(
    tx.sql(
      `UPDATE handover SET addressee_id = NULL WHERE id = $1 AND addressee_id = $2 AND status = 'sent' RETURNING id`,
      [id, addresseeId],
    ),
  );

/** Whoever is asked anew has not declined any more; without an id, nobody has. */
export async function forgetReplies(tx: Db, handoverId: string, managerId?: string): Promise<void> {
  await tx.prisma.handoverReply.deleteMany({ where: { handoverId, ...(managerId !== undefined && { managerId }) } });
}

/** What was asked for is done; who did it and when stays, everything else goes. */
export const finish = (tx: Db, holderId: string, id: string, now: Instant) =>
  one(
    tx.sql(
      `UPDATE handover SET status = 'done', ended_at = $3, addressee_id = NULL, ${FORGOTTEN}
       WHERE id = $1 AND manager_id = $2 AND status = 'accepted' RETURNING id`,
      [id, holderId, toDate(now)],
    ),
  );

/** Until somebody has accepted it. */
export const withdraw = (tx: Db, volunteerId: string, id: string, now: Instant) =>
  one(
    tx.sql(
      `UPDATE handover SET status = 'withdrawn', ended_at = $3, addressee_id = NULL, ${FORGOTTEN}
       WHERE id = $1 AND volunteer_id = $2 AND status = 'sent' RETURNING id`,
      [id, volunteerId, toDate(now)],
    ),
  );
