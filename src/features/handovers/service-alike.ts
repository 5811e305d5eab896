import type { Clock } from '../../platform/clock.ts';
import { newId, type Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { Manager } from '../people/model.ts';
import { type Likeness, likeness, type Traits } from './rules-alike.ts';
import * as alike from './store-alike.ts';
import * as flow from './store-flow.ts';

/** A case of somebody without an account, and another record that might be hers. */
export interface Pair {
  readonly id: string;
  readonly from: number;
  readonly into: number;
  readonly town: string | undefined;
  readonly why: Likeness;
}
export interface Joined {
  readonly id: string;
  readonly from: number;
  readonly into: number;
}

/** Whether two records are one person: asked of the manager who has both, decided by hand, and undone by hand. */
export interface AlikeDesk {
  alike(manager: Manager): Promise<{ readonly pairs: readonly Pair[]; readonly joined: readonly Joined[] }>;
  /** Only what is a pair of hers now. The case goes to the other record. */
  join(manager: Manager, id: string, into: number): Promise<boolean>;
  /** The number that the case has again; undefined where nothing is joined. */
  part(manager: Manager, id: string): Promise<number | undefined>;
}

export function createAlikeDesk(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
}): AlikeDesk {
  const { db, clock, seal } = deps;

  const traitsOf = (row: alike.RecordRow): Traits => ({
    ags: row.ags ?? undefined,
    languages: row.languages,
    phone: row.phone === null ? undefined : seal.open('handover-phone', row.phone),
  });

  async function pairsOf(tx: Db, managerId: string): Promise<(Pair & { fromId: string; intoId: string })[]> {
    const rows = (await alike.listRecords(tx, managerId)).map((row) => ({ row, traits: traitsOf(row) }));
    const pairs = new Map<string, Pair & { fromId: string; intoId: string }>();
    for (const one of rows) {
      const { id, isRecord, personId, number, town } = one.row;
      if (id === null || !isRecord) continue;
      for (const other of rows) {
        if (other.row.personId === personId) continue;
        const why = likeness(one.traits, other.traits);
        const key = `${id}:${other.row.number}`;
        // Of several reasons the telephone says most; of two records without an account one way is enough.
        if (why === undefined || (pairs.has(key) && why !== 'phone')) continue;
        if (other.row.isRecord && other.row.id !== null && other.row.number > number) continue;
        const ids = { fromId: personId, intoId: other.row.personId };
        pairs.set(key, { id, from: number, into: other.row.number, town: town ?? undefined, why, ...ids });
      }
    }
    return [...pairs.values()];
  }

  return {
    async alike({ managerId }) {
      const pairs = await pairsOf(db, managerId);
      return {
        pairs: pairs.map(({ fromId: _, intoId: __, ...pair }) => pair),
        joined: await alike.listMerged(db, managerId),
      };
    },

    join: ({ managerId }, id, into) =>
      db.transaction(async (tx) => {
        if (!(await flow.hold(tx, id, 'accepted'))) return false;
        const pair = (await pairsOf(tx, managerId)).find((one) => one.id === id && one.into === into);
        if (pair === undefined) return false;
        const now = clock.now();
        const { fromId, intoId } = pair;
        if (!(await alike.merge(tx, { key: newId(), id, fromId, intoId, managerId, now }))) return false;
        await flow.insertEvent(tx, { handoverId: id, kind: 'merged', by: 'manager', managerId, now });
        return true;
      }),

    part: ({ managerId }, id) =>
      db.transaction(async (tx) => {
        if (!(await flow.hold(tx, id, 'accepted'))) return undefined;
        const now = clock.now();
        const number = await alike.undo(tx, id, managerId, now);
        if (number === undefined) return undefined;
        await flow.insertEvent(tx, { handoverId: id, kind: 'unmerged', by: 'manager', managerId, now });
        return number;
      }),
  };
}
