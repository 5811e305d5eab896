import { createCountyService } from '../../src/features/county/service.ts';
import { readCounty } from '../../src/features/county/source.ts';
import {
  ANY,
  DAY_PARTS,
  KILOMETRES,
  KINDS,
  LEVELS,
  PURPOSES,
  REACHED,
  type Reading,
  type Wish,
} from '../../src/features/courses/model.ts';
import { type CoursesService, createCoursesService } from '../../src/features/courses/service.ts';
import type { Refugee } from '../../src/features/people/model.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal, type Seal } from '../../src/platform/crypto.ts';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';
import { addDays, dayOf } from '../../src/platform/datetime.ts';
import { cpuMs, timed } from './figures.ts';
import type { Server } from './postgres.ts';

export interface CourseFigures {
  readonly database: string;
  readonly offerings: number;
  readonly importMs: number;
  /** What the import keeps of the heap at most, against one of a tenth as many. */
  readonly importHeapRatio: number;
  /** The first page of everything, by distance and start. */
  readonly everythingMs: number;
  /** CPU of this process for it: on the embedded database all of it, whoever else uses the machine. */
  readonly everythingCpuMs: number;
  /** The same with a purpose, a level, a time of day, child care and 25 km. */
  readonly wishMs: number;
  /** How many courses each wish costs. */
  readonly looseningMs: number;
  /** A round in which so many people wait for courses and all courses are new. */
  readonly matchMs: number;
  /** The same in which nothing is new. */
  readonly nothingNewMs: number;
}
/** People with saved wishes, three each. */
const WAITING = 100;
export const WISHES_WAITING = WAITING * 3;

const TIMES: Readonly<Record<(typeof DAY_PARTS)[number], string>> = {
  morning: 'Mo-Fr 08:30-11:45',
  afternoon: 'Di, Do 14:00-16:30',
  evening: 'Mo, Mi 18:30-20:45',
  weekend: 'Sa 09:00-12:15',
};
const PLACES = 400;
const pick = <T>(of: readonly T[], n: number): T => of[n % of.length] as T;

/** Courses up to 70 km around, each third with another date of the same course. */
function* invented(count: number): Generator<Reading> {
  const today = dayOf(systemClock.now());
  for (let n = 0; n < count; n++) {
    const course = Math.floor((n * 2) / 3);
    const [lat, lon] = [course % PLACES, (course * 7) % PLACES];
    const level = course % (LEVELS.length - 1);
    yield {
      kind: 'record',
      line: n + 2,
      record: {
        recordId: `bench-${n}`,
        group: 'none',
        kind: pick(KINDS, course),
        title: `Deutschkurs Nummer ${course}`,
        levelFrom: LEVELS[level],
        levelTo: LEVELS[level + 1],
        startKind: pick(['date', 'date', 'rolling', 'ask'] as const, course),
        startsOn: addDays(today, (n * 13) % 250),
        daysTimes: course % 5 === 0 ? undefined : TIMES[pick(DAY_PARTS, course)],
        form: pick(['presence', 'presence', 'mixed', 'virtual'] as const, course),
        timeMode: 'part',
        place: {
          postalCode: String(70_000 + (course % PLACES)),
          city: 'Musterstadt',
          street: `Musterstraße ${course % 90}`,
          lat: 48.1 + lat / PLACES,
          lon: 8.1 + lon / PLACES,
          confirmed: true,
        },
        provider: { name: `Beispiel ${course % 60}`, phone: '+497051000001', url: 'https://example.invalid/kurs' },
        free: 'unknown',
        childCare: pick(['yes', 'no', 'unknown'] as const, course),
        womenOnly: 'no',
        permitNeeded: 'unknown',
        remarks: 'Bitte melden Sie sich vorher an. '.repeat(6).trim(),
      },
    };
  }
}

const NARROW: Wish = { ...ANY, purpose: 'everyday', reached: 'A1', when: 'morning', childCare: true, km: 25 };

/** Imports a large catalogue and searches it from Calw. */
export async function measureCourses(
  server: Server | undefined,
  offerings: number,
  rounds: number,
): Promise<CourseFigures[]> {
  const databases = [
    ...(server === undefined
      ? []
      : [['PostgreSQL', async () => openServer(await server.fresh('bench_courses'))] as const]),
    ['embedded', () => openEmbedded('memory')] as const,
  ];
  const figures: CourseFigures[] = [];
  for (const [database, open] of databases) {
    const db = await open();
    try {
      figures.push({ database, offerings, ...(await measure(db, offerings, rounds)) });
    } finally {
      await db.close();
    }
  }
  return figures;
}

