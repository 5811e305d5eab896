import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { arrive, buttonsOf, findButton, offered, press, says, toSummary, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
let amal: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  amal = world.person('Amal');
  await arrive(world, amal, 'de');
});
afterEach(() => world.stop());

const booked = () => world.db.prisma.appointment.count({ where: { status: 'booked' } });
const draftOf = (data: string) => data.split(':')[1];

/** On the way to a booking: the newest button of each step, as it was when it could be pressed. */
async function stepsTo(prefixes: readonly string[]): Promise<{ messageId: number; data: string }[]> {
  const steps = [];
  for (const prefix of prefixes) {
    steps.push(findButton(amal, prefix));
    await press(world, amal, prefix);
  }
  return steps;
}
const STEPS = ['bk', 'bk.topic:', 'bk.way:', 'bk.day:', 'bk.time:'];

describe('one screen', () => {
  it('begins one booking, however often it is pressed', async () => {
    await write(world, amal, '/menu');
    const menu = findButton(amal, 'bk');
    amal.presses(menu.messageId, 'bk');
    amal.presses(menu.messageId, 'bk');
    await world.settle();
    const first = offered(amal).find((data) => data.startsWith('bk.topic:')) ?? '';
    amal.presses(menu.messageId, 'bk');
    await world.settle();
    expect(draftOf(offered(amal).find((data) => data.startsWith('bk.topic:')) ?? '')).toBe(draftOf(first));
    await write(world, amal, '/menu');
    await press(world, amal, 'bk');
    expect(draftOf(offered(amal).find((data) => data.startsWith('bk.topic:')) ?? '')).not.toBe(draftOf(first));
  });

  it('keeps the card of what was booked on it, whichever of its former buttons comes late', async () => {
    await write(world, amal, '/menu');
    const steps = await stepsTo(STEPS);
    const confirm = findButton(amal, 'bk.ok:');
    await press(world, amal, 'bk.ok:');
    const card = () => amal.chat.find((one) => one.message_id === confirm.messageId);
    const before = card()?.text;
    for (const { messageId, data } of [...steps, confirm]) {
      amal.presses(messageId, data);
      await world.settle();
      expect(card()?.text).toBe(before);
      expect(buttonsOf(card()).map(({ data }) => data.split(':')[0])).toContain('cancel');
    }
    expect(await booked()).toBe(1);
  });

  it('leads to another booking when that one is cancelled', async () => {
    await write(world, amal, '/menu');
    const steps = await stepsTo(STEPS);
    const { messageId } = findButton(amal, 'bk.ok:');
    await press(world, amal, 'bk.ok:');
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    amal.presses(messageId, steps.at(-1)?.data ?? '');
    await world.settle();
    const old = amal.chat.find((one) => one.message_id === messageId);
    expect(old?.text).toContain(words(world, 'appointments:over'));
    amal.presses(messageId, 'bk');
    await world.settle();
    for (const prefix of ['bk.topic:', 'bk.way:', 'bk.day:', 'bk.time:', 'bk.ok:']) {
      const screen = amal.chat.find((one) => one.message_id === messageId);
      const next = buttonsOf(screen).find(({ data }) => data.startsWith(prefix));
      amal.presses(messageId, next?.data ?? prefix);
      await world.settle();
    }
    expect(await booked()).toBe(1);
  });
});

describe('“where to?” for a visit at home', () => {
  it('is asked once when the press comes twice', async () => {
    await toSummary(world, amal, 'home');
    const { messageId, data } = findButton(amal, 'bk.ok:');
    amal.presses(messageId, data);
    amal.presses(messageId, data);
    await world.settle();
    const asked = amal.chat.filter(({ text }) => text?.includes(words(world, 'appointments:address.ask')));
    expect(asked).toHaveLength(1);
    await write(world, amal, 'Marktstraße 5, 75365 Calw');
    expect(says(amal)).toContain(words(world, 'appointments:address.kept'));
  });

  it('is asked after all when it could not be sent at first', async () => {
    await toSummary(world, amal, 'home');
    const end = world.telegram.fail({ method: 'sendMessage', chatId: amal.id, fault: { kind: 'server-error' } });
    const { messageId, data } = findButton(amal, 'bk.ok:');
    amal.presses(messageId, data);
    const settled = world.settle();
    await vi.waitUntil(() => world.db.prisma.inbox.count({ where: { status: 'pending', attempts: 1 } }), {
      timeout: 60_000,
    });
    end();
    world.clock.pass(1);
    await settled;
    expect(await booked()).toBe(1);
    await write(world, amal, 'Marktstraße 5, 75365 Calw');
    expect(says(amal)).toContain(words(world, 'appointments:address.kept'));
  });
});
