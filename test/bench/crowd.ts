import { createCountyService } from '../../src/features/county/service.ts';
import { readCounty } from '../../src/features/county/source.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database.ts';

export const MANAGERS = 18;
const FIRST_CHAT = 2_000_000;

/** The Telegram id of the nth refugee, counted from 1. Her manager is number n modulo 18. */
export const chatOf = (n: number): number => FIRST_CHAT + n;
export const refugeeOf = (chatId: number): string => `r${chatId - FIRST_CHAT}`;
export const managerOf = (n: number): string => `m${n % MANAGERS}`;

/** `usual`: mornings, as managers have them (about 150 slots in eight weeks); `full`: all day (about 330). */
export type Hours = 'usual' | 'full';
const WINDOWS = {
  usual: [['09:00', '12:45']],
  full: [
    ['08:00', '12:00'],
    ['13:00', '17:00'],
  ],
} as const;

/** The county with 18 managers who have joined, their office hours, and so many refugees. */
export async function settle(db: Database, refugees: number, hours: Hours): Promise<void> {
  const county = readCounty('calw');
  await createCountyService({ db, clock: systemClock, facts: county.facts }).load(county);
  const run = (statement: string) => db.prisma.$executeRawUnsafe(statement);
  await run(`INSERT INTO person (id, telegram_id, locale, role, created_at)
    SELECT 'pm' || n, 1000000 + n, 'de', 'manager', now() FROM generate_series(0, ${MANAGERS - 1}) AS n`);
  await run(`INSERT INTO manager (id, person_id, name, carrier_id, phone, working_days)
    SELECT 'm' || n, 'pm' || n, 'Maria Keller ' || n, 'landratsamt', '+49705112345', 5 FROM generate_series(0, ${MANAGERS - 1}) AS n`);
  for (const [index, [from, to]] of WINDOWS[hours].entries()) {
    await run(`INSERT INTO office_hours (id, manager_id, weekday, "from", "to", place_id, ways, slot_minutes,
        buffer_before_minutes, buffer_after_minutes, every_weeks, valid_from)
      SELECT 'h${index}-' || n || '-' || d, 'm' || n, d, '${from}', '${to}', 'rathaus-calw', '{place,telephone}', 45, 0, 15, 1, '2020-01-06'
      FROM generate_series(0, ${MANAGERS - 1}) AS n, generate_series(1, 5) AS d`);
  }
  await run(`INSERT INTO person (id, telegram_id, locale, role, created_at)
    SELECT 'r' || n, ${FIRST_CHAT} + n, (ARRAY['de', 'en', 'ar', 'fa'])[1 + n % 4], 'refugee', now() FROM generate_series(1, ${refugees}) AS n`);
  await run(`INSERT INTO refugee (person_id, number, housing, ags, manager_id, interpreter)
    SELECT 'r' || n, 100000 + n, 'municipality', (SELECT min(ags) FROM municipality), 'm' || n % ${MANAGERS}, false
    FROM generate_series(1, ${refugees}) AS n`);
  await run('ANALYZE');
}
