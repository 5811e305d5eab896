import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openEmbedded } from '../../src/platform/database.ts';

// A program that is killed between making this file and writing it leaves it empty.
it.each([
  ['empty', ''],
  ['of a program that is gone', '-42\n/pglite/data\n1795995422\n5432\n\n\n       20         1\n'],
])('the embedded database opens beside a left-over lock file, and has its rows (%s)', async (_, leftOver) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'left-over-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const first = await openEmbedded(folder);
  await first.prisma.carrier.create({ data: { id: 'c', name: 'C' } });
  await first.close();
  writeFileSync(path.join(folder, 'postgres', 'postmaster.pid'), leftOver);
  const second = await openEmbedded(folder);
  expect(await second.prisma.carrier.count()).toBe(1);
  await second.close();
});
