import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, isAnywhere, joinBy, memberOf, rows } from '../../support/builders.ts';
import { arrive, book, consent, everything, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

async function erase(person: SimulatedPerson): Promise<void> {
  await write(world, person, '/delete');
  await press(world, person, 'erase:yes');
}

/** Everything by which a database could still know somebody. */
async function traces(person: SimulatedPerson): Promise<string[]> {
  const member = await memberOf(world, person);
  const own = member.kind === 'refugee' ? [`,${member.number},`, ...(member.nickname ? [member.nickname] : [])] : [];
  return [String(person.id + 0), member.personId, ...own];
}

async function expectNoTrace(known: readonly string[], [telegramId, ...others]: readonly string[]): Promise<void> {
  for (const trace of [...known, ...others]) expect([trace, await isAnywhere(world, trace)]).toEqual([trace, false]);
  const left = Object.values(await rows(world)).flat();
  expect(left.filter((row) => row.split(/[(),]/).includes(telegramId ?? ''))).toEqual([]);
}

const stages: Readonly<Record<string, (person: SimulatedPerson) => Promise<void>>> = {
  'right after consent': (person) => consent(world, person, 'de'),
  'while she is asked for her town': async (person) => {
    await consent(world, person, 'de');
    await press(world, person, 'housing:municipality');
    await write(world, person, 'Zwiebelstadt');
  },
  'while she waits for a manager': (person) => arrive(world, person, 'de', 'Enzklösterle'),
  'with a manager': (person) => arrive(world, person, 'de'),
  'in the middle of giving a nickname': async (person) => {
    await arrive(world, person, 'de');
    await press(world, person, 'data');
    await press(world, person, 'nick:ask');
  },
  'with a nickname and an appointment': async (person) => {
    await arrive(world, person, 'de');
    await press(world, person, 'data');
    await press(world, person, 'nick:ask');
    await write(world, person, 'Zwiebelfisch');
    await book(world, person);
  },
  'in the middle of giving the address of a home visit': async (person) => {
    await arrive(world, person, 'de');
    await book(world, person, 'home');
    await press(world, person, 'card.addr:');
  },
  'after giving an address, moving and cancelling': async (person) => {
    await arrive(world, person, 'de');
    await book(world, person, 'home');
    await press(world, person, 'card.addr:');
    await write(world, person, 'Zwiebelweg 7, Calw');
    await press(world, person, 'cancel:');
    await press(world, person, 'cancel.why:');
    await book(world, person);
    await press(world, person, 'card.lost:');
  },
  'with a wish for an earlier time, an offer of one and a place on the waiting list': async (person) => {
    await arrive(world, person, 'de');
    await book(world, person);
    await press(world, person, 'mv:');
    await press(world, person, 'mv.way:');
    await press(world, person, offered(person).find((data) => data.includes(':2026-11-30:')) ?? '');
    await press(world, person, 'mv.time:');
    await press(world, person, 'mv.ok:');
    await press(world, person, 'early:');
    await press(world, person, 'early.on:');
    const rowOf = await world.db.prisma.appointment.findFirstOrThrow();
    await world.db.prisma.slotOffer.create({
      data: {
        id: 'anoffer',
        managerId: rowOf.managerId,
        appointmentId: rowOf.id,
        refugeeId: rowOf.refugeeId ?? '',
        startsAt: rowOf.bookedAt,
        way: 'place',
        offeredAt: rowOf.bookedAt,
        answerBy: rowOf.endsAt,
        status: 'open',
      },
    });
    await world.program.services.outreach.waitFor(await actorOf(world, person, 'refugee'), 'any');
  },
  'after an appointment is over': async (person) => {
    await arrive(world, person, 'de');
    await book(world, person);
    world.clock.pass(14 * 24 * 60);
    await world.settle();
  },
};

describe('erasure', () => {
  it.each(Object.keys(stages))('%s removes every trace of her', async (stage) => {
    const selam = world.telegram.person({ id: 987654321, firstName: 'Selam', languageCode: 'de' });
    await stages[stage]?.(selam);
    const own = await traces(selam);
    expect(await isAnywhere(world, own[1] ?? '')).toBe(true);
    await erase(selam);
    expect(says(selam)).toContain(words(world, 'people:delete.done'));
    await expectNoTrace(['Zwiebel', 'Selam'], own);
    expect(await world.db.prisma.flow.count()).toBe(0);
    expect(await world.db.prisma.consent.count()).toBe(0);
    // Whatever she presses or writes afterwards leaves none either.
    await write(world, selam, 'Hallo');
    await write(world, selam, '/delete');
    await expectNoTrace(['Zwiebel', 'Selam'], own);
    expect(offered(selam)).toContain('lang.to:ar:-');
  });

  it('cancels what lies ahead, shows how much, and tells the manager no more than that it is off', async () => {
    const selam = world.person('Selam');
    await stages['with a nickname and an appointment']?.(selam);
    await book(world, selam);
    const { number } = await actorOf(world, selam, 'refugee');
    const { maria } = staffOf(world);
    const heard = maria.chat.length;
    await erase(selam);
    expect(says(selam)).toMatch(/: 2$/m);
    const told = maria.chat.slice(heard).map((one) => one.text ?? '');
    expect(told).toHaveLength(2);
    for (const text of told) {
      expect(text).toContain(words(world, 'appointments:staff.off'));
      expect(text).not.toContain(String(number));
      expect(text).not.toContain('Zwiebelfisch');
    }
    expect(await world.db.prisma.appointment.count({ where: { status: 'booked' } })).toBe(0);
    world.clock.pass(14 * 24 * 60);
    await world.settle();
    expect(selam.chat.map((one) => one.text).join()).not.toContain(words(world, 'appointments:reminder.soon'));
  });

  it('counts the reminders that she will not get', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    world.clock.pass(5 * 60);
    await book(world, selam);
    const owed = await world.db.prisma.notice.count({
      where: { status: 'pending', kind: { startsWith: 'reminder-' } },
    });
    expect(owed).toBeGreaterThan(0);
    await erase(selam);
    expect(says(selam)).toContain(`: ${owed}`);
  });

  it('removes what she had written and nobody had read yet, and counts it', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    const own = await traces(selam);
    await write(world, selam, '/delete');
    selam.presses(selam.chat.at(-1)?.message_id ?? 0, 'erase:yes');
    selam.sends('Zwiebelsuppe');
    selam.sends('Zwiebelkuchen');
    await world.settle();
    expect(everything(selam)).toContain(': 2');
    await expectNoTrace(['Zwiebel'], own);
  });

  it('frees her time for others', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await book(world, selam);
    const first = await world.db.prisma.appointment.findFirst();
    await erase(selam);
    const other = world.person('Omar');
    await arrive(world, other, 'de');
    await book(world, other);
    const second = await world.db.prisma.appointment.findFirst({ where: { status: 'booked' } });
    expect(second?.startsAt).toEqual(first?.startsAt);
  });

  it.each(LOCALES)('asks first, keeps everything on “no”, and says in %s what was done', async (locale) => {
    const selam = world.person('Selam', locale);
    await arrive(world, selam, locale);
    const before = await rows(world);
    await write(world, selam, '/delete');
    await press(world, selam, 'data');
    expect(await rows(world)).toEqual(before);
    await erase(selam);
    const t = world.i18n.translator(locale);
    expect(says(selam)).toBe(plain(t('people:delete.done', { appointments: 0, messages: 0 })));
    expect(offered(selam).toSorted()).toEqual([`help.in:${locale}`, 'lang']);
  });

  it('pressed twice erases once and then offers a fresh start', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    await write(world, selam, '/delete');
    const message = selam.chat.at(-1)?.message_id ?? 0;
    selam.presses(message, 'erase:yes');
    selam.presses(message, 'erase:yes');
    await world.settle();
    expect(await world.db.prisma.person.count({ where: { telegramId: selam.id } })).toBe(0);
  });

  it('lets her come back as a new person with a new number', async () => {
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    const before = await actorOf(world, selam, 'refugee');
    await erase(selam);
    await arrive(world, selam, 'de');
    expect((await actorOf(world, selam, 'refugee')).personId).not.toBe(before.personId);
  });

  it('of a volunteer and of a coordinator removes account, role and invitations', async () => {
    const { karin } = staffOf(world);
    const eva = world.person('Eva');
    await joinBy(world, eva, await inviteFor(world, draftOf.volunteer('Eva Zwiebel')));
    const open = await inviteFor(world, draftOf.manager('Paul Zwiebel'), karin);
    for (const each of [eva, karin]) {
      const own = await traces(each);
      await erase(each);
      await expectNoTrace([], own);
    }
    expect(await isAnywhere(world, 'Zwiebel')).toBe(false);
    const late = world.person('Late');
    late.starts(`i_${open}`);
    await world.settle();
    await press(world, late, 'lang.to:de');
    expect(says(late)).toContain(words(world, 'people:invite.invalid'));
  });

  it('of a manager removes her account; nobody new comes to her', async () => {
    const { maria } = staffOf(world);
    const own = await traces(maria);
    await erase(maria);
    await expectNoTrace([], own);
    const selam = world.person('Selam');
    await arrive(world, selam, 'de');
    expect(await world.db.prisma.refugee.findFirst()).toMatchObject({ managerId: null });
  });
});

const plain = (text: string) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '');
