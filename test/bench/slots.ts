import { freeSlots } from '../../src/features/appointments/offers.ts';
import { readFacts } from '../../src/features/county/source.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';
import type { Day } from '../../src/platform/datetime.ts';
import { holidayOn } from '../../src/platform/holidays.ts';
import { MANAGERS, managerOf, settle } from './crowd.ts';
import { timed } from './figures.ts';
import type { Server } from './postgres.ts';

export interface SlotFigures {
  readonly database: string;
  readonly past: number;
  readonly future: number;
  /** One refugee's own manager, eight weeks, query included. */
  readonly ownMs: number;
  readonly allMs: number;
}

const REFUGEES = 3_000;
const FUTURE = 5_000;
const rules = { window: readFacts('calw').booking, isHoliday: (day: Day) => holidayOn(day) !== undefined };

/** Free slots with a full diary ahead, and with more and more appointments behind. */
export async function measureSlots(
  server: Server | undefined,
  past: { readonly few: number; readonly many: number; readonly manyEmbedded: number },
  rounds: number,
): Promise<SlotFigures[]> {
  const figures: SlotFigures[] = [];
  const databases = [
    ...(server === undefined
      ? []
      : [['PostgreSQL', past.many, async () => openServer(await server.fresh('bench_slots'))] as const]),
    ['embedded', past.manyEmbedded, () => openEmbedded('memory')] as const,
  ];
  for (const [database, many, open] of databases) {
    const db = await open();
    try {
      await settle(db, REFUGEES, 'full');
      const future = await bookAhead(db);
      let behind = 0;
      for (const goal of [past.few, many]) {
        await leaveBehind(db, behind, goal);
        behind = goal;
        figures.push({ database, past: behind, future, ...(await measure(db, rounds)) });
      }
    } finally {
      await db.close();
    }
  }
  return figures;
}

async function measure(db: Database, rounds: number): Promise<{ ownMs: number; allMs: number }> {
  const all = Array.from({ length: MANAGERS }, (_, n) => managerOf(n));
  let n = 0;
  return {
    ownMs: await timed(rounds, () => freeSlots(db, [managerOf(n++)], systemClock.now(), rules)),
    allMs: await timed(rounds, () => freeSlots(db, all, systemClock.now(), rules)),
  };
}

/** Books nearly everything that is free; returns how many appointments lie ahead. */
export async function bookAhead(db: Database): Promise<number> {
  const all = Array.from({ length: MANAGERS }, (_, n) => managerOf(n));
  const free = await freeSlots(db, all, systemClock.now(), rules);
  const slots = [...free.values()]
    .flat()
    .sort((a, b) => a.startsAt - b.startsAt)
    .slice(0, FUTURE);
  await db.sql(
    `INSERT INTO appointment (id, refugee_id, manager_id, carrier_id, ags, way, place_id, starts_at, ends_at, blocks_from, blocks_to,
       interpreter, booked_at, key, open_number)
     SELECT 'f' || n, 'r' || (1 + n % ${REFUGEES}), m, 'landratsamt', '08235000', 'place', 'rathaus-calw', s, e, f, t, false, now(), 'f' || n,
       1 + n / ${REFUGEES}
     FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
       WITH ORDINALITY AS slot(m, s, e, f, t, n)`,
    [
      slots.map((slot) => slot.managerId),
      slots.map((slot) => new Date(slot.startsAt)),
      slots.map((slot) => new Date(slot.endsAt)),
      slots.map((slot) => new Date(slot.blocks.from)),
      slots.map((slot) => new Date(slot.blocks.to)),
    ],
  );
  return slots.length;
}

/** Appointments of the past, hour by hour with each manager. */
export async function leaveBehind(db: Database, from: number, to: number): Promise<void> {
  const run = (statement: string) => db.prisma.$executeRawUnsafe(statement);
  const starts = `date_trunc('day', now()) - interval '2 days' - (n / ${MANAGERS}) * interval '1 hour'`;
  await run(`INSERT INTO appointment (id, refugee_id, manager_id, carrier_id, ags, way, starts_at, ends_at, blocks_from, blocks_to,
      interpreter, status, booked_at, key, open_number)
    SELECT 'p' || n, NULL, 'm' || n % ${MANAGERS}, 'landratsamt', '08235000', 'telephone', s, s + interval '45 minutes', s,
      s + interval '1 hour', false, 'booked', s - interval '7 days', 'p' || n, 1
    FROM generate_series(${from}, ${to - 1}) AS n, LATERAL (SELECT ${starts} AS s) AS at`);
  await run('ANALYZE appointment');
}
