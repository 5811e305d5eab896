import { afterEach, beforeEach, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import { memberOf, rows } from '../../support/builders.ts';
import {
  arrive,
  findButton,
  forge,
  offered,
  plainText,
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

it.each(LOCALES)(
  'her manager hears that she would like to talk, not about what, and she hears that it was read (%s)',
  async (locale) => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    const { maria } = staffOf(world);
    const member = await memberOf(world, amal);
    if (member.kind !== 'refugee') throw new Error('not a refugee');
    await forge(world, amal, `g.p:${locale}:t6`);
    await press(world, amal, 'g.m:');
    expect(says(amal)).toContain('Maria Keller');
    expect(says(amal)).toContain(String(member.number));
    expect(await world.db.prisma.notice.count({ where: { kind: 'talk-wished' } })).toBe(0);
    await press(world, amal, `g.m:${locale}:yes`);
    expect(offered(amal)).toContain('bk');
    expect(says(maria)).toBe(`💬 Nr. ${member.number} möchte mit Ihnen sprechen.`);
    await press(world, maria, 'talk.ok:');
    expect(says(maria)).toContain(words(world, 'guidance:talk.told'));
    expect(says(amal)).toContain('Maria Keller');
    expect(says(amal)).toContain(words(world, 'guidance:talk.answer', locale));
    expect(offered(amal)).toContain('bk');
  },
);

it('pressed again it is one message a day, from whichever page it came', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  const { maria } = staffOf(world);
  const before = maria.chat.length;
  await forge(world, amal, 'g.p:de:t6');
  await forge(world, amal, 'g.m:de:yes');
  await forge(world, amal, 'g:de');
  await forge(world, amal, 'g.m:de:yes');
  expect(maria.chat).toHaveLength(before + 1);
  const [notice] = await world.db.prisma.notice.findMany({ where: { kind: 'talk-wished' } });
  expect([notice?.data, notice?.subjectId]).toEqual([null, (await memberOf(world, amal)).personId]);
  world.clock.pass(24 * 60);
  await forge(world, amal, 'g.m:de:yes');
  expect(maria.chat).toHaveLength(before + 2);
});

it('who has no manager reads who helps', async () => {
  const neu = world.person('Neu', 'de');
  neu.starts();
  await world.settle();
  const before = await rows(world);
  for (const data of ['g.m:de:ask', 'g.m:de:yes']) {
    await forge(world, neu, data);
    expect(says(neu)).toContain('+4970511600');
  }
  const { jutta } = staffOf(world);
  await write(world, jutta, '/menu');
  await forge(world, jutta, 'g.m:de:yes');
  expect(says(jutta)).toContain('+4970511600');
  expect(await rows(world)).toEqual(before);
});

it.each(LOCALES)(
  'who stands in for an absent manager gets it, by name, and can say that it was read (%s)',
  async (locale) => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    const { maria, thomas } = staffOf(world);
    const [away, deputy] = [await memberOf(world, maria), await memberOf(world, thomas)];
    if (away.kind !== 'manager' || deputy.kind !== 'manager') throw new Error('not managers');
    await world.db.prisma.absence.create({
      data: {
        ...{ id: 'away', managerId: away.managerId, deputyId: deputy.managerId },
        ...{ from: new Date(world.clock.now() - 60_000), to: new Date(world.clock.now() + 24 * 3_600_000) },
      },
    });
    const [there, here] = [maria.chat.length, thomas.chat.length];
    await forge(world, amal, `g.m:${locale}:ask`);
    const deputyWords = plainText(
      world.i18n.translator(locale)('guidance:talk.deputy', { name: 'Thomas Weiß', manager: 'Maria Keller' }),
    );
    expect(says(amal)).toContain(deputyWords);
    expect(says(amal)).toContain(
      plainText(world.i18n.translator(locale)('guidance:talk.ask', { name: 'Thomas Weiß', number: 1 })).split('\n')[0],
    );
    await press(world, amal, `g.m:${locale}:yes`);
    expect(says(amal)).toContain(
      plainText(world.i18n.translator(locale)('guidance:talk.sent', { name: 'Thomas Weiß' })),
    );
    expect(maria.chat).toHaveLength(there);
    expect(thomas.chat).toHaveLength(here + 1);
    await press(world, thomas, 'talk.ok:');
    expect(says(thomas)).toContain(words(world, 'guidance:talk.told'));
    expect(says(amal)).toContain('Thomas Weiß');
    // She is back: the next wish is hers again.
    world.clock.pass(24 * 60);
    await forge(world, amal, `g.m:${locale}:yes`);
    expect(says(amal)).toContain('Maria Keller');
    expect(says(maria)).toContain('möchte mit Ihnen sprechen');
  },
);

it('of somebody else’s people nobody can say that it was read', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  await forge(world, amal, 'g.m:de:yes');
  const { maria, thomas } = staffOf(world);
  const { data } = findButton(maria, 'talk.ok:');
  await write(world, thomas, '/menu');
  const before = amal.chat.length;
  await forge(world, thomas, data);
  expect(amal.chat).toHaveLength(before);
  expect(says(thomas)).not.toContain('Nr.');
});

it('it is silence when she has erased herself before it was said', async () => {
  const amal = world.person('Amal', 'de');
  await arrive(world, amal, 'de');
  const { maria } = staffOf(world);
  await write(world, maria, '/menu');
  await forge(world, amal, 'g.m:de:yes');
  await write(world, amal, '/delete');
  await press(world, amal, 'erase:yes');
  await press(world, maria, 'talk.ok:');
  expect(offered(maria)).toContain('who');
  expect(await world.db.prisma.notice.count({ where: { kind: { startsWith: 'talk' } } })).toBe(0);
});
