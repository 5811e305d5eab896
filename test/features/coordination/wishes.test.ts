import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { arrive, book, everything, findButton, forge, press, says, staffOf, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import { colleague } from './office.ts';

let world: World;
let karin: SimulatedPerson;
let maria: SimulatedPerson;
let amal: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  ({ karin, maria } = staffOf(world));
  amal = world.person('Amal');
  await arrive(world, amal, 'de');
});
afterEach(() => world.stop());

async function wishes(): Promise<void> {
  await write(world, amal, '/menu');
  await press(world, amal, 'contact');
  await press(world, amal, 'wish');
  await press(world, amal, 'wish.do:ask');
}
async function toTheWish(): Promise<void> {
  await write(world, karin, '/menu');
  await press(world, karin, 'ko');
  await press(world, karin, 'ko.wishes:0');
  await press(world, karin, 'ko.wish:');
}

it('a person asks for another manager without a reason, once, and her manager does not hear of it', async () => {
  const heard = maria.chat.length;
  await write(world, amal, '/menu');
  await press(world, amal, 'contact');
  await press(world, amal, 'wish');
  expect(says(amal)).toContain('keinen Grund');
  await press(world, amal, 'wish.do:ask');
  expect(says(amal)).toContain('Ihr Wunsch vom Montag, 23.11.2026 ist angekommen');
  const { number } = await actorOf(world, amal, 'refugee');
  expect(says(karin)).toBe(`🔄 Nummer ${number} möchte eine andere Ansprechperson.`);
  const told = karin.chat.length;
  await forge(world, amal, 'wish.do:ask');
  expect(karin.chat.length).toBe(told);
  expect(maria.chat.length).toBe(heard);
  await press(world, amal, 'contact');
  await write(world, amal, '/menu');
  await press(world, amal, 'data');
  expect(says(amal)).toContain('Ihr Wunsch: andere Ansprechperson, seit Montag, 23.11.2026');
});

it('she can take it back, and a day of asking and taking back is told once', async () => {
  await wishes();
  await press(world, amal, 'wish.do:back');
  expect(says(amal)).toContain('Wir haben Ihren Wunsch gelöscht');
  expect(await world.db.prisma.managerWish.count()).toBe(0);
  const told = karin.chat.length;
  await press(world, amal, 'wish.do:ask');
  expect(karin.chat.length).toBe(told);
  await press(world, amal, 'wish.do:back');
  await write(world, karin, '/menu');
  await press(world, karin, 'ko');
  await press(world, karin, 'ko.wishes:0');
  expect(says(karin)).toContain('Gerade möchte niemand wechseln');
});

it('the coordinator gives her another manager; the former one is told the new state and nothing else', async () => {
  await book(world, amal);
  const paula = await colleague(world, 'Paula Neu');
  await wishes();
  await toTheWish();
  expect(says(karin)).toContain('Jetzt bei: Maria Keller');
  await press(world, karin, 'ko.to:');
  await press(world, karin, findButton(karin, 'ko.see:').data.replace(':-:', `:${paula.id}:`)).catch(async () => {
    await forge(world, karin, findButton(karin, 'ko.see:').data.replace(':-:', `:${paula.id}:`));
  });
  await press(world, karin, 'ko.do:');
  expect((await actorOf(world, amal, 'refugee')).managerId).toBe(paula.id);
  expect(await world.db.prisma.managerWish.count()).toBe(0);
  expect(says(amal)).toContain('Ihre Ansprechperson ist jetzt Paula Neu');
  expect(says(maria)).toContain('zu Paula Neu: 1');
  expect(everything(maria)).not.toMatch(/[Ww]unsch|möchte/);
});

it('"not possible at the moment" is said kindly, and she may ask again later', async () => {
  await wishes();
  await toTheWish();
  await press(world, karin, 'ko.no:');
  expect(says(amal)).toContain('Ein Wechsel ist im Moment leider nicht möglich');
  expect(says(amal)).toContain('Ihre Ansprechperson bleibt Maria Keller');
  await forge(world, karin, findButton(karin, 'ko.wishes:0').data);
  expect(says(karin)).toContain('Gerade möchte niemand wechseln');
  world.clock.pass(24 * 60);
  const told = karin.chat.length;
  await wishes();
  expect(karin.chat.length).toBeGreaterThan(told);
  expect(says(karin)).toContain('möchte eine andere Ansprechperson');
});

it('a wish that came true by moving to another town is nobody’s work any more', async () => {
  await wishes();
  await press(world, amal, 'contact');
  await world.db.prisma.refugee.updateMany({
    data: { managerId: (await world.db.prisma.manager.findFirstOrThrow({ where: { name: 'Thomas Weiß' } })).id },
  });
  await write(world, karin, '/menu');
  await press(world, karin, 'ko');
  await press(world, karin, 'ko.wishes:0');
  expect(says(karin)).toContain('Gerade möchte niemand wechseln');
});

it('goes with her when she erases herself', async () => {
  await wishes();
  const { personId } = await actorOf(world, amal, 'refugee');
  await write(world, amal, '/delete');
  await press(world, amal, 'erase:yes');
  expect(await world.db.prisma.managerWish.count()).toBe(0);
  expect(await world.db.prisma.notice.count({ where: { subjectId: personId } })).toBe(0);
});

it('an answered wish is forgotten after a month', async () => {
  await wishes();
  await toTheWish();
  await press(world, karin, 'ko.no:');
  world.clock.pass(31 * 24 * 60);
  await world.program.services.coordination.tidy();
  expect(await world.db.prisma.managerWish.count()).toBe(0);
});
