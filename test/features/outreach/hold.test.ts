import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttons, minuteOf } from '../../../src/features/appointments/buttons.ts';
import { freeTimes } from '../../../src/features/appointments/offers.ts';
import { insertAppointment, isHeld } from '../../../src/features/appointments/store.ts';
import type { Refugee } from '../../../src/features/people/model.ts';
import { type Day, day, wallTime } from '../../../src/platform/datetime.ts';
import { holidayOn } from '../../../src/platform/holidays.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { everything, findButton, offered, press, says, staffOf, words } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import * as office from './office.ts';

// A freed time is kept for those who asked for an earlier one, until they have answered; then it is free for all.

let world: World;
beforeEach(async () => {
  world = await createWorld({ now: berlin('2026-11-23', '09:00') });
});
afterEach(() => world.stop());

const FREED = berlin('2026-11-25', '08:30');
const appointments = () => world.program.services.appointments;
const refugeeOf = (person: SimulatedPerson) => actorOf(world, person, 'refugee');
const at = (date: string, time: string) => office.at(world, date, time);
const isAsked = (person: SimulatedPerson) => office.sentWith(world, person, 'early.yes:') > 0;
const openedRows = () => world.db.prisma.openedSlot.count();

/** Whether somebody sees the freed time among those that she can book. */
async function sees(person: SimulatedPerson): Promise<boolean> {
  const refugee = await refugeeOf(person);
  const slots = await appointments().offeredSlots(refugee, 'place', day('2026-11-25'));
  const days = await appointments().offeredDays(refugee, 'place');
  const isThere = slots.some(({ startsAt }) => startsAt === FREED);
  if (isThere) expect(days).toContain('2026-11-25');
  return isThere;
}
const books = async (person: SimulatedPerson, draft = 'held1') =>
  appointments().book(await refugeeOf(person), { topic: 'other', way: 'place', startsAt: FREED }, draft);

/** Frei has the time; Amal wishes for an earlier one; Samir looks for any. */
async function three(count = 1) {
  const free = await office.booked(world, 'Frei', '2026-11-25', '08:30');
  const wishing = [];
  const times = ['2026-12-02 08:30', '2026-12-02 09:30', '2026-12-02 10:30', '2026-12-14 08:30'].slice(0, count);
  for (const [date = '', time = ''] of times.map((one) => one.split(' '))) {
    const one = await office.booked(world, `Wunsch ${date} ${time}`, date, time);
    await world.program.services.outreach.wishEarlier(await refugeeOf(one.person), one.id, 'any');
    world.clock.pass(1);
    wishing.push(one);
  }
  const [amal = free] = wishing;
  return { free, amal, wishing, samir: await office.client(world, 'Samir') };
}

