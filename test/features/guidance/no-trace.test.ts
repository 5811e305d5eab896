import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInbox } from '../../../src/delivery/inbox.ts';
import { countyFolder } from '../../../src/features/county/source.ts';
import { readContent } from '../../../src/features/guidance/source.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { definedButtons } from '../../../src/telegram/button.ts';
import { createWeb } from '../../../src/web/server.ts';
import { dump } from '../../support/database.ts';
import { arrive, buttonsOf, forge, lastMessage, offered, plainText, press, says, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ mayFail: true });
});
afterEach(() => world.stop());

const content = readContent(countyFolder('calw'));
/** Buttons of these pages. What tells somebody else, because she wants it told, is tried by itself. */
const isPage = (data: string) => /^(?:g|g\.[a-z]\d?|help\.(?:in|new))(?::|$)/.test(data);
const tells = (data: string) => /^g\.(?:m:..:yes|c4|x)/.test(data);
/** Of screens that differ in a town, a sender, a name or a digit only, a few of each kind. */
const isAnother = (data: string) =>
  [
    /^g[^:]*:(?!ar)/,
    /^g\.h:..:..:(?!-|08235085)/,
    /^g\.o:..:(?!w1)/,
    /^g\.l[23]:..:(?!asylum|bill)/,
    /^g\.c[1-4]:..:(?!a)/,
    /^g\.c[23]:..:a:(?!any)/,
    /^g\.c2:..:a:any:(?!0?$|07$)/,
  ].some((one) => one.test(data));

/** Everything that a program keeps or says of itself: every row, every line, every figure. */
async function everythingKept() {
  const { inbox } = world.program.services;
  const web = createWeb({
    healthy: () => world.db.ping(),
    metrics: async () => ({ bot_updates_open: await inbox.open() }),
  });
  const metrics = await (await web.request('/metrics')).text();
  return { rows: await dump(world.db), logged: [...world.logged], metrics };
}

/** Presses every button of these pages that can be reached, each once. Resolves to what was read. */
async function walkEverywhere(person: SimulatedPerson, first: string): Promise<Map<string, string>> {
  const read = new Map<string, string>();
  const open = [first];
  for (let data = open.shift(); data !== undefined; data = open.shift()) {
    await forge(world, person, data);
    read.set(data, says(person));
    // Every screen leads back to the menu and to help.
    if (data.startsWith('g'))
      expect([data, offered(person).some((one) => one.startsWith('menu'))]).toEqual([data, true]);
    for (const next of buttonsOf(lastMessage(person)).map((button) => button.data)) {
      if (isPage(next) && !tells(next) && !isAnother(next) && !read.has(next) && !open.includes(next)) open.push(next);
    }
  }
  return read;
}

describe.each(['a stranger', 'a refugee'])('%s', (who) => {
  it('who opens every screen leaves no row, no line and no figure', async () => {
    const amal = world.person('Amal', 'ar');
    if (who === 'a refugee') await arrive(world, amal, 'ar');
    else {
      amal.starts();
      await world.settle();
    }
    const before = await everythingKept();
    const calls = world.telegram.calls.length;
    const read = await walkEverywhere(amal, 'g:ar');
    const screens = [...read.keys()];
    // All pages and topics, all answers about a letter, the keypad, the card.
    for (const { code, parent, isTopic } of content.pages) {
      if (parent !== undefined || isTopic)
        expect([code, screens.some((data) => data.includes(code))]).toEqual([code, true]);
    }
    for (const kind of definedButtons().filter(({ isDiscreet, name }) => isDiscreet && !/^co(?:\.|$)/.test(name))) {
      if (['help', 'g.x', 'g.c4'].includes(kind.name)) continue;
      expect([kind.name, screens.some((data) => data.split(':')[0] === kind.name)]).toEqual([kind.name, true]);
    }
    expect(read.size).toBeGreaterThan(80);
    expect(world.telegram.calls.length).toBeGreaterThan(calls);
    expect(await everythingKept()).toEqual(before);
  });
});

describe.each(LOCALES)('the pages in %s', (locale) => {
  it('are read without choosing a language or agreeing to anything', async () => {
    const selam = world.person('Selam', 'en');
    selam.starts();
    await world.settle();
    const before = await everythingKept();
    await press(world, selam, 'g:en');
    await press(world, selam, 'g.w:');
    await press(world, selam, `g:${locale}`);
    expect(says(selam)).toContain(plainText(world.i18n.translator(locale)('guidance:ask.title')).split('\n')[1]);
    for (const page of content.pages.filter(({ parent }) => parent === 'options')) {
      await forge(world, selam, `g.p:${locale}:${page.code}`);
      const words = content.words(locale, page.name).text.split('\n')[0] ?? '';
      expect(says(selam)).toContain(words);
    }
    await press(world, selam, 'help.in:');
    expect(says(selam)).toContain('112');
    expect(says(selam)).toContain(plainText(world.i18n.translator(locale)('guidance:help.title')).split('\n')[0]);
    expect(await everythingKept()).toEqual(before);
  });
});

