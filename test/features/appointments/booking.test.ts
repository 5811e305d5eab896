import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDay, formatHomeCalendar, formatTime } from '../../../src/platform/date-formats.ts';
import { dayOf, fromDate } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { rows } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import {
  arrive,
  book,
  buttonsOf,
  consent,
  everything,
  findButton,
  forge,
  lastMessage,
  offered,
  plainText,
  press,
  says,
  staffOf,
  toSummary,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const booked = () =>
  world.db.prisma.appointment.findMany({ where: { status: 'booked' }, orderBy: { startsAt: 'asc' } });
/** The card is the newest message with the button that cancels. */
const cardOf = (person: SimulatedPerson) => {
  const { messageId } = findButton(person, 'cancel:');
  return plainText(person.chat.find((one) => one.message_id === messageId)?.text ?? '');
};

describe.each(LOCALES)('a refugee who speaks %s', (locale) => {
  it('books with six taps from the menu, without typing, and both get what they need', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await write(world, amal, '/menu');
    const before = world.telegram.calls.length;
    for (const prefix of ['bk', 'bk.topic:', 'bk.way:', 'bk.day:', 'bk.time:', 'bk.ok:']) {
      await press(world, amal, prefix);
    }
    expect(world.telegram.calls.slice(before).filter(({ method }) => method === 'answerCallbackQuery')).toHaveLength(6);
    const [appointment] = await booked();
    const startsAt = fromDate(appointment?.startsAt ?? new Date(0));
    const card = cardOf(amal);
    for (const each of new Set([locale, 'de'] as const)) {
      expect(card).toContain(formatDay(each, dayOf(startsAt)));
      expect(card).toContain(formatTime(each, startsAt));
    }
    const home = formatHomeCalendar(locale, dayOf(startsAt));
    if (home !== undefined) expect(card).toContain(home);
    expect(card).toContain('Maria Keller');
    expect(card).toContain('Rathaus Calw');
    expect(card).toContain('75365 Calw');
    expect(amal.chat.at(-1)?.venue).toMatchObject({ title: 'Rathaus Calw' });
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.booked'));
    expect(offered(amal)).toEqual([]);
    expect(buttonsOf(amal.chat.at(-2)).map(({ data }) => data.split(':')[0])).toEqual(
      expect.arrayContaining(['card.lost', 'card.ics', 'mv', 'cancel', 'menu.new']),
    );
  });

  it('moves, confirms, asks for the way and cancels with the card’s buttons', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await book(world, amal);
    const [before] = await booked();
    await press(world, amal, 'mv:');
    await press(world, amal, 'mv.way:');
    await press(world, amal, findButton(amal, 'mv.day:').data);
    await press(world, amal, 'mv.time:');
    await press(world, amal, 'mv.ok:');
    const [after] = await booked();
    expect(after).toMatchObject({ id: before?.id, sequence: 1 });
    expect(after?.startsAt).not.toEqual(before?.startsAt);
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.moved'));
    await press(world, amal, 'card.lost:');
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.lost'));
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    expect(await booked()).toEqual([]);
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.cancelled'));
    expect(offered(amal)).toContain('bk');
  });

  it('finds the same card under “my appointments”', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await book(world, amal);
    const card = cardOf(amal);
    await write(world, amal, '/menu');
    await press(world, amal, 'mine');
    await press(world, amal, 'card:');
    // Only its headline says that it has just been booked.
    const body = (text: string) => text.split('\n').slice(1);
    expect(body(cardOf(amal))).toEqual(body(card));
  });
});

