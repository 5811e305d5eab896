import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, toDate } from '../../platform/datetime.ts';

// Links and sessions of managers' pages. Of both only the hash of the secret is kept.

/** One link each: a new one takes the place of the former. */
export async function putLink(db: Db, managerId: string, tokenHash: string, expiresAt: Instant): Promise<void> {
  await db.sql(
    `INSERT INTO page_link (token_hash, manager_id, expires_at) VALUES ($1, $2, $3)
     ON CONFLICT (manager_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at
     RETURNING manager_id`,
    [tokenHash, managerId, toDate(expiresAt)],
  );
}

const OF_MANAGER = `JOIN manager m ON m.id = x.manager_id AND m.left_at IS NULL JOIN person p ON p.id = m.person_id`;

/** The language of whose link it is, as long as it can be used. */
export async function findLink(db: Db, tokenHash: string, now: Instant): Promise<{ locale: string } | undefined> {
  const rows = await db.sql<{ locale: string }>(
    `SELECT p.locale FROM page_link x ${OF_MANAGER} WHERE x.token_hash = $1 AND x.expires_at > $2`,
    [tokenHash, toDate(now)],
  );
  return rows[0];
}

/** Uses a link up and opens a session, in one statement: of two who open it at once, one gets in. */
export async function useLink(
  db: Db,
  linkHash: string,
  session: { readonly tokenHash: string; readonly expiresAt: Instant },
  now: Instant,
): Promise<boolean> {
  const rows = await db.sql<{ id: string }>(
    `WITH used AS (
       DELETE FROM page_link WHERE token_hash IN (SELECT x.token_hash FROM page_link x ${OF_MANAGER}
         WHERE x.token_hash = $1 AND x.expires_at > $2::timestamptz)
       RETURNING manager_id)
     INSERT INTO page_session (token_hash, manager_id, expires_at) SELECT $3, manager_id, $4::timestamptz FROM used
     RETURNING manager_id AS id`,
    [linkHash, toDate(now), session.tokenHash, toDate(session.expiresAt)],
  );
  return rows.length > 0;
}

export async function insertSession(
  db: Db,
  session: { readonly tokenHash: string; readonly managerId: string; readonly expiresAt: Instant },
): Promise<void> {
  await db.prisma.pageSession.create({ data: { ...session, expiresAt: toDate(session.expiresAt) } });
}

/** Whose account has opened that session, as long as it lasts and she is a manager. */
export async function findSession(
  db: Db,
  tokenHash: string,
  now: Instant,
): Promise<{ telegramId: number; expiresAt: Instant } | undefined> {
  const [row] = await db.sql<{ telegramId: number; expiresAt: Date }>(
    `SELECT p.telegram_id::float8 AS "telegramId", x.expires_at AS "expiresAt" FROM page_session x ${OF_MANAGER}
     WHERE x.token_hash = $1 AND x.expires_at > $2`,
    [tokenHash, toDate(now)],
  );
  return row === undefined ? undefined : { telegramId: row.telegramId, expiresAt: fromDate(row.expiresAt) };
}

export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
  await db.prisma.pageSession.deleteMany({ where: { tokenHash } });
}

export async function deleteAllOf(db: Db, managerId: string): Promise<void> {
  await db.prisma.pageLink.deleteMany({ where: { managerId } });
  await db.prisma.pageSession.deleteMany({ where: { managerId } });
}

export async function deleteExpired(db: Db, now: Instant): Promise<void> {
  const where = { expiresAt: { lte: toDate(now) } };
  await db.prisma.pageLink.deleteMany({ where });
  await db.prisma.pageSession.deleteMany({ where });
}
