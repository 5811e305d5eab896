import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromDate } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, isAnywhere } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { everything, findButton, forge, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import * as office from './office.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld({ now: berlin('2026-11-23', '09:00') });
});
afterEach(() => world.stop());

const maria = () => staffOf(world).maria;
const ADDRESS = 'Rotkehlchenweg 7, 75365 Calw';

async function numberOf(person: SimulatedPerson): Promise<number> {
  return (await actorOf(world, person, 'refugee')).number;
}

/** From the menu to the ticked list: these people. */
async function ticks(...people: readonly SimulatedPerson[]): Promise<void> {
  await write(world, maria(), '/menu');
  await press(world, maria(), 'people:');
  await press(world, maria(), 'ot');
  await press(world, maria(), `ot.weeks:${draftId()}:0`);
  for (const person of people) await press(world, maria(), `ot.tick:${draftId()}:${await numberOf(person)}:`);
}
const draftId = () => findButton(maria(), 'ot.').data.split(':')[1] ?? '';

/** From the ticks to the preview: that way, with the first `times` free times. */
async function composes(way: 'place' | 'home' | 'telephone', times: number): Promise<void> {
  if (offered(maria()).some((data) => data.startsWith('ot.how:'))) await press(world, maria(), 'ot.how:');
  await press(world, maria(), `ot.way:${draftId()}:${way}`);
  for (let index = 0; index < times; index++) {
    const slot = offered(maria()).filter((data) => data.startsWith('ot.slot:'))[index];
    await press(world, maria(), slot ?? 'no free time');
  }
  await press(world, maria(), 'ot.see:');
}

async function sends(): Promise<void> {
  await press(world, maria(), 'ot.send:');
  // One a minute.
  for (let minute = 0; minute < 2; minute++) {
    world.clock.pass(1);
    await world.settle();
  }
}

async function invites(people: readonly SimulatedPerson[], way: 'place' | 'home' | 'telephone' = 'place', times = 3) {
  await ticks(...people);
  await composes(way, times);
  await sends();
}

const isInvited = (person: SimulatedPerson) => office.sentWith(world, person, 'iv.no:') > 0;
const states = async () =>
  (await world.db.prisma.invitation.findMany({ orderBy: { id: 'asc' } })).map(({ status }) => status);

/** What the manager reads about her newest sending. */
async function answers(): Promise<string> {
  await write(world, maria(), '/menu');
  await press(world, maria(), 'people:');
  await press(world, maria(), 'ot.sent:');
  await press(world, maria(), 'ot.one:');
  return says(maria());
}

