import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { WAYS, type Weekday } from './features/appointments/model.ts';
import { countyFolder, readCounty } from './features/county/source.ts';
import type { CourseRecord, Reading } from './features/courses/model.ts';
import { readCsv } from './features/courses/source-csv.ts';
import type { Clock } from './platform/clock.ts';
import { addDays, type Day, day, dayOf, daysBetween, instant, wallTime } from './platform/datetime.ts';
import { LOCALES } from './platform/locale.ts';
import type { Services } from './services.ts';

const hours = z.object({
  weekday: z.number().int().min(1).max(7),
  from: z.string(),
  to: z.string(),
  place: z.string().nullable(),
  ways: z.array(z.enum(WAYS)),
});
const person = z.object({ id: z.number().int(), firstName: z.string(), label: z.string(), client: z.enum(LOCALES) });
const demoPerson = z.discriminatedUnion('role', [
  person.extend({ role: z.literal('refugee') }),
  person.extend({
    role: z.literal('volunteer'),
    name: z.string(),
    circle: z.string(),
    circleTowns: z.array(z.string()),
  }),
  person.extend({ role: z.literal('coordinator'), name: z.string() }),
  person.extend({ role: z.literal('counsellor'), name: z.string() }),
  person.extend({
    role: z.literal('manager'),
    name: z.string(),
    carrier: z.string(),
    workingDays: z.number(),
    serves: z.string(),
    hours: z.array(hours),
  }),
]);
export type DemoPerson = z.infer<typeof demoPerson>;

const SLOT_MINUTES = 45;
const BUFFER_MINUTES = 15;

/** Invented people who try the program out in the simulator. */
export function readDemo(county: string): readonly DemoPerson[] {
  const file = JSON.parse(readFileSync(path.join(countyFolder(county), 'demo.json'), 'utf8'));
  return z.object({ people: z.array(demoPerson) }).parse(file).people;
}

/** Lets the demo's staff join, once: with the county's roles, municipalities and office hours. */
export async function loadDemo(services: Services, county: string, clock: Clock): Promise<void> {
  const { people, appointments } = services;
  // Read by the first start only: afterwards everybody has joined.
  const served = (carrier: string) =>
    readCounty(county).assignments.flatMap(({ carrierId, ags }) => (carrierId === carrier ? [ags] : []));
  for (const one of readDemo(county)) {
    if (one.role === 'refugee' || (await people.identify(one.id)).actor.kind !== 'stranger') continue;
    const { token } = await people.invite(
      undefined,
      one.role === 'volunteer'
        ? { role: 'volunteer', name: one.name, circle: { name: one.circle, municipalities: one.circleTowns } }
        : one.role === 'coordinator'
          ? { role: 'coordinator', name: one.name, carrierId: undefined }
          : one.role === 'counsellor'
            ? { role: 'counsellor', name: one.name }
            : {
                role: 'manager',
                name: one.name,
                carrierId: one.carrier,
                workingDays: one.workingDays,
                municipalities: served(one.serves),
              },
    );
    await people.acceptInvite(one.id, one.client, token);
    const { actor } = await people.identify(one.id);
    if (one.role !== 'manager' || actor.kind !== 'manager') continue;
    await appointments.addOfficeHours(
      actor,
      one.hours.map((series) => ({
        weekday: series.weekday as Weekday,
        from: wallTime(series.from),
        to: wallTime(series.to),
        placeId: series.place ?? undefined,
        ways: series.ways,
        slotMinutes: SLOT_MINUTES,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: BUFFER_MINUTES,
        travelMinutes: 0,
        interpreter: false,
        everyWeeks: 1,
        validFrom: dayOf(clock.now()),
        validTo: undefined,
      })),
    );
  }
}

/** The dates in `courses-demo.csv` are meant for a demo on this day; later ones are moved by whole weeks. */
const COURSES_DAY = day('2026-11-23');
const DEMO_SOURCE = { id: 'demo', name: 'Vorführung, erfundene Kurse', staleAfterDays: 30 };

/** Invented courses for the simulator, once. */
export async function loadDemoCourses({ courses }: Services, county: string, clock: Clock): Promise<void> {
  if ((await courses.sources()).some(({ id }) => id === DEMO_SOURCE.id)) return;
  const weeks = Math.max(0, Math.floor(daysBetween(COURSES_DAY, dayOf(clock.now())) / 7));
  const file = path.join(countyFolder(county), 'courses-demo.csv');
  const readings = inWeeks(
    readCsv(() => createReadStream(file)),
    weeks,
  );
  await courses.importCatalogue({ source: DEMO_SOURCE, readings }, { way: 'demo' });
}

async function* inWeeks(readings: AsyncIterable<Reading>, weeks: number): AsyncGenerator<Reading> {
  for await (const reading of readings) {
    yield reading.kind === 'record' ? { ...reading, record: later(reading.record, weeks * 7) } : reading;
  }
}

function later(record: CourseRecord, days: number): CourseRecord {
  const moved = (date: Day | undefined) => (date === undefined ? undefined : addDays(date, days));
  const { updatedAt } = record;
  return {
    ...record,
    startsOn: moved(record.startsOn),
    endsOn: moved(record.endsOn),
    registerUntil: moved(record.registerUntil),
    checkedOn: moved(record.checkedOn),
    updatedAt: updatedAt === undefined ? undefined : instant(updatedAt + days * 86_400_000),
  };
}
