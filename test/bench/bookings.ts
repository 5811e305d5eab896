import pg from 'pg';
import type { Slot } from '../../src/features/appointments/model.ts';
import { freeSlots } from '../../src/features/appointments/offers.ts';
import { createAppointmentsService } from '../../src/features/appointments/service.ts';
import { createCountyService } from '../../src/features/county/service.ts';
import { readFacts } from '../../src/features/county/source.ts';
import type { Refugee } from '../../src/features/people/model.ts';
import { USUAL_WISHES } from '../../src/features/people/model-wishes.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal, newId } from '../../src/platform/crypto.ts';
import { type Database, openServer } from '../../src/platform/database.ts';
import { toDate } from '../../src/platform/datetime.ts';
import { holidayOn } from '../../src/platform/holidays.ts';
import { chatOf, MANAGERS, managerOf, refugeeOf, settle } from './crowd.ts';
import { median, sideBySide } from './figures.ts';
import type { Server } from './postgres.ts';

export interface BookingFigures {
  readonly way: string;
  readonly perSecond: number;
  /** Of the bare transaction's; the median of the runs' own shares. */
  readonly share: number;
}

interface Booking {
  readonly n: number;
  readonly slot: Slot;
}

const CLIENTS = 32;
const NOTICES = ['booked', 'pin', 'reminder-day-before', 'reminder-soon'];
const seal = createSeal(new Uint8Array(32).fill(7));

/** Bookings a second, each with a refugee and a slot of its own: by the service, by bare SQL, by Prisma. */
export async function measureBookings(
  server: Server,
  size: { runs: number; bookings: number },
): Promise<BookingFigures[]> {
  const address = await server.fresh('bench_bookings');
  const db = await openServer(address, CLIENTS);
  const pool = new pg.Pool({ connectionString: address, max: CLIENTS, options: '-c TimeZone=UTC' });
  try {
    await settle(db, size.bookings, 'full');
    const bookings = await plan(db, size.bookings);
    const ways = [
      ['`pg`: BEGIN, INSERT appointment, INSERT notice, COMMIT (100 %)', bySql(pool, 1)],
      ['`pg`: the same with the four notices that a booking owes', bySql(pool, NOTICES.length)],
      ['`service.book`: free slots read, appointment and four notices written, card read', byService(db)],
      ['Prisma interactive transaction: appointment and four notices', byPrisma(db)],
    ] as const;
    const rates: number[][] = ways.map(() => []);
    for (let round = -1; round < size.runs; round++) {
      for (const [index, [, book]] of ways.entries()) {
        await db.prisma.$executeRawUnsafe('TRUNCATE appointment, notice CASCADE');
        const began = performance.now();
        await sideBySide(bookings, CLIENTS, book);
        if (round >= 0) rates[index]?.push((bookings.length / (performance.now() - began)) * 1_000);
      }
    }
    const yardstick = rates[0] ?? [];
    return ways.map(([way], index) => {
      const rate = rates[index] ?? [];
      const share = median(rate.map((one, round) => one / (yardstick[round] ?? Number.NaN)));
      return { way, perSecond: median(rate), share };
    });
  } finally {
    await pool.end();
    await db.close();
  }
}

async function plan(db: Database, count: number): Promise<Booking[]> {
  const rules = {
    window: readFacts('calw').booking,
    isHoliday: (day: Parameters<typeof holidayOn>[0]) => holidayOn(day) !== undefined,
  };
  const free: Slot[][] = [];
  for (let m = 0; m < MANAGERS; m++) {
    const slots = await freeSlots(db, [managerOf(m)], systemClock.now(), rules);
    free.push((slots.get(managerOf(m)) ?? []).slice(10));
  }
  return Array.from({ length: count }, (_, index) => {
    const n = index + 1;
    const slot = free[n % MANAGERS]?.shift();
    if (slot === undefined) throw new Error('there are fewer free slots than bookings');
    return { n, slot };
  });
}

function byService(db: Database): (booking: Booking) => Promise<void> {
  const county = createCountyService({ db, clock: systemClock, facts: readFacts('calw') });
  const isHoliday = (day: Parameters<typeof holidayOn>[0]) => holidayOn(day) !== undefined;
  const service = createAppointmentsService({
    db,
    clock: systemClock,
    seal,
    county,
    isHoliday,
    journal: async () => {},
    wake: () => {},
  });
  return async ({ n, slot }) => {
    const personId = refugeeOf(chatOf(n));
    const refugee = { kind: 'refugee', personId, managerId: slot.managerId, reminders: USUAL_WISHES } as Refugee;
    const { status } = await service.book(
      refugee,
      { topic: 'language', way: 'place', startsAt: slot.startsAt },
      newId(8),
    );
    if (status !== 'booked') throw new Error(`not booked: ${status}`);
  };
}

const columns = ({ n, slot }: Booking) => ({
  id: newId(),
  refugeeId: refugeeOf(chatOf(n)),
  managerId: slot.managerId,
  carrierId: 'landratsamt',
  ags: '08235000',
  way: 'place',
  placeId: slot.placeId ?? null,
  startsAt: toDate(slot.startsAt),
  endsAt: toDate(slot.endsAt),
  blocksFrom: toDate(slot.blocks.from),
  blocksTo: toDate(slot.blocks.to),
  topic: seal.seal('topic', 'language'),
  interpreter: false,
  bookedAt: new Date(),
  key: newId(),
  openNumber: 1,
});

const INSERT_APPOINTMENT = {
  name: 'appointment',
  text: `INSERT INTO appointment (id, refugee_id, manager_id, carrier_id, ags, way, place_id, starts_at, ends_at, blocks_from, blocks_to,
    topic, interpreter, booked_at, key, open_number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
};
const insertNotices = (count: number) => ({
  name: `notices-${count}`,
  text: `INSERT INTO notice (kind, person_id, subject_id, due_at, key) VALUES ${NOTICES.slice(0, count)
    .map((kind, i) => `('${kind}', $1, $2, $3, $${i + 4})`)
    .join(', ')}`,
});

function bySql(pool: pg.Pool, notices: number): (booking: Booking) => Promise<void> {
  const statement = insertNotices(notices);
  return async (booking) => {
    const client = await pool.connect();
    try {
      const row = columns(booking);
      await client.query('BEGIN');
      await client.query({ ...INSERT_APPOINTMENT, values: Object.values({ ...row, topic: Buffer.from(row.topic) }) });
      const keys = Array.from({ length: notices }, (_, i) => `${row.id}:${i}`);
      await client.query({ ...statement, values: [row.refugeeId, row.id, row.startsAt, ...keys] });
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
}

function byPrisma(db: Database): (booking: Booking) => Promise<void> {
  return async (booking) => {
    const row = columns(booking);
    await db.transaction(async ({ prisma }) => {
      await prisma.appointment.create({ data: row });
      await prisma.notice.createMany({
        data: NOTICES.map((kind, i) => ({
          kind,
          personId: row.refugeeId,
          subjectId: row.id,
          dueAt: row.startsAt,
          key: `${row.id}:${i}`,
        })),
      });
    });
  };
}
