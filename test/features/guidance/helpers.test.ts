import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countyFolder } from '../../../src/features/county/source.ts';
import { readContent } from '../../../src/features/guidance/source.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import { arrive, forge, offered, press, says, words } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const content = readContent(countyFolder('calw'));
const topics = content.pages.filter(({ isTopic }) => isTopic);

describe.each(LOCALES)('who else helps, in %s', (locale) => {
  it('every topic lists its services, with a number or whom to ask for it', async () => {
    const amal = world.person('Amal', locale);
    amal.starts();
    await world.settle();
    await forge(world, amal, `g.t:${locale}`);
    for (const topic of topics) {
      await press(world, amal, `g.h:${locale}:${topic.code}`);
      for (const { name, phone, web, insteadOfNumber } of content.helpers.filter((one) =>
        one.topics.includes(topic.name),
      )) {
        expect(says(amal)).toContain(name);
        const missing = insteadOfNumber === 'manager' ? 'guidance:helper.no-phone' : 'guidance:helper.no-phone-above';
        expect(says(amal)).toContain(phone ?? web ?? words(world, missing, locale));
      }
      await press(world, amal, 'g.t:');
    }
  });

  it('who asks about going back or violence is not sent to her manager for a missing number', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    const asking = words(world, 'guidance:helper.no-phone', locale);
    const calling = words(world, 'guidance:helper.no-phone-call', locale);
    for (const data of [`g.p:${locale}:t6`, `g.p:${locale}:m7`]) {
      await forge(world, amal, data);
      expect(says(amal)).toContain(calling);
      expect(says(amal)).not.toContain(asking);
      // The way that the sentence names is a button of the same screen.
      expect(offered(amal)).toContain(`g.c:${locale}`);
    }
    await world.db.prisma.counsellor.deleteMany();
    for (const data of [`g.p:${locale}:t6`, `g.p:${locale}:m7`, `g.h:${locale}:f6:-:0`, `g.h:${locale}:p3:-:0`]) {
      await forge(world, amal, data);
      expect(says(amal)).toContain(words(world, 'guidance:helper.no-phone-yet', locale));
      expect(says(amal)).not.toContain(calling);
      expect(says(amal)).not.toContain(asking);
    }
  });

  it('a card in German is shown there, and says below what it says', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await forge(world, amal, `g.h:${locale}:c7:-:0`);
    await press(world, amal, 'g.k:');
    const card = says(amal);
    for (const line of ['Guten Tag. Ich brauche Hilfe.', 'Schulden', 'Bitte sprechen Sie langsam', '+4970511600']) {
      expect(card).toContain(line);
    }
    if (locale !== 'de') expect(card).toContain(words(world, 'guidance:card.show', locale));
    expect(card).not.toContain('Amal');
    // It stays: the menu comes below it.
    await press(world, amal, 'menu.new');
    expect(amal.chat.some(({ text }) => text?.includes('Guten Tag. Ich brauche Hilfe.'))).toBe(true);
  });
});

it('a number or link that nobody has checked for long says so; where there is none, nothing', async () => {
  const amal = world.person('Amal', 'de');
  amal.starts();
  await world.settle();
  const old = words(world, 'guidance:helper.overdue');
  await forge(world, amal, 'g.h:de:n2:-:0');
  expect(says(amal)).not.toContain(old);
  world.clock.pass(93 * 24 * 60);
  await forge(world, amal, 'g.h:de:n2:-:0');
  const shown = content.helpers.filter(({ topics: own, phone }) => own.includes('migration') && phone !== null);
  expect(says(amal).split(old)).toHaveLength(shown.length + 1);
  await forge(world, amal, 'g.p:de:t6');
  expect(says(amal)).not.toContain(old);
});

it('is sorted from where she lives, which is not asked again', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de', 'Altensteig');
  await forge(world, amal, 'g.h:de:e9:-:0');
  const circles = says(amal);
  expect(circles.indexOf('INKA Altensteig')).toBeLessThan(circles.indexOf('Arbeitskreis Asyl Calw'));
  expect(circles).toContain('Altensteig, etwa 0 km');
  expect(circles).toContain('Calw, etwa 17 km');
});

it('another town can be chosen, by anybody, and nothing is kept of it', async () => {
  const neu = world.person('Neu', 'de');
  neu.starts();
  await world.settle();
  await forge(world, neu, 'g.h:de:d8:-:0');
  expect(says(neu)).not.toContain('km');
  await press(world, neu, 'g.o:');
  for (let page = 1; !offered(neu).includes('g.h:de:d8:08235046:0'); page++)
    await press(world, neu, `g.o:de:d8:${page}`);
  await press(world, neu, 'g.h:de:d8:08235046');
  const found = says(neu);
  expect(found.indexOf('VHS Oberes Nagoldtal')).toBeLessThan(found.indexOf('VHS Calw'));
  expect(found).toContain('Calw, etwa 18 km');
  expect(await world.db.prisma.person.count({ where: { telegramId: neu.id } })).toBe(0);
});

it('a topic, town or page that never was leads to a screen that is', async () => {
  const neu = world.person('Neu', 'de');
  neu.starts();
  await world.settle();
  for (const data of ['g.h:de:z9:-:0', 'g.h:de:k4:-:0', 'g.o:de:z9:0', 'g.k:de:k4', 'g.p:de:z9', 'g.p:de:y1']) {
    await forge(world, neu, data);
    expect(offered(neu)).toContain('menu');
  }
  for (const data of ['g.h:de:w1:99999999:0', 'g.h:de:w1:-:-7', 'g.h:de:w1:-:999', 'g.o:de:w1:-7', 'g.o:de:w1:999']) {
    await forge(world, neu, data);
    expect([data, offered(neu).some((one) => one.startsWith('g.h') || one.startsWith('g.o'))]).toEqual([data, true]);
  }
});
