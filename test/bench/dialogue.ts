import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';
import { settle } from './crowd.ts';
import { median } from './figures.ts';
import type { Server } from './postgres.ts';
import { type Spawned, spawnModule } from './process.ts';
import type { Run } from './subject.ts';

export interface DialogueFigures {
  readonly subject: string;
  readonly cpuMsPerUpdate: number;
  readonly updatesPerSecond: number;
  /** CPU per update as a multiple of the yardstick's: the median of the runs' own ratios. */
  readonly ratio: number;
  readonly callsPerUpdate: number;
}

const SUBJECTS = [
  ['bare-default', 'bare grammY, default transport (1.0×)'],
  ['bare-undici', 'bare grammY, undici transport'],
  ['postgres', 'this program on PostgreSQL'],
  ['embedded', 'this program on the embedded database'],
] as const;

/** The booking dialogue: the subjects take turns, so that a noisy minute is everybody's. */
export async function measureDialogue(
  apiRoot: string,
  server: Server | undefined,
  size: { readonly warmUps: number; readonly runs: number; readonly chats: number },
): Promise<DialogueFigures[]> {
  const subjects = SUBJECTS.filter(([kind]) => kind !== 'postgres' || server !== undefined);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-dialogue-'));
  const address = (await server?.fresh('bench_dialogue')) ?? '';
  // Settled from here, so that a subject is the program as it runs and nothing else.
  if (server !== undefined) await settled(await openServer(address), size.chats);
  await settled(await openEmbedded(folder), size.chats);
  const open: Spawned[] = subjects.map(([kind]) =>
    spawnModule('subject.ts', [kind, apiRoot, kind === 'embedded' ? folder : address, String(size.chats)]),
  );
  try {
    // Warms up and counts for nothing: a program is compiled as it is used, and this one has more to compile.
    for (let round = 0; round < size.warmUps; round++) for (const subject of open) await subject.ask('run');
    const runs: Run[][] = subjects.map(() => []);
    for (let round = 0; round < size.runs; round++) {
      for (const [index, subject] of open.entries()) runs[index]?.push(await subject.ask<Run>('run'));
    }
    const costs = runs.map((all) => all.map((run) => run.cpuMs / run.updates));
    const yardstick = costs[0] ?? [];
    return subjects.map(([, name], index) => {
      const cost = costs[index] ?? [];
      const all = runs[index] ?? [];
      return {
        subject: name,
        cpuMsPerUpdate: median(cost),
        updatesPerSecond: median(all.map((run) => (run.updates / run.wallMs) * 1_000)),
        ratio: median(cost.map((ms, round) => ms / (yardstick[round] ?? Number.NaN))),
        callsPerUpdate: median(all.map((run) => run.calls / run.updates)),
      };
    });
  } finally {
    await Promise.all(open.map((subject) => subject.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function settled(db: Database, chats: number): Promise<void> {
  await settle(db, chats, 'usual').finally(() => db.close());
}