describe.each(LOCALES)('a refugee who reads %s', (locale) => {
  it('is invited with three times, picks one with one tap and has it', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await invites([amal]);
    expect(says(amal)).toContain(words(world, 'outreach:invitation.free', locale));
    expect(says(amal)).toContain('Maria Keller');
    const times = offered(amal).filter((data) => data.startsWith('iv.at:'));
    expect(times).toHaveLength(3);
    await press(world, amal, 'iv.at:');
    expect(everything(amal)).toContain(words(world, 'appointments:booked.title', locale));
    expect(everything(maria())).toContain(words(world, 'appointments:staff.booked'));
    expect(await states()).toEqual(['booked']);
    expect(await answers()).toContain(words(world, 'outreach:state.booked').split(' (')[0]);
  });

  it('says no thanks, which has no consequence and is all that the manager learns', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await invites([amal]);
    const heard = maria().chat.length;
    await press(world, amal, 'iv.no:');
    expect(says(amal)).toContain(words(world, 'outreach:invitation.declined', locale));
    expect(maria().chat.length).toBe(heard);
    expect(await answers()).toContain('🌙 Gerade nicht (1)');
    // She may still change her mind.
    const { messageId } = findButton(amal, 'iv.stop:');
    const [slot] = await world.db.prisma.outreach.findMany();
    const minute = Math.floor((slot?.slots[0]?.getTime() ?? 0) / 60_000).toString(36);
    const [invitation] = await world.db.prisma.invitation.findMany();
    amal.presses(messageId, `iv.at:${invitation?.id}:${minute}`);
    await world.settle();
    expect(await states()).toEqual(['booked']);
  });

  it('wants no invitations any more, is not invited again, and may allow it again in her data', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await invites([amal]);
    await press(world, amal, 'iv.no:');
    await press(world, amal, 'iv.stop:stop');
    expect(says(amal)).toContain(words(world, 'outreach:invitation.stopped', locale));
    await ticks(amal);
    await composes('place', 1);
    expect(says(maria())).toContain('🔕');
    expect(offered(maria()).some((data) => data.startsWith('ot.send:'))).toBe(false);
    await write(world, amal, '/privacy');
    await press(world, amal, 'data');
    expect(says(amal)).toContain(words(world, 'outreach:own.not-invited', locale));
    await press(world, amal, 'wishes');
    await press(world, amal, 'iv.stop:allow');
    expect(says(amal)).toContain(words(world, 'outreach:invitation.allowed', locale));
    await invites([amal]);
    expect(office.sentWith(world, amal, 'iv.no:')).toBe(2);
  });

  it('is asked for her consent to a visit and for the address, which goes after it', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await invites([amal], 'home', 1);
    await press(world, amal, 'iv.at:');
    expect(says(amal)).toContain(words(world, 'outreach:home.ask', locale));
    expect(await world.db.prisma.appointment.count()).toBe(0);
    await press(world, amal, 'iv.home:');
    expect(says(amal)).toContain(words(world, 'appointments:address.ask', locale));
    await write(world, amal, ADDRESS);
    const [visit] = await world.db.prisma.appointment.findMany();
    expect(visit?.way).toBe('home');
    expect(world.seal.open('address', visit?.address ?? new Uint8Array())).toBe(ADDRESS);
    expect(await isAnywhere(world, 'Rotkehlchenweg')).toBe(false);
    expect(everything(maria())).toContain(words(world, 'appointments:staff.address'));
    world.clock.pass(14 * 24 * 60);
    await world.program.services.appointments.forgetPast();
    expect((await world.db.prisma.appointment.findFirst())?.address).toBeNull();
  });

  it('is asked for the address once when she consents with two quick presses', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await invites([amal], 'home', 1);
    await press(world, amal, 'iv.at:');
    const { messageId, data } = findButton(amal, 'iv.home:');
    for (const _ of [1, 2]) amal.presses(messageId, data);
    await world.settle();
    const question = words(world, 'appointments:address.ask', locale);
    expect(amal.chat.filter(({ text }) => text?.includes(question))).toHaveLength(1);
    await write(world, amal, ADDRESS);
    expect(says(amal)).toContain(words(world, 'appointments:address.kept', locale));
  });

  it('who wants no visit is offered a place and the telephone', async () => {
    const amal = await office.client(world, 'Amal', locale);
    await invites([amal], 'home', 1);
    await press(world, amal, 'iv.at:');
    const instead = offered(amal).filter((data) => data.startsWith('bk.way:'));
    expect(instead.map((data) => data.split(':')[3]).toSorted()).toEqual(['place', 'telephone']);
    await press(world, amal, instead.find((data) => data.includes(':telephone:')) ?? '');
    await press(world, amal, 'bk.day:');
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    expect((await world.db.prisma.appointment.findFirst())?.way).toBe('telephone');
    expect(await answers()).toContain('✅ Termin gebucht (1)');
  });
});

