import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONSENT_VERSION } from '../../../src/features/people/model.ts';
import { LOCALES, type Locale, NATIVE_NAMES } from '../../../src/platform/locale.ts';
import { actorOf, rows } from '../../support/builders.ts';
import { arrive, buttonsOf, consent, lastMessage, offered, press, says, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const OFFICE_PHONE = '+4970511600';

describe('the first screen', () => {
  it('offers all five languages by their own names, Tigrinya also in Latin letters, without flags', async () => {
    const selam = world.person('Selam', 'sv');
    selam.starts();
    await world.settle();
    const labels = buttonsOf(lastMessage(selam)).map(({ label }) => label);
    for (const locale of LOCALES) expect(labels.join('\n')).toContain(NATIVE_NAMES[locale]);
    expect(labels.join('\n')).toContain('Tigrinya');
    expect(`${says(selam)}${labels}`).not.toMatch(/\p{Regional_Indicator}/u);
    expect(offered(selam).filter((data) => data.startsWith('lang.to:'))).toHaveLength(LOCALES.length);
  });

  it.each(LOCALES)(
    'begins with the language of the phone where that is %s, and infers nothing else',
    async (locale) => {
      const selam = world.person('Selam', locale);
      const before = await rows(world);
      selam.starts();
      await world.settle();
      expect(offered(selam)[0]).toBe(`lang.to:${locale}:-`);
      expect(offered(selam).filter((data) => data.startsWith('lang.to:'))).toHaveLength(LOCALES.length);
      expect(await rows(world)).toEqual(before);
    },
  );

  it('has help one tap away, and help has the way back', async () => {
    const selam = world.person('Selam');
    selam.starts();
    await world.settle();
    await press(world, selam, 'help');
    expect(says(selam)).toContain('112');
    await press(world, selam, 'menu');
    expect(offered(selam)).toContain('lang.to:ar:-');
  });

  it.each(['Hallo', '/menu', '/unknown', '/book', '/delete', 'مرحبا', '🙂'])(
    'is the answer to %s from somebody who is not known yet',
    async (text) => {
      const selam = world.person('Selam');
      await write(world, selam, text);
      expect(offered(selam)).toContain('lang.to:ti:-');
    },
  );
});

describe.each(LOCALES)('whoever reads %s', (locale: Locale) => {
  it('is asked for consent in four short lines and a question, with an agreeing and a refusing button', async () => {
    const selam = world.person('Selam', locale);
    selam.starts();
    await world.settle();
    await press(world, selam, `lang.to:${locale}`);
    const [four, question] = says(selam).split('\n\n');
    expect(four?.split('\n')).toHaveLength(4);
    expect(question?.split('\n')).toHaveLength(1);
    expect(offered(selam).slice(0, 2)).toEqual([`consent:yes:${locale}`, `consent:no:${locale}`]);
  });

  it('gets help and the office’s phone after refusing, and nothing is stored', async () => {
    const selam = world.person('Selam', locale);
    const before = await rows(world);
    selam.starts();
    await world.settle();
    await press(world, selam, `lang.to:${locale}`);
    await press(world, selam, 'consent:no');
    expect(says(selam)).toContain(OFFICE_PHONE);
    await press(world, selam, 'help');
    expect(says(selam)).toContain('112');
    expect(says(selam)).toContain(OFFICE_PHONE);
    await write(world, selam, '/help');
    await write(world, selam, '/privacy');
    expect(await rows(world)).toEqual(before);
    expect(world.logged.join('\n')).not.toContain(String(selam.id));
  });

  it('agrees and comes to her manager without typing more than her town', async () => {
    const selam = world.person('Selam', locale);
    await arrive(world, selam, locale);
    expect(says(selam)).toContain('Maria Keller');
    expect(offered(selam)).toEqual(expect.arrayContaining(['bk', 'mine', 'contact', 'data', `help.in:${locale}`]));
    const refugee = await actorOf(world, selam, 'refugee');
    expect(refugee).toMatchObject({ locale, ags: '08235085', housing: 'municipality', interpreter: false });
  });
});

describe('consent', () => {
  it.each(LOCALES)('is kept with its version, its language (%s) and its time', async (locale) => {
    const selam = world.person('Selam', locale);
    await consent(world, selam, locale);
    const kept = await world.db.prisma.consent.findMany();
    expect(kept).toMatchObject([
      { version: CONSENT_VERSION, locale, purpose: 'bot', givenAt: new Date(world.clock.now()), withdrawnAt: null },
    ]);
  });

  it('pressed twice is given once', async () => {
    const selam = world.person('Selam');
    selam.starts();
    await world.settle();
    await press(world, selam, 'lang.to:de');
    const message = lastMessage(selam)?.message_id ?? 0;
    selam.presses(message, 'consent:yes:de');
    selam.presses(message, 'consent:yes:de');
    await world.settle();
    expect(await world.db.prisma.consent.count()).toBe(1);
    expect(await world.db.prisma.refugee.count()).toBe(1);
    expect(offered(selam)).toContain('housing:shelter');
  });

  it('can still be given after it was refused', async () => {
    const selam = world.person('Selam');
    selam.starts();
    await world.settle();
    await press(world, selam, 'lang.to:de');
    await press(world, selam, 'consent:no');
    await press(world, selam, 'consent:ask');
    await press(world, selam, 'consent:yes');
    expect(offered(selam)).toContain('housing:municipality');
  });

  it('is withdrawn with one button of the privacy page, after one question', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await write(world, selam, '/privacy');
    expect(says(selam)).toContain('Landratsamt Calw');
    await press(world, selam, 'erase:ask');
    await press(world, selam, 'erase:yes');
    expect(await world.db.prisma.consent.count()).toBe(0);
    expect((await world.program.services.people.identify(selam.id)).actor.kind).toBe('stranger');
  });
});

describe('the question where she lives', () => {
  it('leads from shared accommodation to the other service, and back when she has moved', async () => {
    const selam = world.person('Selam');
    await consent(world, selam, 'de');
    await press(world, selam, 'housing:shelter');
    expect(says(selam)).toContain('Asylbewerbersozialdienst');
    expect(says(selam)).toContain(OFFICE_PHONE);
    await write(world, selam, '/menu');
    expect(says(selam)).toContain('Asylbewerbersozialdienst');
    expect(offered(selam)).not.toContain('bk');
    expect(offered(selam)).toContain('data');
    await press(world, selam, 'housing:municipality');
    await write(world, selam, 'Calw');
    await press(world, selam, 'town:live');
    expect(says(selam)).toContain('Maria Keller');
  });

  it('explains both kinds to whoever is not sure, with a number to call', async () => {
    const selam = world.person('Selam');
    await consent(world, selam, 'de');
    await press(world, selam, 'housing:unsure');
    expect(says(selam)).toContain(OFFICE_PHONE);
    expect(offered(selam)).toEqual(expect.arrayContaining(['housing:municipality', 'housing:shelter']));
  });

  it('takes somebody who moves into shared accommodation off her manager and off the waiting list', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de', 'Enzklösterle');
    expect(await world.db.prisma.refugee.count({ where: { waitingSince: { not: null } } })).toBe(1);
    await press(world, selam, 'housing:ask');
    await press(world, selam, 'housing:shelter');
    expect(await world.db.prisma.refugee.findFirst()).toMatchObject({ waitingSince: null, ags: null, managerId: null });
    await write(world, selam, '/menu');
    expect(says(selam)).toContain('Asylbewerbersozialdienst');
  });
});
