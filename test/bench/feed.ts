import { feedPages } from '../../src/features/appointments/pages-feed.ts';
import { createFeedService } from '../../src/features/appointments/service-feed.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { createSeal } from '../../src/platform/crypto.ts';
import type { Database } from '../../src/platform/database.ts';
import { instant } from '../../src/platform/datetime.ts';
import { createI18n } from '../../src/platform/i18n.ts';
import { silentLog } from '../../src/platform/log.ts';
import { managerOf } from './crowd.ts';
import { timed } from './figures.ts';

const ENTRIES = 2_000;

/** One fetch of a manager's calendar with 2,000 appointments, from the request to the answer's last byte. */
export async function measureFeed(db: Database, rounds: number): Promise<number> {
  const seal = createSeal(new Uint8Array(32).fill(7));
  const managerId = managerOf(0);
  let passed = 0;
  // A calendar that asks often is told to wait: each look at this clock is some seconds later.
  const clock: Clock = {
    now: () => instant(Date.now() + 5_000 * passed++),
    onJump: () => () => {},
    every: () => () => {},
  };
  await db.prisma.refugee.updateMany({ data: { nickname: seal.seal('nickname', 'Zaunkönig') } });
  await db.prisma.$executeRawUnsafe(`INSERT INTO appointment (id, refugee_id, manager_id, carrier_id, ags, way, place_id,
      starts_at, ends_at, blocks_from, blocks_to, interpreter, interpreter_language, booked_at, key, open_number)
    SELECT 'e' || n, 'r' || 1 + n % 1000, '${managerId}', 'landratsamt', '08235085', 'place', 'rathaus-calw', s, s + interval '45 minutes',
      s, s + interval '1 hour', true, 'ar', now(), 'e' || n, 1 + n / 1000
    FROM generate_series(0, ${ENTRIES - 1}) AS n, LATERAL (SELECT date_trunc('day', now()) + interval '1 day' + n * interval '1 hour' AS s) AS at`);
  const feeds = createFeedService({ db, clock, seal });
  const made = await feeds.makeFeed({ managerId } as never, undefined);
  if (made.status !== 'made') throw new Error('no address was made');
  const pages = feedPages({ feeds, i18n: createI18n(), clock, log: silentLog });
  const fetchAll = async () => (await pages.request(`/calendar/${made.secret}.ics`)).text();
  const events = (await fetchAll()).split('BEGIN:VEVENT').length - 1;
  if (events !== ENTRIES) throw new Error(`the feed has ${events} entries instead of ${ENTRIES}`);
  return timed(rounds, fetchAll);
}
