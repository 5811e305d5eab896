import { expect, it, onTestFinished } from 'vitest';
import { readCounty } from '../../src/features/county/source.ts';
import { createSeal, newId } from '../../src/platform/crypto.ts';
import { openServer } from '../../src/platform/database.ts';
import { day, fromDate, wallTime } from '../../src/platform/datetime.ts';
import { createServices } from '../../src/services.ts';
import { berlin, testClock } from '../support/clock.ts';
import { emptyServerDatabase } from './server.ts';

const PEOPLE = 12;
const PROGRAMS = 3;
const CALW = '08235085';
const FREED = berlin('2026-11-25', '08:30');

it('several programs on one database offer a freed time to three, and of all who say yes at once one has it', async () => {
  const url = await emptyServerDatabase('test_outreach');
  const databases = await Promise.all(Array.from({ length: PROGRAMS }, () => openServer(url, 4)));
  onTestFinished(async () => {
    await Promise.all(databases.map((db) => db.close()));
  });
  const clock = testClock(berlin('2026-11-23', '09:00'));
  const county = readCounty('calw');
  const seal = createSeal(new Uint8Array(32));
  const programs = databases.map((db) => createServices({ db, clock, seal, facts: county.facts, wake: () => {} }));
  const [db] = databases;
  const [first] = programs;
  if (db === undefined || first === undefined) throw new Error('no program');
  await first.county.load(county);

  const { token } = await first.people.invite(undefined, {
    role: 'manager',
    name: 'Maria Keller',
    carrierId: 'landratsamt',
    municipalities: [CALW],
    workingDays: 5,
  });
  await first.people.acceptInvite(1, 'de', token);
  const maria = (await first.people.identify(1)).actor;
  if (maria.kind !== 'manager') throw new Error('no manager');
  await first.appointments.addOfficeHours(maria, [
    {
      weekday: 3,
      from: wallTime('08:30'),
      to: wallTime('16:30'),
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
  const refugeeOf = async (telegramId: number, program = first) => {
    const { actor } = await program.people.identify(telegramId);
    if (actor.kind !== 'refugee') throw new Error('no refugee');
    return actor;
  };
  const ids: string[] = [];
  for (let index = 0; index <= PEOPLE; index++) {
    const telegramId = 100 + index;
    await first.people.agree(telegramId, 'de');
    await first.people.settleIn(await refugeeOf(telegramId), CALW);
    const week = index === 0 ? '2026-11-25' : index <= 6 ? '2026-12-02' : '2026-12-09';
    const startsAt = berlin(week, `${String(8 + (index % 6)).padStart(2, '0')}:30`);
    const booked = await first.appointments.book(
      await refugeeOf(telegramId),
      { topic: 'other', way: 'place', startsAt: index === 0 ? FREED : startsAt },
      newId(8),
    );
    if (booked.status !== 'booked') throw new Error(`${index}: ${booked.status}`);
    ids.push(booked.appointment.id);
    if (index > 0) await first.outreach.wishEarlier(await refugeeOf(telegramId), booked.appointment.id, 'any');
  }
  await first.appointments.cancel(await refugeeOf(100), ids[0] ?? '');

  for (let round = 0; round < 5; round++) {
    await Promise.all(programs.flatMap(({ outreach }) => [outreach.makeRounds(), outreach.makeRounds()]));
    const open = await db.prisma.slotOffer.findMany({ where: { status: 'open' } });
    expect(open.length).toBeLessThanOrEqual(3 * new Set(open.map(({ startsAt }) => startsAt.getTime())).size);
    const now = open.filter(({ startsAt }) => fromDate(startsAt) === FREED);
    if (round === 0) expect(now).toHaveLength(3);
    // All who are asked say yes, each twice, in different programs.
    const answers = await Promise.all(
      open.flatMap((offer, index) =>
        [0, 1].map(async (again) => {
          const program = programs[(index + again) % PROGRAMS] ?? first;
          const person = await db.prisma.person.findUniqueOrThrow({ where: { id: offer.refugeeId } });
          const taken = await program.outreach.takeOffer(await refugeeOf(Number(person.telegramId), program), offer.id);
          return [offer.refugeeId, taken.status] as const;
        }),
      ),
    );
    expect(answers.filter(([, status]) => status === 'gone' || status === 'busy')).toEqual([]);
    if (round === 0) {
      expect(new Set(answers.filter(([, status]) => status === 'moved').map(([who]) => who)).size).toBe(1);
    }
    const booked = await db.prisma.appointment.findMany({ where: { status: 'booked' } });
    expect(booked).toHaveLength(PEOPLE);
    expect(new Set(booked.map(({ startsAt }) => startsAt.getTime())).size).toBe(PEOPLE);
    clock.pass(1);
  }
  expect(await db.prisma.appointment.count({ where: { status: 'booked', startsAt: new Date(FREED) } })).toBe(1);
  // Every offer was owed to its reader once.
  const owed = await db.prisma.notice.findMany({ where: { kind: 'earlier-offer' } });
  expect(owed).toHaveLength(await db.prisma.slotOffer.count());
});
