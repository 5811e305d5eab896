import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES, NATIVE_NAMES } from '../../../src/platform/locale.ts';
import { actorOf, isAnywhere } from '../../support/builders.ts';
import { arrive, book, everything, offered, press, says, staffOf, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

describe.each(LOCALES)('“my data” in %s', (locale) => {
  it('shows number, language, town and consent, and takes a nickname, an interpreter and another language', async () => {
    const selam = world.person('Selam', locale);
    await arrive(world, selam, locale);
    const { number } = await actorOf(world, selam, 'refugee');
    await press(world, selam, 'data');
    for (const shown of [String(number), NATIVE_NAMES[locale], 'Calw', '23.11.2026']) {
      expect(says(selam)).toContain(shown);
    }
    await press(world, selam, 'nick:ask');
    await write(world, selam, 'Abu Adam');
    expect(says(selam)).toContain('Abu Adam');
    await press(world, selam, 'data');
    expect(says(selam)).toContain('Abu Adam');
    await press(world, selam, 'interp:ask');
    await press(world, selam, 'interp:other');
    await press(world, selam, 'interp:ku');
    expect(await actorOf(world, selam, 'refugee')).toMatchObject({ interpreter: true, interpreterLanguage: 'ku' });
    await press(world, selam, 'data');
    await press(world, selam, 'lang');
    const other = locale === 'en' ? 'de' : 'en';
    await press(world, selam, `lang.to:${other}`);
    expect(says(selam)).toContain(world.i18n.translator(other)('people:menu.refugee', { name: 'x' }).split('\n')[0]);
    expect(await actorOf(world, selam, 'refugee')).toMatchObject({ number, nickname: 'Abu Adam', locale: other });
  });
});

describe('a nickname', () => {
  it('is asked of nobody and stands beside the number where staff read it', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    expect(await actorOf(world, selam, 'refugee')).toMatchObject({ nickname: undefined });
    await press(world, selam, 'data');
    await press(world, selam, 'nick:ask');
    await write(world, selam, 'Rose');
    await book(world, selam);
    const { number } = await actorOf(world, selam, 'refugee');
    expect(says(staffOf(world).maria)).toContain(`Nr. ${number} (Rose)`);
    expect(await isAnywhere(world, 'Rose')).toBe(false);
  });

  it('can be removed again', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await press(world, selam, 'data');
    await press(world, selam, 'nick:ask');
    await write(world, selam, 'Rose');
    await press(world, selam, 'data');
    await press(world, selam, 'nick:ask');
    await press(world, selam, 'nick:remove');
    expect(await actorOf(world, selam, 'refugee')).toMatchObject({ nickname: undefined });
    await write(world, selam, 'Rose');
    expect(await actorOf(world, selam, 'refugee')).toMatchObject({ nickname: undefined });
  });

  it('is kept in one line without direction characters or markup', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'ar');
    await press(world, selam, 'data');
    await press(world, selam, 'nick:ask');
    await write(world, selam, '<b>Ro\nse</b>\u202e');
    expect(await actorOf(world, selam, 'refugee')).toMatchObject({ nickname: '<b>Ro se</b>' });
    await book(world, selam);
    expect(says(staffOf(world).maria)).toContain('<b>Ro se</b>');
  });

  it('that is too long or no text is asked for again, and the form goes on', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await press(world, selam, 'data');
    await press(world, selam, 'nick:ask');
    await write(world, selam, 'x'.repeat(31));
    expect(says(selam)).toContain('höchstens 30 Zeichen');
    selam.sendsPhoto();
    await world.settle();
    await write(world, selam, 'Rose');
    expect(await actorOf(world, selam, 'refugee')).toMatchObject({ nickname: 'Rose' });
  });
});

describe('the number', () => {
  it('stays the same through a change of town, language and nickname', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    const before = await actorOf(world, selam, 'refugee');
    await write(world, selam, '/language');
    await press(world, selam, 'lang.to:fa');
    await press(world, selam, 'data');
    await press(world, selam, 'housing:ask');
    await press(world, selam, 'housing:municipality');
    await write(world, selam, 'Nagold');
    await press(world, selam, 'town:live');
    expect(await actorOf(world, selam, 'refugee')).toMatchObject({ number: before.number, personId: before.personId });
  });

  it('is the only name that staff see of somebody who gave none', async () => {
    const selam = world.person('Selamawit');
    await arrive(world, selam, 'de');
    await book(world, selam);
    expect(everything(staffOf(world).maria)).not.toContain('Selamawit');
  });
});

describe('the interpreter', () => {
  it('is offered first in her own language and stands on the appointment', async () => {
    const selam = world.person('Selam', 'ti');
    await arrive(world, selam, 'ti');
    await press(world, selam, 'data');
    await press(world, selam, 'interp:ask');
    expect(offered(selam)[0]).toBe('interp:ti');
    await press(world, selam, 'interp:ti');
    await book(world, selam);
    expect(says(staffOf(world).maria)).toContain('Mit Übersetzung: Tigrinya');
  });
});
