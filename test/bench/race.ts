import { freeSlots } from '../../src/features/appointments/offers.ts';
import { createAppointmentsService } from '../../src/features/appointments/service.ts';
import { createCountyService } from '../../src/features/county/service.ts';
import { readFacts } from '../../src/features/county/source.ts';
import type { Refugee } from '../../src/features/people/model.ts';
import { USUAL_WISHES } from '../../src/features/people/model-wishes.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal, newId } from '../../src/platform/crypto.ts';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';
import { holidayOn } from '../../src/platform/holidays.ts';
import { MANAGERS, managerOf, settle } from './crowd.ts';
import { median } from './figures.ts';
import type { Server } from './postgres.ts';

export interface RaceFigures {
  readonly database: string;
  readonly asking: number;
  readonly slots: number;
  /** From the first press until everybody has an answer: an appointment, or the next free times. */
  readonly answeredMs: number;
}

const ASKING = 200;
const SLOTS = 20;
const isHoliday = (day: Parameters<typeof holidayOn>[0]) => holidayOn(day) !== undefined;

/** Two hundred people want twenty times of one manager at the same moment. */
export async function measureRace(server: Server | undefined, rounds: number): Promise<RaceFigures[]> {
  const databases = [
    ...(server === undefined
      ? []
      : [['PostgreSQL', async () => openServer(await server.fresh('bench_race'))] as const]),
    ['embedded', () => openEmbedded('memory')] as const,
  ];
  const figures: RaceFigures[] = [];
  for (const [database, open] of databases) {
    const db = await open();
    try {
      await settle(db, ASKING * MANAGERS, 'usual');
      figures.push({ database, asking: ASKING, slots: SLOTS, answeredMs: await measure(db, rounds) });
    } finally {
      await db.close();
    }
  }
  return figures;
}

async function measure(db: Database, rounds: number): Promise<number> {
  const facts = readFacts('calw');
  const county = createCountyService({ db, clock: systemClock, facts });
  const seal = createSeal(new Uint8Array(32).fill(7));
  const service = createAppointmentsService({
    db,
    clock: systemClock,
    seal,
    county,
    isHoliday,
    journal: async () => {},
    wake: () => {},
  });
  const managerId = managerOf(0);
  const rules = { window: facts.booking, isHoliday };
  const free = (await freeSlots(db, [managerId], systemClock.now(), rules)).get(managerId) ?? [];
  const wanted = free.slice(10, 10 + SLOTS);
  const taken: number[] = [];
  for (let round = -2; round < rounds; round++) {
    await db.prisma.$executeRawUnsafe('TRUNCATE appointment, notice CASCADE');
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: ASKING }, (_, n) => {
        const personId = `r${(n + 1) * MANAGERS}`;
        const refugee = { kind: 'refugee', personId, managerId, reminders: USUAL_WISHES } as Refugee;
        const startsAt = wanted[n % SLOTS]?.startsAt;
        if (startsAt === undefined) throw new Error('there are fewer free slots than wanted');
        return service.book(refugee, { topic: 'language', way: 'place', startsAt }, newId(8));
      }),
    );
    const ms = performance.now() - began;
    const won = answers.filter(({ status }) => status === 'booked').length;
    const lost = answers.filter((answer) => answer.status === 'taken' && answer.next.length > 0).length;
    if (won !== SLOTS || lost !== ASKING - SLOTS) throw new Error(`${won} won and ${lost} were offered others`);
    if (round >= 0) taken.push(ms);
  }
  return median(taken);
}
