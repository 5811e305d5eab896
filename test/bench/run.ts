import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBookings } from './bookings.ts';
import { measureCaseload } from './caseload.ts';
import { measureCourses } from './courses.ts';
import { measureDialogue } from './dialogue.ts';
import { measureMornings } from './mornings.ts';
import { openPostgres } from './postgres.ts';
import { spawnModule } from './process.ts';
import { measureRace } from './race.ts';
import { measureSingles } from './singles.ts';
import { measureSlots } from './slots.ts';
import { measureStarts } from './starts.ts';
import { type Figures, tell } from './table.ts';

// `npm run bench`: all figures of the README in one run. Everything that is a ratio was measured side by side.

const { values: options } = parseArgs({
  options: {
    /** Fewer and smaller runs: under a minute, and noisier. */
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Some parts only, by their names: `--only dialogue,starts`. */
    only: { type: 'string' },
    'embedded-only': { type: 'boolean', default: false },
  },
});
const quick = options.quick;

const server = options['embedded-only'] ? undefined : await openPostgres();
const api = spawnModule('fake-api.ts');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await server?.stop();
    process.exit(1);
  });
}
try {
  const apiRoot = `http://127.0.0.1:${await api.ask<number>('port')}`;
  const measures: { readonly [K in keyof Omit<Figures, 'machine'>]: () => Promise<Figures[K]> } = {
    dialogue: () =>
      measureDialogue(
        apiRoot,
        server,
        quick ? { warmUps: 1, runs: 3, chats: 25 } : { warmUps: 4, runs: 7, chats: 100 },
      ),
    bookings: async () =>
      server === undefined
        ? []
        : measureBookings(server, quick ? { runs: 3, bookings: 500 } : { runs: 7, bookings: 2_000 }),
    race: () => measureRace(server, quick ? 5 : 20),
    slots: () =>
      measureSlots(
        server,
        quick
          ? { few: 5_000, many: 50_000, manyEmbedded: 10_000 }
          : { few: 5_000, many: 500_000, manyEmbedded: 50_000 },
        quick ? 30 : 100,
      ),
    courses: () => measureCourses(server, 20_000, quick ? 30 : 100),
    caseload: () => measureCaseload(server, quick ? 5 : 20),
    mornings: () =>
      measureMornings(
        server,
        quick ? { server: 5_000, embedded: 5_000 } : { server: 50_000, embedded: 10_000 },
        quick ? 10 : 30,
      ),
    starts: () => measureStarts(api, apiRoot, server, quick ? { starts: 2, chats: 50 } : { starts: 5, chats: 300 }),
    singles: () => measureSingles(server, quick ? 10 : 50),
  };
  const only = options.only?.split(',') ?? Object.keys(measures);
  const unknown = only.filter((part) => !(part in measures));
  if (unknown.length > 0) throw new Error(`--only knows ${Object.keys(measures).join(', ')}`);
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, PostgreSQL: ${server?.says ?? 'not measured'}`;
  if (!options.json) process.stdout.write(`${machine}\n\n`);
  const figures: Record<string, unknown> = { machine };
  const measure = async <K extends keyof typeof measures>(part: K) => {
    const all = await measures[part]();
    figures[part] = all;
    if (!options.json) process.stdout.write(tell(part, all));
  };
  for (const part of Object.keys(measures)) if (only.includes(part)) await measure(part as keyof typeof measures);
  if (options.json) process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
  if (server === undefined && !options['embedded-only']) {
    process.stderr.write('The PostgreSQL rows are missing: set BENCH_DATABASE_URL, or pass --embedded-only.\n');
    process.exitCode = 1;
  }
} finally {
  await api.stop();
  await server?.stop();
}
