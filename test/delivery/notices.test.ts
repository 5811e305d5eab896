import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMinutes, fromDate, type Instant } from '../../src/platform/datetime.ts';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import { berlin } from '../support/clock.ts';
import { arrive, book, plainText, press, says } from '../support/walks.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let amal: SimulatedPerson;
let maria: SimulatedPerson;
beforeEach(async () => {
  // A Wednesday noon: her first free time is Thursday 13:30, with both reminders ahead of it.
  world = await createWorld({ now: berlin('2026-11-25', '12:00') });
  amal = world.person('Amal');
  maria = world.telegram.person({ id: 700003, firstName: 'Maria' });
  await arrive(world, amal, 'de');
  await book(world, amal);
});
afterEach(() => world.stop());

const reminder = async (kind: string) => {
  const row = await world.db.prisma.notice.findFirst({ where: { kind: `reminder-${kind}` } });
  if (row === null) throw new Error(`no reminder ${kind} is owed`);
  return { ...row, due: fromDate(row.dueAt) };
};
const statusOf = async (kind: string) => (await reminder(kind)).status;
const reach = async (to: Instant) => {
  world.clock.set(to);
  await world.settle();
};
const heard = () => amal.chat.filter((one) => one.fromBot).length;

describe('a reminder', () => {
  it('is said when it is due', async () => {
    const { due } = await reminder('soon');
    await reach(due);
    expect(await statusOf('soon')).toBe('sent');
    expect(says(amal)).toContain('Erinnerung');
  });

  it('of a cancelled appointment is silence', async () => {
    const { due } = await reminder('soon');
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    const before = heard();
    await reach(due);
    expect(await statusOf('soon')).toBe('void');
    expect(heard()).toBe(before);
  });

  it('is silence also when the cancellation overtakes it on its way', async () => {
    const { id, due } = await reminder('soon');
    await world.db.sql(`UPDATE notice SET status = 'sending', lease_until = $2 WHERE id = $1::bigint`, [
      String(id),
      new Date(due),
    ]);
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    expect(await statusOf('soon')).toBe('sending');
    await reach(due);
    expect(await statusOf('soon')).toBe('void');
  });

  it('that an outage made late is said while it still helps', async () => {
    const { due } = await reminder('soon');
    const end = world.telegram.fail({ method: 'sendMessage', fault: { kind: 'server-error' } });
    await reach(due);
    end();
    await reach(addMinutes(due, 60));
    expect(await statusOf('soon')).toBe('sent');
  });

  it('that an outage made too late is silence, however often it was tried meanwhile', async () => {
    const { due } = await reminder('soon');
    const end = world.telegram.fail({ method: 'sendMessage', fault: { kind: 'server-error' } });
    for (const minutes of [0, 1, 30, 60, 90, 119]) await reach(addMinutes(due, minutes));
    expect((await reminder('soon')).attempts).toBeGreaterThan(3);
    end();
    await reach(addMinutes(due, 121));
    expect(await statusOf('soon')).toBe('void');
  });

  it('of the day before is judged by when it was due, not by when it was tried last', async () => {
    const { due } = await reminder('day-before');
    const end = world.telegram.fail({ method: 'sendMessage', fault: { kind: 'drop', when: 'before' } });
    for (const hours of [0, 1, 2, 4, 7, 7.9]) await reach(addMinutes(due, hours * 60));
    end();
    const before = heard();
    await reach(addMinutes(due, 9 * 60));
    expect(heard()).toBe(before);
    expect(await statusOf('day-before')).toBe('void');
  });
});

describe('a chat that cannot be reached', () => {
  it('is remembered, and the manager who waits for her is told once', async () => {
    amal.blocks();
    await world.settle();
    const { due } = await reminder('soon');
    await reach(due);
    const told = maria.chat.filter(({ text }) => /Der Bot erreicht .* nicht mehr/.test(plainText(text ?? '')));
    expect(told).toHaveLength(1);
    expect(await statusOf('soon')).toBe('unreachable');
  });

  it('is found out by a reminder that Telegram refuses, and the manager is told', async () => {
    world.telegram.fail({
      method: 'sendMessage',
      chatId: amal.id,
      fault: { kind: 'refuse', code: 403, description: 'Forbidden: user is deactivated' },
    });
    await reach((await reminder('soon')).due);
    expect(says(maria)).toMatch(/Der Bot erreicht .* nicht mehr/);
    expect(await statusOf('soon')).toBe('unreachable');
  });

  it('is reached again as soon as she writes', async () => {
    amal.blocks();
    await world.settle();
    amal.unblocks();
    await world.settle();
    await reach((await reminder('soon')).due);
    expect(await statusOf('soon')).toBe('sent');
  });
});

describe('the notice to the manager', () => {
  it('comes again when nobody can know whether it arrived', async () => {
    const before = maria.chat.length;
    await press(world, amal, 'cancel:');
    world.telegram.fail({ method: 'sendMessage', chatId: maria.id, times: 1, fault: { kind: 'drop', when: 'after' } });
    await press(world, amal, 'cancel.why:');
    world.clock.pass(1);
    await world.settle();
    expect(maria.chat.slice(before).map(({ text }) => plainText(text ?? ''))).toEqual([says(maria), says(maria)]);
  });
});
