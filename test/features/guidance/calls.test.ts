import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CALL_DAYS, MOST_CALLS } from '../../../src/features/guidance/model-call.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { inviteFor, isAnywhere, joinBy, memberOf, rows } from '../../support/builders.ts';
import { dump } from '../../support/database.ts';
import { arrive, findButton, forge, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const PHONE = '015112345678';
const ruthOf = (here: World) => here.telegram.person({ id: 700010, firstName: 'Ruth' });
const DAY = 24 * 60;

/** From the first screen to "the centre will call": only buttons. */
async function askForCall(person: SimulatedPerson, locale: string, phone = PHONE): Promise<void> {
  if (!person.started) person.starts();
  await world.settle();
  await forge(world, person, `g:${locale}`);
  await press(world, person, 'g.p:');
  await press(world, person, `g.p:${locale}:t6`);
  await press(world, person, 'g.c:');
  await press(world, person, `g.c1:${locale}:c`);
  await press(world, person, `g.c2:${locale}:c:morning:`);
  for (let length = 1; length <= phone.length; length++) {
    await press(world, person, `g.c2:${locale}:c:morning:${phone.slice(0, length)}`);
  }
  await press(world, person, `g.c3:${locale}`);
  await press(world, person, `g.c4:${locale}`);
}

describe.each(LOCALES)('being called back, in %s', (locale) => {
  it('takes buttons only, from a stranger too; the centre gets name, number, language and time', async () => {
    const selam = world.person('Selam', locale);
    selam.starts();
    await world.settle();
    await askForCall(selam, locale);
    expect(says(selam)).toContain('Stern');
    expect(selam.chat.filter((one) => !one.fromBot).map(({ text }) => text)).toEqual(['/start']);

    const ruth = ruthOf(world);
    world.clock.pass(6);
    await world.settle();
    expect(says(ruth)).toContain(words(world, 'guidance:centre.notice'));
    expect(says(ruth)).not.toContain(PHONE);
    await press(world, ruth, 'calls:0');
    await press(world, ruth, 'calls.one:');
    for (const shown of ['Stern', PHONE, words(world, 'guidance:call.time.morning')]) {
      expect(says(ruth)).toContain(shown);
    }
    await press(world, ruth, 'calls.done:');
    expect(await world.db.prisma.callRequest.count()).toBe(0);
    await press(world, ruth, 'calls:0');
    expect(says(ruth)).toContain(world.i18n.translator('de')('guidance:centre.title', { count: 0 }));
  });
});

describe('a call-back request', () => {
  it('is sealed, and nothing in the database says who asked', async () => {
    const amal = world.person('Amal', 'de');
    await arrive(world, amal, 'de');
    const before = await rows(world);
    await askForCall(amal, 'de');
    const { call_request: request, notice, ...others } = await rows(world);
    const { call_request: none, notice: notices, ...same } = before;
    expect([none, others]).toEqual([[], same]);
    expect(request).toHaveLength(1);
    const member = await memberOf(world, amal);
    const mine = [member.personId, String(amal.id), member.kind === 'refugee' ? String(member.number) : ''];
    const added = [...(request ?? []), ...(notice ?? []).filter((row) => !notices?.includes(row))].join('\n');
    for (const one of [...mine, PHONE, 'Stern', 'morning']) expect([one, added.includes(one)]).toEqual([one, false]);
    expect(await isAnywhere(world, PHONE)).toBe(false);
    // No moment either: days only, and the centre's message waits for the next five minutes.
    const [row] = await world.db.prisma.callRequest.findMany();
    expect(row?.deleteOn.toISOString()).toBe('2026-12-07T00:00:00.000Z');
    expect(world.logged.join('\n')).not.toMatch(/call|Stern|0151/);
  });

  it('is one, however often it is pressed; of one number the last wish counts, and nobody learns of the first', async () => {
    const amal = world.person('Amal', 'de');
    await askForCall(amal, 'de');
    const first = says(amal);
    await forge(world, amal, `g.c4:de:c:morning:${PHONE}`);
    const other = world.person('Other', 'de');
    other.starts();
    await world.settle();
    await forge(world, other, `g.c4:de:c:any:${PHONE}`);
    expect(says(other)).toBe(first);
    const ruth = ruthOf(world);
    expect(await world.db.prisma.callRequest.count()).toBe(1);
    world.clock.pass(6);
    await world.settle();
    expect(ruth.chat.filter((one) => one.text?.includes('Rückruf'))).toHaveLength(1);
    await press(world, ruth, 'calls:0');
    await press(world, ruth, 'calls.one:');
    expect(says(ruth)).toContain(words(world, 'guidance:call.time.any'));
  });

  it(`goes after ${CALL_DAYS} days, answered or not`, async () => {
    const amal = world.person('Amal', 'de');
    await askForCall(amal, 'de');
    const { guidance } = world.program.services;
    world.clock.pass((CALL_DAYS - 1) * DAY);
    await guidance.forgetCalls();
    expect(await world.db.prisma.callRequest.count()).toBe(1);
    world.clock.pass(DAY);
    await guidance.forgetCalls();
    expect(await world.db.prisma.callRequest.count()).toBe(0);
  });

  it('with a number that nobody can dial is asked for again, and what was keyed in is still there', async () => {
    const amal = world.person('Amal', 'de');
    amal.starts();
    await world.settle();
    for (const data of ['g.c3:de:a:any:0705', 'g.c4:de:a:any:0705']) {
      await forge(world, amal, data);
      expect(says(amal)).toContain(words(world, 'guidance:call.short'));
      expect(says(amal)).toContain('0705');
      expect(offered(amal)).toContain('g.c2:de:a:any:07051');
      expect(offered(amal)).toContain('g.c2:de:a:any:070');
    }
    expect(await world.db.prisma.callRequest.count()).toBe(0);
  });

  it('is refused politely when there are more than a centre can answer', async () => {
    await world.db.prisma.callRequest.createMany({
      data: Array.from({ length: MOST_CALLS }, (_, index) => ({
        id: `call${index}`,
        request: world.seal.seal('call', '{}'),
        mark: `mark${index}`,
        deleteOn: new Date('2026-12-07'),
      })),
    });
    const amal = world.person('Amal', 'de');
    amal.starts();
    await world.settle();
    await forge(world, amal, `g.c4:de:c:morning:${PHONE}`);
    expect(says(amal)).toContain(words(world, 'guidance:call.closed'));
    expect(await world.db.prisma.callRequest.count()).toBe(MOST_CALLS);
  });

  it('reaches a centre that has none open any more with silence', async () => {
    const amal = world.person('Amal', 'de');
    await askForCall(amal, 'de');
    await world.db.prisma.callRequest.deleteMany();
    const ruth = ruthOf(world);
    const before = ruth.chat.length;
    world.clock.pass(6);
    await world.settle();
    expect(ruth.chat).toHaveLength(before);
  });
});

describe('without a counselling centre', () => {
  beforeEach(async () => {
    await world.db.prisma.counsellor.deleteMany();
  });

  it('the way is not offered, and the page says so', async () => {
    const amal = world.person('Amal', 'de');
    amal.starts();
    await world.settle();
    await forge(world, amal, 'g.p:de:t6');
    expect(says(amal)).toContain(words(world, 'guidance:call.closed'));
    expect(offered(amal).some((data) => data.startsWith('g.c'))).toBe(false);
    for (const old of ['g.c:de', `g.c4:de:c:morning:${PHONE}`]) {
      await forge(world, amal, old);
      expect(says(amal)).toContain(words(world, 'guidance:call.closed'));
    }
    expect((await dump(world.db)).call_request).toEqual([]);
  });

  it('one joins by an invitation that its coordinator confirms, and sees nothing but requests', async () => {
    const { karin } = staffOf(world);
    const anna = world.person('Anna');
    await joinBy(world, anna, await inviteFor(world, { role: 'counsellor', name: 'Anna Berg' }, karin));
    expect((await world.program.services.people.identify(anna.id)).actor.kind).toBe('stranger');
    await press(world, karin, 'inv.ok:');
    expect((await memberOf(world, anna)).kind).toBe('counsellor');
    await write(world, anna, '/menu');
    expect(offered(anna)).toEqual(['calls:0', 'data', 'g:de', 'help.in:de']);
    const amal = world.person('Amal', 'de');
    await askForCall(amal, 'de');
    await press(world, anna, 'calls:0');
    expect(findButton(anna, 'calls.one:').label).toContain('Stern');
    await write(world, anna, '/delete');
    await press(world, anna, 'erase:yes');
    expect(await world.db.prisma.counsellor.count()).toBe(0);
  });

  it('the coordinator’s form invites one with a name and nothing else', async () => {
    const { karin } = staffOf(world);
    await write(world, karin, '/menu');
    await press(world, karin, 'inviting');
    await press(world, karin, 'invite.r:counsellor');
    await write(world, karin, 'Anna Berg');
    expect(says(karin)).toContain('start=i_');
    expect(await world.db.prisma.invite.findFirst({ where: { role: 'counsellor', usedAt: null } })).toMatchObject({
      name: 'Anna Berg',
    });
  });
});
