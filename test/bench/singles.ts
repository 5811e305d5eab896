import { createCountyService } from '../../src/features/county/service.ts';
import { readFacts } from '../../src/features/county/source.ts';
import { createPeopleService } from '../../src/features/people/service.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal } from '../../src/platform/crypto.ts';
import { openEmbedded, openServer } from '../../src/platform/database.ts';
import { createI18n } from '../../src/platform/i18n.ts';
import { chatOf, settle } from './crowd.ts';
import { measureFeed } from './feed.ts';
import { timed, timedSync } from './figures.ts';
import type { Server } from './postgres.ts';
import { press } from './walk.ts';

export interface SingleFigure {
  readonly what: string;
  readonly ms: number;
}

/** Parts of the whole, for orientation. */
export async function measureSingles(server: Server | undefined, rounds: number): Promise<SingleFigure[]> {
  const seal = createSeal(new Uint8Array(32).fill(7));
  const update = JSON.stringify(press(chatOf(1), 'bk'));
  const t = createI18n().translator('fa');
  const values = { day: '۱۴۰۵', time: '10:00', name: 'Maria Keller' };
  const figures: SingleFigure[] = [
    {
      what: 'an update sealed and opened again',
      ms: timedSync(rounds, 200, () => seal.open('update', seal.seal('update', update))),
    },
    {
      what: '`t()` with three values, right to left',
      ms: timedSync(rounds, 200, () => t('appointments:summary', values)),
    },
    { what: '`t.label()` without values', ms: timedSync(rounds, 200, () => t.label('common:nav.back')) },
  ];
  const databases = [
    ...(server === undefined
      ? []
      : [['PostgreSQL', async () => openServer(await server.fresh('bench_singles'))] as const]),
    ['embedded', () => openEmbedded('memory')] as const,
  ];
  for (const [name, open] of databases) {
    const db = await open();
    const county = createCountyService({ db, clock: systemClock, facts: readFacts('calw') });
    const people = createPeopleService({
      db,
      clock: systemClock,
      seal,
      county,
      erasers: [],
      journal: async () => {},
      wake: () => {},
    });
    await settle(db, 1_000, 'usual');
    let n = 0;
    figures.push({
      what: `\`identify\`, ${name}`,
      ms: await timed(rounds, () => people.identify(chatOf(1 + (n++ % 1_000))), 20),
    });
    figures.push({ what: `a feed of 2,000 entries, ${name}`, ms: await measureFeed(db, rounds) });
    await db.close();
  }
  return figures;
}