describe('an invitation', () => {
  it('without times leads into booking in that way', async () => {
    const amal = await office.client(world, 'Amal');
    await invites([amal], 'telephone', 0);
    expect(says(amal)).toContain(words(world, 'outreach:invitation.choose'));
    await press(world, amal, 'bk.way:');
    await press(world, amal, 'bk.day:');
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    expect((await world.db.prisma.appointment.findFirst())?.way).toBe('telephone');
  });

  it('to a visit without times asks for consent before another time is chosen', async () => {
    const amal = await office.client(world, 'Amal');
    await invites([amal], 'home', 0);
    await press(world, amal, 'iv.other:');
    expect(says(amal)).toContain(words(world, 'outreach:home.ask'));
    const home = offered(amal).find((data) => data.startsWith('bk.way:') && data.includes(':home:'));
    await press(world, amal, home ?? '');
    await press(world, amal, 'bk.day:');
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    expect(says(amal)).toContain(words(world, 'appointments:address.ask'));
  });

  it('pressed three times, also for two of its times, makes one appointment', async () => {
    const amal = await office.client(world, 'Amal');
    await invites([amal]);
    const { messageId } = findButton(amal, 'iv.at:');
    for (const data of offered(amal).filter((one) => one.startsWith('iv.at:'))) amal.presses(messageId, data);
    await world.settle();
    expect(await world.db.prisma.appointment.count()).toBe(1);
  });

  it('whose time is answered by two at once has one winner; the other reads so kindly and has the next times', async () => {
    const people = [await office.client(world, 'Amal'), await office.client(world, 'Omar')];
    await invites(people, 'place', 1);
    for (const person of people) {
      const { messageId, data } = findButton(person, 'iv.at:');
      person.presses(messageId, data);
    }
    await world.settle();
    expect(await world.db.prisma.appointment.count()).toBe(1);
    const late = people.find((person) => everything(person).includes(words(world, 'appointments:taken')));
    if (late === undefined) throw new Error('nobody was told that the time has gone');
    expect(offered(late).filter((data) => data.startsWith('bk.time:'))).toHaveLength(4);
    await press(world, late, 'bk.time:');
    await press(world, late, 'bk.ok:');
    expect(await world.db.prisma.appointment.count()).toBe(2);
    expect((await states()).toSorted()).toEqual(['booked', 'booked']);
  });

  it('holds nothing back: its times can be booked by others, and are not proposed to those who read it later', async () => {
    const people = [];
    for (const name of ['A', 'B', 'C']) people.push(await office.client(world, name));
    await ticks(...people);
    await composes('place', 1);
    await press(world, maria(), 'ot.send:');
    const [sending] = await world.db.prisma.outreach.findMany();
    await office.books(world, await office.client(world, 'Schnell'), fromDate(sending?.slots[0] ?? new Date(0)));
    world.clock.pass(1);
    await world.settle();
    const read = people.filter((person) => offered(person).some((data) => data.startsWith('iv.at:')));
    expect(read).toHaveLength(1); // the first left at once
    const later = people.find((person) => isInvited(person) && !read.includes(person));
    expect(says(later as SimulatedPerson)).toContain(words(world, 'outreach:invitation.choose'));
  });

  it('runs out politely', async () => {
    const amal = await office.client(world, 'Amal');
    await invites([amal], 'place', 1);
    const button = findButton(amal, 'iv.at:');
    world.clock.pass(15 * 24 * 60);
    await world.settle();
    amal.presses(button.messageId, button.data);
    await world.settle();
    expect(says(amal)).toContain(words(world, 'outreach:invitation.expired'));
    expect(offered(amal)).toContain('bk');
    expect(await answers()).toContain('🕘 Ohne Antwort abgelaufen (1)');
    // Now she can be invited again.
    await invites([amal]);
    expect(office.sentWith(world, amal, 'iv.no:')).toBe(2);
  });

  it('of a manager who is hers no more is over', async () => {
    const amal = await office.client(world, 'Amal');
    await invites([amal]);
    await world.program.services.people.settleIn(await actorOf(world, amal, 'refugee'), '08235080');
    await press(world, amal, 'iv.at:');
    expect(says(amal)).toContain(words(world, 'outreach:invitation.expired'));
    expect(await world.db.prisma.appointment.count()).toBe(0);
    // The new one can invite her at once.
    const { thomas } = staffOf(world);
    const { outreach } = world.program.services;
    const manager = await actorOf(world, thomas, 'manager');
    const draft = await outreach.newDraft(manager, await numberOf(amal));
    await outreach.chooseWay(manager, draft, 'telephone');
    expect(await outreach.send(manager, draft)).toMatchObject({ status: 'sent', count: 1 });
    await world.settle();
    expect(says(amal)).toContain('Thomas Weiß');
  });

  it('is one at a time', async () => {
    const [amal, omar] = [await office.client(world, 'Amal'), await office.client(world, 'Omar')];
    await invites([amal]);
    await ticks(amal, omar);
    await composes('place', 1);
    expect(says(maria())).toContain('✉️ Schon eingeladen: Nr. ');
    await sends();
    expect(office.sentWith(world, amal, 'iv.no:')).toBe(1);
    expect(office.sentWith(world, omar, 'iv.no:')).toBe(1);
  });

  it('of somebody who has booked meanwhile is not sent any more', async () => {
    const people = [];
    for (const name of ['A', 'B']) people.push(await office.client(world, name));
    await ticks(...people);
    await composes('place', 0);
    await press(world, maria(), 'ot.send:');
    const waiting = people.find((person) => !isInvited(person)) as SimulatedPerson;
    await office.books(world, waiting, berlin('2026-11-25', '08:30'));
    world.clock.pass(1);
    await world.settle();
    expect(isInvited(waiting)).toBe(false);
  });
});

