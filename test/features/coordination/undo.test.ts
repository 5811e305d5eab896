import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
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
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import { colleague, managerId, toLeaving } from './office.ts';

let world: World;
let karin: SimulatedPerson;
let maria: SimulatedPerson;
let amal: SimulatedPerson;
let paula: { person: SimulatedPerson; id: string };
beforeEach(async () => {
  world = await createWorld();
  ({ karin, maria } = staffOf(world));
  amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await book(world, amal, 'home');
  await press(world, amal, 'card.addr:');
  await write(world, amal, 'Rotkehlchenweg 7, Calw');
  paula = await colleague(world, 'Paula Neu', { towns: [] });
});
afterEach(() => world.stop());

const managerOf = async (person: SimulatedPerson) => (await actorOf(world, person, 'refugee')).managerId;
const appointment = () => world.db.prisma.appointment.findFirstOrThrow({ orderBy: { bookedAt: 'asc' } });

async function leaving(options: { lastDay?: string } = {}): Promise<void> {
  await toLeaving(world, karin, 'Maria Keller', { ...options, to: 'Paula Neu' });
  await press(world, karin, 'ko.do:');
}
/** Nobody can take the appointment over. */
async function leavingWithClash(): Promise<void> {
  const { startsAt, endsAt } = await appointment();
  await world.db.prisma.absence.create({ data: { id: 'absence', managerId: paula.id, from: startsAt, to: endsAt } });
  await leaving();
}

it('one tap restores people, appointment, access and municipalities, and everybody hears of it', async () => {
  await leaving();
  await press(world, karin, 'ko.undo:');
  expect(says(karin)).toContain('Der Wechsel ist rückgängig');
  expect(says(karin)).toMatch(/Menschen: 1\n.*Termine: 1/);
  expect(says(karin)).not.toContain('denn es gab schon Neues');
  const id = await managerId(world, 'Maria Keller');
  expect(await managerOf(amal)).toBe(id);
  expect(await appointment()).toMatchObject({ managerId: id, status: 'booked', sequence: 2 });
  expect(says(amal)).toContain('Ihre Ansprechperson ist wieder Maria Keller');
  expect(says(amal)).toContain('Ihr Termin bleibt');
  expect(everything(maria)).toContain('Jetzt bei Ihnen: 1');
  expect(says(paula.person)).toContain('Nicht mehr bei Ihnen: 1');
  await write(world, maria, '/menu');
  expect(offered(maria).some((data) => data.startsWith('diary'))).toBe(true);
  const omar = world.person('Omar');
  await arrive(world, omar, 'de');
  expect(await managerOf(omar)).toBe(id);
});

it('what had to be cancelled stands again, with its address', async () => {
  await leavingWithClash();
  expect(says(amal)).toContain('Leider müssen wir Ihren Termin absagen');
  await press(world, karin, 'ko.undo:');
  expect(says(karin)).toMatch(/Termine: 1/);
  const { status, address, cancelledBy, managerId: with_ } = await appointment();
  expect([status, cancelledBy, with_]).toEqual(['booked', null, await managerId(world, 'Maria Keller')]);
  expect(world.seal.open('address', address ?? new Uint8Array())).toBe('Rotkehlchenweg 7, Calw');
  expect(says(amal)).toContain('Ihr Termin bleibt');
});

it('a second tap says the same and does nothing', async () => {
  await leaving();
  const undo = findButton(karin, 'ko.undo:').data;
  await forge(world, karin, undo);
  const said = says(karin);
  const rows = await world.db.prisma.notice.count();
  await forge(world, karin, undo);
  expect(says(karin)).toBe(said);
  expect(await world.db.prisma.notice.count()).toBe(rows);
});

it('after 24 hours it is too late, a minute before it is not', async () => {
  await leaving();
  const undo = findButton(karin, 'ko.undo:').data;
  world.clock.pass(24 * 60);
  await forge(world, karin, undo);
  expect(says(karin)).toContain('nur 24 Stunden lang');
  expect(await managerOf(amal)).toBe(paula.id);
  world.clock.pass(-1);
  await forge(world, karin, undo);
  expect(says(karin)).toContain('Der Wechsel ist rückgängig');
});

