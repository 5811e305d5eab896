import type { Db, SqlValue } from '../platform/database.ts';
import { fromDate, type Instant, toDate } from '../platform/datetime.ts';

/** A message owed to someone, as a feature writes it in the transaction of what caused it. */
export interface OwedNotice {
  readonly kind: string;
  readonly personId: string;
  readonly subjectId: string;
  readonly dueAt: Instant;
  /** One notice per key, ever: a repeated cause owes nothing new. */
  readonly key: string;
  /** Small facts that only this moment knows; never words, names or topics. */
  readonly data?: Readonly<Record<string, string | number>>;
}

/** A notice that is due and that this process is sending. */
export interface DueNotice {
  readonly id: string;
  readonly kind: string;
  readonly personId: string;
  readonly subjectId: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly dueAt: Instant;
  readonly attempts: number;
  readonly chatId: number;
  readonly locale: string;
  readonly unreachable: boolean;
  /** Her locked screen shows no more than that there is a message. */
  readonly discreet: boolean;
  /** Its reader asks for it: neither the hour nor a delay matters, only whether it is still true. */
  readonly opened?: boolean;
}

/** With pauses that double from a second on, these tries take about a minute. */
const TRIES_IN_ORDER = 6;

const INSERT = `
  INSERT INTO notice (kind, person_id, subject_id, due_at, key, data)
  SELECT k, p, s, d, y, nullif(j, '')::jsonb
  FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[]) AS t(k, p, s, d, y, j)
  ON CONFLICT (key) DO NOTHING`;

/** Columns for a statement that writes notices together with their cause: $n…$n+4 kind, person, due, key, data. */
export const noticeColumns = (notices: readonly OwedNotice[]): SqlValue[][] => [
  notices.map((notice) => notice.kind),
  notices.map((notice) => notice.personId),
  notices.map((notice) => toDate(notice.dueAt)),
  notices.map((notice) => notice.key),
  notices.map((notice) => (notice.data === undefined ? '' : JSON.stringify(notice.data))),
];

/** Writes notices in the caller's transaction. */
export async function oweNotices(tx: Db, notices: readonly OwedNotice[]): Promise<void> {
  if (notices.length === 0) return;
  const [kinds, people, dues, keys, data] = noticeColumns(notices);
  const subjects = notices.map((notice) => notice.subjectId);
  await tx.sql(INSERT, [kinds ?? [], people ?? [], subjects, dues ?? [], keys ?? [], data ?? []]);
}

/** Takes back notices that are not yet sent: what they would say is no longer true. */
export const withdrawNotices = (tx: Db, subjectId: string, kinds: readonly string[]): Promise<void> =>
  withdrawNoticesOf(tx, [subjectId], kinds);

/** The same for many subjects in one statement. */
export async function withdrawNoticesOf(
  tx: Db,
  subjectIds: readonly string[],
  kinds: readonly string[],
): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx.sql(
    `UPDATE notice SET status = 'void', data = NULL
     WHERE subject_id = ANY($1::text[]) AND kind = ANY($2::text[]) AND status = 'pending'`,
    [subjectIds, kinds],
  );
}

export interface Outbox {
  take(limit: number, now: Instant, leaseMs: number): Promise<readonly DueNotice[]>;
  /** With `keepsData` it can be said again, to whoever opens it. */
  sent(id: string, messageId: number, now: Instant, keepsData?: boolean): Promise<void>;
  /** A notice that this person was sent discreetly; undefined when it was not hers, or is forgotten. */
  findSent(id: string, personId: string): Promise<DueNotice | undefined>;
  /** Not now: due at another time, as if it had been so from the beginning. */
  postponed(id: string, to: Instant): Promise<void>;
  /** Nothing to say any more. */
  voided(id: string): Promise<void>;
  /** Another try from `at` on. `counts` is false where Telegram only asked to wait. */
  later(id: string, at: Instant, counts: boolean): Promise<void>;
  failed(id: string): Promise<void>;
  unreachable(id: string): Promise<void>;
  /** When the next notice that is not due at `now` will be, or undefined. */
  nextDue(now: Instant): Promise<Instant | undefined>;
  /** Only at the start of the one process on an embedded database. */
  releaseAll(): Promise<void>;
  forget(before: Instant): Promise<void>;
}

