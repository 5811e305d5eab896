import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import { actorOf } from '../../support/builders.ts';
import {
  arrive,
  buttonsOf,
  consent,
  lastMessage,
  offered,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const CALW = '08235085';

async function asked(locale: (typeof LOCALES)[number] = 'de') {
  const selam = world.person('Selam', locale);
  await consent(world, selam, locale);
  await press(world, selam, 'housing:municipality');
  return selam;
}

describe('a town', () => {
  it('is found in any spelling, without its accents, by its postal code and by its Arabic name', async () => {
    const selam = await asked();
    const spellings = ['Calw', 'CALW', 'kalw', 'calv', '75365', '٧٥٣٦٥', '75365 Calw', 'Stadt Calw', ' calw. '];
    for (const typed of spellings) {
      await write(world, selam, typed);
      expect([typed, offered(selam)[0]]).toEqual([typed, `town:live:${CALW}`]);
    }
    for (const [typed, ags] of [
      ['hoefen', '08235035'],
      ['Schoemberg', '08235065'],
      ['bad teinach', '08235084'],
      ['wildbad', '08235079'],
    ]) {
      await write(world, selam, typed ?? '');
      expect([typed, offered(selam)[0]]).toEqual([typed, `town:live:${ags}`]);
    }
  });

  it('that could be several is asked back with the near ones', async () => {
    const selam = await asked();
    await write(world, selam, 'Alten');
    const labels = buttonsOf(lastMessage(selam)).map(({ label }) => label);
    expect(labels.join()).toContain('Altensteig');
    expect(offered(selam)).toContain('towns:live:0');
  });

  it('outside the county gets a clear answer, and the form goes on', async () => {
    const selam = await asked();
    await write(world, selam, 'Stuttgart');
    expect(offered(selam)[0]).toBe('towns:live:0');
    await write(world, selam, '70173');
    expect(says(selam)).toContain(words(world, 'people:town.outside'));
    await write(world, selam, 'Calw');
    expect(offered(selam)[0]).toBe(`town:live:${CALW}`);
  });

  it('can be chosen from all 25, page by page, there and back', async () => {
    const selam = await asked();
    await press(world, selam, 'towns:live:0');
    const seen = new Set<string>();
    for (let page = 1; ; page++) {
      const data = offered(selam);
      for (const one of data.filter((each) => each.startsWith('town:live:'))) seen.add(one);
      if (!data.includes(`towns:live:${page}`)) break;
      await press(world, selam, `towns:live:${page}`);
    }
    expect(seen.size).toBe(25);
    for (let page = 3; page >= 0; page--) await press(world, selam, `towns:live:${page}`);
    expect(offered(selam)).toContain('towns:live:1');
    await press(world, selam, 'town:live:');
    expect(says(selam)).toMatch(/Ansprechperson/);
  });

  it('may still be typed where the list invites to', async () => {
    const selam = await asked();
    await press(world, selam, 'towns:live:0');
    await write(world, selam, 'Calw');
    expect(offered(selam)[0]).toBe(`town:live:${CALW}`);
    await press(world, selam, 'town:live');
    expect(says(selam)).toContain('Maria Keller');
  });

  it('can be changed later: the new one’s manager is hers then', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await press(world, selam, 'data');
    await press(world, selam, 'housing:ask');
    await press(world, selam, 'housing:municipality');
    await write(world, selam, 'Wildberg');
    await press(world, selam, 'town:live');
    expect(says(selam)).toContain('Thomas Weiß');
  });

  it('has a way back to the question before', async () => {
    const selam = await asked();
    await press(world, selam, 'housing:ask');
    expect(offered(selam)).toContain('housing:shelter');
  });
});

describe.each(LOCALES)('without a manager, in %s', (locale) => {
  it('the county’s contact helps, and the coordinator is told and sees the list', async () => {
    const selam = world.person('Selam', locale);
    await arrive(world, selam, locale, 'Enzklösterle');
    const { number } = await actorOf(world, selam, 'refugee');
    expect(says(selam)).toContain('+4970511600');
    await write(world, selam, '/menu');
    expect(says(selam)).toContain(words(world, 'people:menu.refugee-waits', locale));
    await press(world, selam, 'contact');
    expect(says(selam)).toContain(words(world, 'people:contact.waiting', locale));
    const { karin } = staffOf(world);
    expect(says(karin)).toContain(`Nummer ${number} in Enzklösterle`);
    await press(world, karin, 'waiting:0');
    expect(says(karin)).toContain('Ohne Ansprechperson: 1');
    expect(says(karin)).toContain(`Nummer ${number}, Enzklösterle, seit Montag, 23.11.2026`);
  });
});

describe('the waiting list', () => {
  it('turns its pages and says when it is empty', async () => {
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'waiting:0');
    expect(says(karin)).not.toMatch(/\d/);
    for (let index = 0; index < 7; index++) {
      await arrive(world, world.person(`P${index}`), 'de', 'Enzklösterle');
      world.clock.pass(1);
    }
    await press(world, karin, 'waiting:0');
    expect(says(karin).match(/Nummer/g)).toHaveLength(6);
    await press(world, karin, 'waiting:1');
    expect(says(karin).match(/Nummer/g)).toHaveLength(1);
    await press(world, karin, 'waiting:0');
    expect(says(karin).match(/Nummer/g)).toHaveLength(6);
  });

  it('keeps since when she waits, also when she gives the same town again', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de', 'Enzklösterle');
    const before = await world.db.prisma.refugee.findFirst();
    world.clock.pass(24 * 60);
    await press(world, selam, 'housing:ask');
    await press(world, selam, 'housing:municipality');
    await write(world, selam, 'Enzklösterle');
    await press(world, selam, 'town:live');
    expect((await world.db.prisma.refugee.findFirst())?.waitingSince).toEqual(before?.waitingSince);
  });

  it('holds whoever lives where the only manager takes nobody', async () => {
    await world.db.prisma.manager.updateMany({ where: { name: 'Thomas Weiß' }, data: { accepts: false } });
    const selam = world.person('Selam');
    await arrive(world, selam, 'de', 'Wildberg');
    expect(await world.db.prisma.refugee.findFirst()).toMatchObject({ managerId: null, ags: '08235080' });
    expect(says(staffOf(world).karin)).toContain('in Wildberg');
  });

  it('is not told of somebody who has a manager by the time of the message', async () => {
    const { karin } = staffOf(world);
    await arrive(world, world.person('Selam'), 'de');
    expect(karin.chat.filter((one) => one.fromBot)).toHaveLength(0);
  });
});
