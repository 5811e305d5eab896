import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countyFolder } from '../../../src/features/county/source.ts';
import { readSearch } from '../../../src/features/courses/buttons.ts';
import { readContent } from '../../../src/features/guidance/source.ts';
import { day } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { memberOf, rows } from '../../support/builders.ts';
import { aRecord, listCourses } from '../../support/courses.ts';
import { dump } from '../../support/database.ts';
import {
  arrive,
  buttonsOf,
  consent,
  everything,
  forge,
  lastMessage,
  offered,
  plainText,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ withCourses: true });
});
afterEach(() => world.stop());

const CALW = { ags: '08235085', postalCode: '75365', city: 'Calw', confirmed: true };
/** The data of the button that begins so, on the newest screen. */
const dataOf = (person: SimulatedPerson, prefix: string): string =>
  offered(person).find((data) => data.startsWith(prefix)) ?? '';
const searchOf = (data: string) => readSearch(/^co\.[a-z.]+:(?:[0-9a-z]{12}:)?([^:]+)/.exec(data)?.[1] ?? '');
const label = (person: SimulatedPerson, data: string): string =>
  buttonsOf(lastMessage(person)).find((button) => button.data === data)?.label ?? '';

describe.each(LOCALES)('a refugee who speaks %s', (locale) => {
  it('answers one question a screen, comes to what fits, and back with all that she chose', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    const before = await rows(world);
    await press(world, amal, 'co');
    expect(says(amal)).toContain(words(world, 'finder:purpose.ask', locale));
    await press(world, amal, 'co.when:e');
    expect(says(amal)).toContain(words(world, 'finder:when.ask', locale));
    expect(offered(amal).some((data) => data.startsWith('co.list:'))).toBe(true);
    await press(world, amal, 'co.kids:exm');
    await press(world, amal, 'co.where:exmy');
    expect(says(amal)).toContain('Calw');
    await press(world, amal, 'co.list:exmy25h');
    expect(says(amal)).toContain(words(world, 'finder:part.child-care', locale));
    const back = ['co.where:', 'co.kids:', 'co.when:', 'co.for:'];
    for (const data of back) {
      await press(world, amal, dataOf(amal, data));
      const all = offered(amal).findLast((one) => one.startsWith('co.list:')) ?? '';
      expect(searchOf(all)?.wish).toMatchObject({ purpose: 'everyday', childCare: true, km: 25 });
    }
    // What was chosen is marked.
    expect(label(amal, dataOf(amal, 'co.when:e'))).toContain('✅');
    // Everything is one tap away, and the wishes wait for her on the way back.
    await press(world, amal, dataOf(amal, 'co.list:'));
    expect(says(amal)).toContain(words(world, 'finder:list.all', locale));
    await press(world, amal, 'co.list:exmy25h:0');
    expect(says(amal)).toContain(words(world, 'finder:part.child-care', locale));
    expect(await rows(world)).toEqual(before);
  });

  it('who does not know her level is asked three kind questions', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await press(world, amal, 'co');
    await press(world, amal, 'co.level:');
    expect(says(amal)).toContain(words(world, 'finder:reads.ask', locale));
    await press(world, amal, 'co.level:xxxn0h:2');
    await press(world, amal, 'co.level:xxxn0h:21');
    expect(says(amal)).toContain('3');
    await press(world, amal, 'co.level:xxxn0h:210');
    expect(says(amal)).toContain(words(world, 'finder:part.purpose.everyday', locale));
    expect(says(amal)).toContain('A1');
    await press(world, amal, 'co.level:e1xn0h:21');
    await press(world, amal, 'co.level:e1xn0h:2');
    await press(world, amal, 'co.level:e1xn0h:-');
    await press(world, amal, 'co.for:');
    await press(world, amal, 'co.level:');
    await press(world, amal, 'co.level:e1xn0h:0');
    await press(world, amal, 'co.level:e1xn0h:00');
    await press(world, amal, 'co.level:e1xn0h:000');
    expect(says(amal)).toContain(words(world, 'finder:part.purpose.read', locale));
    await press(world, amal, 'co.when:rxxn0h');
    await press(world, amal, 'co.list:');
    expect(says(amal)).toContain('1 · ');
  });

  it('is told which wish to drop when nothing fits, and how much that gives', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await listCourses(world, []);
    await forge(world, amal, 'co.list:r6wy10h:0');
    const drops = offered(amal).filter((data) => data.startsWith('co.list:'));
    expect(drops.at(-1)).toBe('co.list:r6wy10ha:0');
    expect(label(amal, drops.at(-1) ?? '')).toContain('25');
    expect(offered(amal).some((data) => data.startsWith('co.tell:'))).toBe(true);
    expect(offered(amal).some((data) => data.startsWith('bk.topic:'))).toBe(true);
    await forge(world, amal, 'co.list:rxwn0h:0');
    const [drop] = offered(amal).filter((data) => data.startsWith('co.list:'));
    const count = Number(/(\d+)$/.exec(label(amal, drop ?? ''))?.[1]);
    expect(count).toBeGreaterThan(0);
    await press(world, amal, drop ?? '');
    expect(says(amal).split('\n')[0]).toMatch(count === 1 ? /./ : new RegExp(String(count)));
  });

  it('reads what her paper may mean, with a date, and never that she may', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    const content = readContent(countyFolder('calw'));
    await listCourses(world, [aRecord({ title: 'Integrationskurs', kind: 'IK_ALLG' })]);
    const { id } = await world.db.prisma.offering.findFirstOrThrow({ where: { sourceId: 'test' } });
    await forge(world, amal, `co.card:${id}:xxxn0h:0`);
    const before = await rows(world);
    await press(world, amal, 'co.can:');
    expect(offered(amal).filter((data) => data.startsWith('co.can.is:'))).toHaveLength(content.papers.length);
    for (const { printed } of content.papers) if (printed !== null) expect(says(amal)).toContain(printed);
    for (const paper of content.papers) {
      await forge(world, amal, `co.can.is:${id}:xxxn0h:0:${paper.code}`);
      const said = says(amal);
      expect(said).toContain(plainText(content.words(locale, `paper.${paper.name}`).text));
      for (const one of paper.says.integration ?? []) expect(said).toContain(content.words(locale, `say.${one}`).text);
      expect(said).toContain(words(world, 'finder:can.manager', locale));
      expect(said).toContain('22.11.2026');
      expect(offered(amal).some((data) => data.startsWith('bk.topic:'))).toBe(true);
    }
    expect(await rows(world)).toEqual(before);
    world.clock.pass(120 * 24 * 60);
    await listCourses(world, [aRecord({ title: 'Integrationskurs', kind: 'IK_ALLG' })]);
    await forge(world, amal, `co.can.is:${id}:xxxn0h:0:a5`);
    expect(says(amal)).toContain(words(world, 'guidance:page.overdue', locale));
  });

  it('shares her place once: it is rounded, deleted from the chat, and the keys disappear', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await press(world, amal, 'co');
    await press(world, amal, 'co.when:e');
    await press(world, amal, 'co.kids:exm');
    await press(world, amal, 'co.where:exmn');
    const before = { rows: await rows(world), inbox: await world.db.prisma.inbox.count(), logged: world.logged.length };
    await press(world, amal, 'co.loc:');
    amal.tapsKey(0, 0);
    await world.settle();
    expect(amal.chat.filter((one) => one.location !== undefined)).toEqual([]);
    expect(everything(amal)).not.toContain(words(world, 'finder:locate.keys', locale));
    expect(says(amal)).toContain(words(world, 'finder:where.shared', locale));
    expect(searchOf(dataOf(amal, 'co.list:exmn10p'))).toMatchObject({
      wish: { purpose: 'everyday', when: 'morning' },
      from: { lat: 48.71, lon: 8.74 },
    });
    expect(() => amal.tapsKey(0, 0)).toThrow();
    await press(world, amal, 'co.list:exmn25p');
    expect(says(amal)).toContain(words(world, 'finder:list.shared', locale));
    await press(world, amal, 'co.where:');
    await press(world, amal, 'co.where:exmn25h');
    await press(world, amal, 'co.loc:');
    amal.tapsKey(1, 0);
    await world.settle();
    expect(everything(amal)).toContain(words(world, 'finder:locate.without', locale));
    expect(searchOf(dataOf(amal, 'co.list:exmn10h'))).toBeDefined();
    await press(world, amal, 'co.loc:');
    await press(world, amal, 'co.noloc:');
    expect(() => amal.tapsKey(0, 0)).toThrow();
    expect(await rows(world)).toEqual(before.rows);
    // The second key writes a word, which passes through the inbox as any word does; no place ever did.
    expect(await world.db.prisma.inbox.count()).toBe(before.inbox + 1);
    expect(world.logged.slice(before.logged)).toEqual([]);
  });
});

