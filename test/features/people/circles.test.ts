import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, joinBy, memberOf, openLink } from '../../support/builders.ts';
import {
  everything,
  forge,
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
const circleId = async (name: string) => (await world.db.prisma.circle.findUniqueOrThrow({ where: { name } })).id;
const linkIn = (person: SimulatedPerson) => /start=i_([\w-]{32})/.exec(says(person))?.[1] ?? '';

describe('the undertaking', () => {
  it.each(LOCALES)(
    'comes before anything else, in %s, and is stored once with its version and language',
    async (locale) => {
      const { jutta } = staffOf(world);
      await write(world, jutta, '/language');
      await press(world, jutta, `lang.to:${locale}`);
      expect(says(jutta)).toContain(words(world, 'circles:undertaking.text', locale));
      for (const data of ['who', 'towns:who:0', 'town:who:08235080', 'ho.start', 'ho.list:0', 'ho.new:abcdefghijkl']) {
        await forge(world, jutta, data);
        expect(says(jutta)).toContain(words(world, 'circles:undertaking.text', locale));
      }
      expect(await world.db.prisma.handover.count()).toBe(0);
      await press(world, jutta, 'undertake:');
      await forge(world, jutta, 'undertake:2026-11-22');
      expect(await world.db.prisma.undertaking.findMany()).toMatchObject([{ version: '2026-11-22', locale }]);
      expect(offered(jutta)).toContain('ho.start');
    },
  );

  it('of another version is not signed by an old button, and an old signature does not count', async () => {
    const { jutta } = staffOf(world);
    await write(world, jutta, '/menu');
    await forge(world, jutta, 'undertake:2020-01-01');
    expect(await world.db.prisma.undertaking.count()).toBe(0);
    const { id } = await world.db.prisma.volunteer.findFirstOrThrow();
    await world.db.prisma.undertaking.create({
      data: { volunteerId: id, version: '2020-01-01', locale: 'de', signedAt: new Date(0) },
    });
    await write(world, jutta, '/menu');
    expect(says(jutta)).toContain(words(world, 'circles:undertaking.text'));
  });
});

describe('a circle', () => {
  it('is opened by a manager for a municipality of hers, and she invites into it by link', async () => {
    const { thomas } = staffOf(world);
    await write(world, thomas, '/menu');
    await press(world, thomas, 'circles:0');
    await press(world, thomas, 'circle.new');
    await write(world, thomas, 'Freunde in Wildberg');
    await write(world, thomas, 'Nagold');
    expect(says(thomas)).toContain(words(world, 'circles:new.elsewhere'));
    await write(world, thomas, 'Nirgendwo');
    expect(says(thomas)).toContain('Nirgendwo');
    await write(world, thomas, 'Wildberg, Nagold');
    expect(says(thomas)).toContain('Freunde in Wildberg');
    await press(world, thomas, 'circle.inv:');
    await write(world, thomas, 'Eva Roth');
    const eva = world.person('Eva');
    await joinBy(world, eva, linkIn(thomas));
    expect(await memberOf(world, eva)).toMatchObject({
      kind: 'volunteer',
      circle: 'Freunde in Wildberg',
      signed: false,
    });
  });

  it('of a name that there is asks for another name', async () => {
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'circles:0');
    await press(world, karin, 'circle.new');
    await write(world, karin, 'Arbeitskreis Asyl Wildberg');
    await write(world, karin, 'Wildberg');
    expect(says(karin)).toContain(words(world, 'circles:new.known'));
    await write(world, karin, 'Ein anderer');
    await write(world, karin, 'Wildberg');
    expect(says(karin)).toContain('Ein anderer');
    expect(await world.db.prisma.circle.count()).toBe(2);
  });

  it('is seen by whoever answers for one of its municipalities, and by nobody else', async () => {
    const rita = world.person('Rita');
    await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'altensteig')));
    await inviteFor(world, {
      role: 'volunteer',
      name: 'X',
      circle: { name: 'Nur Altensteig', municipalities: ['08235006'] },
    });
    const { circles } = world.program.services;
    const names = async (host: Parameters<typeof circles.circles>[0]) =>
      (await circles.circles(host)).map(({ name }) => name);
    const { karin, thomas, maria } = staffOf(world);
    expect(await names(await actorOf(world, karin, 'coordinator'))).toEqual([
      'Arbeitskreis Asyl Wildberg',
      'Nur Altensteig',
    ]);
    expect(await names(await actorOf(world, thomas, 'manager'))).toEqual(['Arbeitskreis Asyl Wildberg']);
    expect(await names(await actorOf(world, maria, 'manager'))).toEqual(['Arbeitskreis Asyl Wildberg']);
    expect(await names(await actorOf(world, rita, 'coordinator'))).toEqual(['Nur Altensteig']);
    const id = await circleId('Nur Altensteig');
    for (const data of [`circle:${id}:0`, `circle.inv:${id}`]) {
      await forge(world, thomas, data);
      expect(says(thomas)).toContain(words(world, 'circles:gone'));
    }
    const volunteer = await world.db.prisma.volunteer.findFirstOrThrow({ where: { name: 'Jutta Hiller' } });
    const coordinator = await actorOf(world, rita, 'coordinator');
    expect(await circles.remove(coordinator, volunteer.id)).toBe(false);
    expect(await circles.setSpeaker(coordinator, volunteer.id, true)).toBe(false);
    expect(await circles.invite(coordinator, await circleId('Arbeitskreis Asyl Wildberg'), 'X')).toEqual({
      status: 'gone',
    });
  });

  it('has a speaker who sees counts and nothing else', async () => {
    const { karin, jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    await forge(world, jutta, 'ho.sum');
    expect(says(jutta)).not.toContain('📊');
    await write(world, karin, '/menu');
    await press(world, karin, 'circles:0');
    await press(world, karin, 'circle:');
    await press(world, karin, 'circle.who:');
    await press(world, karin, 'circle.voice:');
    expect(says(karin)).toContain(words(world, 'circles:member.speaks'));
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.sum');
    expect(says(jutta)).toContain(words(world, 'handovers:counts.none'));
  });

  it('loses who is removed at once; she is told, and may be invited again', async () => {
    const { karin, jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    await write(world, karin, '/menu');
    await press(world, karin, 'circles:0');
    await press(world, karin, 'circle:');
    await press(world, karin, 'circle.who:');
    await press(world, karin, 'circle.out:');
    const { id } = await world.db.prisma.volunteer.findFirstOrThrow();
    await press(world, karin, `circle.out:${id}:yes`);
    expect(says(jutta)).toContain('Arbeitskreis Asyl Wildberg');
    expect(await kindOf(jutta)).toBe('stranger');
    await press(world, karin, 'circles:0');
    await forge(world, karin, `circle.out:${id}:yes`);
    expect(says(karin)).toContain(words(world, 'circles:gone'));
    await press(world, karin, 'menu');
    await press(world, karin, 'circles:0');
    await press(world, karin, 'circle:');
    expect(says(karin)).toContain(words(world, 'circles:card.none'));
    await press(world, karin, 'circle.inv:');
    await write(world, karin, 'Jutta Hiller');
    await openLink(world, jutta, linkIn(karin));
    await press(world, jutta, 'inv:');
    // She signs anew: the old proof went with her membership.
    expect(says(jutta)).toContain(words(world, 'circles:undertaking.text'));
  });

  it('is left by a volunteer herself, who keeps her other roles', async () => {
    const { jutta } = staffOf(world);
    await joinBy(world, jutta, await inviteFor(world, draftOf.coordinator('Jutta Hiller')));
    await press(world, jutta, 'role:volunteer');
    await press(world, jutta, 'undertake:');
    await press(world, jutta, 'data');
    await press(world, jutta, 'circle.leave:ask');
    await press(world, jutta, 'circle.leave:yes');
    expect(says(jutta)).toContain(words(world, 'circles:left'));
    expect(await memberOf(world, jutta)).toMatchObject({ kind: 'coordinator', roles: ['coordinator'] });
    expect(everything(jutta)).not.toContain('undefined');
  });

  it('leaves nothing of a person who had no other role', async () => {
    const { jutta } = staffOf(world);
    await signUndertaking(world, jutta);
    await press(world, jutta, 'data');
    await press(world, jutta, 'circle.leave:ask');
    await press(world, jutta, 'circle.leave:yes');
    await world.program.services.people.forgetInvites();
    expect(await world.db.prisma.person.count({ where: { telegramId: jutta.id } })).toBe(0);
    expect(await world.db.prisma.undertaking.count()).toBe(0);
  });
});
