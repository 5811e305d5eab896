import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { likeness } from '../../../src/features/handovers/rules-alike.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { caseOf, sendCase, writeCase } from '../../support/handovers.ts';
import { book, everything, forge, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

describe('two records', () => {
  const one = { ags: '08235080', languages: ['ar', 'de'], phone: '+49 170 1234567' };
  it.each([
    ['the same telephone, typed otherwise', { ags: undefined, languages: [], phone: '0170/1234567' }, 'phone'],
    ['the same place and language', { ags: '08235080', languages: ['ar'], phone: undefined }, 'town'],
    ['the same place, and German only', { ags: '08235080', languages: ['de'], phone: undefined }, undefined],
    ['another place', { ags: '08235085', languages: ['ar'], phone: '0170 7654321' }, undefined],
    ['nothing known', { ags: undefined, languages: [], phone: undefined }, undefined],
  ])('with %s', (_, other, expected) => {
    expect(likeness(one, other)).toBe(expected);
    expect(likeness(other, one)).toBe(expected);
  });
});

describe('the manager who has both', () => {
  let world: World;
  let amal: SimulatedPerson;
  let known: string;
  let onPaper: string;
  let numbers: { from: number; into: number };
  beforeEach(async () => {
    world = await createWorld();
    const { jutta, thomas } = staffOf(world);
    amal = world.person('Amal', 'ar');
    known = await sendCase(world, amal);
    onPaper = await writeCase(world, jutta, { text: 'Der Kolibri braucht Hilfe.' });
    await press(world, jutta, `hv:${onPaper}`);
    await press(world, jutta, `hv.paper:${onPaper}`);
    await press(world, jutta, `hv.days:${onPaper}:ar`);
    await press(world, jutta, `hv.check:${onPaper}:ar:2026-11-23`);
    await press(world, jutta, 'hv.send:');
    await press(world, thomas, `hm.yes:${known}`);
    await press(world, thomas, `hm.yes:${onPaper}`);
    const people = await world.db.prisma.refugee.findMany({ include: { person: true } });
    const numberOf = (hasAccount: boolean) =>
      people.find(({ person }) => (person.telegramId !== null) === hasAccount)?.number ?? 0;
    numbers = { from: numberOf(false), into: numberOf(true) };
  });
  afterEach(() => world.stop());

  const refugeeOf = async (id: string) => (await caseOf(world, id)).refugeeId;

  it('is asked, joins by hand, presses twice, and takes it back', async () => {
    const { thomas } = staffOf(world);
    const before = await refugeeOf(onPaper);
    await write(world, thomas, '/menu');
    await press(world, thomas, 'hm.list:0');
    await press(world, thomas, 'hd.list:0');
    await press(world, thomas, `hd.ask:${onPaper}:${numbers.into}`);
    expect(says(thomas)).toContain(words(world, 'consents:alike.town'));
    await press(world, thomas, `hd.ok:${onPaper}:${numbers.into}`);
    expect(says(thomas)).toContain(words(world, 'consents:alike.done'));
    await forge(world, thomas, `hd.ok:${onPaper}:${numbers.into}`);
    expect(says(thomas)).toContain(words(world, 'consents:alike.done'));
    expect(await refugeeOf(onPaper)).toBe(await refugeeOf(known));
    expect(await world.db.prisma.handoverMerge.count()).toBe(1);
    // The record stays for as long as it may be taken back.
    await world.program.services.handovers.forgetPast();
    await press(world, thomas, `hd.undo:${onPaper}`);
    expect(says(thomas)).toContain(String(numbers.from));
    expect(await refugeeOf(onPaper)).toBe(before);
    await forge(world, thomas, `hd.undo:${onPaper}`);
    expect(says(thomas)).toContain(words(world, 'consents:alike.gone'));
  });

  it('shows nothing of it to anybody else, and joins only what is a pair of hers', async () => {
    const { thomas, maria, jutta } = staffOf(world);
    const before = await refugeeOf(onPaper);
    await write(world, maria, '/menu');
    await press(world, maria, 'hm.list:0');
    await press(world, maria, 'hd.list:0');
    expect(says(maria)).toContain(words(world, 'consents:alike.none'));
    for (const [who, into] of [
      [maria, numbers.into],
      [thomas, numbers.from],
      [thomas, 999999],
      [jutta, numbers.into],
    ] as const) {
      await write(world, who, '/menu');
      await forge(world, who, `hd.ok:${onPaper}:${into}`);
      expect(await refugeeOf(onPaper)).toBe(before);
    }
    expect(everything(jutta)).not.toContain(words(world, 'consents:alike.title'));
    expect(everything(jutta)).not.toContain(String(numbers.into));
    // A wrong guess must not show her another's case.
    await forge(world, thomas, `hd.ok:${onPaper}:${numbers.into}`);
    await forge(world, amal, `hr:${onPaper}`);
    expect(says(amal)).toContain(words(world, 'consents:own.gone', 'ar'));
  });

  it('tells the volunteer nothing of the other, and books nothing for her, where the guess was wrong', async () => {
    const { thomas, jutta } = staffOf(world);
    const { personId, managerId } = await actorOf(world, amal, 'refugee');
    expect(managerId).toBeDefined();
    await world.db.prisma.handoverConsent.createMany({
      data: (['dates', 'book'] as const).map((purpose) => ({
        id: `consentto${purpose}`,
        handoverId: onPaper,
        purpose,
        way: 'paper',
        version: 'test',
        locale: 'ar',
        givenAt: new Date(world.clock.now()),
      })),
    });
    await forge(world, thomas, `hd.ok:${onPaper}:${numbers.into}`);
    expect(await refugeeOf(onPaper)).toBe(personId);
    await book(world, amal);
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.list:0');
    await press(world, jutta, `ho:${onPaper}`);
    expect(says(jutta)).toContain(words(world, 'handovers:card.accepted').trim());
    expect(says(jutta)).not.toContain(words(world, 'consents:made'));
    expect(says(jutta)).not.toContain(words(world, 'consents:made.at'));
    const before = amal.chat.length;
    for (const button of [`hb:${onPaper}`, 'hb.way:', 'hb.day:', 'hb.time:', 'hb.ok:'])
      await press(world, jutta, button);
    expect(says(jutta)).toContain(words(world, 'consents:book.done'));
    expect(amal.chat.length).toBe(before);
    expect(await world.db.prisma.appointment.count({ where: { refugeeId: personId } })).toBe(1);
  });

  it('says nothing to the other when the case ends', async () => {
    const { thomas, jutta } = staffOf(world);
    await forge(world, thomas, `hd.ok:${onPaper}:${numbers.into}`);
    const before = amal.chat.length;
    world.clock.pass(1);
    await forge(world, thomas, `hp.done:${onPaper}:yes`);
    expect(await caseOf(world, onPaper)).toMatchObject({ status: 'done' });
    expect(everything(jutta)).toContain(words(world, 'handovers:card.done'));
    expect(amal.chat.length).toBe(before);
  });

  it('removes the record of whoever takes her yes back, not the one that it was joined to', async () => {
    const { thomas, jutta } = staffOf(world);
    // The other has no account either, and no case of her own any more.
    const { personId } = await actorOf(world, amal, 'refugee');
    await world.db.prisma.handover.delete({ where: { id: known } });
    await world.db.prisma.person.update({ where: { id: personId }, data: { telegramId: null } });
    const from = await refugeeOf(onPaper);
    await forge(world, thomas, `hd.ok:${onPaper}:${numbers.into}`);
    expect(await refugeeOf(onPaper)).toBe(personId);
    await forge(world, jutta, `hv.over:${onPaper}:yes`);
    expect(await caseOf(world, onPaper)).toMatchObject({ status: 'revoked' });
    expect(await world.db.prisma.refugee.findMany({ select: { personId: true } })).toEqual([{ personId }]);
    expect(from).not.toBe(personId);
  });

  it('loses it when the person erases herself: her record goes, and the one that was joined after it', async () => {
    const { thomas } = staffOf(world);
    await forge(world, thomas, `hd.ok:${onPaper}:${numbers.into}`);
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    expect(await caseOf(world, onPaper)).toMatchObject({ status: 'revoked', text: null, refugeeId: null });
    expect(await world.db.prisma.handoverMerge.count()).toBe(0);
    await world.program.services.handovers.forgetPast();
    expect(await world.db.prisma.refugee.count()).toBe(0);
    await forge(world, thomas, `hd.undo:${onPaper}`);
    expect(says(thomas)).toContain(words(world, 'consents:alike.gone'));
  });
});