type DueRow = Omit<DueNotice, 'dueAt' | 'data'> & { readonly dueAt: Date; readonly data: DueNotice['data'] | null };
const dueOf = (row: DueRow): DueNotice => ({ ...row, data: row.data ?? {}, dueAt: fromDate(row.dueAt) });
const DUE = `notice.id::text AS id, kind, person_id AS "personId", subject_id AS "subjectId", data,
    due_at AS "dueAt", attempts::int AS attempts, telegram_id::float8 AS "chatId", locale,
    unreachable_since IS NOT NULL AS unreachable, discreet`;

export function createOutbox(db: Db): Outbox {
  const settle = (id: string, status: string) =>
    db.sql(`UPDATE notice SET status = $2, lease_until = NULL, data = NULL WHERE id = $1::bigint`, [id, status]);
  return {
    async take(limit, now, leaseMs) {
      const rows = await db.sql<DueRow>(TAKE, [limit, toDate(now), new Date(now + leaseMs)]);
      return rows.map(dueOf).sort((a, b) => a.dueAt - b.dueAt || Number(a.id) - Number(b.id));
    },
    async sent(id, messageId, now, keepsData = false) {
      await db.sql(
        `UPDATE notice SET status = 'sent', sent_at = $2, message_id = $3::bigint, lease_until = NULL,
           data = CASE WHEN $4::boolean THEN data END
         WHERE id = $1::bigint`,
        [id, toDate(now), messageId, keepsData],
      );
    },
    async findSent(id, personId) {
      const rows = await db.sql<DueRow>(
        `SELECT ${DUE} FROM notice JOIN person ON person.id = notice.person_id
         WHERE notice.id = $1::bigint AND person_id = $2 AND status = 'sent'`,
        [id, personId],
      );
      return rows[0] === undefined ? undefined : dueOf(rows[0]);
    },
    async postponed(id, to) {
      await db.sql(
        `UPDATE notice SET status = 'pending', lease_until = NULL, due_at = $2, attempts = 0 WHERE id = $1::bigint`,
        [id, toDate(to)],
      );
    },
    async voided(id) {
      await settle(id, 'void');
    },
    async failed(id) {
      await settle(id, 'failed');
    },
    async unreachable(id) {
      await settle(id, 'unreachable');
    },
    async later(id, at, counts) {
      // When it was due stays: whether it comes too late is judged by that.
      await db.sql(
        `UPDATE notice SET status = 'pending', lease_until = $2, attempts = attempts - $3::int WHERE id = $1::bigint`,
        [id, toDate(at), counts ? 0 : 1],
      );
    },
    async nextDue(now) {
      const rows = await db.sql<{ due: Date | null }>(
        `SELECT least(
           (SELECT min(due_at) FROM notice WHERE status = 'pending' AND due_at > $1),
           (SELECT min(lease_until) FROM notice WHERE status = 'pending' AND due_at <= $1 AND lease_until > $1)) AS due`,
        [toDate(now)],
      );
      const due = rows[0]?.due;
      return due == null ? undefined : fromDate(due);
    },
    async releaseAll() {
      await db.sql(`UPDATE notice SET status = 'pending', lease_until = NULL WHERE status = 'sending'`);
    },
    async forget(before) {
      await db.sql(`DELETE FROM notice WHERE status NOT IN ('pending', 'sending') AND due_at < $1`, [toDate(before)]);
    },
  };
}

// The oldest due notices, one per person at a time and in order, so that a chat reads them as they happened. One that
// waits for another try holds up the later ones of its person through the first tries, which is a minute.
const TAKE = `
  UPDATE notice SET status = 'sending', lease_until = $3, attempts = notice.attempts + 1
  FROM person
  WHERE person.id = notice.person_id AND notice.id IN (
    SELECT id FROM notice AS n
    WHERE due_at <= $2 AND ((status = 'pending' AND lease_until IS NULL) OR lease_until <= $2)
      AND status IN ('pending', 'sending')
      AND NOT EXISTS (
        SELECT 1 FROM notice AS earlier
        WHERE earlier.person_id = n.person_id AND earlier.status IN ('pending', 'sending')
          AND earlier.due_at <= $2 AND (earlier.due_at, earlier.id) < (n.due_at, n.id)
          AND NOT (earlier.status = 'pending' AND earlier.attempts > ${TRIES_IN_ORDER} AND earlier.lease_until > $2))
    ORDER BY due_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING ${DUE}`;
