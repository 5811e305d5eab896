import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import { caseOf, sendCase } from '../../support/handovers.ts';
import { everything, findButton, forge, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const TEXT = 'Bitte helfen Sie beim Antrag.';
const WILDBERG = '08235080';

let world: World;
let paul: SimulatedPerson;
let amal: SimulatedPerson;
let id: string;
/** Wildberg has two managers here: the demo's Thomas, and Paul, who helps out. */
beforeEach(async () => {
  world = await createWorld();
  paul = world.person('Paul');
  await joinBy(world, paul, await inviteFor(world, draftOf.manager('Paul Maier', [WILDBERG])));
  amal = world.person('Amal', 'ar');
  id = await sendCase(world, amal, { text: TEXT });
});
afterEach(() => world.stop());

it('the first who accepts has it, and the other’s message says so when she presses', async () => {
  const { thomas, jutta } = staffOf(world);
  await press(world, paul, `hm.yes:${id}`);
  expect(says(paul)).toContain(words(world, 'handovers:desk.yours'));
  await press(world, thomas, `hm.yes:${id}`);
  expect(says(thomas)).toContain('Paul Maier');
  expect(says(thomas)).not.toContain(words(world, 'handovers:desk.yours'));
  expect(says(jutta)).toContain('Paul Maier');
  await forge(world, thomas, `hm.text:${id}`);
  expect(says(thomas)).not.toContain(TEXT);
  await forge(world, thomas, `hm.no.ok:${id}:shelter`);
  expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
});

it('two who accept in the same instant: exactly one has it, everybody hears one name', async () => {
  const { thomas } = staffOf(world);
  const [one, two] = [await actorOf(world, paul, 'manager'), await actorOf(world, thomas, 'manager')];
  const { handovers } = world.program.services;
  const both = await Promise.all([handovers.accept(one, id), handovers.accept(two, id)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['accepted', 'taken']);
  await world.settle();
  expect(await world.db.prisma.notice.count({ where: { kind: 'handover-accepted' } })).toBe(1);
  expect(await world.db.prisma.handoverEvent.count({ where: { handoverId: id, kind: 'accepted' } })).toBe(1);
});

it('accepting twice is accepting once', async () => {
  const { messageId, data } = findButton(paul, `hm.yes:${id}`);
  paul.presses(messageId, data);
  paul.presses(messageId, data);
  await world.settle();
  expect(says(paul)).toContain(words(world, 'handovers:desk.yours'));
  expect(await world.db.prisma.notice.count({ where: { kind: 'handover-accepted' } })).toBe(1);
});

describe('declining', () => {
  it('for want of time leaves it to the others, and ends it when nobody is left', async () => {
    const { thomas, jutta } = staffOf(world);
    await press(world, paul, `hm.no:${id}`);
    await press(world, paul, `hm.no.ok:${id}:capacity`);
    expect(says(paul)).toContain(words(world, 'handovers:desk.left'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
    await write(world, paul, '/menu');
    await press(world, paul, 'hm.list:0');
    expect(says(paul)).toContain(words(world, 'handovers:desk.none'));
    await press(world, thomas, `hm.no:${id}`);
    await press(world, thomas, `hm.no.ok:${id}:capacity`);
    expect(says(jutta)).toContain(words(world, 'handovers:card.declined'));
    expect(says(jutta)).toContain(words(world, 'handovers:reason.capacity'));
    expect(says(jutta)).toContain('+4970511600');
    expect(says(amal)).toContain(words(world, 'handovers:reason.capacity', 'ar'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'declined', text: null, topics: [] });
  });

  it('by the last two in the same instant ends it once, and leaves nobody waiting', async () => {
    const { thomas } = staffOf(world);
    const [one, two] = [await actorOf(world, paul, 'manager'), await actorOf(world, thomas, 'manager')];
    const { handovers } = world.program.services;
    const both = await Promise.all([handovers.decline(one, id, 'capacity'), handovers.decline(two, id, 'capacity')]);
    expect(both.sort()).toEqual(['declined', 'left']);
    await world.settle();
    expect(await caseOf(world, id)).toMatchObject({ status: 'declined' });
    expect(await world.db.prisma.notice.count({ where: { kind: 'handover-declined' } })).toBe(1);
  });

  it('for a reason of the case ends it for the whole team, and says where else to turn', async () => {
    const { thomas, jutta } = staffOf(world);
    await press(world, thomas, `hm.no:${id}`);
    await press(world, thomas, `hm.no.ok:${id}:shelter`);
    expect(says(jutta)).toContain(words(world, 'handovers:reason.shelter'));
    expect(says(jutta)).toContain(world.program.services.county.facts.shelterService.phone);
    await press(world, paul, `hm.yes:${id}`);
    expect(says(paul)).toContain(words(world, 'handovers:desk.gone'));
  });
});

describe('who sees what', () => {
  it('a manager of another municipality finds nothing', async () => {
    const { maria } = staffOf(world);
    for (const data of [`hm:${id}`, `hm.text:${id}`, `hm.yes:${id}`, `hm.no:${id}`, `hm.no.ok:${id}:shelter`]) {
      await forge(world, maria, data);
      expect(says(maria)).toContain(words(world, 'handovers:desk.gone'));
    }
    await write(world, maria, '/menu');
    await press(world, maria, 'hm.list:0');
    expect(says(maria)).toContain(words(world, 'handovers:desk.none'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
  });

  it('the inbox lists what waits and then her own', async () => {
    await press(world, paul, `hm.yes:${id}`);
    const second = await sendCase(world, world.person('Omar', 'de'), { kind: 'referral' });
    await write(world, paul, '/menu');
    await press(world, paul, 'hm.list:0');
    expect(offered(paul).filter((data) => data.startsWith('hm:'))).toEqual([`hm:${second}`, `hm:${id}`]);
  });

  it('a manager who joins later finds what waits', async () => {
    const lena = world.person('Lena');
    await joinBy(world, lena, await inviteFor(world, draftOf.manager('Lena Vogt', [WILDBERG])));
    await write(world, lena, '/menu');
    await press(world, lena, 'hm.list:0');
    await press(world, lena, `hm:${id}`);
    await press(world, lena, `hm.yes:${id}`);
    expect(says(lena)).toContain(words(world, 'handovers:desk.yours'));
  });

  it('no message of a volunteer names the person, her number or another’s case', async () => {
    const { jutta } = staffOf(world);
    await press(world, paul, `hm.yes:${id}`);
    const { number } = await actorOf(world, amal, 'refugee');
    expect(everything(jutta)).not.toContain(String(number));
  });
});

it('a manager who leaves gives her cases back to the team, and the volunteer hears it', async () => {
  const { thomas, jutta } = staffOf(world);
  await press(world, paul, `hm.yes:${id}`);
  await write(world, paul, '/delete');
  await press(world, paul, 'erase:yes');
  expect(await caseOf(world, id)).toMatchObject({ status: 'sent', managerId: null });
  expect(everything(thomas)).toContain(words(world, 'handovers:desk.new'));
  expect(says(jutta)).toContain('Paul Maier');
  expect(says(jutta)).toContain(words(world, 'handovers:card.returned'));
  await press(world, thomas, `hm.yes:${id}`);
  expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
});
