import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Way } from '../../../src/features/appointments/model.ts';
import { day, fromDate, wallTime } from '../../../src/platform/datetime.ts';
import { LOCALES, type Locale } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { arrive, everything, findButton, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import * as office from './office.ts';

let world: World;
beforeEach(async () => {
  // A Monday morning, after the quiet hours.
  world = await createWorld({ now: berlin('2026-11-23', '09:00') });
});
afterEach(() => world.stop());

const booked = (name: string, day: string, time: string, locale: Locale = 'de', way: Way = 'place') =>
  office.booked(world, name, day, time, locale, way);
const cancels = (one: office.Booked) => office.cancels(world, one);
const at = (day: string, time: string) => office.at(world, day, time);
const startOf = (id: string) => office.startOf(world, id);
const timesAsked = (person: SimulatedPerson) => office.sentWith(world, person, 'early.yes:');
const isAsked = (person: SimulatedPerson) => timesAsked(person) > 0;
const offers = () => world.db.prisma.slotOffer.findMany({ orderBy: { offeredAt: 'asc' } });

/** Presses "earlier" on the card and chooses how. */
async function wishes(person: SimulatedPerson, way = 'any'): Promise<void> {
  await write(world, person, '/menu');
  await press(world, person, 'mine');
  await press(world, person, 'card:');
  await press(world, person, 'early:');
  await press(world, person, `early.on:${findButton(person, 'early.on:').data.split(':')[1]}:${way}`);
}

describe.each(LOCALES)('a refugee who speaks %s', (locale) => {
  it('wishes for an earlier time on her card, is offered one, and has it with one tap', async () => {
    const omar = await booked('Omar', '2026-11-25', '08:30');
    const amal = await booked('Amal', '2026-12-02', '08:30', locale);
    await wishes(amal.person);
    expect(says(amal.person)).toContain(words(world, 'outreach:early.noted', locale));
    expect(isAsked(amal.person)).toBe(false);
    await cancels(omar);
    expect(says(amal.person)).toContain(words(world, 'outreach:offer', locale));
    expect(says(amal.person)).toContain('25.11.2026');
    expect(says(amal.person)).toContain('11:00'); // two hours to answer
    await press(world, amal.person, 'early.yes:');
    expect(await startOf(amal.id)).toBe(berlin('2026-11-25', '08:30'));
    expect(everything(amal.person)).toContain(words(world, 'appointments:moved.title', locale));
    expect(everything(staffOf(world).maria)).toContain(words(world, 'appointments:staff.moved'));
    expect(await world.db.prisma.earlierWish.count()).toBe(0);
  });
});

describe('the wish', () => {
  it('shows what is free before her appointment anyway, one tap from the summary', async () => {
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await write(world, amal.person, '/menu');
    await press(world, amal.person, 'mine');
    await press(world, amal.person, 'card:');
    await press(world, amal.person, 'early:');
    expect(says(amal.person)).toContain(words(world, 'outreach:early.free'));
    expect(offered(amal.person).filter((data) => data.startsWith('mv.time:'))).toHaveLength(4);
    await press(world, amal.person, 'mv.time:');
    await press(world, amal.person, 'mv.ok:');
    expect(await startOf(amal.id)).toBeLessThan(berlin('2026-12-02', '08:30'));
  });

  it('is switched off on the same screen, and then nothing is offered', async () => {
    const omar = await booked('Omar', '2026-11-25', '08:30');
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await wishes(amal.person);
    await press(world, amal.person, 'early.off:');
    expect(says(amal.person)).toContain(words(world, 'outreach:early.stopped'));
    await cancels(omar);
    expect(isAsked(amal.person)).toBe(false);
    expect(await world.db.prisma.slotWatch.count()).toBe(0);
  });

  it('is for her way only, where she has chosen one', async () => {
    // Fridays are for the telephone only.
    const omar = await booked('Omar', '2026-11-27', '09:00', 'de', 'telephone');
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await wishes(amal.person, 'place');
    await cancels(omar);
    expect(isAsked(amal.person)).toBe(false);
  });

  it('ends with the appointment', async () => {
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await wishes(amal.person);
    await cancels(amal);
    await press(world, amal.person, 'early.off:');
    expect(says(amal.person)).toContain(words(world, 'appointments:gone'));
    await world.program.services.outreach.forget();
    expect(await world.db.prisma.earlierWish.count()).toBe(0);
  });

  it('is counted for nothing that was free before', async () => {
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await wishes(amal.person);
    await at('2026-11-23', '10:00');
    expect(await offers()).toEqual([]);
  });
});

describe('a time that opens', () => {
  async function four() {
    const free = await booked('Frei', '2026-11-25', '08:30');
    const people = [];
    for (const [index, time] of ['08:30', '09:30', '10:30'].entries()) {
      people.push(await booked(`P${index}`, '2026-12-02', time));
    }
    people.push(await booked('P3', '2026-12-07', '08:30'));
    for (const [index, one] of people.entries()) {
      world.clock.set(berlin('2026-11-23', `09:0${index + 1}`));
      await wishes(one.person);
    }
    return { free, people };
  }
  const asked = (people: readonly { person: SimulatedPerson }[]) => people.map(({ person }) => isAsked(person));

  it('is offered to three at a time, oldest wish first; the first yes moves her, the others are told kindly', async () => {
    const { free, people } = await four();
    await cancels(free);
    expect(asked(people)).toEqual([true, true, true, false]);
    await press(world, people[1]?.person ?? free.person, 'early.yes:');
    expect(await startOf(people[1]?.id ?? '')).toBe(berlin('2026-11-25', '08:30'));
    for (const index of [0, 2]) {
      expect(everything(people[index]?.person ?? free.person)).toContain(words(world, 'outreach:offer.gone'));
    }
    expect(everything(people[3]?.person ?? free.person)).not.toContain(words(world, 'outreach:offer.gone'));
    // An answer that comes too late says so, and nothing moves.
    const late = people[0] ?? free;
    await press(world, late.person, 'early.yes:');
    expect(everything(late.person)).toContain(words(world, 'outreach:offer.late'));
    expect(await startOf(late.id)).toBe(berlin('2026-12-02', '08:30'));
  });

  it('goes on with the time that became free by the swap', async () => {
    const { free, people } = await four();
    await cancels(free);
    await press(world, people[0]?.person ?? free.person, 'early.yes:');
    // 2 December, 08:30, is free now and earlier than what all three others have.
    const next = (await offers()).filter(({ status }) => status === 'open');
    expect(next.map(({ startsAt }) => fromDate(startsAt))).toEqual(Array(3).fill(berlin('2026-12-02', '08:30')));
  });

  it('is offered to the next after a no of all, and after two hours of silence', async () => {
    const { free, people } = await four();
    await cancels(free);
    for (const index of [0, 1]) await press(world, people[index]?.person ?? free.person, 'early.no:');
    expect(asked(people)).toEqual([true, true, true, false]);
    await at('2026-11-23', '11:03');
    expect(asked(people)).toEqual([true, true, true, false]);
    await at('2026-11-23', '11:05');
    expect(asked(people)).toEqual([true, true, true, true]);
    expect((await offers()).map(({ status }) => status).toSorted()).toEqual(['no', 'no', 'open', 'silent']);
    // Nobody is left: it is simply free.
    await press(world, people[3]?.person ?? free.person, 'early.no:');
    expect(await world.db.prisma.openedSlot.count()).toBe(0);
  });

  it('is kept for the next while they are asked; a late yes counts once it is free for all', async () => {
    const { free, people } = await four();
    await cancels(free);
    await at('2026-11-23', '11:05');
    const late = people[0] ?? free;
    const { messageId, data } = findButton(late.person, 'early.yes:');
    late.person.presses(messageId, data);
    await world.settle();
    expect(everything(late.person)).toContain(words(world, 'outreach:offer.late'));
    expect(await startOf(late.id)).toBe(berlin('2026-12-02', '08:30'));
    await press(world, people[3]?.person ?? free.person, 'early.no:');
    late.person.presses(messageId, data);
    await world.settle();
    expect(await startOf(late.id)).toBe(berlin('2026-11-25', '08:30'));
  });

  it('is offered in turn by whatever it was freed: a move of the manager, an erasure, new office hours', async () => {
    const { free, people } = await four();
    await write(world, free.person, '/delete');
    await press(world, free.person, 'erase:yes');
    expect(asked(people)).toEqual([true, true, true, false]);
    const { maria } = staffOf(world);
    const manager = await actorOf(world, maria, 'manager');
    await world.program.services.appointments.addOfficeHours(manager, [
      {
        weekday: 6,
        from: wallTime('10:00'),
        to: wallTime('11:00'),
        placeId: 'rathaus-calw',
        ways: ['place'],
        slotMinutes: 60,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        everyWeeks: 1,
        validFrom: day('2026-11-23'),
        validTo: undefined,
        travelMinutes: 0,
        interpreter: false,
      },
    ]);
    world.clock.pass(1);
    await world.settle();
    // The fourth has nothing else to answer.
    expect(asked(people)).toEqual([true, true, true, true]);
  });
});

describe('quiet hours', () => {
  it('nobody is asked at night, nor so late that she could not answer before it: the morning asks', async () => {
    const omar = await booked('Omar', '2026-11-25', '08:30');
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await wishes(amal.person);
    await at('2026-11-23', '19:30');
    await cancels(omar);
    for (const [day, time] of [
      ['2026-11-23', '20:59'],
      ['2026-11-23', '23:00'],
      ['2026-11-24', '07:59'],
    ] as const) {
      await at(day, time);
      expect([time, isAsked(amal.person)]).toEqual([time, false]);
    }
    await at('2026-11-24', '08:00');
    expect(isAsked(amal.person)).toBe(true);
  });

  it('a time that opens at night is noticed in the morning', async () => {
    const omar = await booked('Omar', '2026-11-25', '08:30');
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await wishes(amal.person);
    await at('2026-11-23', '23:30');
    await cancels(omar);
    expect(await offers()).toEqual([]);
    await at('2026-11-24', '08:00');
    expect(isAsked(amal.person)).toBe(true);
  });

  it('a time that begins too soon to answer and to come is offered to nobody', async () => {
    const omar = await booked('Omar', '2026-11-25', '08:30');
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await wishes(amal.person);
    await at('2026-11-24', '22:00');
    await cancels(omar);
    await at('2026-11-25', '08:00');
    expect(await offers()).toEqual([]);
  });
});

describe('three offers', () => {
  it('answered at once have one winner, and everybody an answer', async () => {
    const free = await booked('Frei', '2026-11-25', '08:30');
    const people = [];
    for (const time of ['08:30', '09:30', '10:30']) people.push(await booked(time, '2026-12-02', time));
    for (const { person } of people) await wishes(person);
    await cancels(free);
    for (const { person } of people) {
      const { messageId, data } = findButton(person, 'early.yes:');
      person.presses(messageId, data);
    }
    await world.settle();
    const starts = await Promise.all(people.map(({ id }) => startOf(id)));
    expect(starts.filter((one) => one === berlin('2026-11-25', '08:30'))).toHaveLength(1);
    const said = people.map(({ person }) => everything(person));
    expect(said.filter((all) => all.includes(words(world, 'appointments:moved.title')))).toHaveLength(1);
    expect(said.filter((all) => all.includes(words(world, 'outreach:offer.late')))).toHaveLength(2);
  });

  it('pressed again by the winner show her card again and move nothing', async () => {
    const free = await booked('Frei', '2026-11-25', '08:30');
    const amal = await booked('Amal', '2026-12-02', '08:30');
    await wishes(amal.person);
    await cancels(free);
    const { messageId, data } = findButton(amal.person, 'early.yes:');
    for (let times = 0; times < 3; times++) amal.person.presses(messageId, data);
    await world.settle();
    const row = await world.db.prisma.appointment.findUniqueOrThrow({ where: { id: amal.id } });
    expect([row.sequence, fromDate(row.startsAt)]).toEqual([1, berlin('2026-11-25', '08:30')]);
    expect(everything(amal.person)).not.toContain(words(world, 'outreach:offer.gone'));
  });
});

it('“my data” leads to her wishes', async () => {
  const neu = world.person('Neu');
  await arrive(world, neu, 'de');
  await write(world, neu, '/menu');
  await press(world, neu, 'data');
  expect(offered(neu)).toContain('wishes');
  await press(world, neu, 'wishes');
  expect(says(neu)).toContain(words(world, 'outreach:own.none'));
});