describe('in a list of chats, which shows how the newest message begins', () => {
  /** Visible characters: what phones show there is less. */
  const SHOWN = 80;
  const TELLING = {
    de: /gewalt|frau|männ|sexu|missbrauch|\bweh\b|verletz/i,
    ar: /عنف|نساء|امرأة|رجال|جنسي|يؤذي/,
    fa: /خشونت|زنان|مردان|جنسی|آسیب/,
    ti: /ዓመጽ|ኣንስትዮ|ሰበይቲ|ተባዕትዮ|ጾታዊ|ይጎድኣኒ/,
    en: /violen|wom[ae]n|\bm[ae]n\b|sexual|abuse|hurt/i,
  };

  it.each(LOCALES)('nothing tells that somebody reads about violence (%s)', async (locale) => {
    const selam = world.person('Selam', locale);
    selam.starts();
    await world.settle();
    const codeOf = (name: string) => content.pages.find((page) => page.name === name)?.code;
    const [women, safe] = [codeOf('women'), codeOf('safe')];
    const screens = [
      `g.h:${locale}:${women}:-:0`,
      `g.h:${locale}:${women}:08235046:0`,
      `g.o:${locale}:${women}:0`,
      `g.k:${locale}:${women}`,
      `g.p:${locale}:${safe}`,
      `g.n:${locale}`,
      `help.in:${locale}`,
    ];
    for (const data of screens) {
      await forge(world, selam, data);
      const shown = [...says(selam)].slice(0, SHOWN).join('');
      for (const telling of [TELLING[locale], TELLING.de])
        expect([data, shown, telling.test(shown)]).toEqual([data, shown, false]);
    }
    // The words themselves are there, further down.
    await forge(world, selam, `g.h:${locale}:${women}:-:0`);
    expect(says(selam)).toMatch(TELLING[locale]);
    expect(says(selam)).toContain('116 016');
  });

  it('and the card for the counter can be cleared away like any other page', async () => {
    const selam = world.person('Selam', 'de');
    selam.starts();
    await world.settle();
    await forge(world, selam, 'g.k:de:f6');
    expect(says(selam)).toContain('Beratung für Frauen');
    await press(world, selam, 'g.x:');
    expect(selam.chat).toHaveLength(1);
  });
});

it('the way there is low in the menu, and before consent as well', async () => {
  const amal = world.person('Amal', 'de');
  amal.starts();
  await world.settle();
  expect(offered(amal).slice(-2)).toEqual(['g:de', 'help.in:de']);
  await press(world, amal, 'lang.to:ar');
  expect(offered(amal)).toContain('g:ar');
  await press(world, amal, 'consent:no');
  expect(offered(amal)).toContain('g:ar');
  await arrive(world, amal, 'de');
  await write(world, amal, '/menu');
  expect(offered(amal).slice(-2)).toEqual(['g:de', 'help.in:de']);
  await press(world, amal, 'g:de');
  const options = content.pages.find(({ name }) => name === 'options');
  // Last among the pages; its name stands on no screen before.
  expect(offered(amal).filter((data) => data.startsWith('g.p'))).toEqual([`g.p:de:${options?.code}`]);
});

it('while Telegram fails nothing waits in the inbox, and the page comes when it works again', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await press(world, amal, 'g:de');
  const before = await everythingKept();
  world.telegram.fail({ method: 'editMessageText', times: 5, fault: { kind: 'server-error' } });
  amal.presses(lastMessage(amal)?.message_id ?? 0, 'g.p:de:k4');
  await world.program.receive(world.telegram.takeUpdates());
  expect((await dump(world.db)).inbox).toEqual(before.rows.inbox);
  await world.settle();
  expect(says(amal)).toContain('Fragen hat keine Folgen');
  expect(await everythingKept()).toEqual(before);
});

it('an error of ours on such a page logs no place, and the same line for every page', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  const lines: string[][] = [];
  for (const data of ['g.p:de:k4', 'g.p:de:b2', 'g.t:de', 'g.c:de', 'help.in:de']) {
    const from = world.logged.length;
    world.telegram.fail({
      method: 'editMessageText',
      times: 1,
      fault: { kind: 'refuse', code: 400, description: 'Bad Request: can’t parse entities' },
    });
    await forge(world, amal, data);
    world.telegram.heal();
    lines.push(world.logged.slice(from).map((line) => line.replace(/"time":"[^"]*"/, '')));
  }
  expect(lines[0]).toHaveLength(1);
  expect(new Set(lines.map((one) => one.join()))).toHaveProperty('size', 1);
  expect(world.logged.join('\n')).not.toMatch(/views|guidance|options|k4/);
});

it('what is pressed on such a page and is stored says nothing of the page', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await press(world, amal, 'g:de');
  await forge(world, amal, 'g.p:de:k4');
  const inbox = createInbox(world.db, world.seal);
  amal.presses(lastMessage(amal)?.message_id ?? 0, 'menu');
  await inbox.store(world.telegram.takeUpdates(), world.clock.now());
  const [waiting] = await world.db.prisma.inbox.findMany({ where: { payload: { not: null } } });
  const opened = world.seal.open('update', waiting?.payload ?? new Uint8Array());
  expect(opened).toContain('menu');
  expect(opened).not.toMatch(/Folgen|Rückkehr|g\.p|k4/);
  await world.program.idle();
});

it('leaving a form for such a page keeps nothing of either', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await press(world, amal, 'data');
  const before = await dump(world.db);
  await press(world, amal, 'nick:ask');
  await forge(world, amal, 'g.p:de:k4');
  const { inbox: _, ...now } = await dump(world.db);
  const { inbox: __, ...then } = before;
  expect(now).toEqual(then);
  await write(world, amal, 'Rose');
  expect(says(amal)).toContain('nicht verstanden');
});
