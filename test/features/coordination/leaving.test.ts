import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { sendCase } from '../../support/handovers.ts';
import {
  arrive,
  book,
  everything,
  findButton,
  forge,
  offered,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import { CALW, colleague, managerId, toLeaving } from './office.ts';

let world: World;
let karin: SimulatedPerson;
let maria: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  ({ karin, maria } = staffOf(world));
});
afterEach(() => world.stop());

const managerOf = async (person: SimulatedPerson) => (await actorOf(world, person, 'refugee')).managerId;
const appointment = () =>
  world.db.prisma.appointment.findFirstOrThrow({
    include: { manager: { select: { name: true } } },
    orderBy: { bookedAt: 'asc' },
  });
/** Somebody of Calw with an appointment at the first free time with Maria. */
async function client(name = 'Amal', locale: 'de' | 'en' | 'ar' = 'de', way = 'place') {
  const person = world.person(name, locale);
  await arrive(world, person, locale);
  await book(world, person, way);
  return person;
}
/** Blocks the time of the only appointment in another diary. */
async function absent(id: string) {
  const { startsAt, endsAt } = await appointment();
  await world.db.prisma.absence.create({ data: { id: 'absence', managerId: id, from: startsAt, to: endsAt } });
}

describe('a manager leaves, and one colleague takes over', () => {
  it('moves people and appointments in one step, and everybody is told in her own language', async () => {
    const amal = await client('Amal', 'en');
    const paula = await colleague(world, 'Paula Neu', { hours: 'like-maria' });
    await toLeaving(world, karin, 'Maria Keller', { to: 'Paula Neu' });
    expect(says(karin)).toContain('zu Paula Neu: 1');
    expect(says(karin)).toContain('Termine gehen mit, zur gleichen Zeit: 1');
    const { startsAt, sequence } = await appointment();
    world.clock.pass(5);
    await press(world, karin, 'ko.do:');

    expect(says(karin)).toContain('Fertig');
    expect(await managerOf(amal)).toBe(paula.id);
    const after = await appointment();
    expect(after.manager.name).toBe('Paula Neu');
    expect([after.startsAt, after.sequence, after.status]).toEqual([startsAt, sequence + 1, 'booked']);
    // Calendars and older cards go by when it was changed.
    expect(after.changedAt?.getTime()).toBe(world.clock.now());
    expect(says(amal)).toContain('Your contact person is now Paula Neu');
    expect(says(amal)).toContain('Your appointment stays');
    expect(offered(amal)).toContain(`card:${after.id}`);
    expect(says(paula.person)).toContain('Jetzt bei Ihnen: 1');
    expect(says(paula.person)).toContain('Termine, die zu Ihnen kommen: 1');
    expect(everything(maria)).toContain('Ihr Zugang ist beendet');
    await write(world, maria, '/menu');
    expect(offered(maria).some((data) => data.startsWith('diary'))).toBe(false);
  });

  it('is reminded as before, once each time', async () => {
    const amal = await client('Amal', 'de', 'home');
    const paula = await colleague(world, 'Paula Neu');
    await toLeaving(world, karin, 'Maria Keller', { to: 'Paula Neu' });
    await press(world, karin, 'ko.do:');
    expect((await appointment()).managerId).toBe(paula.id);
    const { startsAt } = await appointment();
    const heard = amal.chat.length;
    for (const minutesBefore of [23 * 60, 1]) {
      world.clock.pass(Math.floor((startsAt.getTime() - world.clock.now()) / 60_000) - minutesBefore);
      await world.settle();
    }
    const reminders = amal.chat.slice(heard).map((one) => one.text ?? '');
    expect(reminders.filter((text) => text.includes(words(world, 'appointments:reminder.soon')))).toHaveLength(1);
    expect(reminders.filter((text) => text.includes(words(world, 'appointments:reminder.day-before')))).toHaveLength(1);
  });

  it('gives her the municipalities, so that who comes tomorrow finds somebody', async () => {
    const paula = await colleague(world, 'Paula Neu', { towns: [] });
    await toLeaving(world, karin, 'Maria Keller', { to: 'Paula Neu' });
    expect(says(karin)).toContain('Orte, die mitgehen');
    await press(world, karin, 'ko.do:');
    const omar = world.person('Omar');
    await arrive(world, omar, 'de');
    expect(await managerOf(omar)).toBe(paula.id);
  });

  it('tells her of the cases that wait for her now, and no coordinator that nobody is there', async () => {
    const [one, other] = [world.person('Amal', 'ar'), world.person('Omar', 'ar')];
    const accepted = await sendCase(world, one, { town: 'Calw' });
    await press(world, maria, `hm.yes:${accepted}`);
    const waiting = await sendCase(world, other, { town: 'Calw' });
    const paula = await colleague(world, 'Paula Neu', { towns: [] });
    await toLeaving(world, karin, 'Maria Keller', { to: 'Paula Neu' });
    await press(world, karin, 'ko.do:');
    const told = paula.person.chat.filter(({ text }) => text?.includes(words(world, 'handovers:desk.new')));
    expect(told).toHaveLength(2);
    expect(everything(karin)).not.toContain(words(world, 'handovers:nobody'));
    for (const id of [accepted, waiting]) await forge(world, paula.person, `hm.yes:${id}`);
    expect(await world.db.prisma.handover.count({ where: { managerId: paula.id } })).toBe(2);
  });

  it('cancels what she cannot keep, with the next free times in the message, which book', async () => {
    const amal = await client('Amal', 'ar', 'home');
    const paula = await colleague(world, 'Paula Neu', { hours: 'like-maria' });
    await absent(paula.id);
    await toLeaving(world, karin, 'Maria Keller', { to: 'Paula Neu' });
    expect(says(karin)).toContain('schon belegt');
    expect(offered(karin).some((data) => data.startsWith('ko.see:'))).toBe(false);
    await press(world, karin, 'ko.do:');
    expect(await appointment()).toMatchObject({ status: 'cancelled', cancelledBy: 'coordinator' });
    const offers = offered(amal).filter((data) => data.startsWith('bk.time:'));
    expect(offers).toHaveLength(3);
    expect(new Set(offers.map((data) => data.split(':')[3]))).toEqual(new Set(['home']));
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    const booked = await world.db.prisma.appointment.findFirstOrThrow({ where: { status: 'booked' } });
    expect(booked.managerId).toBe(paula.id);
  });

  it('lets her keep them until her last day, where that was chosen', async () => {
    const amal = await client();
    const paula = await colleague(world, 'Paula Neu');
    await absent(paula.id);
    await toLeaving(world, karin, 'Maria Keller', { lastDay: '2026', to: 'Paula Neu' });
    expect(says(karin)).toContain('Termine, die wir absagen: 1');
    await press(world, karin, findButton(karin, 'ko.see:').data);
    expect(says(karin)).toContain('Termine bleiben bei Maria Keller: 1');
    await press(world, karin, 'ko.do:');
    expect(await appointment()).toMatchObject({ status: 'booked', sequence: 0 });
    expect(await managerOf(amal)).toBe(paula.id);
    expect(says(amal)).toContain('Mit: Maria Keller');
    await write(world, maria, '/menu');
    expect(offered(maria).some((data) => data.startsWith('diary'))).toBe(true);

    // The day after: her access ends by itself.
    world.clock.pass(60 * 24 * 60);
    await world.program.services.coordination.tidy();
    await world.settle();
    expect(everything(maria)).toContain('Ihr Zugang ist beendet');
    await write(world, maria, '/menu');
    expect(offered(maria).some((data) => data.startsWith('diary'))).toBe(false);
  });
});

