import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openEmbedded } from '../../src/platform/database.ts';
import { killAndProve } from '../support/kill-run.ts';

it('loses and doubles nothing when it is killed at any moment (embedded database)', { timeout: 900_000 }, async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = { env: { DATA_DIR: folder }, open: () => openEmbedded(folder) };
  const seed = Number(process.env.KILL_SEED ?? 20_261_122);
  const kills = Number(process.env.KILLS ?? 50);
  const summary = await killAndProve(database, { kills, acts: kills * 10, refugees: 40, seed });
  process.stdout.write(`embedded: ${summary}\n`);
  expect(summary).toContain('kills');
});
