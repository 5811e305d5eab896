import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countyFolder } from '../../../src/features/county/source.ts';
import { HELP_NUMBERS } from '../../../src/features/guidance/model.ts';
import { readContent } from '../../../src/features/guidance/source.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import { rows } from '../../support/builders.ts';
import {
  arrive,
  book,
  consent,
  forge,
  lastMessage,
  offered,
  press,
  says,
  signUndertaking,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const all = readContent(countyFolder('calw')).numbers;
const numbers = all.filter(({ id }) => HELP_NUMBERS.some((one) => one === id));

describe('the help numbers of the county', () => {
  it('begin with fire brigade and police, each known kind at most once', () => {
    expect(numbers.slice(0, 2).map(({ number }) => number)).toEqual(['112', '110']);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(numbers).toHaveLength(HELP_NUMBERS.length);
  });
});

describe.each(LOCALES)('help in %s', (locale) => {
  it('shows every number, three German sentences to say aloud and the office, and leaves no trace', async () => {
    const amal = world.person('Amal', locale);
    const before = await rows(world);
    await write(world, amal, '/help');
    for (const { number } of numbers) expect(says(amal)).toContain(number);
    expect(says(amal)).toContain('„Ich brauche Hilfe.“');
    expect(says(amal)).toContain('+4970511600');
    expect(await rows(world)).toEqual(before);
    await press(world, amal, 'menu');
    expect(offered(amal)[0]).toBe(`lang.to:${locale}:-`);
  });

  it('is one tap away from the menu and speaks the language that was chosen', async () => {
    const amal = world.person('Amal', 'de');
    await arrive(world, amal, locale);
    await press(world, amal, 'help');
    const title = world.i18n.translator(locale)('guidance:help.title').split('\n')[0] ?? '';
    expect(says(amal)).toContain(title.replace(/[\u200f\u2066-\u2069]/g, ''));
    await press(world, amal, 'menu');
    expect(offered(amal)).toContain('bk');
  });
});

it('help works for staff as well, and the way back is their own menu', async () => {
  const { maria, jutta, karin } = staffOf(world);
  await signUndertaking(world, jutta);
  for (const person of [maria, jutta, karin]) {
    await write(world, person, '/help');
    expect(says(person)).toContain('112');
    await press(world, person, 'menu');
    expect(offered(person)).toContain('who');
  }
});

it('is one tap away from the card of an appointment, which stays where it is', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await book(world, amal, 'telephone');
  const card = lastMessage(amal);
  await press(world, amal, 'help.new:de');
  expect(says(amal)).toContain(words(world, 'guidance:help.sentences'));
  expect(lastMessage(amal)?.message_id).not.toBe(card?.message_id);
  expect(amal.chat.find(({ message_id }) => message_id === card?.message_id)).toEqual(card);
});

it('is one tap away from what a manager is told, and from the question whether to erase', async () => {
  const { maria } = staffOf(world);
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await book(world, amal);
  expect(offered(maria)).toContain('help.new:de');
  for (const command of ['/delete', '/privacy']) {
    await write(world, amal, command);
    expect(offered(amal)).toContain('help.in:de');
  }
});

it('leaves a form that waits as it was, to the last byte', async () => {
  const amal = world.person('Amal', 'de');
  await consent(world, amal, 'de');
  await press(world, amal, 'housing:municipality');
  const before = await world.db.prisma.flow.findMany();
  expect(before).toHaveLength(1);
  await write(world, amal, '/help');
  expect(says(amal)).toContain(words(world, 'guidance:help.sentences'));
  expect(await world.db.prisma.flow.findMany()).toEqual(before);
});

it.each(LOCALES)(
  'says in one line that its numbers are old, when one of them is, and goes on showing them (%s)',
  async (locale) => {
    const amal = world.person('Amal', locale);
    amal.starts();
    await world.settle();
    const old = words(world, 'guidance:help.overdue', locale);
    const screens = ['help.in', 'g.n', 'g.p', 'g.h'] as const;
    const data = { 'help.in': locale, 'g.n': locale, 'g.p': `${locale}:h5`, 'g.h': `${locale}:p3:-:0` };
    for (const screen of screens) {
      await forge(world, amal, `${screen}:${data[screen]}`);
      expect([screen, says(amal).includes(old)]).toEqual([screen, false]);
    }
    world.clock.pass(93 * 24 * 60);
    for (const screen of screens) {
      await forge(world, amal, `${screen}:${data[screen]}`);
      expect([screen, says(amal).split(old).length]).toEqual([screen, 2]);
      expect(says(amal)).toContain('22.11.2026');
    }
    await forge(world, amal, `help.in:${locale}`);
    for (const { number } of numbers) expect(says(amal)).toContain(number);
  },
);
