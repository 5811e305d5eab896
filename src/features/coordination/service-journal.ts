import type { Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Coordinator } from '../people/model.ts';
import type { AuditDraft } from './model.ts';
import * as store from './store-audit.ts';

/** Writes down what a coordinator does, in the transaction in which she does it. */
export type Journal = (tx: Db, by: Pick<Coordinator, 'personId'>, act: AuditDraft, at: Instant) => Promise<void>;

export const writeJournal: Journal = (tx, by, act, at) => store.insertEntry(tx, { ...act, actorId: by.personId, at });

/** Forgets what is older than the log is kept; a row says that it did, without which the database refuses. */
export async function forgetOldEntries(tx: Db, now: Instant): Promise<void> {
  const old = await store.countOld(tx, now);
  if (old === 0) return;
  const forgotten = { act: 'forgotten', subject: '', carrierId: undefined, counts: { entries: old } } as const;
  await store.insertEntry(tx, { ...forgotten, actorId: undefined, at: now });
  await store.deleteOld(tx, now);
}
