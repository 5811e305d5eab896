import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, wallTime } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { everything, findButton, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import * as office from './office.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ now: berlin('2026-11-23', '09:00') });
  await world.db.prisma.officeHours.deleteMany();
});
afterEach(() => world.stop());

const isTold = (person: SimulatedPerson) => office.sentWith(world, person, 'bk.time:') > 0;

/** Finds nothing free and asks to be told. */
async function waits(person: SimulatedPerson, way = 'any'): Promise<void> {
  await write(world, person, '/book');
  await press(world, person, 'bk.topic:');
  await press(world, person, 'wait');
  await press(world, person, `wait.on:${way}`);
}

/** Maria opens so many hours on that weekday. */
async function opens(weekday: 1 | 2 | 3 | 4 | 5, hours: number, way: 'place' | 'telephone' = 'place'): Promise<void> {
  const manager = await actorOf(world, staffOf(world).maria, 'manager');
  const added = await world.program.services.appointments.addOfficeHours(manager, [
    {
      weekday,
      from: wallTime('10:00'),
      to: wallTime(`${10 + hours}:00`),
      placeId: way === 'place' ? 'rathaus-calw' : undefined,
      ways: [way],
      slotMinutes: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      everyWeeks: 1,
      validFrom: day('2026-11-24'),
      validTo: day('2026-11-30'),
      travelMinutes: 0,
      interpreter: false,
    },
  ]);
  expect(added.status).toBe('added');
  world.clock.pass(1);
  await world.settle();
}

describe.each(LOCALES)('a refugee who speaks %s', (locale) => {
  it('is told when something opens, books it with two taps, and waits no more', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await waits(amal);
    expect(says(amal)).toContain(words(world, 'outreach:wait.on', locale));
    await opens(3, 1);
    expect(says(amal)).toContain(words(world, 'outreach:wait.opened', locale));
    expect(says(amal)).toContain('Maria Keller');
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    expect(everything(amal)).toContain(words(world, 'appointments:booked.title', locale));
    expect(await world.db.prisma.slotWait.count()).toBe(0);
  });

  it('pauses, goes on and stops', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await waits(amal);
    await press(world, amal, 'wait.to:pause');
    expect(says(amal)).toContain(words(world, 'outreach:wait.paused', locale));
    await opens(3, 1);
    expect(isTold(amal)).toBe(false);
    await press(world, amal, 'wait.to:resume');
    expect(isTold(amal)).toBe(true);
    await write(world, amal, '/privacy');
    await press(world, amal, 'data');
    expect(says(amal)).toContain(words(world, 'outreach:own.wait', locale));
    await press(world, amal, 'wishes');
    await press(world, amal, 'wait');
    await press(world, amal, 'wait.to:stop');
    expect(says(amal)).toContain(words(world, 'outreach:wait.stopped', locale));
    expect(await world.db.prisma.slotWait.count()).toBe(0);
  });

  it('is asked after eight weeks whether to go on, and only then', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await waits(amal);
    world.clock.pass(56 * 24 * 60);
    await world.settle();
    expect(everything(amal)).not.toContain(words(world, 'outreach:wait.asked', locale));
    world.clock.pass(1);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'outreach:wait.asked', locale));
    world.clock.pass(24 * 60);
    await world.settle();
    expect(office.sentWith(world, amal, 'wait.to:resume')).toBe(1);
    await press(world, amal, 'wait.to:resume');
    expect(says(amal)).toContain(words(world, 'outreach:wait.on', locale));
  });
});

