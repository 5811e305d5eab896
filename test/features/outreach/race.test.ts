import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { isQuiet } from '../../../src/features/outreach/rules.ts';
import { fromDate } from '../../../src/platform/datetime.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { buttonsOf } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import * as office from './office.ts';

let world: World | undefined;
afterEach(() => world?.stop());

/** As long as the machine of a pull request can spare. */
const LIMIT_MS = 4_000;

const action = fc.record({
  who: fc.nat(5),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('yes' as const) },
    { weight: 2, arbitrary: fc.constant('no' as const) },
    { weight: 3, arbitrary: fc.constant('wishes' as const) },
    { weight: 1, arbitrary: fc.constant('wishes no more' as const) },
    { weight: 3, arbitrary: fc.constant('cancels' as const) },
    { weight: 3, arbitrary: fc.constant('books' as const) },
    { weight: 2, arbitrary: fc.constant('waits' as const) },
  ),
  /** Done before the next is begun, or together with it. */
  alone: fc.boolean(),
  minutes: fc.constantFrom(0, 0, 0, 1, 61, 121, 700),
});

const newest = (person: SimulatedPerson, prefix: string) =>
  person.chat.flatMap(buttonsOf).findLast(({ data }) => data.startsWith(prefix));

/** What must be true whatever was pressed at once. */
async function expectSound(here: World): Promise<void> {
  const offers = await here.db.prisma.slotOffer.findMany({ include: { appointment: true } });
  const open = offers.filter(({ status }) => status === 'open');
  const perTime = Map.groupBy(open, ({ managerId, startsAt }) => `${managerId} ${startsAt.getTime()}`);
  for (const [time, all] of perTime) expect([time, all.length <= 3]).toEqual([time, true]);
  expect(new Set(open.map(({ refugeeId }) => refugeeId)).size).toBe(open.length);
  // Each offer is for an earlier time, was made when nobody sleeps, and can be answered before anybody does.
  for (const { offeredAt, answerBy, startsAt } of offers) {
    expect(answerBy.getTime() - offeredAt.getTime()).toBe(120 * 60_000);
    expect(startsAt.getTime()).toBeGreaterThanOrEqual(answerBy.getTime() + 120 * 60_000);
    const hour = Number(
      new Date(offeredAt)
        .toLocaleString('de', { timeZone: 'Europe/Berlin', hour: '2-digit', hourCycle: 'h23' })
        .slice(0, 2),
    );
    expect(hour >= 8 && hour <= 19).toBe(true);
  }
  const booked = await here.db.prisma.appointment.findMany({ where: { status: 'booked' } });
  const times = booked.map(({ managerId, startsAt }) => `${managerId} ${startsAt.getTime()}`);
  expect(new Set(times).size).toBe(times.length);
  // At rest, no open offer is for a time that somebody has. At night nobody looks, and nobody can be told.
  const taken = new Set(times);
  if (!isQuiet(here.clock.now()))
    for (const { managerId, startsAt } of open) expect(taken.has(`${managerId} ${startsAt.getTime()}`)).toBe(false);
  const logged = here.logged.filter((line) => JSON.parse(line).level >= 50);
  expect(logged).toEqual([]);
}