describe('sending', () => {
  it('leaves one a minute, and nobody hears anything at night', async () => {
    const people = [];
    for (let index = 0; index < 3; index++) people.push(await office.client(world, `P${index}`));
    await office.at(world, '2026-11-23', '20:59');
    await ticks(...people);
    await composes('telephone', 0);
    await press(world, maria(), 'ot.send:');
    expect(people.filter(isInvited)).toHaveLength(1);
    await office.at(world, '2026-11-23', '21:05');
    expect(people.filter(isInvited)).toHaveLength(1);
    await office.at(world, '2026-11-24', '07:59');
    expect(people.filter(isInvited)).toHaveLength(1);
    await office.at(world, '2026-11-24', '08:01');
    expect(people.filter(isInvited)).toHaveLength(3);
  });

  it('that an outage pushes into the night comes in the morning', async () => {
    const amal = await office.client(world, 'Amal');
    await ticks(amal);
    await composes('telephone', 0);
    await office.at(world, '2026-11-23', '20:58');
    world.telegram.fail({
      method: 'sendMessage',
      times: 1,
      fault: { kind: 'refuse', code: 500, description: 'Internal' },
    });
    await press(world, maria(), 'ot.send:');
    expect(everything(amal)).not.toContain(words(world, 'outreach:invitation.free'));
    await office.at(world, '2026-11-23', '22:00');
    expect(everything(amal)).not.toContain(words(world, 'outreach:invitation.free'));
    await office.at(world, '2026-11-24', '08:00');
    expect(everything(amal)).toContain(words(world, 'outreach:invitation.free'));
  });

  it('pressed twice sends once and then shows how it stands', async () => {
    const amal = await office.client(world, 'Amal');
    await ticks(amal);
    await composes('place', 1);
    const { messageId, data } = findButton(maria(), 'ot.send:');
    for (let times = 0; times < 2; times++) maria().presses(messageId, data);
    await world.settle();
    expect(office.sentWith(world, amal, 'iv.no:')).toBe(1);
    expect(says(maria())).toContain('⏳ Noch keine Antwort (1)');
  });

  it('shows whom the bot cannot reach, with the advice to call', async () => {
    const [amal, omar] = [await office.client(world, 'Amal'), await office.client(world, 'Omar')];
    omar.blocks();
    await world.settle();
    await ticks(amal, omar);
    await composes('place', 1);
    expect(says(maria())).toContain(`📵 Nicht erreichbar, bitte anrufen: Nr. ${await numberOf(omar)}`);
    await sends();
    amal.blocks();
    await world.settle();
    expect(await answers()).toContain('📵 Nicht erreichbar, bitte anrufen (1)');
  });
});

