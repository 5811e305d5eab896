import type { ConversationData, VersionedState } from '@grammyjs/conversations';
import type { Seal } from '../platform/crypto.ts';
import type { Db } from '../platform/database.ts';
import { type Instant, toDate } from '../platform/datetime.ts';

export type FlowState = VersionedState<ConversationData>;

/** Where people stand in forms: sealed, because it holds what they typed. */
export interface Flows {
  /** Opens what was read together with the person; undefined when it cannot be opened any more. */
  open(sealed: Uint8Array | undefined): FlowState | undefined;
  write(chatId: number, state: FlowState, now: Instant): Promise<void>;
  delete(chatId: number): Promise<void>;
  /** Removes forms untouched since `before`. */
  forget(before: Instant): Promise<void>;
}

const PURPOSE = 'flow';

export function createFlows(db: Db, seal: Seal): Flows {
  return {
    open: (sealed) => (sealed === undefined ? undefined : (JSON.parse(seal.open(PURPOSE, sealed)) as FlowState)),
    async write(chatId, state, now) {
      await db.sql(
        `INSERT INTO flow (chat_id, state, updated_at) VALUES ($1::bigint, $2, $3)
         ON CONFLICT (chat_id) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at`,
        [chatId, Buffer.from(seal.seal(PURPOSE, JSON.stringify(state))), toDate(now)],
      );
    },
    async delete(chatId) {
      await db.sql('DELETE FROM flow WHERE chat_id = $1::bigint', [chatId]);
    },
    async forget(before) {
      await db.sql('DELETE FROM flow WHERE updated_at < $1', [toDate(before)]);
    },
  };
}
