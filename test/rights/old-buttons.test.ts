import { afterEach, beforeEach, expect, it } from 'vitest';
import { fingerprint } from '../support/snapshot.ts';
import { arrive, forge, staffOf, words, write } from '../support/walks.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

it.each([
  'x',
  ':',
  'menu:1',
  'card:',
  `card:${'a'.repeat(50)}`,
  'bk.ok:1:2:3:4',
  '__proto__:x',
  'constructor',
  'card:مرحبا',
])('data that is no button of ours (%s) is told to be old, and the menu is shown', async (data) => {
  const omar = world.person('Omar');
  await arrive(world, omar, 'de');
  for (const person of [omar, staffOf(world).maria]) {
    await write(world, person, '/menu');
    const before = await fingerprint(world.db, ['inbox', 'flow']);
    await forge(world, person, data);
    expect(await fingerprint(world.db, ['inbox', 'flow'])).toEqual(before);
    expect(person.toasts.at(-1)?.text).toContain(words(world, 'common:old-button'));
  }
});