describe('what opens', () => {
  it('is told to three for each time, longest waiting first, and to the next two hours later', async () => {
    const people: SimulatedPerson[] = [];
    for (let index = 0; index < 5; index++) {
      people.push(await office.client(world, `P${index}`));
      await waits(people[index] as SimulatedPerson);
      world.clock.pass(1);
    }
    await opens(3, 1);
    expect(people.map(isTold)).toEqual([true, true, true, false, false]);
    world.clock.pass(118);
    await world.settle();
    expect(people.map(isTold)).toEqual([true, true, true, false, false]);
    world.clock.pass(3);
    await world.settle();
    expect(people.map(isTold)).toEqual([true, true, true, true, true]);
    // Once each, however long it stays free.
    world.clock.pass(10 * 60);
    world.clock.set(berlin('2026-11-24', '10:00'));
    await world.settle();
    expect(people.map((person) => office.sentWith(world, person, 'bk.time:'))).toEqual([1, 1, 1, 1, 1]);
  });

  it('is told to as many as there is room for', async () => {
    const people: SimulatedPerson[] = [];
    for (let index = 0; index < 5; index++) {
      people.push(await office.client(world, `P${index}`));
      await waits(people[index] as SimulatedPerson);
    }
    await opens(3, 2);
    expect(people.map(isTold)).toEqual([true, true, true, true, true]);
  });

  it('is told for the way that she wants', async () => {
    const amal = await office.client(world, 'Amal');
    await waits(amal, 'telephone');
    await opens(3, 1, 'place');
    expect(isTold(amal)).toBe(false);
    await opens(4, 1, 'telephone');
    expect(isTold(amal)).toBe(true);
    expect(offered(amal).filter((data) => data.startsWith('bk.time:'))).toHaveLength(1);
  });

  it('is told again when something else opens later', async () => {
    const amal = await office.client(world, 'Amal');
    await waits(amal);
    await opens(3, 1);
    world.clock.set(berlin('2026-11-23', '14:00'));
    await opens(4, 1);
    expect(office.sentWith(world, amal, 'bk.time:')).toBe(2);
  });

  it('by a cancellation is told as well', async () => {
    await opens(3, 1);
    const omar = await office.booked(world, 'Omar', '2026-11-25', '10:00');
    const amal = await office.client(world, 'Amal');
    await waits(amal);
    await office.cancels(world, omar);
    expect(isTold(amal)).toBe(true);
  });

  it('at night is told in the morning, and not at all when it is taken again by then', async () => {
    const amal = await office.client(world, 'Amal');
    await waits(amal);
    await office.at(world, '2026-11-23', '22:00');
    await opens(3, 1);
    expect(isTold(amal)).toBe(false);
    await office.at(world, '2026-11-24', '08:00');
    expect(isTold(amal)).toBe(true);
  });

  it('that is taken before the message leaves is silence', async () => {
    const amal = await office.client(world, 'Amal');
    await waits(amal);
    world.telegram.fail({ method: 'sendMessage', times: 1, fault: { kind: 'refuse', code: 500, description: 'down' } });
    await opens(3, 1);
    await office.booked(world, 'Karim', '2026-11-25', '10:00');
    world.telegram.heal();
    world.clock.pass(10);
    await world.settle();
    expect(everything(amal)).not.toContain(words(world, 'outreach:wait.opened'));
    expect(await world.db.prisma.notice.count({ where: { kind: 'wait-open', status: 'void' } })).toBe(1);
  });
});

it('two times pressed on one message make one booking', async () => {
  const amal = await office.client(world, 'Amal');
  await waits(amal);
  await opens(3, 2);
  const times = offered(amal).filter((data) => data.startsWith('bk.time:'));
  expect(times).toHaveLength(2);
  const { messageId } = findButton(amal, 'bk.time:');
  for (const data of times) {
    amal.presses(messageId, data.replace('bk.time:', 'bk.ok:'));
    await world.settle();
  }
  expect(await world.db.prisma.appointment.count()).toBe(1);
});

it('nobody can wait without a manager', async () => {
  const neu = world.person('Neu');
  await world.program.services.people.agree(neu.id, 'de');
  neu.sends('/menu');
  await world.settle();
  neu.presses(neu.chat.findLast((one) => one.fromBot)?.message_id ?? 0, 'wait.on:any');
  await world.settle();
  expect(says(neu)).toContain(words(world, 'appointments:no-manager'));
  expect(await world.db.prisma.slotWait.count()).toBe(0);
});