describe('each step of booking', () => {
  it('has a way back to the one before, and the choice made there can be made again', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await toSummary(world, amal);
    for (const prefix of ['bk.day:', 'bk.way:', 'bk.topic:', 'bk']) {
      const back = buttonsOf(lastMessage(amal)).find(({ label }) => label.includes(words(world, 'common:nav.back')));
      expect(back?.data.split(':')[0]).toBe(prefix.replace(':', ''));
      await press(world, amal, back?.data ?? '');
    }
    expect(offered(amal).filter((data) => data.startsWith('bk.topic:'))).toHaveLength(8);
    expect(offered(amal)).toContain('menu');
  });

  it('offers only ways and days on which something is free', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await write(world, amal, '/menu');
    await press(world, amal, 'bk');
    await press(world, amal, 'bk.topic:');
    await press(world, amal, findButton(amal, 'bk.way:').data.replace(':place:', ':home:'));
    const days = offered(amal).flatMap((data) => /^bk\.day:.*:(\d{4}-\d\d-\d\d):/.exec(data)?.[1] ?? []);
    // Maria visits people at home on Thursdays only.
    expect(days.slice(0, 3)).toEqual(['2026-11-26', '2026-12-03', '2026-12-10']);
  });

  it('does not offer a day that has filled up meanwhile', async () => {
    const omar = world.person('Omar');
    await arrive(world, omar, 'de');
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await write(world, amal, '/menu');
    await press(world, amal, 'bk');
    await press(world, amal, 'bk.topic:');
    await press(world, amal, 'bk.way:');
    const manager = await world.db.prisma.manager.findFirst({ where: { name: 'Maria Keller' } });
    await world.db.prisma.absence.create({
      data: {
        id: 'away',
        managerId: manager?.id ?? '',
        from: new Date(berlin('2026-11-23', '00:00')),
        to: new Date(berlin('2026-11-24', '00:00')),
      },
    });
    await press(world, amal, 'bk.day:');
    expect(offered(amal).some((data) => data.startsWith('bk.time:'))).toBe(false);
    expect(offered(amal).some((data) => data.includes(':2026-11-23:'))).toBe(false);
    expect(offered(amal).some((data) => data.includes(':2026-11-24:'))).toBe(true);
  });

  it('says whom to call when nothing is free at all', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await world.db.prisma.officeHours.deleteMany();
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    expect(says(amal)).toContain(words(world, 'appointments:none-free.no-phone'));
    expect(offered(amal)).toContain('menu');
  });

  it('turns the pages of days and of times', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    await press(world, amal, 'bk.way:');
    const first = offered(amal).filter((data) => data.startsWith('bk.day:'));
    const next = buttonsOf(lastMessage(amal)).find(({ label }) => label.includes(words(world, 'common:nav.next')));
    await press(world, amal, next?.data ?? '');
    expect(offered(amal).filter((data) => first.includes(data))).toEqual([]);
    expect(offered(amal).some((data) => data.startsWith('bk.day:'))).toBe(true);
  });
});

describe('two people at one slot', () => {
  it('one gets it, the other sees the next free ones and books one of them with two taps', async () => {
    const [amal, omar] = [world.person('Amal'), world.person('Omar')];
    for (const each of [amal, omar]) {
      await arrive(world, each, 'de');
      await toSummary(world, each);
    }
    for (const each of [amal, omar]) each.presses(lastMessage(each)?.message_id ?? 0, findButton(each, 'bk.ok:').data);
    await world.settle();
    expect(await booked()).toHaveLength(1);
    const loser = [amal, omar].find((each) => everything(each).includes(words(world, 'appointments:taken')));
    if (loser === undefined) throw new Error('nobody was told that the time is gone');
    expect(offered(loser).filter((data) => data.startsWith('bk.time:'))).toHaveLength(4);
    await press(world, loser, 'bk.time:');
    await press(world, loser, 'bk.ok:');
    expect(await booked()).toHaveLength(2);
  });

  it('moving to the same time are told apart in the same way', async () => {
    const [amal, omar] = [world.person('Amal'), world.person('Omar')];
    for (const each of [amal, omar]) {
      await arrive(world, each, 'de');
      await book(world, each);
      await press(world, each, 'mv:');
      await press(world, each, 'mv.way:');
      await press(world, each, offered(each).find((data) => data.includes(':2026-11-25:')) ?? '');
      await press(world, each, 'mv.time:');
    }
    for (const each of [amal, omar]) each.presses(lastMessage(each)?.message_id ?? 0, findButton(each, 'mv.ok:').data);
    await world.settle();
    const starts = (await booked()).map(({ startsAt }) => startsAt.getTime());
    expect(new Set(starts).size).toBe(2);
    expect([amal, omar].filter((each) => everything(each).includes(words(world, 'appointments:taken')))).toHaveLength(
      1,
    );
  });
});