describe('a manager leaves, by free capacity', () => {
  it('shares people out by working days, and lets wait whom nobody serves', async () => {
    const people = [];
    for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) {
      const person = world.person(name);
      await arrive(world, person, 'de');
      people.push(person);
    }
    const dobel = world.person('G');
    await arrive(world, dobel, 'de', 'Dobel');
    const paula = await colleague(world, 'Paula Neu', { days: 4 });
    const quentin = await colleague(world, 'Quentin Neu', { days: 2 });
    await toLeaving(world, karin, 'Maria Keller');
    expect(says(karin)).toContain('zu Paula Neu: 4');
    expect(says(karin)).toContain('zu Quentin Neu: 2');
    expect(says(karin)).toContain('auf die Warteliste: 1');
    await press(world, karin, 'ko.do:');
    const managers = await Promise.all(people.map(managerOf));
    expect(managers.filter((id) => id === paula.id)).toHaveLength(4);
    expect(managers.filter((id) => id === quentin.id)).toHaveLength(2);
    expect(await managerOf(dobel)).toBeUndefined();
    expect(says(dobel)).toContain('Wir suchen eine neue für Sie');
    expect(await world.db.prisma.refugee.count({ where: { waitingSince: { not: null } } })).toBe(1);
  });
});

describe('what was agreed to', () => {
  it('is shown again when somebody has come meanwhile', async () => {
    const paula = await colleague(world, 'Paula Neu', { towns: [] });
    await toLeaving(world, karin, 'Maria Keller', { to: 'Paula Neu' });
    expect(says(karin)).toContain('Niemand wechselt');
    const agreed = findButton(karin, 'ko.do:').data;
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await forge(world, karin, agreed);
    expect(says(karin)).toContain('Es hat sich etwas geändert');
    expect(says(karin)).toContain('zu Paula Neu: 1');
    expect(await managerOf(amal)).not.toBe(paula.id);
    await press(world, karin, 'ko.do:');
    expect(await managerOf(amal)).toBe(paula.id);
  });

  it('is done once, however often it is pressed', async () => {
    await client();
    await colleague(world, 'Paula Neu');
    await toLeaving(world, karin, 'Maria Keller', { to: 'Paula Neu' });
    const agreed = findButton(karin, 'ko.do:').data;
    await forge(world, karin, agreed);
    const told = await world.db.prisma.notice.count();
    await forge(world, karin, agreed);
    expect(says(karin)).toContain('Fertig');
    expect(await world.db.prisma.caseloadMove.count()).toBe(1);
    expect(await world.db.prisma.notice.count()).toBe(told);
  });

  it('is nothing of a last day that has passed since the screen was shown', async () => {
    await colleague(world, 'Paula Neu');
    await toLeaving(world, karin, 'Maria Keller', { lastDay: '20261130', to: 'Paula Neu' });
    world.clock.pass(10 * 24 * 60);
    await press(world, karin, 'ko.do:');
    expect(says(karin)).toContain('Das gibt es nicht mehr');
    expect(await world.db.prisma.manager.count({ where: { leavesOn: { not: null } } })).toBe(0);
  });

  it('loses to a booking in the same instant: what is true now is shown', async () => {
    await client();
    const paula = await colleague(world, 'Paula Neu');
    await toLeaving(world, karin, 'Maria Keller', { to: 'Paula Neu' });
    const agreed = findButton(karin, 'ko.do:').data;
    // Between the reading of the plan and its statements somebody takes the time at the new manager.
    const { startsAt, endsAt, ...rest } = await world.db.prisma.appointment.findFirstOrThrow();
    const omar = world.person('Omar');
    await arrive(world, omar, 'de', 'Enzklösterle');
    const { personId } = await actorOf(world, omar, 'refugee');
    const desk = world.program.services.caseload;
    const reassign = desk.reassign;
    Object.assign(desk, {
      reassign: async (...args: Parameters<typeof reassign>) => {
        Object.assign(desk, { reassign });
        await args[0].prisma.appointment.create({
          data: { ...rest, startsAt, endsAt, id: 'other', key: 'other', refugeeId: personId, managerId: paula.id },
        });
        return reassign(...args);
      },
    });
    await forge(world, karin, agreed);
    expect(says(karin)).toContain('Es hat sich etwas geändert');
    expect(await world.db.prisma.caseloadMove.count()).toBe(0);
    expect((await appointment()).manager.name).toBe('Maria Keller');
  });
});

