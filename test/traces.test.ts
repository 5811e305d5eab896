import { afterEach, beforeEach, expect, it } from 'vitest';
import { isAnywhere, rows } from './support/builders.ts';
import { dump } from './support/database.ts';
import { arrive, book, press, says, staffOf, write } from './support/walks.ts';
import { createWorld, TOKEN, type World } from './support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

// Words that stand nowhere else in the program: found in a log line or, in clear, in a row, they have leaked.
const NAME = 'Kanarienvogel';
const NICKNAME = 'Zaunkönig';
const ADDRESS = 'Rotkehlchenweg 7, 75365 Calw';
const SENTENCE = 'Bitte sagen Sie niemandem etwas von der Nachtigall';
const CANARIES = [TOKEN, NAME, NICKNAME, ADDRESS, 'Rotkehlchenweg', SENTENCE, 'Nachtigall'];

async function expectNoLeak(): Promise<void> {
  const log = world.logged.join('\n');
  for (const canary of CANARIES) {
    expect([canary, log.includes(canary)]).toEqual([canary, false]);
    expect([canary, await isAnywhere(world, canary)]).toEqual([canary, false]);
  }
}

/** A walk through everything in which people type. */
async function walk() {
  const amal = world.person(NAME);
  await arrive(world, amal, 'de');
  await write(world, amal, SENTENCE);
  await press(world, amal, 'data');
  await press(world, amal, 'nick:ask');
  await write(world, amal, NICKNAME);
  await book(world, amal, 'home');
  await press(world, amal, 'card.addr:');
  await write(world, amal, ADDRESS);
  return amal;
}

it('what people type stands in no log line and in no row in clear', async () => {
  await walk();
  await expectNoLeak();
  const { maria } = staffOf(world);
  await press(world, maria, 'appt:');
  await press(world, maria, 'appt.addr:');
  expect(says(maria)).toContain(ADDRESS);
  await expectNoLeak();
});

it('the subject of an appointment is sealed, and gone when the appointment is cancelled or over', async () => {
  const amal = await walk();
  expect(
    Object.values(await dump(world.db))
      .flat()
      .join('\n'),
  ).not.toMatch(/,language,|deutsch lernen/i);
  const sealed = await world.db.prisma.appointment.findFirst();
  expect(world.seal.open('topic', sealed?.topic ?? new Uint8Array())).toBe('language');
  world.clock.pass(14 * 24 * 60);
  await world.program.services.appointments.forgetPast();
  expect(await world.db.prisma.appointment.findFirst()).toMatchObject({ topic: null, address: null });
  await book(world, amal);
  await press(world, amal, 'cancel:');
  await press(world, amal, 'cancel.why:');
  expect(await world.db.prisma.appointment.count({ where: { topic: { not: null } } })).toBe(0);
});

it('an update that waits to be handled is sealed as well', async () => {
  const amal = world.person(NAME);
  amal.sends(SENTENCE);
  await world.program.services.inbox.store(world.telegram.takeUpdates(), world.clock.now());
  const [waiting] = await world.db.prisma.inbox.findMany({ where: { payload: { not: null } } });
  expect(waiting?.payload?.length).toBeGreaterThan(50);
  await expectNoLeak();
  await world.program.idle();
  expect(await world.db.prisma.inbox.count({ where: { payload: { not: null } } })).toBe(0);
});

it('a form in the middle of which somebody stopped is sealed', async () => {
  const amal = world.person(NAME);
  amal.starts();
  await world.settle();
  await press(world, amal, 'lang.to:de');
  await press(world, amal, 'consent:yes');
  await press(world, amal, 'housing:municipality');
  await write(world, amal, 'Nachtigall');
  expect(await world.db.prisma.flow.count()).toBe(1);
  await expectNoLeak();
});

it('an error of ours logs where it happened and nothing of what was written or who wrote', async () => {
  await world.stop();
  world = await createWorld({ mayFail: true });
  const amal = world.person(NAME);
  await arrive(world, amal, 'de');
  await press(world, amal, 'data');
  await press(world, amal, 'nick:ask');
  const fault = { kind: 'refuse', code: 400, description: `Bad Request: ${SENTENCE}` } as const;
  world.telegram.fail({ method: 'sendMessage', times: 1, fault });
  await write(world, amal, NICKNAME);
  world.telegram.heal();
  expect(world.logged.some((line) => line.includes('update.parked'))).toBe(true);
  await expectNoLeak();
  expect(world.logged.join('\n')).not.toContain(`:${amal.id},`);
});

it.each(['a stranger', 'a refugee'])('help leaves no trace of %s', async (who) => {
  const amal = world.person(NAME);
  if (who === 'a refugee') await arrive(world, amal, 'de');
  const before = await rows(world);
  await write(world, amal, '/help');
  await press(world, amal, 'menu');
  await press(world, amal, 'help');
  expect(says(amal)).toContain('112');
  expect(await rows(world)).toEqual(before);
  expect(world.logged.join('\n')).not.toContain('help');
});

it('photographs, voice and documents are neither opened nor kept', async () => {
  const amal = world.person(NAME);
  await arrive(world, amal, 'de');
  const before = await rows(world);
  amal.sendsPhoto();
  amal.sendsVoice();
  amal.sendsDocument(`${NAME}.pdf`, new TextEncoder().encode(SENTENCE));
  await world.settle();
  expect(await rows(world)).toEqual(before);
  expect(world.telegram.calls.map(({ method }) => method)).not.toContain('getFile');
  await expectNoLeak();
});
