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
  size: { readonly runs: number; readonly chats: number },
): Promise<DialogueFigures[]> {
  const subjects = SUBJECTS.filter(([kind]) => kind !== 'postgres' || server !== undefined);
  const address = (await server?.fresh('bench_dialogue')) ?? '';
  const open: Spawned[] = subjects.map(([kind]) =>
    spawnModule('subject.ts', [kind, apiRoot, address, String(size.chats)]),
  );
  try {
    for (const subject of open) await subject.ask('run'); // warms up, counts for nothing
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
  }
}