describe('the list of people', () => {
  it('shows those not seen for longest first, with what a manager must know', async () => {
    const omar = await office.booked(world, 'Omar', '2026-11-25', '08:30');
    await office.at(world, '2026-11-26', '09:00');
    const amal = await office.client(world, 'Amal');
    const next = await office.booked(world, 'Bald', '2026-11-30', '08:30');
    next.person.blocks();
    await world.settle();
    await write(world, maria(), '/menu');
    await press(world, maria(), 'people:');
    const labels = maria().screen()?.buttons.flat() ?? [];
    const rowOf = async (person: SimulatedPerson) =>
      labels.findIndex((label) => label.includes(String(numbers.get(person))));
    const numbers = new Map<SimulatedPerson, number>();
    for (const person of [omar.person, amal, next.person]) numbers.set(person, await numberOf(person));
    expect(await rowOf(omar.person)).toBe(2);
    expect(labels[await rowOf(next.person)]).toMatch(/📅.*📵|📵.*📅|📅📵/u);
    await press(world, maria(), `person:${numbers.get(omar.person)}`);
    expect(says(maria())).toContain('Zuletzt gesehen: Mittwoch, 25.11.2026');
    await press(world, maria(), 'people:0');
    await press(world, maria(), `person:${numbers.get(next.person)}`);
    expect(says(maria())).toContain('Bitte rufen Sie an');
    await press(world, maria(), 'appt:');
    expect(says(maria())).toContain('30.11.2026');
  });

  it.each(['missed', 'called-off'])('somebody was not seen when it was “%s”', async (outcome) => {
    const omar = await office.booked(world, 'Omar', '2026-11-25', '08:30');
    await office.at(world, '2026-11-26', '09:00');
    const manager = await actorOf(world, maria(), 'manager');
    const seen = async () => (await world.program.services.outreach.clients(manager))[0]?.seenAt;
    expect(await seen()).toBeDefined();
    await forge(world, maria(), `out.is:${omar.id}:${outcome}`);
    expect(await seen()).toBeUndefined();
    await forge(world, maria(), `out.is:${omar.id}:held`);
    expect(await seen()).toBeDefined();
  });

  it('has pages, and an empty state', async () => {
    await write(world, maria(), '/menu');
    await press(world, maria(), 'people:');
    expect(says(maria())).toContain('Zu Ihnen gehört noch keine Person');
    for (let index = 0; index < 8; index++) await office.client(world, `P${index}`);
    await write(world, maria(), '/menu');
    await press(world, maria(), 'people:');
    expect(offered(maria()).filter((data) => data.startsWith('person:'))).toHaveLength(6);
    await press(world, maria(), 'people:1');
    expect(offered(maria()).filter((data) => data.startsWith('person:'))).toHaveLength(2);
  });

  it('invites one person from her card', async () => {
    const amal = await office.client(world, 'Amal');
    await write(world, maria(), '/menu');
    await press(world, maria(), 'people:');
    await press(world, maria(), 'person:');
    await press(world, maria(), 'ot.for:');
    await composes('place', 2);
    await sends();
    expect(offered(amal).filter((data) => data.startsWith('iv.at:'))).toHaveLength(2);
  });

  it.each([4, 8, 12, 26])('invites all who were not seen for %i weeks and have no appointment', async (weeks) => {
    const long = await office.booked(world, 'Lange', '2026-11-25', '08:30');
    world.clock.set(berlin('2026-11-25', '12:00'));
    world.clock.pass(weeks * 7 * 24 * 60);
    await world.settle();
    const never = await office.client(world, 'Nie');
    const soon = await office.client(world, 'Bald');
    const { appointments } = world.program.services;
    const refugee = await actorOf(world, soon, 'refugee');
    const [day] = await appointments.offeredDays(refugee, 'place');
    const [slot] = day === undefined ? [] : await appointments.offeredSlots(refugee, 'place', day);
    await office.books(world, soon, slot?.startsAt ?? berlin('2026-11-25', '08:30'));
    const recent = await office.client(world, 'Neulich');
    await world.db.prisma.appointment.create({
      data: {
        ...(await world.db.prisma.appointment.findFirstOrThrow({ where: { id: long.id } })),
        id: 'recent',
        key: 'recent',
        refugeeId: refugeeOf(await actorOf(world, recent, 'refugee')),
        startsAt: new Date(world.clock.now() - 26 * 3_600_000),
        endsAt: new Date(world.clock.now() - 25 * 3_600_000),
        blocksFrom: new Date(world.clock.now() - 26 * 3_600_000),
        blocksTo: new Date(world.clock.now() - 25 * 3_600_000),
        bookedAt: new Date(world.clock.now() - 27 * 3_600_000),
      },
    });
    await write(world, maria(), '/menu');
    await press(world, maria(), 'people:');
    await press(world, maria(), 'ot');
    await press(world, maria(), `ot.weeks:${draftId()}:${weeks}`);
    const picked = await world.db.prisma.invitation.findMany({ include: { refugee: true } });
    expect(new Set(picked.map(({ refugee: { number } }) => number))).toEqual(
      new Set([await numberOf(long.person), await numberOf(never)]),
    );
  });
});