describe('while somebody is asked about a freed time', () => {
  it('she alone sees it and can book it', async () => {
    const { free, amal, samir } = await three();
    await office.cancels(world, free);
    expect(isAsked(amal.person)).toBe(true);
    expect([await sees(samir), await sees(amal.person)]).toEqual([false, true]);
    expect((await books(samir)).status).toBe('taken');
    expect((await books(amal.person)).status).toBe('booked');
  });

  it('an old button says kindly that it is taken, with the next free times', async () => {
    const { free, samir } = await three();
    samir.sends('/book');
    await world.settle();
    const message = samir.chat.findLast((one) => one.fromBot);
    await office.cancels(world, free);
    samir.presses(
      message?.message_id ?? 0,
      buttons.confirm.data({ draft: 'oldbutton', topic: 'other', way: 'place', minute: minuteOf(FREED) }),
    );
    await world.settle();
    expect(says(samir)).toContain(words(world, 'appointments:taken'));
    expect(findButton(samir, 'bk.time:').data).not.toContain(minuteOf(FREED));
  });

  it('nobody can move there by an old button either', async () => {
    const { free } = await three();
    const other = await office.booked(world, 'Andere', '2026-12-07', '08:30');
    await office.cancels(world, free);
    other.person.sends('/menu');
    await world.settle();
    const message = other.person.chat.findLast((one) => one.fromBot);
    other.person.presses(
      message?.message_id ?? 0,
      buttons.move.data({ id: other.id, way: 'place', minute: minuteOf(FREED) }),
    );
    await world.settle();
    expect(says(other.person)).toContain(words(world, 'appointments:taken'));
    expect(await office.startOf(world, other.id)).toBe(berlin('2026-12-07', '08:30'));
  });

  it('whoever has said no sees it no more, the others still do', async () => {
    const { free, wishing, samir } = await three(2);
    await office.cancels(world, free);
    const [first = free, second = free] = wishing;
    await press(world, first.person, 'early.no:');
    expect([await sees(first.person), await sees(second.person), await sees(samir)]).toEqual([false, true, false]);
  });

  it('her manager moves somebody there all the same: her diary is hers, and those who were asked hear of it', async () => {
    const { free, amal } = await three();
    const other = await office.booked(world, 'Andere', '2026-12-07', '08:30');
    await office.cancels(world, free);
    const manager = await actorOf(world, staffOf(world).maria, 'manager');
    const moved = await appointments().moveAsManager(manager, other.id, { way: 'place', startsAt: FREED });
    expect(moved.status).toBe('moved');
    world.clock.pass(1);
    await world.settle();
    expect(everything(amal.person)).toContain(words(world, 'outreach:offer.gone'));
    expect(await openedRows()).toBe(0);
  });

  it('a cancelled person is not shown it among the next free times, and an invitation does not propose it', async () => {
    const { free } = await three();
    const other = await office.booked(world, 'Andere', '2026-11-25', '09:30');
    await office.cancels(world, free);
    const manager = await actorOf(world, staffOf(world).maria, 'manager');
    const proposable = await world.program.services.outreach.proposable(manager, 'place');
    expect(proposable.some(({ startsAt }) => startsAt === FREED)).toBe(false);
    await appointments().cancelAsManager(manager, other.id, 'ill');
    await world.settle();
    const shown = offered(other.person).filter((data) => data.startsWith('bk.time:'));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.some((data) => data.endsWith(minuteOf(FREED)))).toBe(false);
  });
});

describe('it is free for all', () => {
  it('when everybody who was asked has said no', async () => {
    const { free, wishing, samir } = await three(2);
    await office.cancels(world, free);
    for (const { person } of wishing) await press(world, person, 'early.no:');
    expect(await openedRows()).toBe(0);
    expect((await books(samir)).status).toBe('booked');
  });

  it('after two hours of silence', async () => {
    const { free, samir } = await three();
    await office.cancels(world, free);
    await at('2026-11-23', '11:00');
    expect(await sees(samir)).toBe(false);
    await at('2026-11-23', '11:02');
    expect(await sees(samir)).toBe(true);
  });

  it('only after the next three were asked as well', async () => {
    const { free, wishing, samir } = await three(4);
    await office.cancels(world, free);
    expect(wishing.map(({ person }) => isAsked(person))).toEqual([true, true, true, false]);
    for (const { person } of wishing.slice(0, 3)) await press(world, person, 'early.no:');
    expect(isAsked(wishing[3]?.person ?? samir)).toBe(true);
    expect(await sees(samir)).toBe(false);
    await press(world, wishing[3]?.person ?? samir, 'early.no:');
    expect(await sees(samir)).toBe(true);
  });

  it('when nobody asked for an earlier one, at once', async () => {
    const { free, samir } = await three(0);
    await office.cancels(world, free);
    expect(await sees(samir)).toBe(true);
  });

  it('when she who was asked erases herself', async () => {
    const { free, amal, samir } = await three();
    await office.cancels(world, free);
    amal.person.sends('/delete');
    await world.settle();
    await press(world, amal.person, 'erase:yes');
    world.clock.pass(1);
    await world.settle();
    expect(await sees(samir)).toBe(true);
  });

  it('after a while, should no round ever end it', async () => {
    const { free, samir } = await three();
    await office.cancels(world, free);
    await world.program.stop();
    world.clock.set(berlin('2026-11-23', '11:10'));
    expect(await sees(samir)).toBe(true);
  });

  it('and only then those who wait for anything to open are told', async () => {
    const { free, amal, samir } = await three();
    await world.program.services.outreach.waitFor(await refugeeOf(samir), 'any');
    // Nothing else is free before that: what opens is this one time.
    const told = () => world.db.prisma.notice.count({ where: { kind: 'wait-open' } });
    await office.cancels(world, free);
    world.clock.pass(5);
    await world.settle();
    expect(await told()).toBe(0);
    await press(world, amal.person, 'early.no:');
    expect(await told()).toBe(1);
  });
});

