import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, isAnywhere } from '../../support/builders.ts';
import { askConsent, caseOf, openConsent, sendCase, writeCase } from '../../support/handovers.ts';
import { book, everything, forge, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const TEXT = 'Der Kolibri braucht Hilfe.';
const ANSWER = 'Der Papagei ruft morgen an.';

let world: World;
let amal: SimulatedPerson;
let id: string;
beforeEach(async () => {
  world = await createWorld();
  amal = world.person('Amal', 'ar');
  id = await sendCase(world, amal, { text: TEXT });
});
afterEach(() => world.stop());

/** From the menu to her page about this case. */
async function toOwn(): Promise<void> {
  await forge(world, amal, 'data');
  await press(world, amal, 'hr.list:0');
  await press(world, amal, `hr:${id}`);
}

const live = async () =>
  (await world.db.prisma.handoverConsent.findMany({ where: { handoverId: id, revokedAt: null } }))
    .map(({ purpose }) => purpose)
    .sort();

describe('her own page', () => {
  it('shows who handed over what to whom, in her language, and nothing before there is something', async () => {
    await toOwn();
    for (const piece of ['Jutta Hiller', TEXT, 'Thomas Weiß', words(world, 'consents:own.by', 'ar')]) {
      expect(says(amal)).toContain(piece);
    }
    const omar = world.person('Omar');
    omar.starts();
    await world.settle();
    await press(world, omar, 'lang.to:de');
    await press(world, omar, 'consent:yes');
    await forge(world, omar, 'hr.list:0');
    expect(says(omar)).toContain(words(world, 'consents:own.none'));
    for (const data of [`hr:${id}`, `hr.msg:${id}:0`, `hr.over:${id}:yes`, `hr.set:${id}:book:yes`]) {
      await forge(world, omar, data);
      expect(says(omar)).toContain(words(world, 'consents:own.gone'));
    }
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
    expect(await live()).toEqual(['pass-on']);
  });

  it('shows what volunteer and manager wrote about her', async () => {
    const text = world.seal.seal('handover-message', ANSWER);
    const sentAt = new Date(world.clock.now());
    await world.db.prisma.handoverMessage.create({ data: { id: 'aaaa', handoverId: id, by: 'manager', text, sentAt } });
    await toOwn();
    await press(world, amal, `hr.msg:${id}:0`);
    expect(says(amal)).toContain(ANSWER);
    expect(says(amal)).toContain(words(world, 'consents:own.from-team', 'ar'));
    expect(await isAnywhere(world, ANSWER)).toBe(false);
  });

  it('lets her allow and disallow each purpose by itself; a box pressed twice stays as it is', async () => {
    await toOwn();
    await press(world, amal, `hr.set:${id}:talk:yes`);
    await forge(world, amal, `hr.set:${id}:talk:yes`);
    await press(world, amal, `hr.set:${id}:book:yes`);
    expect(await live()).toEqual(['book', 'pass-on', 'talk']);
    await press(world, amal, `hr.set:${id}:talk:no`);
    await forge(world, amal, `hr.set:${id}:talk:no`);
    expect(await live()).toEqual(['book', 'pass-on']);
    // What was allowed once is kept as proof.
    expect(await world.db.prisma.handoverConsent.count({ where: { handoverId: id, purpose: 'talk' } })).toBe(1);
  });
});

describe('taking her yes back', () => {
  it('ends the volunteer’s view at once, deletes what was written, and tells the manager', async () => {
    const { jutta, thomas } = staffOf(world);
    await press(world, thomas, `hm.yes:${id}`);
    await toOwn();
    await press(world, amal, `hr.over:${id}:ask`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
    await press(world, amal, `hr.over:${id}:yes`);
    expect(says(amal)).toContain(words(world, 'consents:own.over-done', 'ar'));
    expect(says(thomas)).toContain(words(world, 'handovers:desk.off'));
    expect(says(jutta)).toContain(words(world, 'handovers:card.revoked'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'revoked', text: null, refugeeId: null, managerId: null });
    expect(await live()).toEqual([]);
    await forge(world, jutta, `ho:${id}`);
    expect(says(jutta)).not.toContain('Thomas');
    for (const data of [`hm:${id}`, `hm.text:${id}`, `hm.yes:${id}`]) {
      await forge(world, thomas, data);
      expect(says(thomas)).toContain(words(world, 'handovers:desk.gone'));
    }
    // She herself stays, and a second press is answered.
    await forge(world, amal, `hr.over:${id}:yes`);
    expect(says(amal)).toContain(words(world, 'consents:own.gone', 'ar'));
    expect(await world.db.prisma.refugee.count()).toBe(1);
  });

  it('while it waits: nobody can accept it any more, and nobody who accepts at once holds what is over', async () => {
    const { thomas } = staffOf(world);
    const { handovers } = world.program.services;
    const refugee = await actorOf(world, amal, 'refugee');
    const manager = await actorOf(world, thomas, 'manager');
    await Promise.all([handovers.takeYesBack(refugee, id), handovers.accept(manager, id)]);
    expect(await caseOf(world, id)).toMatchObject({ status: 'revoked', managerId: null, text: null });
    expect(await live()).toEqual([]);
  });

  it('of one case leaves another as it is', async () => {
    const { jutta } = staffOf(world);
    const other = await writeCase(world, jutta);
    await openConsent(world, amal, await askConsent(world, jutta, other));
    await press(world, amal, 'hc.set:');
    await press(world, amal, 'hc.yes:');
    await forge(world, amal, `hr.over:${id}:yes`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'revoked' });
    expect(await caseOf(world, other)).toMatchObject({ status: 'sent' });
    expect(await world.db.prisma.handoverConsent.count({ where: { handoverId: other, revokedAt: null } })).toBe(2);
  });
});

describe('an appointment that was made', () => {
  beforeEach(async () => {
    await press(world, staffOf(world).thomas, `hm.yes:${id}`);
  });

  it('is seen by the volunteer: that, and when only while she allows it', async () => {
    const { jutta } = staffOf(world);
    await forge(world, jutta, `ho:${id}`);
    expect(says(jutta)).not.toContain(words(world, 'consents:made'));
    await book(world, amal);
    const when = words(world, 'consents:made.at');
    await forge(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain(words(world, 'consents:made'));
    expect(everything(jutta)).not.toContain(when);
    await write(world, amal, '/menu');
    await forge(world, amal, `hr.set:${id}:dates:yes`);
    await forge(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain(when);
    await forge(world, amal, `hr.set:${id}:dates:no`);
    await forge(world, jutta, `ho:${id}`);
    expect(says(jutta)).toContain(words(world, 'consents:made'));
    expect(says(jutta)).not.toContain(when);
    expect(offered(jutta).some((data) => data.startsWith('card') || data.startsWith('appt'))).toBe(false);
  });

  it('is not seen when it was with somebody else, or after she took her yes back', async () => {
    const { jutta } = staffOf(world);
    await book(world, amal);
    const { handovers } = world.program.services;
    const { actor } = await world.program.services.people.identify(jutta.id);
    if (actor.kind !== 'volunteer' || !actor.signed) throw new Error('Jutta has signed');
    const volunteer = actor as Parameters<typeof handovers.madeFor>[0];
    expect(await handovers.madeFor(volunteer, id)).toEqual({ at: undefined });
    const maria = await world.db.prisma.manager.findFirstOrThrow({ where: { name: 'Maria Keller' } });
    const { managerId } = await world.db.prisma.appointment.findFirstOrThrow();
    await world.db.prisma.appointment.updateMany({ data: { managerId: maria.id } });
    expect(await handovers.madeFor(volunteer, id)).toBeUndefined();
    await world.db.prisma.appointment.updateMany({ data: { managerId } });
    await write(world, amal, '/menu');
    await forge(world, amal, `hr.over:${id}:yes`);
    expect(await handovers.madeFor(volunteer, id)).toBeUndefined();
  });
});
