import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCardRound } from '../../../src/features/guidance/handlers.ts';
import { CALL_DAYS, MOST_CALLS } from '../../../src/features/guidance/model-call.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { inviteFor, isAnywhere, joinBy, memberOf, rows } from '../../support/builders.ts';
import { dump } from '../../support/database.ts';
import {
  arrive,
  everything,
  findButton,
  forge,
  lastMessage,
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

  it('is not to be read in a counsellor’s chat any more when it has gone, and nothing else there is touched', async () => {
    const amal = world.person('Amal', 'de');
    await askForCall(amal, 'de');
    const ruth = ruthOf(world);
    world.clock.pass(6);
    await world.settle();
    const notice = lastMessage(ruth)?.message_id;
    await press(world, ruth, 'calls:0');
    await press(world, ruth, 'calls.one:');
    expect(says(ruth)).toContain(PHONE);
    // Menu and help come below the card; the list takes its place, and is no card then.
    await press(world, ruth, 'menu.new');
    await press(world, ruth, 'calls:0');
    await press(world, ruth, 'calls.one:');
    await press(world, ruth, 'calls:0');
    expect(await world.db.prisma.callCard.findMany()).toMatchObject([{ messageId: notice }]);
    const list = says(ruth);
    const { length } = ruth.chat;
    const { guidance } = world.program.services;
    world.clock.pass(CALL_DAYS * DAY);
    await guidance.forgetCalls();
    world.clock.pass(1);
    await world.settle();
    expect(everything(ruth)).not.toContain(PHONE);
    expect(plainText(ruth.chat.find(({ message_id }) => message_id === notice)?.text ?? '')).toBe(
      words(world, 'guidance:centre.deleted'),
    );
    expect(says(ruth)).toBe(list);
    expect(ruth.chat).toHaveLength(length);
    expect(await world.db.prisma.callCard.count()).toBe(0);
  });

  it('settled by a colleague goes from the other’s chat at once', async () => {
    const amal = world.person('Amal', 'de');
    await askForCall(amal, 'de');
    const { karin } = staffOf(world);
    const anna = world.person('Anna');
    await joinBy(world, anna, await inviteFor(world, { role: 'counsellor', name: 'Anna Berg' }, karin));
    await press(world, karin, 'inv.ok:');
    const ruth = ruthOf(world);
    for (const one of [ruth, anna]) {
      await write(world, one, '/menu');
      await press(world, one, 'calls:0');
      await press(world, one, 'calls.one:');
      expect(says(one)).toContain(PHONE);
    }
    await press(world, anna, 'calls.done:');
    expect(everything(anna)).not.toContain(PHONE);
    expect(says(ruth)).toBe(words(world, 'guidance:centre.deleted'));
    expect(await world.db.prisma.callCard.count()).toBe(0);
  });

  it('that cannot be overwritten now is overwritten at another round, and a chat that is lost holds nothing up', async () => {
    const edits: string[] = [];
    const cards = [1, 2, 3].map((messageId) => ({ personId: 'p', messageId, chatId: 7, locale: 'de' }));
    const answers = [
      { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
      { ok: false, error_code: 502, description: 'Bad Gateway' },
      { ok: true, result: true },
      { ok: true, result: true },
    ];
    const fetch = async (_: string, { body }: { body: string }) => {
      edits.push(String((JSON.parse(body) as { message_id: number }).message_id));
      return { status: 200, json: async () => answers[edits.length - 1] };
    };
    const round = createCardRound({
      guidance: {
        deadCards: async () => [...cards],
        endCard: async ({ messageId }) => {
          cards.splice(
            cards.findIndex((card) => card.messageId === messageId),
            1,
          );
        },
      },
      api: new Api('123456:ABC', { fetch: fetch as never }),
      i18n: world.i18n,
      log: { error() {}, warn() {}, info() {}, debug() {} } as never,
    });
    await expect(round()).rejects.toThrow();
    expect(cards.map(({ messageId }) => messageId)).toEqual([2, 3]);
    await round();
    expect([edits, cards]).toEqual([['1', '2', '2', '3'], []]);
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
