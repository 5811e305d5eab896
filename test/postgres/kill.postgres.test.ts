import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { openServer } from '../../src/platform/database.ts';
import { killAndProve } from '../support/kill-run.ts';

const NAME = 'test_killed';

it('loses and doubles nothing when it is killed at any moment (PostgreSQL)', { timeout: 400_000 }, async () => {
  const server = process.env['TEST_DATABASE_URL'] ?? '';
  const url = new URL(server);
  url.pathname = `/${NAME}`;
  await asAdmin(server, `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`, `CREATE DATABASE ${NAME}`);
  onTestFinished(() => asAdmin(server, `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`));
  const database = { env: { DATABASE_URL: url.href }, open: () => openServer(url.href, 2) };
  const seed = Number(process.env['KILL_SEED'] ?? 20_261_122);
  const kills = Number(process.env['KILLS'] ?? 50);
  const summary = await killAndProve(database, { kills, acts: kills * 10, refugees: 40, seed });
  process.stdout.write(`PostgreSQL: ${summary}\n`);
  expect(summary).toContain('kills');
});

async function asAdmin(server: string, ...statements: readonly string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}
