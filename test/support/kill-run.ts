import { setTimeout as pause } from 'node:timers/promises';
import { readDemo } from '../../src/demo.ts';
import type { Database } from '../../src/platform/database.ts';
import { createI18n } from '../../src/platform/i18n.ts';
import { createTelegram, type SimulatedTelegram } from '../../src/simulator/telegram.ts';
import { startChild } from './kill-child.ts';
import { makeTrouble } from './kill-faults.ts';
import { KEY, prepareOffice } from './kill-office.ts';
import { createBeliever } from './kill-person.ts';
import { prove } from './kill-proof.ts';
import { type Random, seeded } from './kill-random.ts';
import { freePort, serveOnLoopback, TOKEN } from './kill-server.ts';

/** A program is killed after at most so many calls of Telegram. */
const MOST_CALLS = 400;
/** One that does nothing at all is killed after this. */
const LONGEST_MS = 60_000;

/** The database under test: how the program finds it, and how the test looks into it while no program runs. */
export interface KillDatabase {
  readonly env: Readonly<Record<string, string>>;
  open(): Promise<Database>;
}

export interface KillOptions {
  readonly kills: number;
  /** Bookings and cancellations that people must have been told of. */
  readonly acts: number;
  readonly refugees: number;
  readonly seed: number;
}

/**
 * Kills the real program at random moments while people book and cancel and Telegram fails now and then; then lets
 * one last program finish and holds the database against what people were told. Returns a line that sums it up.
 */
export async function killAndProve(database: KillDatabase, options: KillOptions): Promise<string> {
  const random = seeded(options.seed);
  const office = await withDatabase(database, (db) => prepareOffice(db, options.refugees));
  const telegram = createTelegram({ token: TOKEN, now: () => Date.now() });
  const updateIds: number[] = [];
  telegram.onUpdate((update) => updateIds.push(update.update_id));
  for (const id of office.staff) telegram.person({ id, firstName: nameOf(id), languageCode: 'de', started: true });
  const i18n = createI18n();
  const believers = office.refugees.map(({ id, locale }) => {
    const person = telegram.person({ id, firstName: `R${id}`, languageCode: locale, started: true });
    return createBeliever(telegram, person, seeded(options.seed + id), i18n.translator(locale));
  });
  const server = await serveOnLoopback(telegram);
  const env = {
    ...database.env,
    BOT_TOKEN: TOKEN,
    DATA_KEY: KEY,
    TELEGRAM_API_ROOT: server.root,
    PORT: String(await freePort()),
  };
  const trouble = makeTrouble(telegram, random);
  const killedAt: number[] = [];
  const acts = () => believers.reduce((sum, { booked, cancelled }) => sum + booked.size + cancelled.size, 0);
  const isEnough = () => killedAt.length >= options.kills && acts() >= options.acts;
  let failed: unknown;
  const lives = Promise.all(believers.map((one) => one.live(isEnough))).catch((error: unknown) => {
    failed = error;
  });
  try {
    while (!isEnough() && failed === undefined) await liveAndDie(env, random, telegram, killedAt);
    trouble.heal();
    const last = startChild(env);
    await last.ready;
    const isOver = await Promise.race([lives.then(() => true), pause(300_000, false)]);
    if (!isOver) throw new Error('people still wait for an answer five minutes after the last kill');
    await last.stop();
    if (failed !== undefined) throw failed;
    await finish(database, env, telegram);
    await withDatabase(database, (db) => prove(db, { office, telegram, believers, updateIds, killedAt }));
  } finally {
    trouble.heal();
    server.close();
  }
  const count = (of: 'booked' | 'cancelled') => believers.reduce((sum, one) => sum + one[of].size, 0);
  const again = believers.reduce((sum, { pressedAgain }) => sum + pressedAgain, 0);
  return (
    `${killedAt.length} kills, ${count('booked')} bookings, ${count('cancelled')} cancellations, ` +
    `${trouble.count()} faults, ${updateIds.length} updates, ${again} pressed again, seed ${options.seed}`
  );
}

/**
 * One program, killed at a random moment: mostly at work, sometimes while it starts. How long it lives is counted in calls
 * that reach Telegram, not in seconds: a slow machine kills at the same work as a fast one.
 */
async function liveAndDie(
  env: Readonly<Record<string, string>>,
  random: Random,
  telegram: SimulatedTelegram,
  killedAt: number[],
): Promise<void> {
  const child = startChild(env);
  if (random.next() < 0.12) await pause(random.between(50, 800));
  else {
    const life = random.between(1, MOST_CALLS);
    await Promise.race([child.ready, pause(LONGEST_MS)]);
    const born = telegram.calls.length;
    for (let waited = 0; telegram.calls.length < born + life && waited < LONGEST_MS; waited += 5) await pause(5);
    await pause(random.between(0, 50));
  }
  killedAt.push(Date.now());
  await child.kill();
}

/** Lets programs run undisturbed until nothing waits and nothing is owed. */
async function finish(
  database: KillDatabase,
  env: Readonly<Record<string, string>>,
  telegram: SimulatedTelegram,
): Promise<void> {
  for (let round = 0; ; round++) {
    const open = await withDatabase(database, countOpen);
    if (open === 0 && telegram.pending() === 0) return;
    if (round >= 12) throw new Error(`${open} updates and notices are still open, ${telegram.pending()} undelivered`);
    const child = startChild(env);
    await child.ready;
    await quiet(telegram);
    await child.stop();
  }
}

/** Resolves when nothing was said for a while. */
async function quiet(telegram: SimulatedTelegram): Promise<void> {
  let last = Date.now();
  const unlisten = telegram.onChange(() => (last = Date.now()));
  while (Date.now() - last < 2_500) await pause(100);
  unlisten();
}

async function countOpen(db: Database): Promise<number> {
  const [row] = await db.sql<{ n: number }>(
    `SELECT (SELECT count(*) FROM inbox WHERE status IN ('pending', 'working'))::int
          + (SELECT count(*) FROM notice WHERE status IN ('pending', 'sending') AND due_at <= now())::int AS n`,
  );
  return row?.n ?? 0;
}

async function withDatabase<T>(database: KillDatabase, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await database.open();
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

const nameOf = (id: number) => readDemo('calw').find((one) => one.id === id)?.firstName ?? `M${id}`;