it('a place that she shared passes through no inbox, whatever she presses below what was found', async () => {
  const { maria } = staffOf(world);
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await listCourses(world, [aRecord({ title: 'Deutsch am See', registerUntil: day('2026-12-20') })]);
  const id = (await world.db.prisma.offering.findFirst({ where: { title: 'Deutsch am See' } }))?.id;
  const kept = world.db.prisma.inbox;
  for (const person of [amal, maria]) {
    const before = await kept.count();
    await forge(world, person, 'co.list:exxn0p4871.874:0');
    if (person === amal) expect(dataOf(person, 'co.tell:')).toBe('co.tell:exxn0h');
    await forge(world, person, `co.card:${id}:exxn0p4871.874:0`);
    await press(world, person, person === amal ? 'co.rem:' : 'co.free:');
    expect(offered(person).filter((data) => data.includes('p4871.874')).length).toBeGreaterThan(0);
    expect(await kept.count()).toBe(before);
  }
  expect(await world.db.prisma.courseReminder.count()).toBe(1);
  expect(
    (await world.db.prisma.offering.findFirst({ where: { title: 'Deutsch am See' } }))?.placeReportedAt,
  ).not.toBeNull();
});

describe('a location that nobody asked for', () => {
  const nowhere = async () =>
    expect(
      Object.values(await dump(world.db))
        .flat()
        .join('\n'),
    ).not.toMatch(/49\.01|4901\.840/);

  it('is answered with the courses near it, and forgotten', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    const before = await rows(world);
    amal.sendsLocation(49.0137, 8.4044);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'finder:locate.found'));
    expect(amal.chat.filter((one) => one.location !== undefined)).toEqual([]);
    await press(world, amal, 'co.list:xxxn0p4901.840:0');
    expect(says(amal)).toContain(words(world, 'finder:list.shared'));
    expect(await rows(world)).toEqual(before);
    await nowhere();
  });

  it('too late for its search, it is one that nobody asked for', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await forge(world, amal, 'co.loc:exmn0h');
    world.clock.pass(11);
    amal.tapsKey(0, 0);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'finder:locate.found'));
  });

  it('outside of Germany leads on as well', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await forge(world, amal, 'co.loc:exmn0h');
    amal.sendsLocation(33.51, 36.29);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'finder:locate.abroad'));
    await press(world, amal, 'co.where:exmn0h');
  });

  it('is answered beside a form that waits for words, and is not kept in it', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await press(world, amal, 'data');
    await press(world, amal, 'nick:ask');
    const before = await world.db.prisma.flow.findFirstOrThrow();
    amal.sendsLocation(49.0137, 8.4044);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'finder:locate.found'));
    expect(await world.db.prisma.flow.findFirstOrThrow()).toEqual(before);
    await nowhere();
    await write(world, amal, 'Rose');
    expect(await memberOf(world, amal)).toMatchObject({ nickname: 'Rose' });
  });

  it('of a stranger leads to language and consent', async () => {
    const neu = world.person('Neu');
    neu.starts();
    await world.settle();
    const before = await rows(world);
    neu.sendsLocation(49.0137, 8.4044);
    await world.settle();
    expect(offered(neu).filter((data) => data.startsWith('lang.to:'))).toHaveLength(5);
    expect(await rows(world)).toEqual(before);
  });
});

