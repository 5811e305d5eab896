import { expect, it } from 'vitest';
import { openServer } from '../../src/platform/database.ts';
import { killAndProve } from '../support/kill-run.ts';
import { emptyServerDatabase } from './server.ts';

it('loses and doubles nothing when it is killed at any moment (PostgreSQL)', { timeout: 900_000 }, async () => {
  const url = await emptyServerDatabase('test_killed');
  const database = { env: { DATABASE_URL: url }, open: () => openServer(url, 2) };
  const seed = Number(process.env.KILL_SEED ?? 20_261_122);
  const kills = Number(process.env.KILLS ?? 50);
  const summary = await killAndProve(database, { kills, acts: kills * 10, refugees: 40, seed });
  process.stdout.write(`PostgreSQL: ${summary}\n`);
  expect(summary).toContain('kills');
});
