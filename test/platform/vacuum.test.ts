import { expect, it, onTestFinished } from 'vitest';
import { openEmbedded } from '../../src/platform/database.ts';

it('sweeps the embedded database up where much has changed, and nowhere else', async () => {
  const db = await openEmbedded('memory');
  onTestFinished(() => db.close());
  // What a statement changed is counted with a delay of up to a second, unless somebody asks for it.
  const counted = () => db.sql('SELECT 1 AS one FROM pg_stat_force_next_flush()');
  const state = async (table: string) => {
    await counted();
    const rows = await db.sql<{ rows: number; dead: number }>(
      `SELECT reltuples::float8 AS rows, n_dead_tup::int AS dead
       FROM pg_class JOIN pg_stat_user_tables s ON s.relid = pg_class.oid WHERE pg_class.relname = $1`,
      [table],
    );
    return rows[0];
  };
  await counted();
  await db.sql(`INSERT INTO inbox (update_id, chat_id, payload, status, received_at)
    SELECT n, n % 20, '\\x00', 'pending', now() FROM generate_series(1, 500) AS n`);
  await counted();
  await db.sql(`UPDATE inbox SET status = 'done', payload = NULL`);
  await counted();
  await db.sql(`INSERT INTO carrier (id, name) VALUES ('c', 'C')`);
  expect((await state('inbox'))?.dead).toBe(500);
  await db.tidy();
  expect(await state('inbox')).toEqual({ rows: 500, dead: 0 });
  expect((await state('carrier'))?.rows).toBe(-1);
});
