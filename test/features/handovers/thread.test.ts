import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MESSAGE_LENGTH, MOST_MESSAGES } from '../../../src/features/handovers/model.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, isAnywhere, joinBy } from '../../support/builders.ts';
import { caseOf, sendCase } from '../../support/handovers.ts';
import { everything, findButton, forge, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const QUESTION = 'Hat der Kolibri schon einen Antrag?';
const ANSWER = 'Ja, die Nachtigall hat ihn.';

let world: World;
let amal: SimulatedPerson;
let id: string;
beforeEach(async () => {
  world = await createWorld();
  amal = world.person('Amal', 'ar');
  id = await sendCase(world, amal, { kind: 'referral' });
});
afterEach(() => world.stop());

/** The refugee agrees that they talk about it. */
const letTalk = () =>
  world.db.prisma.handoverConsent.create({
    data: {
      id: 'consenttotalk',
      handoverId: id,
      purpose: 'talk',
      way: 'link',
      version: 'test',
      locale: 'ar',
      givenAt: new Date(world.clock.now()),
    },
  });
const count = () => world.db.prisma.handoverMessage.count();

async function ask(): Promise<void> {
  const { thomas } = staffOf(world);
  await press(world, thomas, `hm:${id}`);
  await press(world, thomas, `ht:${id}:0`);
  await press(world, thomas, `ht.write:${id}`);
  await write(world, thomas, QUESTION);
}
async function answer(text = ANSWER): Promise<void> {
  const { jutta } = staffOf(world);
  await forge(world, jutta, `ht:${id}:0`);
  await press(world, jutta, `ht.write:${id}`);
  await write(world, jutta, text);
}

it('a question before accepting, and its answer: each says which case, and no words in the notice', async () => {
  const { thomas, jutta } = staffOf(world);
  await letTalk();
  await ask();
  expect(says(thomas)).toContain(words(world, 'cases:thread.said'));
  expect(says(jutta)).toContain(words(world, 'cases:thread.new'));
  expect(says(jutta)).toContain('Wildberg');
  expect(says(jutta)).not.toContain('Kolibri');
  await press(world, jutta, `ht:${id}:0`);
  expect(says(jutta)).toContain(QUESTION);
  expect(says(jutta)).toContain('Thomas Weiß');
  await press(world, jutta, `ht.write:${id}`);
  await write(world, jutta, ANSWER);
  expect(says(thomas)).toContain(words(world, 'cases:thread.new'));
  await press(world, thomas, `ht:${id}:0`);
  expect(says(thomas)).toContain(ANSWER);
  expect(says(thomas)).toContain('Jutta Hiller');
  // Sealed where it lies, and no account in anybody's chat.
  expect(await isAnywhere(world, QUESTION)).toBe(false);
  expect(everything(jutta)).not.toContain(String(thomas.id));
  // A question is an answer: nobody is called because of "today" any more.
  expect((await caseOf(world, id)).answeredAt).not.toBeNull();
});

describe('without the refugee’s consent to talk', () => {
  it('nobody is offered the thread, and nobody can write in it', async () => {
    const { thomas, jutta } = staffOf(world);
    await press(world, thomas, `hm:${id}`);
    expect(offered(thomas)).not.toContain(`ht:${id}:0`);
    for (const person of [thomas, jutta]) {
      await forge(world, person, `ht.write:${id}`);
      expect(says(person)).toContain(words(world, 'cases:thread.closed'));
      await write(world, person, QUESTION);
    }
    expect(await count()).toBe(0);
  });

  it('taken back while somebody writes: what she typed is not sent', async () => {
    const { thomas } = staffOf(world);
    await letTalk();
    await forge(world, thomas, `ht.write:${id}`);
    await world.db.prisma.handoverConsent.updateMany({
      where: { purpose: 'talk' },
      data: { revokedAt: new Date(world.clock.now()) },
    });
    await write(world, thomas, QUESTION);
    expect(says(thomas)).toContain(words(world, 'cases:thread.closed'));
    expect(await count()).toBe(0);
  });
});

describe('what is typed', () => {
  beforeEach(letTalk);

  it('a telephone number is asked about, corrected or sent anyway, once', async () => {
    const { thomas } = staffOf(world);
    await forge(world, thomas, `ht.write:${id}`);
    await write(world, thomas, 'Bitte rufen Sie 0151 23456789 an.');
    expect(says(thomas)).toContain(words(world, 'handovers:found.phone'));
    expect(await count()).toBe(0);
    const { messageId, data } = findButton(thomas, `ht.send:${id}`);
    thomas.presses(messageId, data);
    thomas.presses(messageId, data);
    await world.settle();
    expect(await count()).toBe(1);
    expect(says(thomas)).toContain('0151');
  });

  it('too long, or a command that is none: it says so and goes on waiting', async () => {
    const { thomas } = staffOf(world);
    await forge(world, thomas, `ht.write:${id}`);
    await write(world, thomas, 'x'.repeat(MESSAGE_LENGTH + 1));
    expect(says(thomas)).toContain(String(MESSAGE_LENGTH));
    await write(world, thomas, '/nothing');
    expect(await count()).toBe(0);
    await write(world, thomas, QUESTION);
    expect(await count()).toBe(1);
  });

  it('no more than so many', async () => {
    const { thomas } = staffOf(world);
    const { handovers } = world.program.services;
    const manager = await actorOf(world, thomas, 'manager');
    for (let place = 0; place <= MOST_MESSAGES; place++) {
      await handovers.say(manager, id, { text: QUESTION, place, isSure: true });
    }
    expect(await count()).toBe(MOST_MESSAGES);
    expect(await handovers.say(manager, id, { text: QUESTION, place: 99, isSure: true })).toEqual({ status: 'full' });
  });

  it('the volunteer begins once somebody has accepted', async () => {
    const { thomas, jutta } = staffOf(world);
    await forge(world, jutta, `ht:${id}:0`);
    expect(offered(jutta)).not.toContain(`ht.write:${id}`);
    await forge(world, thomas, `hm.yes:${id}`);
    await answer();
    expect(says(thomas)).toContain(words(world, 'cases:thread.new'));
  });
});

describe('it closes', () => {
  beforeEach(async () => {
    await letTalk();
    await ask();
    await answer();
    expect(await count()).toBe(2);
  });

  it('when the case is done, and the buttons say so', async () => {
    const { thomas, jutta } = staffOf(world);
    await forge(world, thomas, `hm.yes:${id}`);
    await forge(world, thomas, `hp.done:${id}:yes`);
    expect(await count()).toBe(0);
    for (const person of [thomas, jutta]) {
      await forge(world, person, `ht:${id}:0`);
      expect(says(person)).toContain(words(world, 'cases:thread.closed'));
      expect(says(person)).not.toContain('Kolibri');
    }
  });

  it.each([
    ['declined', () => forge(world, staffOf(world).thomas, `hm.no.ok:${id}:shelter`)],
    ['withdrawn', () => forge(world, staffOf(world).jutta, `hp.undo:${id}:yes`)],
  ])('when it is %s', async (status, end) => {
    await end();
    expect(await caseOf(world, id)).toMatchObject({ status });
    expect(await count()).toBe(0);
  });

  it('when the refugee erases herself, and nobody can write about her any more', async () => {
    const { thomas } = staffOf(world);
    await forge(world, thomas, `ht.write:${id}`);
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    await write(world, thomas, QUESTION);
    expect(says(thomas)).toContain(words(world, 'cases:thread.closed'));
    expect(await count()).toBe(0);
  });

  it('a volunteer who erases herself takes her words with her; the manager’s stay with the case', async () => {
    const { jutta, thomas } = staffOf(world);
    await write(world, jutta, '/delete');
    await press(world, jutta, 'erase:yes');
    expect(await world.db.prisma.handoverMessage.findMany()).toMatchObject([{ by: 'manager' }]);
    await forge(world, thomas, `ht:${id}:0`);
    expect(offered(thomas)).not.toContain(`ht.write:${id}`);
  });

  it('to another manager it never opens', async () => {
    const { maria } = staffOf(world);
    for (const data of [`ht:${id}:0`, `ht.write:${id}`, `ht.send:${id}`]) {
      await forge(world, maria, data);
      expect(says(maria)).toContain(words(world, 'cases:thread.closed'));
      expect(says(maria)).not.toContain('Kolibri');
    }
  });
});

describe('who reads an answer while nobody has the case', () => {
  let paul: SimulatedPerson;
  beforeEach(async () => {
    await letTalk();
    paul = world.person('Paul');
    await joinBy(world, paul, await inviteFor(world, draftOf.manager('Paul Maier', ['08235080'])));
  });

  it('the team, once whoever asked has left; and "today" is unanswered again', async () => {
    const { thomas, jutta } = staffOf(world);
    await ask();
    expect((await caseOf(world, id)).answeredAt).not.toBeNull();
    await write(world, thomas, '/delete');
    await press(world, thomas, 'erase:yes');
    expect((await caseOf(world, id)).answeredAt).toBeNull();
    await answer();
    expect(says(jutta)).toContain(words(world, 'cases:thread.said'));
    expect(says(paul)).toContain(words(world, 'cases:thread.new'));
  });

  it('whoever it was passed on to, and not only whoever asked', async () => {
    const { thomas } = staffOf(world);
    await ask();
    await forge(world, thomas, `hp.to:${id}:${(await actorOf(world, paul, 'manager')).managerId}`);
    expect(says(paul)).toContain(words(world, 'cases:pass.new').split(' ').at(-1) ?? '');
    world.clock.pass(1);
    await answer();
    expect(says(paul)).toContain(words(world, 'cases:thread.new'));
  });

  it('a colleague who was asked alone and leaves: the others and the volunteer hear it, and nobody names her', async () => {
    const { thomas, jutta } = staffOf(world);
    await forge(world, thomas, `hp.to:${id}:${(await actorOf(world, paul, 'manager')).managerId}`);
    expect((await caseOf(world, id)).addresseeId).not.toBeNull();
    world.clock.pass(1);
    await write(world, paul, '/delete');
    await press(world, paul, 'erase:yes');
    expect(says(thomas)).toContain(words(world, 'handovers:desk.new'));
    expect(says(jutta)).toContain(words(world, 'handovers:card.returned'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent', addresseeId: null });
    await press(world, jutta, 'ho.list:0');
    await press(world, jutta, `ho:${id}`);
    expect(says(jutta)).not.toContain('Paul Maier');
  });
});
