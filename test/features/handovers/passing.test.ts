import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, isAnywhere, joinBy, memberOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { caseOf, sendCase } from '../../support/handovers.ts';
import { everything, forge, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const TEXT = 'Der Kolibri braucht Hilfe.';
const WILDBERG = '08235080';
const EMPTY = {
  text: null,
  phone: null,
  nickname: null,
  topics: [],
  tried: [],
  languages: [],
  reach: [],
  urgency: null,
};

let world: World;
let paul: SimulatedPerson;
let amal: SimulatedPerson;
let id: string;
let ids: { thomas: string; paul: string };
/** Wildberg has two managers here: the demo's Thomas, and Paul. */
beforeEach(async () => {
  world = await createWorld();
  paul = world.person('Paul');
  await joinBy(world, paul, await inviteFor(world, draftOf.manager('Paul Maier', [WILDBERG])));
  amal = world.person('Amal', 'ar');
  id = await sendCase(world, amal, { text: TEXT, kind: 'referral' });
  ids = {
    thomas: (await actorOf(world, staffOf(world).thomas, 'manager')).managerId,
    paul: (await actorOf(world, paul, 'manager')).managerId,
  };
});
afterEach(() => world.stop());

async function erase(person: SimulatedPerson): Promise<void> {
  await write(world, person, '/delete');
  await press(world, person, 'erase:yes');
}

describe('passing on', () => {
  it('what she had accepted goes to a colleague, who accepts; the volunteer hears each name', async () => {
    const { thomas, jutta } = staffOf(world);
    await press(world, paul, `hm.yes:${id}`);
    await press(world, paul, `hp:${id}:`);
    expect(offered(paul)).not.toContain(`hp.to:${id}:${ids.paul}`);
    await press(world, paul, `hp.to:${id}:${ids.thomas}`);
    expect(says(paul)).toContain('Thomas Weiß');
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent', managerId: null, addresseeId: ids.thomas });
    expect(says(thomas)).toContain('Paul Maier');
    expect(says(jutta)).toContain('Paul Maier');
    expect(says(jutta)).toContain('Thomas Weiß');
    world.clock.pass(1);
    await press(world, thomas, `hm.yes:${id}`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted', managerId: ids.thomas });
    expect(says(jutta)).toContain(words(world, 'handovers:card.accepted'));
  });

  it('to the whole team: its deadlines begin again on that day', async () => {
    const { thomas } = staffOf(world);
    await press(world, paul, `hm.yes:${id}`);
    world.clock.set(berlin('2026-12-21', '10:00'));
    await press(world, paul, `hp:${id}:`);
    await press(world, paul, `hp.team:${id}`);
    expect(says(paul)).toContain(words(world, 'cases:pass.done-team'));
    expect(says(thomas)).toContain('Paul Maier');
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent', addresseeId: null, remindedAt: null });
    // Thirty days after it was sent it is not given up, because it has waited for an hour only.
    world.clock.set(berlin('2026-12-24', '11:00'));
    await world.program.services.handovers.forgetPast();
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
  });

  it('a colleague who has no time gives it to the others, who hear of it then', async () => {
    const { thomas } = staffOf(world);
    await press(world, paul, `hm.yes:${id}`);
    await press(world, paul, `hp:${id}:`);
    await press(world, paul, `hp.to:${id}:${ids.thomas}`);
    world.clock.pass(1);
    await press(world, thomas, `hm.no:${id}`);
    await press(world, thomas, `hm.no.ok:${id}:capacity`);
    expect(says(paul)).toContain(words(world, 'handovers:desk.new'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent', addresseeId: null });
  });

  it('while a colleague accepts: one of both holds, and nobody is told what is not so', async () => {
    const { thomas } = staffOf(world);
    const [one, two] = [await actorOf(world, paul, 'manager'), await actorOf(world, thomas, 'manager')];
    const { handovers } = world.program.services;
    const [passed, accepted] = await Promise.all([handovers.passOn(one, id, ids.thomas), handovers.accept(two, id)]);
    await world.settle();
    expect(accepted.status).toBe('accepted');
    expect(['passed', 'taken']).toContain(passed.status);
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted', managerId: ids.thomas });
  });

  it('only within the team that the person has agreed to', async () => {
    const { maria } = staffOf(world);
    const outside = (await actorOf(world, maria, 'manager')).managerId;
    await press(world, paul, `hm.yes:${id}`);
    await forge(world, paul, `hp.to:${id}:${outside}`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted', managerId: ids.paul });
    for (const data of [`hp:${id}:0`, `hp.to:${id}:${ids.paul}`, `hp.team:${id}`, `hp.done:${id}:yes`]) {
      await forge(world, maria, data);
      expect(says(maria)).toContain(words(world, 'handovers:desk.gone'));
    }
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted', managerId: ids.paul });
  });

  it('pressed twice passes it on once', async () => {
    await press(world, paul, `hm.yes:${id}`);
    await forge(world, paul, `hp.team:${id}`);
    await forge(world, paul, `hp.team:${id}`);
    expect(await world.db.prisma.handoverEvent.count({ where: { kind: 'passed-on' } })).toBe(1);
  });

  it('who erases herself after it was passed on leaves nobody waiting for her', async () => {
    const { thomas } = staffOf(world);
    await press(world, paul, `hm.yes:${id}`);
    await forge(world, paul, `hp.to:${id}:${ids.thomas}`);
    await erase(amal);
    await forge(world, thomas, `hm.yes:${id}`);
    expect(says(thomas)).toContain(words(world, 'handovers:desk.gone'));
    expect(await isAnywhere(world, TEXT)).toBe(false);
  });
});

describe('done', () => {
  it.each(LOCALES)('ends it, empties it, and everybody hears: refugee and volunteer in %s', async (locale) => {
    const { jutta } = staffOf(world);
    for (const person of [jutta, amal]) {
      await write(world, person, '/language');
      await press(world, person, `lang.to:${locale}`);
    }
    await press(world, paul, `hm.yes:${id}`);
    await press(world, paul, `hp.done:${id}:ask`);
    await press(world, paul, `hp.done:${id}:yes`);
    expect(says(paul)).toContain(words(world, 'cases:done.said'));
    expect(says(jutta)).toContain(words(world, 'handovers:card.done', locale));
    expect(says(jutta)).toContain('Paul Maier');
    expect(says(amal)).toContain(words(world, 'cases:done.referral', locale));
    expect(await caseOf(world, id)).toMatchObject({ status: 'done', managerId: ids.paul, ...EMPTY });
    await forge(world, paul, `hp.done:${id}:yes`);
    expect(await world.db.prisma.notice.count({ where: { kind: 'handover-done' } })).toBe(1);
  });

  it('its old buttons say that it is done, and offer nothing', async () => {
    await press(world, paul, `hm.yes:${id}`);
    await forge(world, paul, `hp.done:${id}:yes`);
    for (const data of [`hm:${id}`, `hm.text:${id}`, `hm.no:${id}`, `hp:${id}:0`]) {
      await forge(world, paul, data);
      expect(says(paul)).toContain(words(world, 'cases:done.said'));
      expect(offered(paul).some((one) => one.startsWith('hp'))).toBe(false);
    }
    await forge(world, paul, `hm.yes:${id}`);
    expect(says(paul)).toContain(words(world, 'handovers:desk.gone'));
  });

  it('a transfer leaves the person with her manager', async () => {
    const sara = world.person('Sara', 'de');
    const other = await sendCase(world, sara, { kind: 'transfer' }, 'de');
    await press(world, paul, `hm.yes:${other}`);
    await forge(world, paul, `hp.done:${other}:yes`);
    expect(says(sara)).toContain(words(world, 'cases:done.transfer'));
    expect(await actorOf(world, sara, 'refugee')).toMatchObject({ managerId: ids.paul });
  });

  it('not by a colleague, and not before it is accepted', async () => {
    const { thomas } = staffOf(world);
    await forge(world, paul, `hp.done:${id}:yes`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
    await press(world, paul, `hm.yes:${id}`);
    await forge(world, thomas, `hp.done:${id}:yes`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
  });
});

describe('withdrawing', () => {
  const withdraw = async (answer: 'ask' | 'yes') => forge(world, staffOf(world).jutta, `hp.undo:${id}:${answer}`);

  it.each(LOCALES)('by the volunteer, until somebody has accepted: refugee and volunteer in %s', async (locale) => {
    const { jutta, thomas } = staffOf(world);
    for (const person of [jutta, amal]) {
      await write(world, person, '/language');
      await press(world, person, `lang.to:${locale}`);
    }
    await write(world, jutta, '/menu');
    await press(world, jutta, 'ho.list:0');
    await press(world, jutta, `ho:${id}`);
    await press(world, jutta, `hp.undo:${id}:ask`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'sent' });
    await press(world, jutta, `hp.undo:${id}:yes`);
    expect(says(jutta)).toContain(words(world, 'handovers:card.withdrawn', locale));
    expect(says(thomas)).toContain(words(world, 'cases:withdraw.team'));
    expect(says(amal)).toContain(words(world, 'cases:withdraw.refugee', locale));
    expect(await caseOf(world, id)).toMatchObject({ status: 'withdrawn', ...EMPTY });
    await forge(world, paul, `hm.yes:${id}`);
    expect(says(paul)).toContain(words(world, 'handovers:desk.gone'));
    await withdraw('yes');
    expect(says(jutta)).toContain(words(world, 'handovers:card.withdrawn', locale));
    expect(await world.db.prisma.notice.count({ where: { kind: 'handover-stopped' } })).toBe(1);
  });

  it('too late: it says who has it', async () => {
    const { jutta } = staffOf(world);
    await press(world, paul, `hm.yes:${id}`);
    await withdraw('yes');
    expect(says(jutta)).toContain('Paul Maier');
    expect(says(jutta)).toContain(words(world, 'cases:withdraw.late'));
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
  });

  it('in the same instant as somebody accepts: one of both', async () => {
    const { jutta } = staffOf(world);
    const volunteer = await memberOf(world, jutta);
    const manager = await actorOf(world, paul, 'manager');
    const { handovers } = world.program.services;
    const [withdrawn, accepted] = await Promise.all([
      handovers.withdraw(volunteer as never, id),
      handovers.accept(manager, id),
    ]);
    await world.settle();
    const { status } = await caseOf(world, id);
    expect([withdrawn.status, accepted.status]).toEqual(
      status === 'withdrawn' ? ['withdrawn', 'gone'] : ['taken', 'accepted'],
    );
    expect(everything(jutta).includes(words(world, 'handovers:card.accepted'))).toBe(status === 'accepted');
  });
});

it('a manager who leaves: the person whose question she had is told as well', async () => {
  await press(world, paul, `hm.yes:${id}`);
  await erase(paul);
  expect(says(amal)).toContain('Paul Maier');
  expect(says(amal)).toContain(words(world, 'cases:returned.refugee', 'ar'));
});
