import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, isAnywhere, joinBy } from '../../support/builders.ts';
import { arrive, forge, offered, press, says, staffOf, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import { toLeaving } from './office.ts';

const WILDBERG = '08235080';

let world: World;
let karin: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  ({ karin } = staffOf(world));
});
afterEach(() => world.stop());

async function log(person: SimulatedPerson): Promise<string> {
  await write(world, person, '/menu');
  await press(world, person, 'ko');
  await press(world, person, 'ko.log:0');
  return says(person);
}

it('everything that a coordinator does stands in it, with who and when, and no person who is served', async () => {
  expect(await log(karin)).toContain('Im Protokoll steht noch nichts');
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  const { personId, number } = await actorOf(world, amal, 'refugee');
  const ruth = world.person('Ruth');
  await joinBy(world, ruth, await inviteFor(world, draftOf.manager('Ruth Neu'), karin));
  await press(world, karin, 'inv.ok:');
  await toLeaving(world, karin, 'Maria Keller', { to: 'Ruth Neu' });
  await press(world, karin, 'ko.do:');
  await press(world, karin, 'ko.undo:');
  const text = await log(karin);
  for (const said of [
    'Eingeladen: Ruth Neu',
    'Zugang bestätigt: Ruth Neu',
    'Gewechselt: 1 Menschen, 0 Termine',
    'Rückgängig: 1 Menschen, 0 Termine',
    'Karin Lutz',
  ]) {
    expect(text).toContain(said);
  }
  expect(text).not.toContain(String(number));
  const rows = await world.db.prisma.auditEntry.findMany();
  expect(rows.length).toBe(4);
  expect(JSON.stringify(rows.map(({ id: _, actorId: __, ...row }) => row))).not.toContain(personId);
});

it('the database changes no row, and forgets none before its time', async () => {
  await inviteFor(world, draftOf.volunteer('Eva Roth'), karin);
  const change = world.db.prisma.auditEntry.updateMany({ data: { kind: 'removed' } });
  await expect(change).rejects.toThrow(/append-only/);
  await expect(world.db.prisma.auditEntry.updateMany({ data: { at: new Date(0) } })).rejects.toThrow(/append-only/);
  await expect(world.db.prisma.auditEntry.deleteMany()).rejects.toThrow(/append-only/);
  await expect(world.db.prisma.auditEntry.updateMany({ data: { actorId: null, kind: 'x' } })).rejects.toThrow(
    /append-only/,
  );
  expect(await world.db.prisma.auditEntry.count()).toBe(1);
});

it('after twelve months the housekeeping forgets, and says so', async () => {
  await inviteFor(world, draftOf.volunteer('Eva Roth'), karin);
  world.clock.pass(364 * 24 * 60);
  await world.program.services.coordination.tidy();
  expect(await world.db.prisma.auditEntry.count()).toBe(1);
  world.clock.pass(3 * 24 * 60);
  await world.program.services.coordination.tidy();
  const [row, ...others] = await world.db.prisma.auditEntry.findMany();
  expect([row?.kind, row?.counts, others.length]).toEqual(['forgotten', { entries: 1 }, 0]);
  expect(await log(karin)).toContain('Alte Einträge gelöscht: 1');
});

it('a coordinator who erases herself is missing in the rows, and the rows stay', async () => {
  await inviteFor(world, draftOf.volunteer('Eva Roth'), karin);
  const rita = world.person('Rita');
  await joinBy(world, rita, await inviteFor(world, draftOf.coordinator()));
  const { personId } = await actorOf(world, karin, 'coordinator');
  await write(world, karin, '/delete');
  await press(world, karin, 'erase:yes');
  expect(await world.db.prisma.auditEntry.findMany()).toMatchObject([{ actorId: null, kind: 'invited' }]);
  expect(await isAnywhere(world, personId)).toBe(false);
  expect(await log(rita)).toContain('Eingeladen: Helferkreis');
});

it('a carrier’s coordinator reads her carrier’s side, the county’s everything, a page at a time', async () => {
  const rita = world.person('Rita');
  await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
  await inviteFor(world, draftOf.volunteer('Eva Roth'), karin);
  await inviteFor(world, draftOf.volunteer('Udo Kurz'), rita);
  expect(((await log(rita)).match(/Eingeladen/g) ?? []).length).toBe(1);
  for (let n = 0; n < 9; n++) await inviteFor(world, draftOf.volunteer(`V${n}`), karin);
  await log(karin);
  await press(world, karin, 'ko.log:1');
  expect((says(karin).match(/Eingeladen/g) ?? []).length).toBe(3);
  await forge(world, karin, 'ko.log:99');
  expect(offered(karin)).toContain('ko');
});

it('a person of the team who is removed is told and locked out; whom she had invited is not forgotten', async () => {
  const rita = world.person('Rita');
  await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
  const ruth = world.person('Ruth');
  await joinBy(world, ruth, await inviteFor(world, draftOf.manager('Ruth Neu'), rita));
  await write(world, karin, '/menu');
  await press(world, karin, 'ko');
  await press(world, karin, 'ko.staff:0');
  await press(world, karin, 'ko.one:');
  expect(says(karin)).toContain('Rita Wolf');
  await press(world, karin, 'ko.out:');
  expect(says(rita)).toContain('Ihr Zugang ist beendet: Koordination');
  await write(world, rita, '/menu');
  expect(offered(rita)).not.toContain('ko');
  expect(says(karin)).toContain('Jemand hat die Einladung für Ruth Neu geöffnet');
  await press(world, karin, 'inv.ok:');
  expect(await world.db.prisma.manager.count({ where: { name: 'Ruth Neu', personId: { not: null } } })).toBe(1);
  // Nobody removes herself.
  const own = await world.db.prisma.coordinator.findFirstOrThrow({ where: { name: 'Karin Lutz' } });
  await forge(world, karin, `ko.out:${own.id}`);
  expect(await world.db.prisma.coordinator.count()).toBe(1);
});

it('what she does with circles stands in it as well, what a manager does does not', async () => {
  const rita = world.person('Rita');
  await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
  const { circles } = world.program.services;
  const by = await actorOf(world, rita, 'coordinator');
  await circles.open(by, { name: 'Kreis Wildberg', municipalities: [WILDBERG] });
  const { jutta, thomas } = staffOf(world);
  const circle = await world.db.prisma.circle.findUniqueOrThrow({ where: { name: 'Kreis Wildberg' } });
  await circles.invite(by, circle.id, 'Eva Roth');
  const own = await world.db.prisma.volunteer.findFirstOrThrow({ where: { name: 'Jutta Hiller' } });
  await circles.setSpeaker(await actorOf(world, thomas, 'manager'), own.id, true);
  expect(await circles.remove(by, own.id)).toBe(true);
  await world.settle();
  expect(says(jutta)).not.toBe('');
  const text = await log(rita);
  for (const said of ['Neuer Helferkreis: Kreis Wildberg', 'Eingeladen: Helferkreis', 'Zugang beendet: Helferkreis']) {
    expect(text).toContain(said);
  }
  expect(text).not.toContain('Sprechen');
});