describe('a last day', () => {
  async function typed(text: string) {
    await write(world, karin, '/menu');
    await press(world, karin, 'ko.team:0');
    await press(world, karin, `ko.man:${await managerId(world, 'Maria Keller')}`);
    await press(world, karin, 'ko.leave:');
    await press(world, karin, 'ko.day:');
    await write(world, karin, text);
  }
  it('can be typed, in any digits', async () => {
    await typed('٣١.١٢.٢٠٢٦');
    expect(says(karin)).toContain('31.12.2026');
    await press(world, karin, 'ko.to:');
    expect(says(karin)).toContain('Wer übernimmt?');
  });
  it.each(['gestern', '22.11.2026', '31.02.2027', '01.01.2099', 'x'.repeat(200)])(
    'is asked for again after %.20s',
    async (text) => {
      await typed(text);
      expect(says(karin)).toContain('Diesen Tag verstehe ich nicht');
      await write(world, karin, '1.2.27');
      expect(says(karin)).toContain('01.02.2027');
    },
  );
});

describe('a manager who takes her account away', () => {
  it('leaves her appointments to whoever is free at that time', async () => {
    const amal = await client();
    const paula = await colleague(world, 'Paula Neu', { hours: 'like-maria', towns: [CALW] });
    await write(world, maria, '/delete');
    await press(world, maria, 'erase:yes');
    expect(await appointment()).toMatchObject({ status: 'booked', managerId: paula.id, sequence: 1 });
    expect(says(amal)).toContain('Ihre Ansprechperson ist jetzt Paula Neu');
    expect(says(amal)).toContain('Ihr Termin bleibt');
    expect(says(karin)).toContain('Maria Keller arbeitet nicht mehr hier');
    expect(says(karin)).toContain('zu Paula Neu: 1');
    await press(world, karin, 'ko.move:');
    expect(offered(karin).some((data) => data.startsWith('ko.undo'))).toBe(false);
  });
});

it('whoever came in the instant in which she went is found and given to somebody', async () => {
  const amal = await client();
  const paula = await colleague(world, 'Paula Neu');
  await world.db.prisma.manager.updateMany({
    where: { name: 'Maria Keller' },
    data: { leftAt: new Date(world.clock.now()), accepts: false },
  });
  await world.program.services.coordination.tidy();
  await world.settle();
  expect(await managerOf(amal)).toBe(paula.id);
  expect((await appointment()).managerId).toBe(paula.id);
});
