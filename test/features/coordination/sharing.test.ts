import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import { arrive, book, findButton, forge, offered, press, says, staffOf, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import { CALW, colleague, managerId } from './office.ts';

let world: World;
let karin: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  ({ karin } = staffOf(world));
});
afterEach(() => world.stop());

const countOf = (id: string) => world.db.prisma.refugee.count({ where: { managerId: id } });
const people = async (count: number, town = 'Calw') => {
  const all: SimulatedPerson[] = [];
  for (let n = 0; n < count; n++) {
    const person = world.person(`P${n}`);
    await arrive(world, person, 'de', town);
    all.push(person);
  }
  return all;
};
async function toMember(name: string): Promise<string> {
  const id = await managerId(world, name);
  await write(world, karin, '/menu');
  await press(world, karin, 'ko.team:0');
  await press(world, karin, `ko.man:${id}`);
  return id;
}

describe('a manager comes', () => {
  it('takes over as many as evens the load, those without an appointment first', async () => {
    const [first, ...others] = await people(6);
    if (first !== undefined) await book(world, first);
    const paula = await colleague(world, 'Paula Neu', { days: 5 });
    await toMember('Paula Neu');
    await press(world, karin, 'ko.see:');
    expect(says(karin)).toContain('Paula Neu übernimmt Menschen');
    expect(says(karin)).toContain('zu Paula Neu: 3');
    await press(world, karin, 'ko.do:');
    expect(await countOf(paula.id)).toBe(3);
    expect((await actorOf(world, first ?? karin, 'refugee')).managerId).toBe(await managerId(world, 'Maria Keller'));
    expect(others.filter((one) => says(one).includes('jetzt Paula Neu'))).toHaveLength(3);
    expect(says(staffOf(world).maria)).toContain('zu Paula Neu: 3');
  });
});

describe('a manager changes her share', () => {
  it('gives away what is too much for fewer days, and undo gives back both', async () => {
    await people(6);
    const paula = await colleague(world, 'Paula Neu', { days: 2 });
    const maria = await toMember('Maria Keller');
    await press(world, karin, 'ko.days:');
    await press(world, karin, `ko.to:${maria}:d20`);
    await press(world, karin, 'ko.see:');
    expect(says(karin)).toContain('Tage pro Woche dann: 2');
    expect(says(karin)).toContain('zu Paula Neu: 3');
    await press(world, karin, 'ko.do:');
    expect([await countOf(maria), await countOf(paula.id)]).toEqual([3, 3]);
    expect(await world.db.prisma.manager.findFirst({ where: { id: maria } })).toMatchObject({ workingDays: 2 });
    expect(says(staffOf(world).maria)).toContain('Ihre Tage pro Woche: 2');
    await press(world, karin, 'ko.undo:');
    expect([await countOf(maria), await countOf(paula.id)]).toEqual([6, 0]);
    expect(await world.db.prisma.manager.findFirst({ where: { id: maria } })).toMatchObject({ workingDays: 5 });
  });

  it('takes over for more days', async () => {
    const paula = await colleague(world, 'Paula Neu', { days: 1 });
    await people(6);
    expect(await countOf(paula.id)).toBe(1);
    await toMember('Paula Neu');
    await press(world, karin, 'ko.days:');
    await press(world, karin, `ko.to:${paula.id}:d50`);
    await press(world, karin, 'ko.see:');
    await press(world, karin, 'ko.do:');
    expect(await countOf(paula.id)).toBe(3);
  });
});

describe('one person', () => {
  async function toPerson(name: string): Promise<void> {
    await toMember(name);
    await press(world, karin, 'ko.people:');
    await press(world, karin, 'ko.to:');
  }
  it('gets another manager, with her appointment, and both managers hear of it', async () => {
    const [amal] = await people(1);
    if (amal === undefined) throw new Error('nobody');
    await book(world, amal);
    const paula = await colleague(world, 'Paula Neu');
    await toPerson('Maria Keller');
    await press(world, karin, `ko.see:${(await actorOf(world, amal, 'refugee')).personId}:o:${paula.id}`);
    expect(says(karin)).toContain('bekommt eine andere Ansprechperson');
    await press(world, karin, 'ko.do:');
    expect((await actorOf(world, amal, 'refugee')).managerId).toBe(paula.id);
    expect(await world.db.prisma.appointment.findFirst()).toMatchObject({ managerId: paula.id, status: 'booked' });
    expect(says(staffOf(world).maria)).toContain('zu Paula Neu: 1');
    expect(says(paula.person)).toContain('Jetzt bei Ihnen: 1');
  });

  it('is nobody’s to leave without anybody: with nobody free there is nothing to agree to', async () => {
    await people(1);
    await toPerson('Maria Keller');
    await press(world, karin, 'ko.see:');
    expect(says(karin)).toContain('Niemand wechselt');
    expect(offered(karin).some((data) => data.startsWith('ko.do:'))).toBe(false);
  });
});

