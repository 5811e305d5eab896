import { freeSlots } from '../../src/features/appointments/offers.ts';
import { createAbsenceDesk } from '../../src/features/appointments/service-absences.ts';
import { createCaseloadDesk } from '../../src/features/appointments/service-caseload.ts';
import { createCoordinationService } from '../../src/features/coordination/service.ts';
import { writeJournal } from '../../src/features/coordination/service-journal.ts';
import { createCountyService } from '../../src/features/county/service.ts';
import { readFacts } from '../../src/features/county/source.ts';
import type { Coordinator } from '../../src/features/people/model.ts';
import { createPeopleService } from '../../src/features/people/service.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal, newId } from '../../src/platform/crypto.ts';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';
import { addDays, dayOf } from '../../src/platform/datetime.ts';
import { holidayOn } from '../../src/platform/holidays.ts';
import { MANAGERS, managerOf, settle } from './crowd.ts';
import { median } from './figures.ts';
import type { Server } from './postgres.ts';

export interface CaseloadFigures {
  readonly database: string;
  readonly people: number;
  readonly appointments: number;
  readonly cancelled: number;
  readonly previewMs: number;
  /** The whole change: plan read, locked, read again, written, everybody's notices owed. */
  readonly moveMs: number;
  readonly undoMs: number;
}

const PEOPLE = 75;
const APPOINTMENTS = 40;
const isHoliday = (day: Parameters<typeof holidayOn>[0]) => holidayOn(day) !== undefined;
const karin = { kind: 'coordinator', personId: 'pk', coordinatorId: 'k', name: 'Karin Lutz' } as Coordinator;

/** A manager with 75 people and 40 appointments leaves; her 17 colleagues share them by free capacity. And back. */
export async function measureCaseload(server: Server | undefined, rounds: number): Promise<CaseloadFigures[]> {
  const databases = [
    ...(server === undefined
      ? []
      : [['PostgreSQL', async () => openServer(await server.fresh('bench_caseload'))] as const]),
    ['embedded', () => openEmbedded('memory')] as const,
  ];
  const figures: CaseloadFigures[] = [];
  for (const [database, open] of databases) {
    const db = await open();
    try {
      await settle(db, PEOPLE * MANAGERS, 'usual');
      await staff(db);
      figures.push({ database, ...(await measure(db, rounds)) });
    } finally {
      await db.close();
    }
  }
  return figures;
}

async function measure(db: Database, rounds: number): Promise<Omit<CaseloadFigures, 'database'>> {
  const seal = createSeal(new Uint8Array(32).fill(7));
  const wake = () => {};
  const common = { db, clock: systemClock, seal, wake, journal: writeJournal };
  const county = createCountyService({ ...common, facts: readFacts('calw') });
  const people = createPeopleService({ ...common, county, erasers: [] });
  const caseload = createCaseloadDesk({ county, seal, isHoliday });
  const coordination = createCoordinationService({
    ...common,
    county,
    people,
    caseload,
    absences: createAbsenceDesk({ ...common, county, isHoliday }),
    listName: async () => undefined,
    leavers: [],
  });
  const lastDay = addDays(dayOf(systemClock.now()), 30);
  const wanted = {
    change: { reason: 'leaves', managerId: managerOf(0), lastDay },
    target: { kind: 'capacity' },
    clash: 'cancel',
  } as const;

  const taken = { preview: [] as number[], move: [] as number[], undo: [] as number[] };
  let moved = { people: 0, appointments: 0, cancelled: 0 };
  for (let round = -2; round < rounds; round++) {
    const clockStart = performance.now();
    const preview = await coordination.preview(karin, wanted);
    const agreed = performance.now();
    const made = await coordination.make(karin, wanted, newId(6), preview?.print ?? '');
    const done = performance.now();
    if (made.status !== 'done') throw new Error(`not moved: ${made.status}`);
    const undone = await coordination.undo(karin, made.move.id);
    const back = performance.now();
    if (undone.status !== 'undone' || undone.undone.peopleLeft + undone.undone.appointmentsLeft > 0) {
      throw new Error('not everything came back');
    }
    const { to, goes, cancelled } = made.move;
    moved = { people: to.reduce((sum, one) => sum + one.people, 0), appointments: goes + cancelled, cancelled };
    if (round < 0) continue;
    taken.preview.push(agreed - clockStart);
    taken.move.push(done - agreed);
    taken.undo.push(back - done);
  }
  return { ...moved, previewMs: median(taken.preview), moveMs: median(taken.move), undoMs: median(taken.undo) };
}

/** Everybody serves the town; the coordinator; the leaving manager's appointments, and some of her colleagues'. */
async function staff(db: Database): Promise<void> {
  const run = (statement: string) => db.prisma.$executeRawUnsafe(statement);
  await run(`INSERT INTO manager_municipality (manager_id, ags, valid_from)
    SELECT 'm' || n, (SELECT min(ags) FROM municipality), '2020-01-06' FROM generate_series(0, ${MANAGERS - 1}) AS n`);
  await run(
    `INSERT INTO person (id, telegram_id, locale, role, created_at) VALUES ('pk', 900000, 'de', 'coordinator', now())`,
  );
  await run(`INSERT INTO coordinator (id, person_id, name, since) VALUES ('k', 'pk', 'Karin Lutz', now())`);
  const rules = { window: readFacts('calw').booking, isHoliday };
  for (let manager = 0; manager < MANAGERS; manager++) {
    const free = await freeSlots(db, [managerOf(manager)], systemClock.now(), rules);
    const slots = (free.get(managerOf(manager)) ?? []).slice(0, manager === 0 ? APPOINTMENTS : APPOINTMENTS / 2);
    await db.sql(
      `INSERT INTO appointment (id, refugee_id, manager_id, carrier_id, ags, way, place_id, starts_at, ends_at, blocks_from, blocks_to,
         interpreter, booked_at, key, open_number)
       SELECT $1 || '-' || n, 'r' || (n * ${MANAGERS} + $6::int), $1, 'landratsamt', (SELECT min(ags) FROM municipality), 'place',
         'rathaus-calw', s, e, f, t, false, now() - interval '1 day', $1 || '-' || n, 1
       FROM unnest($2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
         WITH ORDINALITY AS slot(s, e, f, t, n)`,
      [
        managerOf(manager),
        slots.map((slot) => new Date(slot.startsAt)),
        slots.map((slot) => new Date(slot.endsAt)),
        slots.map((slot) => new Date(slot.blocks.from)),
        slots.map((slot) => new Date(slot.blocks.to)),
        manager === 0 ? 0 : manager,
      ],
    );
  }
  await run('ANALYZE');
}
