import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, isAnywhere } from '../../support/builders.ts';
import { askConsent, openConsent, sendCase, writeCase } from '../../support/handovers.ts';
import {
  arrive,
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

const TEXT = 'Der Kolibri braucht Hilfe.';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

async function erase(person: SimulatedPerson): Promise<void> {
  await write(world, person, '/delete');
  await press(world, person, 'erase:yes');
}

/** Nothing of what was written about her is left: no words, sealed or not, and no topic. */
async function expectForgotten(): Promise<void> {
  const left = await world.db.prisma.handover.findMany();
  for (const one of left) {
    expect(one).toMatchObject({ text: null, phone: null, topics: [], languages: [], refugeeId: null });
  }
  expect(await world.db.prisma.handoverConsent.count()).toBe(0);
  expect(await isAnywhere(world, TEXT)).toBe(false);
}

describe('the refugee erases herself', () => {
  it('after she has opened the link: it reads like a no', async () => {
    const { jutta } = staffOf(world);
    const amal = world.person('Amal', 'ar');
    await arrive(world, amal, 'ar', 'Wildberg');
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta, { text: TEXT });
    const token = await askConsent(world, jutta, id);
    await openConsent(world, amal, token);
    await erase(amal);
    await expectForgotten();
    expect(says(jutta)).toContain(words(world, 'handovers:card.refused'));
    await forge(world, amal, `hc.yes:ar:${token}:-:xxxxxxxx`);
    expect(says(amal)).toContain(words(world, 'handovers:problem.invalid', 'ar'));
    expect(await world.db.prisma.refugee.count()).toBe(0);
  });

  it('while it waits for a manager: nobody can accept it any more', async () => {
    const { jutta, thomas } = staffOf(world);
    const amal = world.person('Amal', 'ar');
    const id = await sendCase(world, amal, { text: TEXT });
    await erase(amal);
    await expectForgotten();
    expect(says(jutta)).toContain(words(world, 'handovers:card.revoked'));
    await press(world, thomas, `hm.yes:${id}`);
    expect(says(thomas)).toContain(words(world, 'handovers:desk.gone'));
    expect(await world.db.prisma.person.count({ where: { telegramId: amal.id } })).toBe(0);
  });

  it('after it was accepted: the manager hears that it is off, and no more', async () => {
    const { jutta, thomas } = staffOf(world);
    const amal = world.person('Amal', 'ar');
    const id = await sendCase(world, amal, { text: TEXT });
    await press(world, thomas, `hm.yes:${id}`);
    const { number } = await actorOf(world, amal, 'refugee');
    await erase(amal);
    await expectForgotten();
    expect(says(thomas)).toContain(words(world, 'handovers:desk.off'));
    expect(says(thomas)).not.toContain(String(number));
    expect(says(jutta)).toContain(words(world, 'handovers:card.revoked'));
    for (const data of [`hm:${id}`, `hm.text:${id}`]) {
      await forge(world, thomas, data);
      expect(says(thomas)).toContain(words(world, 'handovers:desk.gone'));
    }
  });

  it('before a notice that was owed went out: nobody is told of a case that is gone', async () => {
    const amal = world.person('Amal', 'ar');
    const id = await sendCase(world, amal, { text: TEXT });
    await world.db.prisma.notice.create({
      data: {
        kind: 'handover-taken',
        personId: (await actorOf(world, amal, 'refugee')).personId,
        subjectId: id,
        dueAt: new Date('2027-01-01'),
        key: 'later',
      },
    });
    await erase(amal);
    expect(await world.db.prisma.notice.count({ where: { key: 'later' } })).toBe(0);
  });
});

describe('the volunteer goes', () => {
  it.each(['erases herself', 'leaves', 'is removed'])(
    'and %s: her drafts are gone, what she sent stays',
    async (how) => {
      const { jutta, thomas, karin } = staffOf(world);
      const sent = await sendCase(world, world.person('Amal', 'ar'), { text: TEXT });
      const draft = await writeCase(world, jutta, { text: TEXT });
      const token = await askConsent(world, jutta, draft);
      if (how === 'erases herself') await erase(jutta);
      else if (how === 'leaves') {
        await write(world, jutta, '/menu');
        await press(world, jutta, 'data');
        await press(world, jutta, 'circle.leave:ask');
        await press(world, jutta, 'circle.leave:yes');
      } else {
        await write(world, karin, '/menu');
        await press(world, karin, 'circles:0');
        await press(world, karin, 'circle:');
        await press(world, karin, 'circle.who:');
        await press(world, karin, 'circle.out:');
        await press(world, karin, `circle.out:${await volunteerId()}:yes`);
        expect(says(jutta)).toContain('Arbeitskreis Asyl Wildberg');
      }
      expect(await world.db.prisma.handover.findMany()).toMatchObject([
        { id: sent, volunteerId: null, status: 'sent' },
      ]);
      for (const data of [`ho:${sent}`, `ho:${draft}`, 'ho.list:0', 'ho.start', `ho.link:${draft}`]) {
        await forge(world, jutta, data);
        expect(says(jutta)).not.toContain(TEXT);
        expect(offered(jutta).some((one) => one.startsWith('ho'))).toBe(false);
      }
      const omar = world.person('Omar', 'de');
      omar.starts(`c_${token}`);
      await world.settle();
      await press(world, omar, 'hc.lang:de');
      expect(says(omar)).toContain(words(world, 'handovers:problem.invalid'));
      const before = everything(jutta);
      await press(world, thomas, `hm.yes:${sent}`);
      expect(says(thomas)).toContain(words(world, 'handovers:desk.yours'));
      expect(says(thomas)).not.toContain('Jutta Hiller');
      expect(everything(jutta)).toBe(before);
    },
  );

  it('in the middle of typing: what she typed is nowhere', async () => {
    const { jutta, karin } = staffOf(world);
    await signUndertaking(world, jutta);
    const id = await writeCase(world, jutta);
    await press(world, jutta, `ho.fix:${id}`);
    await press(world, jutta, `ho.ask:${id}:text:`);
    await world.program.services.circles.remove(await actorOf(world, karin, 'coordinator'), await volunteerId());
    await world.settle();
    await write(world, jutta, TEXT);
    expect(await world.db.prisma.handover.count()).toBe(0);
    expect(await world.db.prisma.flow.count()).toBe(0);
    expect(await isAnywhere(world, TEXT)).toBe(false);
  });
});

const volunteerId = async () =>
  (await world.db.prisma.volunteer.findFirstOrThrow({ where: { name: 'Jutta Hiller' } })).id;