describe('one booking comes of', () => {
  it('a button pressed twice', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await toSummary(world, amal);
    const { messageId, data } = findButton(amal, 'bk.ok:');
    for (let times = 0; times < 3; times++) amal.presses(messageId, data);
    await world.settle();
    expect(await booked()).toHaveLength(1);
    expect(everything(staffOf(world).maria).split(words(world, 'appointments:staff.booked'))).toHaveLength(2);
    expect(amal.chat.filter((one) => one.venue !== undefined)).toHaveLength(1);
  });

  it('an update that Telegram delivers again', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await toSummary(world, amal);
    const { messageId, data } = findButton(amal, 'bk.ok:');
    amal.presses(messageId, data);
    const updates = world.telegram.takeUpdates();
    await world.deliver(updates);
    const before = await rows(world);
    await world.deliver(updates);
    expect(await booked()).toHaveLength(1);
    expect(await rows(world)).toEqual(before);
  });

  it('a summary that is confirmed once more days later', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await toSummary(world, amal);
    const { messageId, data } = findButton(amal, 'bk.ok:');
    await press(world, amal, 'bk.ok:');
    world.clock.pass(14 * 24 * 60);
    amal.presses(messageId, data);
    await world.settle();
    expect(await booked()).toHaveLength(1);
  });
});

describe('the limit of two open bookings', () => {
  it('is told before the third is asked about, and again should a third be pressed', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await toSummary(world, amal);
    const third = findButton(amal, 'bk.ok:').data;
    await book(world, amal, 'telephone');
    await book(world, amal, 'home');
    await write(world, amal, '/book');
    expect(says(amal)).toContain(words(world, 'appointments:limit'));
    expect(offered(amal)).toContain('mine');
    const [stale] = await booked();
    await forge(
      world,
      amal,
      third.replace(/:[^:]+$/, `:${Math.floor(berlin('2026-12-07', '09:30') / 60_000).toString(36)}`),
    );
    expect(await booked()).toHaveLength(2);
    expect(stale).toBeDefined();
  });

  it('is free again after a cancellation, and after an appointment is over', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    await book(world, amal);
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    await book(world, amal);
    expect(await booked()).toHaveLength(2);
    world.clock.pass(7 * 24 * 60);
    await world.settle();
    await book(world, amal);
    expect(await booked()).toHaveLength(3);
  });

  it('holds for three summaries that are confirmed in the same instant', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    const summaries: { messageId: number; data: string }[] = [];
    for (const way of ['place', 'telephone', 'home']) {
      await toSummary(world, amal, way);
      summaries.push(findButton(amal, 'bk.ok:'));
    }
    for (const { messageId, data } of summaries) amal.presses(messageId, data);
    await world.settle();
    expect((await booked()).length).toBeLessThanOrEqual(2);
  });
});

describe('without a manager', () => {
  it('booking leads to the question where she lives', async () => {
    const amal = world.person('Amal');
    await consent(world, amal, 'de');
    await write(world, amal, '/book');
    expect(says(amal)).toContain(words(world, 'appointments:no-manager'));
    expect(offered(amal)).toContain('housing:ask');
  });

  it('booking names the county’s contact to whoever waits for one', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de', 'Enzklösterle');
    await write(world, amal, '/book');
    expect(says(amal)).toContain('+4970511600');
  });
});

describe('the topic', () => {
  it('stands in no message to the manager until she asks for it', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    const { maria } = staffOf(world);
    expect(everything(maria)).not.toContain(words(world, 'appointments:topic.language'));
    await press(world, maria, 'appt.topic:');
    expect(says(maria)).toContain(words(world, 'appointments:topic.language'));
  });
});