it('whatever is pressed at once: a time has one winner, at most three are asked, everybody has an answer', async () => {
  const deadline = Date.now() + LIMIT_MS;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 40 }), async (actions) => {
      if (Date.now() > deadline) return;
      await world?.stop();
      const here = await createWorld({ now: berlin('2026-11-23', '09:00') });
      world = here;
      const { outreach, appointments } = here.program.services;
      const people: SimulatedPerson[] = [];
      const days = ['2026-11-25', '2026-12-02', '2026-12-07', '2026-12-09', '2026-12-14', '2026-12-16'];
      for (const [index, day] of days.entries()) {
        people.push((await office.booked(here, `P${index}`, day, '08:30')).person);
      }
      for (const { who, what, alone, minutes } of actions) {
        if (Date.now() > deadline) break;
        const person = people[who];
        if (person === undefined) continue;
        const refugee = await actorOf(here, person, 'refugee');
        const [mine] = await appointments.mine(refugee);
        const calls = here.telegram.calls.length;
        const press = (prefix: string) => {
          const button = newest(person, prefix);
          if (button !== undefined) person.presses(button.messageId, button.data);
          return button !== undefined;
        };
        let pressed = false;
        if (what === 'yes') pressed = press('early.yes:');
        else if (what === 'no') pressed = press('early.no:');
        else if (what === 'wishes' && mine !== undefined) await outreach.wishEarlier(refugee, mine.id, 'any');
        else if (what === 'wishes no more' && mine !== undefined) await outreach.dropEarlier(refugee, mine.id);
        else if (what === 'cancels' && mine !== undefined) await appointments.cancel(refugee, mine.id);
        else if (what === 'waits') await outreach.waitFor(refugee, 'any');
        else if (what === 'books') {
          const startsAt = berlin(days[minutes % days.length] ?? '2026-11-25', '08:30');
          await appointments.book(refugee, { topic: 'other', way: 'place', startsAt }, `d${calls}`);
        }
        if (minutes > 0) here.clock.pass(minutes);
        if (!alone) continue;
        await here.settle();
        if (pressed) {
          expect(here.telegram.calls.slice(calls).some(({ method }) => method === 'answerCallbackQuery')).toBe(true);
        }
        await expectSound(here);
      }
      await here.settle();
      await expectSound(here);
    }),
    { numRuns: 100, endOnFailure: true },
  );
}, 60_000);

it('a program that dies between the cancellation and the offer makes it after its next start', async () => {
  const here = await createWorld({ now: berlin('2026-11-23', '09:00') });
  world = here;
  const free = await office.booked(here, 'Frei', '2026-11-25', '08:30');
  const amal = await office.booked(here, 'Amal', '2026-12-02', '08:30');
  const { outreach, appointments } = here.program.services;
  await outreach.wishEarlier(await actorOf(here, amal.person, 'refugee'), amal.id, 'any');
  await here.settle();
  // Dead: nobody makes rounds any more, but the row has changed.
  await here.program.stop();
  await appointments.cancel(await actorOf(here, free.person, 'refugee'), free.id);
  expect(await here.db.prisma.slotOffer.count()).toBe(0);
  // What the next program does first, perhaps twice, perhaps in two processes.
  await Promise.all([outreach.makeRounds(), outreach.makeRounds()]);
  await outreach.makeRounds();
  const offers = await here.db.prisma.slotOffer.findMany();
  expect(offers.map(({ startsAt, status }) => [fromDate(startsAt), status])).toEqual([
    [berlin('2026-11-25', '08:30'), 'open'],
  ]);
  expect(await here.db.prisma.notice.count({ where: { kind: 'earlier-offer' } })).toBe(1);
});

it('a program that dies between the swap and the word to the others says it later, and not to the winner', async () => {
  const here = await createWorld({ now: berlin('2026-11-23', '09:00') });
  world = here;
  const free = await office.booked(here, 'Frei', '2026-11-25', '08:30');
  const people = [];
  for (const time of ['08:30', '09:30']) people.push(await office.booked(here, time, '2026-12-02', time));
  const { outreach, appointments } = here.program.services;
  for (const { person, id } of people) await outreach.wishEarlier(await actorOf(here, person, 'refugee'), id, 'any');
  await office.cancels(here, free);
  await here.program.stop();
  const [winner, loser] = people;
  if (winner === undefined || loser === undefined) throw new Error('nobody there');
  const to = { way: 'place', startsAt: berlin('2026-11-25', '08:30') } as const;
  const moved = await appointments.move(await actorOf(here, winner.person, 'refugee'), winner.id, to);
  expect(moved.status).toBe('moved');
  await outreach.makeRounds();
  const states = await here.db.prisma.slotOffer.findMany({ where: { startsAt: new Date(to.startsAt) } });
  expect(states.map(({ appointmentId, status }) => [appointmentId === winner.id, status]).toSorted()).toEqual([
    [false, 'gone'],
    [true, 'yes'],
  ]);
  const gone = await here.db.prisma.notice.findMany({ where: { kind: 'earlier-gone' } });
  const { personId } = await actorOf(here, loser.person, 'refugee');
  expect(gone.map((notice) => notice.personId)).toEqual([personId]);
  // Her wish is fulfilled; the other's goes on, with the time that the winner gave back.
  expect(await here.db.prisma.earlierWish.count()).toBe(1);
});