const refugeeOf = ({ personId }: { readonly personId: string }) => personId;

describe('what is kept', () => {
  it('goes with her: erasure leaves the manager a sending without her', async () => {
    const amal = await office.client(world, 'Amal');
    await invites([amal]);
    await press(world, amal, 'iv.no:');
    await press(world, amal, 'iv.stop:stop');
    const { personId } = await actorOf(world, amal, 'refugee');
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    expect(await isAnywhere(world, personId)).toBe(false);
    expect(await answers()).toContain('haben ihre Daten gelöscht');
  });

  it('goes with the manager', async () => {
    const amal = await office.client(world, 'Amal');
    await invites([amal]);
    const omar = await office.booked(world, 'Omar', '2026-12-02', '08:30');
    await world.program.services.outreach.wishEarlier(await actorOf(world, omar.person, 'refugee'), omar.id, 'any');
    await write(world, maria(), '/delete');
    await press(world, maria(), 'erase:yes');
    for (const count of [
      world.db.prisma.outreach.count(),
      world.db.prisma.invitation.count(),
      world.db.prisma.slotWatch.count(),
    ]) {
      expect(await count).toBe(0);
    }
    await press(world, amal, 'iv.at:');
    expect(everything(amal)).toContain(words(world, 'outreach:invitation.expired'));
  });

  it('is forgotten: drafts after a day, sendings and offers after thirty', async () => {
    const [amal, omar] = [await office.client(world, 'Amal'), await office.client(world, 'Omar')];
    await invites([amal]);
    await ticks(omar);
    const { outreach } = world.program.services;
    world.clock.pass(23 * 60);
    await outreach.forget();
    expect(await world.db.prisma.outreach.count()).toBe(2);
    world.clock.pass(2 * 60);
    await outreach.forget();
    expect(await world.db.prisma.outreach.count()).toBe(1);
    world.clock.pass(30 * 24 * 60);
    await outreach.forget();
    expect(await world.db.prisma.outreach.count()).toBe(0);
    expect(await world.db.prisma.invitation.count()).toBe(0);
  });
});

it('an old draft’s buttons say so politely', async () => {
  const amal = await office.client(world, 'Amal');
  await ticks(amal);
  const old = findButton(maria(), 'ot.how:');
  await ticks();
  maria().presses(old.messageId, old.data);
  await world.settle();
  expect(everything(maria())).toContain(words(world, 'outreach:draft.gone'));
});

describe.each(LOCALES)('a manager who reads %s', (locale) => {
  it('goes through all of her screens', async () => {
    const amal = await office.client(world, 'Amal');
    await write(world, maria(), '/language');
    await press(world, maria(), `lang.to:${locale}`);
    await ticks(amal);
    await composes('home', 2);
    expect(says(maria())).toContain(words(world, 'outreach:preview', locale));
    expect(says(maria())).toContain(words(world, 'outreach:invitation.free', locale));
    await sends();
    expect(says(amal)).toContain(words(world, 'outreach:invitation.free'));
    expect(await answers()).toContain(words(world, 'outreach:state.open', locale).split(' (')[0]);
  });
});
