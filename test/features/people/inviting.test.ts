import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, isAnywhere, joinBy, memberOf, openLink, rows } from '../../support/builders.ts';
import {
  everything,
  forge,
  lastMessage,
  offered,
  press,
  says,
  signUndertaking,
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

const kindOf = async (person: SimulatedPerson) => (await world.program.services.people.identify(person.id)).actor.kind;

describe('an invitation', () => {
  it.each(LOCALES)('lets a volunteer in at once, after language (%s) and a clear question', async (locale) => {
    const token = await inviteFor(world, draftOf.volunteer());
    const eva = world.person('Eva', locale);
    eva.starts(`i_${token}`);
    await world.settle();
    await press(world, eva, `lang.to:${locale}`);
    expect(says(eva)).toContain('Eva Roth');
    await press(world, eva, 'inv:');
    expect(await kindOf(eva)).toBe('volunteer');
    expect(says(eva)).toContain(words(world, 'circles:undertaking.text', locale));
    expect(offered(eva)).not.toContain('who');
    await press(world, eva, 'undertake:');
    expect(says(eva)).toContain('Freundeskreis Calw');
    expect(offered(eva)).toContain('who');
  });

  it.each(['manager', 'coordinator'] as const)(
    'of a %s waits until the coordinator who invited confirms the person',
    async (kind) => {
      const { karin } = staffOf(world);
      const paul = world.person('Paul');
      await joinBy(world, paul, await inviteFor(world, draftOf[kind]('Paul Maier'), karin));
      expect(await kindOf(paul)).toBe('stranger');
      expect(says(paul)).toContain(words(world, 'people:invite.waiting'));
      expect(says(karin)).toContain('Paul Maier');
      await press(world, karin, 'inv.ok:');
      expect(await kindOf(paul)).toBe(kind);
      expect(says(paul)).toContain(words(world, 'people:role.granted'));
      await press(world, paul, 'menu');
      expect(offered(paul)).toContain(kind === 'manager' ? 'hours:0' : 'inviting');
    },
  );

  it('that the coordinator refuses leaves nothing behind, after the refusal was told', async () => {
    const { karin } = staffOf(world);
    const before = await world.db.prisma.manager.count();
    const paul = world.person('Paul');
    await joinBy(world, paul, await inviteFor(world, draftOf.manager('Paul Maier'), karin));
    const button = lastMessage(karin)?.message_id ?? 0;
    const refusal = `${offered(karin)[1]}`;
    karin.presses(button, refusal);
    await world.settle();
    expect(await kindOf(paul)).toBe('stranger');
    expect(says(paul)).toContain(words(world, 'people:role.refused'));
    expect(await world.db.prisma.manager.count()).toBe(before);
    expect(await world.db.prisma.invite.count({ where: { name: 'Paul Maier' } })).toBe(0);
    await world.program.services.people.forgetInvites();
    expect(await world.db.prisma.person.count({ where: { telegramId: paul.id } })).toBe(0);
  });

  it('confirmed twice is confirmed once', async () => {
    const { karin } = staffOf(world);
    const paul = world.person('Paul');
    await joinBy(world, paul, await inviteFor(world, draftOf.coordinator('Paul Maier'), karin));
    const message = lastMessage(karin)?.message_id ?? 0;
    const yes = offered(karin)[0] ?? '';
    karin.presses(message, yes);
    karin.presses(message, yes);
    await world.settle();
    expect(await world.db.prisma.coordinator.count({ where: { name: 'Paul Maier' } })).toBe(1);
    expect(says(karin)).toContain(words(world, 'people:invite.gone'));
  });

  it('works once: whoever opens the forwarded link later learns nothing', async () => {
    const token = await inviteFor(world, draftOf.volunteer());
    await joinBy(world, world.person('Eva'), token);
    const other = world.person('Otto');
    await openLink(world, other, token);
    expect(says(other)).toContain(words(world, 'people:invite.invalid'));
    expect(everything(other)).not.toContain('Eva Roth');
    expect(await kindOf(other)).toBe('stranger');
  });

  it('opened by two at once lets one in', async () => {
    const token = await inviteFor(world, draftOf.volunteer());
    const two = [world.person('Eva'), world.person('Otto')];
    for (const each of two) await openLink(world, each, token);
    for (const each of two) each.presses(lastMessage(each)?.message_id ?? 0, `inv:de:${token}`);
    await world.settle();
    expect((await Promise.all(two.map(kindOf))).sort()).toEqual(['stranger', 'volunteer']);
    expect(await world.db.prisma.volunteer.count({ where: { name: 'Eva Roth' } })).toBe(1);
    expect(await world.db.prisma.person.count({ where: { telegramId: { in: two.map(({ id }) => id) } } })).toBe(1);
  });

  it('opened twice by the same person lets her in once', async () => {
    const token = await inviteFor(world, draftOf.volunteer());
    const eva = world.person('Eva');
    await openLink(world, eva, token);
    const message = lastMessage(eva)?.message_id ?? 0;
    eva.presses(message, `inv:de:${token}`);
    eva.presses(message, `inv:de:${token}`);
    await world.settle();
    expect(await kindOf(eva)).toBe('volunteer');
    expect(await world.db.prisma.volunteer.count({ where: { name: 'Eva Roth' } })).toBe(1);
  });

  it('runs out after seven days, to the minute', async () => {
    const [early, late] = [await inviteFor(world, draftOf.volunteer()), await inviteFor(world, draftOf.volunteer())];
    world.clock.pass(7 * 24 * 60 - 1);
    const [eva, otto] = [world.person('Eva'), world.person('Otto')];
    await joinBy(world, eva, early);
    expect(await kindOf(eva)).toBe('volunteer');
    world.clock.pass(1);
    await openLink(world, otto, late);
    expect(says(otto)).toContain(words(world, 'people:invite.invalid'));
  });

  it('that nobody took leaves no manager and no invitation behind once it has run out', async () => {
    const { karin } = staffOf(world);
    const before = await world.db.prisma.manager.count();
    await inviteFor(world, draftOf.manager('Paul Maier'), karin);
    world.clock.pass(8 * 24 * 60);
    await world.program.services.people.forgetInvites();
    expect(await world.db.prisma.invite.count({ where: { name: 'Paul Maier' } })).toBe(0);
    expect(await world.db.prisma.manager.count()).toBe(before);
  });

  it('changes nothing when it is only opened', async () => {
    const token = await inviteFor(world, draftOf.volunteer());
    const before = await rows(world);
    await openLink(world, world.person('Eva'), token);
    expect(await rows(world)).toEqual(before);
  });

  it('is kept as a hash only', async () => {
    const token = await inviteFor(world, draftOf.volunteer());
    expect(await isAnywhere(world, token)).toBe(false);
  });

  it.each(['i_short', `i_${'x'.repeat(32)}`, 'nonsense'])('with the payload %s opens nothing', async (payload) => {
    const eva = world.person('Eva');
    eva.starts(payload);
    await world.settle();
    await press(world, eva, 'lang.to:de');
    expect(await kindOf(eva)).toBe('stranger');
    expect(offered(eva).some((data) => data.startsWith('inv:'))).toBe(false);
  });

  it('is confirmed by nobody but the coordinator who invited', async () => {
    const { karin, maria } = staffOf(world);
    const rita = world.person('Rita');
    await joinBy(world, rita, await inviteFor(world, draftOf.coordinator()));
    const paul = world.person('Paul');
    await joinBy(world, paul, await inviteFor(world, draftOf.manager('Paul Maier'), karin));
    const yes = offered(karin)[0] ?? '';
    for (const other of [rita, maria, paul]) await forge(world, other, yes);
    expect(await kindOf(paul)).toBe('stranger');
    await press(world, karin, 'inv.ok:');
    expect(await kindOf(paul)).toBe('manager');
  });
});

describe('one account', () => {
  it('may be volunteer and coordinator, and switches between the menus', async () => {
    const eva = world.person('Eva');
    await joinBy(world, eva, await inviteFor(world, draftOf.volunteer()));
    await joinBy(world, eva, await inviteFor(world, draftOf.coordinator('Eva Roth')));
    expect(await memberOf(world, eva)).toMatchObject({ kind: 'coordinator', roles: ['volunteer', 'coordinator'] });
    await write(world, eva, '/menu');
    await press(world, eva, 'role:volunteer');
    await press(world, eva, 'undertake:');
    expect(says(eva)).toContain('Freundeskreis Calw');
    expect(await kindOf(eva)).toBe('volunteer');
    await press(world, eva, 'role:coordinator');
    expect(await kindOf(eva)).toBe('coordinator');
  });

  it('that is a refugee’s keeps her appointments when she becomes a volunteer', async () => {
    const eva = world.person('Eva');
    eva.starts();
    await world.settle();
    await press(world, eva, 'lang.to:de');
    await press(world, eva, 'consent:yes');
    await joinBy(world, eva, await inviteFor(world, draftOf.volunteer()));
    expect(await memberOf(world, eva)).toMatchObject({ kind: 'volunteer', roles: ['refugee', 'volunteer'] });
    await write(world, eva, '/menu');
    await press(world, eva, 'role:refugee');
    expect(await actorOf(world, eva, 'refugee')).toMatchObject({ kind: 'refugee' });
  });

  it('cannot take a role that it does not hold', async () => {
    const { jutta } = staffOf(world);
    await forge(world, jutta, 'role:coordinator');
    expect(await kindOf(jutta)).toBe('volunteer');
  });
});

describe('a coordinator invites in the chat', () => {
  it.each(LOCALES)('a volunteer, in %s, and the link that comes out works', async (locale) => {
    const { karin } = staffOf(world);
    await write(world, karin, '/language');
    await press(world, karin, `lang.to:${locale}`);
    await press(world, karin, 'inviting');
    await press(world, karin, 'invite.r:volunteer');
    await press(world, karin, 'circle.new');
    await write(world, karin, 'Freundeskreis Calw');
    await write(world, karin, 'Calw');
    await press(world, karin, 'circle.inv:');
    await write(world, karin, 'Eva Roth');
    const eva = world.person('Eva');
    await joinBy(world, eva, linkIn(karin));
    expect(await kindOf(eva)).toBe('volunteer');
  });

  it('a manager, with carrier, municipalities in any spelling and working days', async () => {
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'inviting');
    await press(world, karin, 'invite.r:manager');
    await write(world, karin, 'Paul Maier');
    await press(world, karin, 'invite.c:diakonie');
    await write(world, karin, 'Calw, Atlantis');
    expect(says(karin)).toContain('Atlantis');
    await write(world, karin, 'calw, hoefen; 75337');
    await press(world, karin, 'invite.d:3');
    const paul = world.person('Paul');
    await joinBy(world, paul, linkIn(karin));
    await press(world, karin, 'inv.ok:');
    const made = await world.db.prisma.manager.findFirst({
      where: { name: 'Paul Maier' },
      include: { municipalities: { orderBy: { ags: 'asc' } } },
    });
    expect(made).toMatchObject({ carrierId: 'diakonie', workingDays: 3, accepts: true });
    expect(made?.municipalities.map(({ ags }) => ags)).toEqual(['08235025', '08235035', '08235085']);
  });

  it('another coordinator of the county or of a carrier, who then invites for that carrier only', async () => {
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'inviting');
    await press(world, karin, 'invite.r:coordinator');
    await write(world, karin, 'Rita Wolf');
    expect(offered(karin)).toContain('invite.c:county');
    await press(world, karin, 'invite.c:verbund');
    const rita = world.person('Rita');
    await joinBy(world, rita, linkIn(karin));
    await press(world, karin, 'inv.ok:');
    expect(await actorOf(world, rita, 'coordinator')).toMatchObject({ carrierId: 'verbund' });
    await write(world, rita, '/menu');
    await press(world, rita, 'inviting');
    await press(world, rita, 'invite.r:manager');
    await write(world, rita, 'Paul Maier');
    await write(world, rita, 'Wildberg');
    await press(world, rita, 'invite.d:5');
    expect(await world.db.prisma.manager.findFirst({ where: { name: 'Paul Maier' } })).toMatchObject({
      carrierId: 'verbund',
    });
  });

  it('and a button of another form’s carrier question does no harm', async () => {
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'inviting');
    await press(world, karin, 'invite.r:manager');
    await write(world, karin, 'Paul Maier');
    await forge(world, karin, 'invite.c:county');
    await forge(world, karin, 'invite.c:nowhere');
    expect(await world.db.prisma.manager.count({ where: { name: 'Paul Maier' } })).toBe(0);
    expect(lastMessage(karin)?.fromBot).toBe(true);
  });
});

describe('who is responsible', () => {
  it.each(['volunteer', 'manager', 'coordinator'] as const)('is asked by a %s with a town’s name', async (kind) => {
    const { jutta, maria, karin } = staffOf(world);
    const asking = { volunteer: jutta, manager: maria, coordinator: karin }[kind];
    await signUndertaking(world, jutta);
    await write(world, asking, '/menu');
    await press(world, asking, 'who');
    await write(world, asking, 'Wildberg');
    await press(world, asking, 'town:who');
    expect(says(asking)).toContain('Thomas Weiß');
    await press(world, asking, 'who');
    await write(world, asking, 'Enzklösterle');
    await press(world, asking, 'town:who');
    expect(says(asking)).toContain('+4970511600');
  });

  it('says where the county has not confirmed it', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    await press(world, jutta, 'who');
    await write(world, jutta, 'Calw');
    await press(world, jutta, 'town:who');
    expect(says(jutta)).toContain(words(world, 'people:who.unconfirmed'));
  });
});

/** The secret in the link that a coordinator was given. */
function linkIn(person: SimulatedPerson): string {
  const token = /start=i_([\w-]{32})/.exec(says(person))?.[1];
  if (token === undefined) throw new Error(`no link in ${says(person)}`);
  return token;
}
