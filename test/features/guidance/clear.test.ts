import { afterEach, beforeEach, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import { rows } from '../../support/builders.ts';
import {
  arrive,
  book,
  findButton,
  forge,
  lastMessage,
  offered,
  press,
  says,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

it.each(LOCALES)(
  'one tap empties the chat, hers and the bot’s, and leaves one line and no trace (%s)',
  async (locale) => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await write(world, amal, 'Nachtigall');
    await forge(world, amal, `g.p:${locale}:k4`);
    const before = await rows(world);
    await press(world, amal, 'g.x:');
    expect(amal.chat).toHaveLength(1);
    expect(says(amal)).toContain(words(world, 'guidance:clear.done', locale));
    expect(await rows(world)).toEqual(before);
    await press(world, amal, 'menu');
    expect(offered(amal)).toContain('bk');
  },
);

it('is offered with help and with every page', async () => {
  const amal = world.person('Amal', 'de');
  await write(world, amal, '/help');
  expect(offered(amal)).toContain('g.x:de');
  for (const code of ['k4', 'r9', 'b2', 'm7', 'v3', 't6', 'h5']) {
    await forge(world, amal, `g.p:de:${code}`);
    expect([code, offered(amal).includes('g.x:de')]).toEqual([code, true]);
  }
});

it('leaves what is older than two days, and appointments as they are', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await book(world, amal);
  const old = amal.chat.map(({ message_id }) => message_id);
  world.clock.pass(48 * 60 + 1);
  await world.settle();
  await write(world, amal, '/help');
  await press(world, amal, 'g.x:');
  const kept = amal.chat.map(({ message_id }) => message_id);
  expect(kept.filter((id) => old.includes(id))).toEqual(old);
  expect(kept.filter((id) => !old.includes(id) && id !== lastMessage(amal)?.message_id)).toEqual([]);
  expect(await world.db.prisma.appointment.count({ where: { status: 'booked' } })).toBe(1);
});

it('of a call that Telegram refuses because of one message, the newer ones go all the same', async () => {
  const amal = world.person('Amal', 'de');
  for (let count = 0; count < 6; count++) await write(world, amal, '/help');
  const refusal = {
    kind: 'refuse',
    code: 400,
    description: "Bad Request: message can't be deleted for everyone",
  } as const;
  world.telegram.fail({ method: 'deleteMessages', times: 1, fault: refusal });
  await press(world, amal, 'g.x:');
  expect(amal.chat).toHaveLength(1);
  const ranges = world.telegram.calls
    .filter(({ method }) => method === 'deleteMessages')
    .map(({ params }) => params.message_ids);
  expect(ranges.length).toBeGreaterThan(2);
});

it('pressed on an older screen takes what stands below it as well', async () => {
  const amal = world.person('Amal', 'de');
  await write(world, amal, '/help');
  const old = findButton(amal, 'g.x:');
  await write(world, amal, 'Nachtigall');
  await write(world, amal, '/help');
  expect(amal.chat.filter(({ message_id }) => message_id > old.messageId).length).toBeGreaterThan(2);
  amal.presses(old.messageId, old.data);
  await world.settle();
  expect(amal.chat).toHaveLength(1);
  expect(says(amal)).toContain(words(world, 'guidance:clear.done'));
});

it('asks for no other chat’s messages', async () => {
  const amal = world.person('Amal', 'de');
  const omar = world.person('Omar', 'de');
  await write(world, omar, '/help');
  await write(world, amal, '/help');
  const there = omar.chat.length;
  await press(world, amal, 'g.x:');
  expect(omar.chat).toHaveLength(there);
  const calls = world.telegram.calls.filter(({ method }) => method === 'deleteMessages');
  expect(new Set(calls.map(({ params }) => params.chat_id))).toEqual(new Set([amal.id]));
});