describe('in the quiet hours', () => {
  it('it is kept until the morning for whoever will be asked', async () => {
    const { free, amal, samir } = await three();
    await at('2026-11-23', '23:30');
    await office.cancels(world, free);
    expect([isAsked(amal.person), await sees(samir)]).toEqual([false, false]);
    await at('2026-11-24', '07:59');
    expect([isAsked(amal.person), await sees(samir)]).toEqual([false, false]);
    await at('2026-11-24', '08:00');
    expect([isAsked(amal.person), await sees(samir), await sees(amal.person)]).toEqual([true, false, true]);
  });

  it('it is free at once where nobody could be asked in time', async () => {
    const { free, samir } = await three();
    await at('2026-11-24', '22:00');
    await office.cancels(world, free);
    expect(await openedRows()).toBe(0);
    const manager = (await refugeeOf(samir)).managerId ?? '';
    const times = await appointments().timesFor(world.db, manager, (await refugeeOf(samir)).personId);
    expect(times).toEqual(await appointments().openTimes(world.db, manager));
  });

  it('new office hours keep one time a person who wishes, and leave the rest to all', async () => {
    const { samir } = await three();
    await at('2026-11-23', '22:00');
    const manager = await actorOf(world, staffOf(world).maria, 'manager');
    await appointments().addOfficeHours(manager, [
      {
        weekday: 6,
        from: wallTime('10:00'),
        to: wallTime('14:00'),
        placeId: 'rathaus-calw',
        ways: ['place'],
        slotMinutes: 60,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        everyWeeks: 1,
        validFrom: day('2026-11-23'),
        validTo: undefined,
        travelMinutes: 0,
        interpreter: false,
      },
    ]);
    world.clock.pass(1);
    await world.settle();
    expect(await openedRows()).toBe(1);
    const left = await appointments().offeredSlots(await refugeeOf(samir), 'place', day('2026-11-28'));
    expect(left).toHaveLength(3);
  });
});

describe('a booking that read the time before it was kept', () => {
  it('is refused by the statement itself, and by the one that moves', async () => {
    const { free, amal, samir } = await three();
    const rules = {
      window: { noticeMinutes: 0, horizonDays: 56, openBookings: 3 },
      isHoliday: (one: Day) => holidayOn(one) !== undefined,
    };
    await office.cancels(world, free);
    const refugee: Refugee = await refugeeOf(samir);
    const managerId = refugee.managerId ?? '';
    const now = world.clock.now();
    const slot = (await freeTimes(world.db, [managerId], now, rules))
      .get(managerId)
      ?.slots.find(({ startsAt }) => startsAt === FREED);
    if (slot === undefined) throw new Error('the time is not free');
    const draft = { id: 'race0001', managerId, slot, way: 'place', limit: 3, now, notices: [] } as const;
    const seal = { open: () => '', seal: () => new Uint8Array() };
    const insert = (personId: string, key: string) =>
      insertAppointment(world.db, seal as never, { ...draft, refugeeId: personId, topic: new Uint8Array([1]), key });
    expect(await insert(refugee.personId, 'k1')).toBeUndefined();
    expect(await isHeld(world.db, slot, 'place', refugee.personId, now)).toBe(true);
    const { personId } = await refugeeOf(amal.person);
    expect(await isHeld(world.db, slot, 'place', personId, now)).toBe(false);
    expect(await insert(personId, 'k2')).toBeDefined();
  });

  it('meets the round at the same moment: it has the time and the others hear of it, or it is told that it is taken', async () => {
    const { free, amal, samir } = await three();
    await appointments().cancel(await refugeeOf(free.person), free.id);
    const [booked] = await Promise.all([books(samir), world.program.services.outreach.makeRounds()]);
    await world.settle();
    world.clock.pass(1);
    await world.settle();
    const holders = await world.db.prisma.appointment.findMany({
      where: { status: 'booked', startsAt: new Date(FREED) },
    });
    if (booked.status === 'booked') {
      expect(holders).toHaveLength(1);
      expect(await openedRows()).toBe(0);
      expect(await world.db.prisma.slotOffer.count({ where: { status: 'open' } })).toBe(0);
    } else {
      expect(booked.status).toBe('taken');
      expect(isAsked(amal.person)).toBe(true);
    }
  });
});
