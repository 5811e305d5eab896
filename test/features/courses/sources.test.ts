import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Feed } from '../../../src/features/courses/model-sources.ts';
import { nextFetch } from '../../../src/features/courses/service-sources.ts';
import { readBa } from '../../../src/features/courses/source-ba.ts';
import { readOpenQcat } from '../../../src/features/courses/source-openqcat.ts';
import { instant } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import { baList, baOffer, baPage, xmlCatalogue } from '../../support/course-lists.ts';
import { aRecord, listCourses } from '../../support/courses.ts';
import { dump } from '../../support/database.ts';
import { offered, press, says, staffOf, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const BA = { id: 'ba', name: 'Bundesagentur für Arbeit', staleAfterDays: 7 };
const OPENQCAT = { id: 'openqcat', name: 'Kurskatalog (openQ-cat)', staleAfterDays: 30 };
const KEY = 'CANARY-KEY-0815';

let world: World;
let server: Server;
let asked = 0;
/** What the service answers: a list of so many courses, or a status. */
let answer: number | readonly unknown[] = [];
beforeEach(async () => {
  asked = 0;
  server = createServer((_request, response) => {
    asked += 1;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.end(JSON.stringify(baPage(answer, { totalElements: answer.length, totalPages: 1 })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await world.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const offers = (count: number) => Array.from({ length: count }, (_, n) => baOffer({ id: n + 1 }));
const feeds = (): readonly Feed[] => [
  { format: 'ba', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`, key: KEY, everyHours: 24 },
];
const open = async () => {
  world = await createWorld({ feeds: feeds() });
  await world.settle();
};
const listed = (sourceId: string) => world.db.prisma.offering.count({ where: { sourceId, goneAt: null } });
const hours = async (count: number) => {
  world.clock.pass(count * 60);
  await world.settle();
};
const schedule = () => world.db.prisma.courseSchedule.findFirst();

describe('a list that is fetched', () => {
  it('is fetched at the start and then at its time, and says so', async () => {
    answer = offers(12);
    await open();
    expect([asked, await listed('ba')]).toEqual([1, 12]);
    await hours(23);
    expect(asked).toBe(1);
    answer = offers(13);
    await hours(1);
    expect([asked, await listed('ba')]).toEqual([2, 13]);
    expect(await world.db.prisma.courseImport.findFirst()).toMatchObject({ way: 'schedule', status: 'accepted' });
  });

  it('that fails keeps the old courses, is seen by the coordinator and tried again, sooner first', async () => {
    answer = offers(12);
    await open();
    answer = 403;
    await hours(24);
    expect([await listed('ba'), (await schedule())?.failures]).toEqual([12, 1]);
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'src:0');
    expect(says(karin)).toContain('der Dienst nimmt den Schlüssel nicht an');
    expect(says(karin)).toContain('Der Bot holt die Liste wieder');
    const before = asked;
    await hours(0.3);
    expect([asked, (await schedule())?.failures]).toEqual([before + 1, 2]);
    answer = offers(12);
    await hours(1);
    expect((await schedule())?.failures).toBe(0);
    await write(world, karin, '/menu');
    await press(world, karin, 'src:0');
    expect(says(karin)).not.toContain('Schlüssel');
  });

  it('is fetched at once when a coordinator wants it', async () => {
    answer = offers(12);
    await open();
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'src:0');
    await press(world, karin, 'src.one:ba:');
    answer = offers(14);
    await press(world, karin, 'src.get:ba');
    expect([asked, await listed('ba')]).toEqual([2, 14]);
  });

  it('in which most courses are missing waits for her yes', async () => {
    answer = offers(30);
    await open();
    answer = offers(5);
    await hours(24);
    expect(await listed('ba')).toBe(30);
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'src:0');
    await press(world, karin, 'src.one:ba:');
    await press(world, karin, 'src.yes:ba');
    expect([await listed('ba'), (await schedule())?.isConfirmed]).toEqual([5, false]);
  });

  it('is fetched by one process at a time, and by another when that one has died', async () => {
    answer = offers(3);
    await open();
    await world.db.prisma.courseSchedule.updateMany({
      data: { owner: 'another', leaseUntil: new Date(world.clock.now() + 26 * 3_600_000) },
    });
    await hours(25);
    expect(asked).toBe(1);
    await hours(2);
    expect(asked).toBe(2);
  });

  it('keeps a yes that comes while it is being fetched, for the next time at once', async () => {
    answer = offers(30);
    await open();
    await world.db.prisma.courseSchedule.updateMany({ data: { nextAt: new Date(world.clock.now()) } });
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    answer = offers(4);
    const yes = world.db.prisma.courseSchedule.updateMany({
      data: { isConfirmed: true, nextAt: new Date(world.clock.now()) },
    });
    await Promise.all([world.program.services.sources.fetchDue(), yes]);
    world.clock.pass(1);
    await world.settle();
    expect(await listed('ba')).toBe(4);
  });

  it('leaves its key in no row and no log line', async () => {
    answer = 500;
    await open();
    answer = offers(2);
    await hours(24);
    expect(JSON.stringify(await dump(world.db)) + world.logged.join('')).not.toContain(KEY);
  });

  it('keeps a stale source in sight', async () => {
    answer = offers(3);
    await open();
    answer = 500;
    await hours(24 * 8);
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'src:0');
    expect(says(karin)).toContain('Die Liste ist alt: mehr als 7 Tage');
  });
});

it('waits longer after each failure, never longer than usual, and as long as it is asked to', () => {
  const now = instant(0);
  const minutes = (failures: number, patience?: number) => (nextFetch(now, 24, failures, patience) - now) / 60_000;
  expect([0, 1, 2, 3, 20].map((failures) => minutes(failures))).toEqual([1_440, 15, 30, 60, 1_440]);
  expect(minutes(1, 7_200_000)).toBe(120);
  // A date in another century is a mistake.
  expect(minutes(1, 8e15)).toBe(1_440);
  expect((nextFetch(now, 168, 1, 8e15) - now) / 3_600_000).toBe(168);
});

describe.each(LOCALES)('in %s', (locale) => {
  it('the lists, and that there is none, and a page that is no more', async () => {
    answer = [];
    world = await createWorld();
    const { karin } = staffOf(world);
    await write(world, karin, '/language');
    await press(world, karin, `lang.to:${locale}`);
    await write(world, karin, '/menu');
    await press(world, karin, 'src:0');
    expect(says(karin)).toBe(world.i18n.translator(locale).label('sources:none').replaceAll('\u200f', ''));
    for (let n = 0; n < 6; n++)
      await listCourses(world, [aRecord({ recordId: `S-${n}` })], {
        source: { ...BA, id: `s${n}`, name: `Liste ${n}` },
      });
    await press(world, karin, 'menu');
    await press(world, karin, 'src:0');
    expect(offered(karin)).toContain('src:1');
    await press(world, karin, 'src:1');
    expect(says(karin)).toContain('Liste 5');
    await press(world, karin, 'src.one:s5:0');
    await press(world, karin, 'src.rep:');
    await press(world, karin, 'src.one:s5:0');
  });
});

describe.each([
  ['the Bundesagentur’s list', BA, (count: number) => readBa([() => baList(count)])],
  ['a catalogue', OPENQCAT, (count: number) => readOpenQcat(xmlCatalogue(count / 2))],
])('%s', (_, source, list) => {
  beforeEach(async () => {
    world = await createWorld({ withDemo: false });
  });
  const imported = (count: number, onProgress = () => {}) =>
    world.program.services.courses.importCatalogue({ source, readings: list(count) }, { way: 'shell', onProgress });

  it('in which most is broken, or most would vanish, is refused, and the old courses stay', async () => {
    expect(await imported(40)).toMatchObject({ status: 'accepted', added: 40 });
    expect(await imported(10)).toMatchObject({ status: 'mostly-gone', vanishing: 30, gone: 0 });
    const courses = world.program.services.courses;
    const broken =
      source === BA
        ? readBa([
            async function* () {
              yield new TextEncoder().encode(JSON.stringify(baPage([baOffer({ id: 1 }), {}, {}])));
            },
          ])
        : readOpenQcat(
            (async function* () {
              yield new TextEncoder().encode(
                '<OPENQCAT><NEW_CATALOG FULLCATALOG="true"><SERVICE/><SERVICE/></NEW_CATALOG></OPENQCAT>',
              );
            })(),
          );
    expect(await courses.importCatalogue({ source, readings: broken }, { way: 'shell' })).toMatchObject({
      status: 'mostly-broken',
    });
    expect(await listed(source.id)).toBe(40);
  });
});
