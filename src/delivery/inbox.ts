import type { Update } from 'grammy/types';
import type { Seal } from '../platform/crypto.ts';
import { type Db, violatedConstraint } from '../platform/database.ts';
import type { Instant } from '../platform/datetime.ts';
import { toDate } from '../platform/datetime.ts';

/** An update that this process has taken to handle. Nobody else handles the same chat meanwhile. */
export interface Taken {
  readonly seq: string;
  readonly chatId: number;
  readonly attempts: number;
  readonly update: Update;
}

/** Stored updates: each once by its `update_id`, handled in order per chat, by any number of processes. */
export interface Inbox {
  /** Stores a batch; repeats are absorbed. Only afterwards may Telegram be told that they arrived. */
  store(updates: readonly Update[], now: Instant): Promise<void>;
  /** Takes up to `limit` chats' oldest open updates. A taking runs out after `leaseMs`, should this process die. */
  take(owner: string, limit: number, now: Instant, leaseMs: number): Promise<readonly Taken[]>;
  /** Extends what this process has in hand; whatever it has lost sight of runs out. */
  renew(owner: string, seqs: readonly string[], now: Instant, leaseMs: number): Promise<void>;
  /** Handled: content and chat are removed in the same statement; the id stays to recognise a repeat. */
  finish(seqs: readonly string[]): Promise<void>;
  /** To be tried again from `at` on; the chat's later updates wait behind it. */
  putBack(seq: string, at: Instant): Promise<void>;
  /** Given up after an error of ours: content is removed, the chat goes on. */
  park(seq: string): Promise<void>;
  /** Only at the start of the one process on an embedded database: whatever was taken is free again. */
  releaseAll(): Promise<void>;
  /** Removes a chat's open updates, except the one in hand. Returns how many. */
  erase(db: Db, chatId: number): Promise<number>;
  /** Removes ids of updates handled before `before`. */
  forget(before: Instant): Promise<void>;
  /** How many wait or are in hand. */
  open(): Promise<number>;
}

const PURPOSE = 'update';

export function createInbox(db: Db, seal: Seal): Inbox {
  return {
    async store(updates, now) {
      if (updates.length === 0) return;
      const rows = updates.map((update) => ({
        updateId: update.update_id,
        chatId: chatOf(update),
        payload: seal.seal(PURPOSE, JSON.stringify(withoutScreen(update))),
      }));
      await db.sql(
        `INSERT INTO inbox (update_id, chat_id, payload, status, received_at)
         SELECT u, c, p, 'pending', $4 FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) WITH ORDINALITY AS t(u, c, p, n)
         ORDER BY n ON CONFLICT (update_id) DO NOTHING`,
        [
          rows.map((row) => row.updateId),
          rows.map((row) => row.chatId),
          rows.map((row) => Buffer.from(row.payload)),
          toDate(now),
        ],
      );
    },

    async take(owner, limit, now, leaseMs) {
      for (let attempt = 0; ; attempt++) {
        try {
          const rows = await db.sql<{ seq: string; chatId: number; attempts: number; payload: Uint8Array }>(TAKE, [
            owner,
            // After a collision one at a time: the unique index lets one process win each chat.
            attempt === 0 ? limit : 1,
            toDate(now),
            new Date(now + leaseMs),
          ]);
          return rows
            .map(({ payload, ...row }) => ({ ...row, update: JSON.parse(seal.open(PURPOSE, payload)) as Update }))
            .sort((a, b) => Number(a.seq) - Number(b.seq));
        } catch (error) {
          if (violatedConstraint(error) === undefined || attempt >= 3) throw error;
        }
      }
    },

    async renew(owner, seqs, now, leaseMs) {
      await db.sql(
        `UPDATE inbox SET lease_until = $3 WHERE seq = ANY($2::bigint[]) AND owner = $1 AND status = 'working'`,
        [owner, seqs, new Date(now + leaseMs)],
      );
    },

    async finish(seqs) {
      await db.sql(
        `UPDATE inbox SET status = 'done', payload = NULL, chat_id = NULL, owner = NULL, lease_until = NULL
         WHERE seq = ANY($1::bigint[])`,
        [seqs],
      );
    },

    async putBack(seq, at) {
      await db.sql(`UPDATE inbox SET status = 'pending', owner = NULL, lease_until = $2 WHERE seq = $1::bigint`, [
        seq,
        toDate(at),
      ]);
    },

    async park(seq) {
      await db.sql(
        `UPDATE inbox SET status = 'parked', payload = NULL, chat_id = NULL, owner = NULL, lease_until = NULL
         WHERE seq = $1::bigint`,
        [seq],
      );
    },

    async releaseAll() {
      await db.sql(`UPDATE inbox SET status = 'pending', owner = NULL, lease_until = NULL WHERE status = 'working'`);
    },

    async erase(tx, chatId) {
      const rows = await tx.sql<{ id: string }>(
        `UPDATE inbox SET status = 'done', payload = NULL, chat_id = NULL
         WHERE chat_id = $1::bigint AND status = 'pending' RETURNING seq::text AS id`,
        [chatId],
      );
      return rows.length;
    },

    async forget(before) {
      await db.sql(`DELETE FROM inbox WHERE status IN ('done', 'parked') AND received_at < $1`, [toDate(before)]);
    },

    async open() {
      const rows = await db.sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM inbox WHERE status IN ('pending', 'working')`,
      );
      return rows[0]?.n ?? 0;
    },
  };
}

// Free is what waits and is due, if it is the oldest open update of its chat and none of the chat is in hand; and what
// was taken by a process that let its lease run out. (Two processes that store at once may store out of order: then
// the later update may be in hand, and it is finished first.)
const TAKE = `
  UPDATE inbox SET status = 'working', owner = $1, lease_until = $4, attempts = attempts + 1
  WHERE seq IN (
    SELECT seq FROM inbox AS i
    WHERE status IN ('pending', 'working') AND (lease_until IS NULL OR lease_until <= $3)
      AND NOT EXISTS (
        SELECT 1 FROM inbox AS other
        WHERE other.status IN ('pending', 'working') AND other.chat_id = i.chat_id
          AND i.status = 'pending' AND (other.seq < i.seq OR other.status = 'working'))
    ORDER BY seq LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING seq::text AS seq, chat_id::float8 AS "chatId", attempts::int AS attempts, payload`;

/**
 * The update without what stood on the screen: Telegram sends along the whole message whose button was pressed, or to
 * which somebody replied, and with it what she has just read. Nothing here needs more than its id.
 */
export function withoutScreen(update: Update): Update {
  const { callback_query: query, message } = update;
  if (query?.message !== undefined) {
    const { message_id, date, chat } = query.message;
    return { ...update, callback_query: { ...query, message: { message_id, date, chat } } } as Update;
  }
  if (message === undefined) return update;
  const { reply_to_message: _, quote: __, external_reply: ___, ...own } = message;
  return { ...update, message: own } as Update;
}

/** Updates without a chat (there are none among those asked for) share chat 0. */
export function chatOf(update: Update): number {
  return (
    update.message?.chat.id ??
    update.callback_query?.message?.chat.id ??
    update.callback_query?.from.id ??
    update.my_chat_member?.chat.id ??
    0
  );
}