describe('a carrier’s coordinator', () => {
  it('sees and moves within her carrier only', async () => {
    const rita = world.person('Rita');
    await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
    await people(1);
    await write(world, rita, '/menu');
    await press(world, rita, 'ko.team:0');
    expect(says(rita)).toContain('Thomas Weiß');
    expect(says(rita)).not.toContain('Maria Keller');
    const maria = await managerId(world, 'Maria Keller');
    const thomas = await managerId(world, 'Thomas Weiß');
    const [client] = await world.db.prisma.refugee.findMany();
    for (const data of [
      `ko.man:${maria}`,
      `ko.leave:${maria}`,
      `ko.people:${maria}:0`,
      `ko.to:${maria}:lnow:0`,
      `ko.see:${maria}:lnow:${thomas}:cancel:0`,
      `ko.see:${client?.personId}:o:${thomas}:cancel:0`,
      `ko.do:aaaaaa:${maria}:lnow:${thomas}:cancel:aaaaaa`,
    ]) {
      await forge(world, rita, data);
      expect([data, says(rita)]).toEqual([data, expect.stringContaining('Das gibt es nicht mehr')]);
    }
    // Nor into another's: a colleague of another carrier is none of hers.
    await forge(world, rita, `ko.see:${thomas}:lnow:${maria}:cancel:0`);
    expect(says(rita)).toContain('Das gibt es nicht mehr');
    expect(await countOf(maria)).toBe(1);
  });

  it('may take back what the county did to her people, and not what concerns others', async () => {
    const rita = world.person('Rita');
    await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
    await people(1, 'Wildberg');
    await people(1, 'Calw');
    for (const name of ['Thomas Weiß', 'Maria Keller']) {
      await toMember(name);
      await press(world, karin, 'ko.leave:');
      await press(world, karin, `ko.to:${await managerId(world, name)}:lnow`);
      await press(world, karin, 'ko.see:');
      await press(world, karin, 'ko.do:');
    }
    const other = findButton(karin, 'ko.undo:').data;
    await forge(world, rita, other);
    expect(says(rita)).toContain('Das gibt es nicht mehr');
    await write(world, rita, '/menu');
    await press(world, rita, 'ko');
    await press(world, rita, 'ko.moves:0');
    expect(offered(rita).filter((data) => data.startsWith('ko.move:'))).toHaveLength(1);
    await press(world, rita, 'ko.move:');
    await press(world, rita, 'ko.undo:');
    expect(says(rita)).toContain('Der Wechsel ist rückgängig');
    expect(await countOf(await managerId(world, 'Thomas Weiß'))).toBe(1);
    expect(await countOf(await managerId(world, 'Maria Keller'))).toBe(0);
  });
});

it('lists are paged, and say so when they are empty', async () => {
  for (let n = 0; n < 6; n++) await colleague(world, `Neu ${n}`, { towns: [CALW] });
  await write(world, karin, '/menu');
  await press(world, karin, 'ko.team:0');
  await press(world, karin, 'ko.team:1');
  expect(says(karin)).toContain('Neu 5');
  await forge(world, karin, `ko.people:${await managerId(world, 'Neu 1')}:7`);
  expect(says(karin)).toContain('Bei Neu 1 ist gerade niemand');
  await forge(world, karin, 'ko.moves:3');
  expect(says(karin)).toContain('hat niemand gewechselt');
});

it('a manager who has blocked the bot is reported to her coordinators with the advice to call', async () => {
  const { maria } = staffOf(world);
  maria.blocks();
  await world.settle();
  expect(says(karin)).toContain('Der Bot erreicht Maria Keller nicht mehr');
  expect(says(karin)).toContain('Bitte rufen Sie an');
  await press(world, karin, 'ko.man:');
  expect(says(karin)).toContain('Der Bot erreicht diese Person nicht');
});

it('an open invitation of a manager can be taken back', async () => {
  await inviteFor(world, draftOf.manager('Ruth Spät'), karin);
  await toMember('Ruth Spät');
  expect(says(karin)).toContain('Die Einladung ist noch offen');
  await press(world, karin, 'ko.uninvite:');
  expect(await world.db.prisma.manager.count({ where: { name: 'Ruth Spät' } })).toBe(0);
  expect(await world.db.prisma.invite.count({ where: { name: 'Ruth Spät' } })).toBe(0);
});