it('an appointment that she has moved meanwhile stays with the new manager, and that is said', async () => {
  await leaving();
  await world.db.prisma.appointment.updateMany({ data: { sequence: { increment: 1 } } });
  await press(world, karin, 'ko.undo:');
  expect(says(karin)).toMatch(/denn es gab schon Neues:\n.*Menschen: 0\n.*Termine: 1/);
  expect((await appointment()).managerId).toBe(paula.id);
  expect(await managerOf(amal)).toBe(await managerId(world, 'Maria Keller'));
});

it('what was cancelled stays so for whoever has booked a new time', async () => {
  const { hours } = {
    hours: await world.db.prisma.officeHours.findMany({ where: { manager: { name: 'Maria Keller' } } }),
  };
  await world.db.prisma.officeHours.createMany({
    data: hours.map((one, index) => ({ ...one, id: `p${index}`, managerId: paula.id })),
  });
  await leavingWithClash();
  await press(world, amal, 'bk.time:');
  await press(world, amal, 'bk.ok:');
  await press(world, karin, 'ko.undo:');
  expect(says(karin)).toMatch(/denn es gab schon Neues:\n.*Menschen: 0\n.*Termine: 1/);
  expect((await appointment()).status).toBe('cancelled');
  expect(await world.db.prisma.appointment.count({ where: { status: 'booked', managerId: paula.id } })).toBe(1);
});

it('a time that has been taken from the former manager is not given twice', async () => {
  await leaving({ lastDay: '2026' });
  const { startsAt, endsAt, id: _, key: __, refugeeId: ___, ...rest } = await appointment();
  const omar = world.person('Omar');
  await arrive(world, omar, 'de', 'Wildberg');
  const { personId } = await actorOf(world, omar, 'refugee');
  await world.db.prisma.appointment.create({
    data: {
      ...rest,
      startsAt,
      endsAt,
      id: 'other',
      key: 'other',
      refugeeId: personId,
      managerId: await managerId(world, 'Maria Keller'),
    },
  });
  await press(world, karin, 'ko.undo:');
  expect(says(karin)).toMatch(/denn es gab schon Neues:\n.*Menschen: 0\n.*Termine: 1/);
});

it('somebody who was moved on since stays where she is', async () => {
  await leaving();
  const thomas = await managerId(world, 'Thomas Weiß');
  await world.db.prisma.refugee.updateMany({ data: { managerId: thomas } });
  await press(world, karin, 'ko.undo:');
  expect(says(karin)).toMatch(/denn es gab schon Neues:\n.*Menschen: 1\n.*Termine: 1/);
  expect(await managerOf(amal)).toBe(thomas);
});

it('a manager who has deleted herself since does not come back', async () => {
  await leaving({ lastDay: '2026' });
  const undo = findButton(karin, 'ko.undo:').data;
  await write(world, maria, '/delete');
  await press(world, maria, 'erase:yes');
  await forge(world, karin, undo);
  expect(says(karin)).toMatch(/Wieder wie vorher:\n.*Menschen: 0\n.*Termine: 0/);
  expect(await managerOf(amal)).toBe(paula.id);
  expect(await world.db.prisma.manager.count({ where: { name: 'Maria Keller', leftAt: null } })).toBe(0);
});

it('somebody who has erased herself since is missing in silence, and nothing of her is left', async () => {
  const { personId } = await actorOf(world, amal, 'refugee');
  await leaving();
  await write(world, amal, '/delete');
  await press(world, amal, 'erase:yes');
  expect(await world.db.prisma.caseloadPerson.count({ where: { personId } })).toBe(0);
  await press(world, karin, 'ko.undo:');
  expect(says(karin)).toMatch(/Menschen: 0\n.*Termine: 0/);
});

it('topic and address of what was cancelled are kept for a day and no longer', async () => {
  await leavingWithClash();
  expect((await appointment()).topic).not.toBeNull();
  world.clock.pass(24 * 60 + 1);
  await world.program.services.coordination.tidy();
  expect(await appointment()).toMatchObject({ topic: null, address: null });
  expect(await world.db.prisma.manager.findFirst({ where: { name: 'Maria Keller' } })).toMatchObject({
    personId: null,
  });
  expect(await world.db.prisma.caseloadMove.count()).toBe(1);
  world.clock.pass(7 * 24 * 60);
  await world.program.services.coordination.tidy();
  expect(await world.db.prisma.caseloadMove.count()).toBe(0);
  expect(await world.db.prisma.caseloadPerson.count()).toBe(0);
});