/** The most that an import keeps of the heap at any time, in bytes. */
async function keptBy(courses: CoursesService, count: number): Promise<number> {
  const used = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  let most = 0;
  await courses.importCatalogue(
    { source: { id: 'heap', name: 'Heap', staleAfterDays: 30 }, readings: invented(count) },
    {
      way: 'shell',
      isConfirmed: true,
      onProgress: () => {
        most = Math.max(most, used() - before);
      },
    },
  );
  return Math.max(most, 1);
}

async function heapRatio(courses: CoursesService, offerings: number): Promise<number> {
  await keptBy(courses, offerings / 10);
  const few = await keptBy(courses, offerings / 10);
  return (await keptBy(courses, offerings)) / few;
}

async function measure(db: Database, offerings: number, rounds: number) {
  const folder = readCounty('calw');
  const county = createCountyService({ db, clock: systemClock, facts: folder.facts });
  await county.load(folder);
  const seal = createSeal(new Uint8Array(32).fill(7));
  const courses = createCoursesService({ db, clock: systemClock, seal, county, wake: () => {} });
  const began = performance.now();
  const report = await courses.importCatalogue(
    { source: { id: 'bench', name: 'Bench', staleAfterDays: 30 }, readings: invented(offerings) },
    { way: 'shell' },
  );
  const importMs = performance.now() - began;
  if (report.added !== offerings) throw new Error(`${report.added} of ${offerings} courses were imported`);
  const calw = folder.municipalities.find(({ name }) => name === 'Calw');
  const refugee = { kind: 'refugee', ags: calw?.ags } as unknown as Refugee;
  const { total } = await courses.findOfferings(refugee, NARROW, 'home', 0);
  if (total === 0) throw new Error('the narrow wish finds nothing: it measures nothing');
  const cpu = cpuMs();
  for (let round = 0; round < rounds; round++) await courses.findOfferings(refugee, ANY, 'home', 0);
  const everythingCpuMs = (cpuMs() - cpu) / rounds;
  const everythingMs = await timed(rounds, () => courses.findOfferings(refugee, ANY, 'home', 0));
  const wishMs = await timed(rounds, () => courses.findOfferings(refugee, NARROW, 'home', 0));
  const looseningMs = await timed(rounds, () => courses.loosen(refugee, NARROW, 'home'));
  return {
    importMs,
    everythingCpuMs,
    everythingMs,
    wishMs,
    looseningMs,
    ...(await measureWaiting(db, courses, seal)),
    // Last: what it imports is in the way of a search.
    importHeapRatio: await heapRatio(courses, offerings),
  };
}

/** Three hundred wishes that look back to before all courses, and then find nothing new. */
async function measureWaiting(db: Database, courses: CoursesService, seal: Seal) {
  const now = systemClock.now();
  const towns = await db.prisma.municipality.findMany();
  for (let n = 0; n < WAITING; n++) {
    const person = { id: `p${n}`, locale: 'de', role: 'refugee', createdAt: new Date(now) };
    await db.prisma.person.create({ data: { ...person, telegramId: BigInt(n + 1) } });
    await db.prisma.refugee.create({ data: { personId: `p${n}`, number: n + 1, ags: pick(towns, n).ags } });
    for (let one = 0; one < 3; one++) {
      const wish = {
        purpose: pick([...PURPOSES, undefined], n + one),
        reached: pick(REACHED, n),
        when: pick([...DAY_PARTS, undefined], n * 3 + one),
        childCare: n % 2 === 0,
        km: pick([...KILOMETRES, undefined], n + one),
      };
      await db.prisma.courseWish.create({
        data: {
          id: `w${n}.${one}`,
          personId: `p${n}`,
          wish: seal.seal('course-wish', JSON.stringify(wish)),
          createdAt: new Date(0),
          toldUntil: new Date(0),
          endsAt: new Date(now + 86_400_000 * 100),
        },
      });
    }
  }
  const began = performance.now();
  await courses.makeRounds();
  const matchMs = performance.now() - began;
  if ((await db.prisma.notice.count({ where: { kind: 'course-found' } })) === 0)
    throw new Error('no wish was fulfilled');
  return { matchMs, nothingNewMs: await timed(20, () => courses.makeRounds()) };
}
