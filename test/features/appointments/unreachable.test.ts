import { afterEach, beforeEach, expect, it } from 'vitest';
import { arrive, book, everything, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const marked = () => world.db.prisma.person.count({ where: { unreachableSince: { not: null } } });
const warnings = () => everything(staffOf(world).maria).match(/erreicht .* nicht mehr/g)?.length ?? 0;

it('somebody who blocks the bot is told to her manager at once, with the advice to call', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await book(world, amal);
  amal.blocks();
  await world.settle();
  expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.unreachable'));
  expect(await marked()).toBe(1);
});

it('somebody without an appointment is told to nobody', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  amal.blocks();
  await world.settle();
  expect(warnings()).toBe(0);
});

it('the mark goes with the next sign of life, and a later silence is told again', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await book(world, amal);
  amal.blocks();
  await world.settle();
  amal.unblocks();
  await write(world, amal, '/menu');
  expect(await marked()).toBe(0);
  world.clock.pass(10);
  amal.blocks();
  await world.settle();
  expect(warnings()).toBe(2);
});

it('a deleted account is noticed when a reminder does not arrive', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  world.clock.pass(5 * 60);
  await book(world, amal);
  amal.deletesAccount();
  world.clock.pass(7.5 * 60); // 20:00, when she is reminded of tomorrow 08:30
  await world.settle();
  expect(warnings()).toBe(1);
  expect(await marked()).toBe(1);
});

it('reminders that were due while she could not be reached do not follow later', async () => {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  world.clock.pass(5 * 60);
  await book(world, amal);
  amal.blocks();
  world.clock.pass(7.5 * 60); // 20:00, when she is reminded of tomorrow 08:30
  await world.settle();
  amal.unblocks();
  await write(world, amal, '/menu');
  expect(everything(amal)).not.toContain('🔔');
});