describe('the card', () => {
  it('shows where it is on the map; the middle of a town says that it is only that', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await listCourses(world, [
      aRecord({ recordId: 'A', title: 'Mit Haus', place: { ...CALW, street: 'Gasse 1', lat: 48.72, lon: 8.75 } }),
      aRecord({ recordId: 'B', title: 'Nur Ort', place: CALW }),
      aRecord({ recordId: 'C', title: 'Online', form: 'virtual', place: CALW }),
    ]);
    const cards = await world.db.prisma.offering.findMany({
      where: { sourceId: 'test' },
      orderBy: { recordId: 'asc' },
    });
    const [house, town, online] = cards.map(({ id }) => id);
    await forge(world, amal, `co.card:${house}:xxxn0h:0`);
    await press(world, amal, 'co.pin:');
    expect(lastMessage(amal)?.venue).toMatchObject({ address: 'Gasse 1, 75365 Calw', location: { latitude: 48.72 } });
    await forge(world, amal, `co.pin:${town}`);
    expect(plainText(lastMessage(amal)?.venue?.address ?? '')).toContain('Ortsmitte von 75365 Calw');
    await forge(world, amal, `co.card:${online}:xxxn0h:0`);
    expect(offered(amal).some((data) => data.startsWith('co.pin:'))).toBe(false);
    await forge(world, amal, `co.pin:${online}`);
    expect(says(amal)).toContain(words(world, 'courses:over'));
  });

  it('leads into booking with the subject of language; which course is kept nowhere', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await forge(world, amal, 'co.list:xxxn0h:0');
    await press(world, amal, 'co.card:');
    const { id } = await world.db.prisma.offering.findFirstOrThrow();
    await press(world, amal, 'bk.topic:');
    await press(world, amal, 'bk.way:');
    await press(world, amal, 'bk.day:');
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    const one = await world.db.prisma.appointment.findFirstOrThrow();
    expect(world.seal.open('topic', one.topic ?? new Uint8Array())).toBe('language');
    expect(
      JSON.stringify({ ...one, blocksFrom: 0 }, (_, value) => (typeof value === 'bigint' ? 0 : value)),
    ).not.toContain(id);
  });

  it('whoever lives in a shelter has no distance and may share her place', async () => {
    const omar = world.person('Omar');
    await consent(world, omar, 'de');
    await press(world, omar, 'housing:shelter');
    await forge(world, omar, 'co.where:exmn0h');
    expect(offered(omar).filter((data) => /^co\.list:exmn(?:10|25|50)/.test(data))).toEqual([]);
    await press(world, omar, 'co.loc:');
  });
});

it('numbers to call are written so that a phone can dial them', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await listCourses(world, [
    aRecord({
      title: 'Mit Telefon',
      provider: { name: 'Amt', phone: '+497051000001' },
      registerUntil: day('2027-01-10'),
    }),
  ]);
  const { id } = await world.db.prisma.offering.findFirstOrThrow({ where: { title: 'Mit Telefon' } });
  await forge(world, amal, `co.card:${id}:xxxn0h:0`);
  expect(says(amal)).toMatch(/(?:^|\s)\+497051000001(?:\s|$)/m);
  await write(world, amal, 'Ohne Standort');
  expect(says(amal)).not.toContain(words(world, 'finder:locate.without'));
});
