import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  escalatesAt,
  MOST_CALLS,
  stepDue,
  type Waiting,
  workingDaysAfter,
} from '../../../src/features/handovers/rules-deadlines.ts';
import { type Instant, toDate } from '../../../src/platform/datetime.ts';
import { holidayOn } from '../../../src/platform/holidays.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { caseOf, sendCase } from '../../support/handovers.ts';
import { arrive, everything, forge, offered, press, says, staffOf, words, write } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const isHoliday = (day: Parameters<typeof holidayOn>[0]) => holidayOn(day) !== undefined;
const WILDBERG = '08235080';

describe('working days', () => {
  it.each([
    ['a Monday morning', ['2026-11-23', '09:15'], ['2026-11-25', '09:15']],
    ['a Thursday: Saturday and Sunday do not count', ['2026-11-26', '10:00'], ['2026-11-30', '10:00']],
    ['a Saturday counts from Monday morning', ['2026-11-28', '15:00'], ['2026-12-02', '08:00']],
    ['at night counts from the morning', ['2026-11-23', '22:30'], ['2026-11-26', '08:00']],
    ['early in the morning counts from eight', ['2026-11-23', '05:00'], ['2026-11-25', '08:00']],
    ['before Christmas, which fills Friday, and New Year', ['2026-12-23', '12:00'], ['2026-12-28', '12:00']],
    ['before Easter, with two holidays', ['2027-03-25', '09:00'], ['2027-03-31', '09:00']],
    ['before Epiphany, a holiday here', ['2027-01-05', '12:00'], ['2027-01-08', '12:00']],
    ['over the night in which the clock changes', ['2026-10-23', '09:00'], ['2026-10-27', '09:00']],
  ] as const)('two after %s', (_, [day, time], [dueDay, dueTime]) => {
    expect(workingDaysAfter(berlin(day, time), 2, isHoliday)).toBe(berlin(dueDay, dueTime));
  });
});

describe('which step is due', () => {
  const since = berlin('2026-11-23', '09:00');
  const waiting = (more: Partial<Waiting> = {}): Waiting => ({
    since,
    urgency: 'week',
    remindedAt: undefined,
    escalatedAt: undefined,
    calls: 0,
    calledAt: undefined,
    isAnswered: false,
    ...more,
  });
  const due = (one: Waiting, day: string, time: string) => stepDue(one, berlin(day, time), isHoliday);

  it('a reminder at the second it is due and not before', () => {
    expect(stepDue(waiting(), (berlin('2026-11-25', '09:00') - 1) as Instant, isHoliday)).toBeUndefined();
    expect(due(waiting(), '2026-11-25', '09:00')).toBe('remind');
    expect(due(waiting({ remindedAt: since }), '2026-11-25', '09:00')).toBeUndefined();
  });
  it('the coordinators after four, even where the reminder was missed', () => {
    expect(escalatesAt(since, isHoliday)).toBe(berlin('2026-11-27', '09:00'));
    expect(due(waiting(), '2026-11-27', '09:00')).toBe('escalate');
    expect(due(waiting({ escalatedAt: since }), '2026-12-27', '09:00')).toBeUndefined();
  });
  it('nothing at night and at weekends', () => {
    expect(due(waiting(), '2026-11-25', '21:00')).toBeUndefined();
    expect(due(waiting(), '2026-11-28', '12:00')).toBeUndefined();
    expect(due(waiting({ urgency: 'today' }), '2026-11-24', '07:59')).toBeUndefined();
  });
  it('"today" calls every half hour, then the coordinators, and goes on until somebody answers', () => {
    const today = waiting({ urgency: 'today' });
    expect(due(today, '2026-11-23', '09:29')).toBeUndefined();
    expect(due(today, '2026-11-23', '09:30')).toBe('call');
    const called = { ...today, calls: 1, calledAt: berlin('2026-11-23', '09:30') };
    expect(due(called, '2026-11-23', '09:59')).toBeUndefined();
    expect(due(called, '2026-11-23', '10:00')).toBe('call');
    expect(due({ ...called, calls: MOST_CALLS }, '2026-11-23', '10:00')).toBe('escalate');
    const known = { ...called, calls: MOST_CALLS, escalatedAt: berlin('2026-11-23', '10:00') };
    expect(due(known, '2026-11-23', '11:59')).toBeUndefined();
    expect(due(known, '2026-11-23', '12:00')).toBe('call');
    const again = { ...known, calls: MOST_CALLS + 1, calledAt: berlin('2026-11-23', '20:30') };
    expect(due(again, '2026-11-23', '22:30')).toBeUndefined();
    expect(due(again, '2026-11-24', '08:00')).toBe('call');
    expect(due(again, '2026-12-04', '12:00')).toBe('call');
    expect(due({ ...known, isAnswered: true }, '2026-11-23', '12:00')).toBeUndefined();
  });
  it('"today" that was sent in the evening goes on in the morning', () => {
    const late = waiting({ urgency: 'today', since: berlin('2026-11-23', '20:45') });
    expect(due(late, '2026-11-23', '21:15')).toBeUndefined();
    expect(due(late, '2026-11-24', '08:00')).toBe('call');
  });
  it('who has asked something is not called any more, but still reminded', () => {
    const asked = waiting({ urgency: 'today', isAnswered: true });
    expect(due(asked, '2026-11-23', '12:00')).toBeUndefined();
    expect(due(asked, '2026-11-25', '09:00')).toBe('remind');
  });
});

describe('a case that nobody accepts', () => {
  let world: World;
  let amal: SimulatedPerson;
  beforeEach(async () => {
    world = await createWorld();
    amal = world.person('Amal', 'ar');
  });
  afterEach(() => world.stop());

  async function passTo(day: string, time: string): Promise<void> {
    world.clock.set(berlin(day, time));
    await world.settle();
  }
  const count = (kind: string) => world.db.prisma.notice.count({ where: { kind } });

  it.each(LOCALES)(
    'is brought to mind after two working days, and to the coordinators after four: in %s',
    async (locale) => {
      const { jutta, thomas, karin } = staffOf(world);
      for (const person of [jutta, thomas, karin]) {
        await write(world, person, '/language');
        await press(world, person, `lang.to:${locale}`);
      }
      const id = await sendCase(world, amal, { text: 'Der Kolibri braucht Hilfe.' });
      await passTo('2026-11-25', '07:59');
      expect(await count('handover-remind')).toBe(0);
      await passTo('2026-11-25', '08:00');
      expect(says(thomas)).toContain(words(world, 'cases:remind.team', locale));
      expect(says(jutta)).toContain(words(world, 'cases:told.reminded', locale));
      expect(says(jutta)).toContain('Thomas Weiß');
      expect(says(jutta)).toContain('27.11.2026');
      expect(says(jutta)).toContain('Karin');
      expect(everything(karin)).not.toContain('Wildberg');
      await passTo('2026-11-27', '08:00');
      expect(says(karin)).toContain('Wildberg');
      expect(says(jutta)).toContain(words(world, 'cases:told.escalated', locale));
      expect(says(jutta)).toContain('+4970511600');
      await press(world, karin, `hk:${id}`);
      expect(says(karin)).toContain('Thomas Weiß');
      expect(everything(karin)).not.toContain('Kolibri');
      // Once each, however often somebody looks.
      await passTo('2026-12-04', '12:00');
      expect([
        await count('handover-remind'),
        await count('handover-stuck'),
        await count('handover-escalated'),
      ]).toEqual([1, 1, 1]);
      await write(world, jutta, '/menu');
      await press(world, jutta, 'ho.list:0');
      await press(world, jutta, `ho:${id}`);
      expect(says(jutta)).toContain('25.11.2026');
      expect(says(jutta)).toContain('27.11.2026');
      await press(world, thomas, `hm.yes:${id}`);
      expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
      await write(world, karin, '/menu');
      await press(world, karin, 'hk.list:0');
      expect(says(karin)).toContain(words(world, 'cases:stuck.none', locale));
    },
  );

  it('two processes that look at once owe each notice once', async () => {
    await sendCase(world, amal);
    world.clock.set(berlin('2026-11-25', '12:00'));
    await Promise.all([world.program.services.handovers.chase(), world.program.services.handovers.chase()]);
    await world.settle();
    expect([await count('handover-remind'), await count('handover-reminded')]).toEqual([1, 1]);
    expect(await world.db.prisma.handoverEvent.count({ where: { kind: 'reminded' } })).toBe(1);
  });

  it('says nothing about one that was accepted in time', async () => {
    const { thomas } = staffOf(world);
    const id = await sendCase(world, amal);
    await press(world, thomas, `hm.yes:${id}`);
    await passTo('2026-12-04', '12:00');
    expect([await count('handover-remind'), await count('handover-stuck')]).toEqual([0, 0]);
  });

  it('a notice that is already owed is silent once the case is gone', async () => {
    const { thomas, karin } = staffOf(world);
    const id = await sendCase(world, amal);
    await world.db.prisma.notice.createMany({
      data: await Promise.all(
        (['handover-remind', 'handover-call', 'handover-passed'] as const).map(async (kind) => ({
          kind,
          personId: (await actorOf(world, thomas, 'manager')).personId,
          subjectId: id,
          dueAt: toDate(berlin('2026-11-23', '08:30')),
          key: `${kind}:test`,
        })),
      ),
    });
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    const before = thomas.chat.length;
    await passTo('2026-11-30', '12:00');
    expect(thomas.chat.length).toBe(before);
    expect(everything(karin)).not.toContain('Wildberg');
  });

  it('"today" calls whoever is on duty until she answers, the coordinators as well, and never at night', async () => {
    const { jutta, thomas, karin } = staffOf(world);
    const id = await sendCase(world, amal);
    await world.db.prisma.handover.update({ where: { id }, data: { urgency: 'today' } });
    await passTo('2026-11-23', '08:30');
    expect(says(thomas)).toContain(words(world, 'cases:call.duty'));
    expect(says(jutta)).toContain(words(world, 'cases:told.called'));
    expect(says(jutta)).toContain('Thomas Weiß');
    expect(says(jutta)).toContain('+4970511600');
    await passTo('2026-11-23', '22:00');
    expect(await count('handover-call')).toBe(1);
    await passTo('2026-11-24', '08:00');
    await passTo('2026-11-24', '08:30');
    await passTo('2026-11-24', '09:00');
    expect(await count('handover-call')).toBe(MOST_CALLS);
    expect(await count('handover-called')).toBe(1);
    expect(says(karin)).toContain('Wildberg');
    expect(says(jutta)).toContain(words(world, 'cases:told.escalated'));
    await passTo('2026-11-24', '10:59');
    expect(await count('handover-call')).toBe(MOST_CALLS);
    await passTo('2026-11-24', '11:00');
    expect(await count('handover-call')).toBe(MOST_CALLS + 1);
    expect(says(thomas)).toContain(words(world, 'cases:call.duty'));
    await press(world, thomas, `hm.yes:${id}`);
    await passTo('2026-11-24', '15:00');
    expect([await count('handover-call'), await count('handover-stuck')]).toEqual([MOST_CALLS + 1, 1]);
  });

  async function isAway(managerId: string, until = '2026-12-18'): Promise<void> {
    const [from, to] = [toDate(berlin('2026-11-23', '00:00')), toDate(berlin(until, '00:00'))];
    await world.db.prisma.absence.create({ data: { id: `away${managerId}`, managerId, from, to } });
  }

  it('"today" calls a colleague who is there, not the one with most room who is away', async () => {
    const { thomas } = staffOf(world);
    const paul = world.person('Paul');
    await joinBy(world, paul, await inviteFor(world, draftOf.manager('Paul Maier', [WILDBERG], 1)));
    const { managerId } = await actorOf(world, thomas, 'manager');
    // Paul has a person already and one working day: Thomas has more room.
    const layla = world.person('Layla', 'ar');
    await press(world, paul, `hm.yes:${await sendCase(world, layla, { kind: 'transfer' })}`);
    await isAway(managerId);
    const id = await sendCase(world, amal);
    await world.db.prisma.handover.update({ where: { id }, data: { urgency: 'today' } });
    await passTo('2026-11-23', '08:30');
    expect(says(paul)).toContain(words(world, 'cases:call.duty'));
    expect(everything(thomas)).not.toContain(words(world, 'cases:call.duty'));
  });

  it('"today" of somebody known elsewhere does not tell the volunteer whose she is', async () => {
    const { thomas, jutta, maria } = staffOf(world);
    await arrive(world, amal, 'ar', 'Calw');
    const id = await sendCase(world, amal);
    await world.db.prisma.handover.update({ where: { id }, data: { urgency: 'today' } });
    await passTo('2026-11-23', '08:30');
    expect(says(thomas)).toContain(words(world, 'cases:call.duty'));
    expect(everything(jutta)).not.toContain('Maria Keller');
    // Whose she is has it all the same, and may take it.
    await forge(world, maria, `hm.yes:${id}`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted' });
  });

  it('a team that is away as a whole, with nobody who stands in: the coordinators know at once', async () => {
    const { thomas, karin } = staffOf(world);
    await isAway((await actorOf(world, thomas, 'manager')).managerId);
    const id = await sendCase(world, amal);
    expect(says(karin)).toContain(words(world, 'handovers:nobody'));
    await write(world, karin, '/menu');
    await press(world, karin, 'hk.list:0');
    await press(world, karin, `hk:${id}`);
    expect(says(karin)).toContain('Thomas Weiß');
    await world.db.prisma.handover.update({ where: { id }, data: { urgency: 'today' } });
    // Nobody is on duty: it is the coordinators who are called, again and again.
    await passTo('2026-11-23', '08:30');
    expect([await count('handover-call'), await count('handover-stuck')]).toEqual([0, 1]);
    await passTo('2026-11-23', '10:30');
    expect([await count('handover-call'), await count('handover-stuck')]).toEqual([0, 2]);
  });

  it('tells the coordinator of the carrier that had it on the day of sending, whose list it is on', async () => {
    const rita = world.person('Rita');
    const id = await sendCase(world, amal);
    const { carrierId } = await caseOf(world, id);
    await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', carrierId ?? '')));
    await world.db.prisma.carrierAssignment.updateMany({ where: { ags: WILDBERG }, data: { carrierId: 'diakonie' } });
    await passTo('2026-11-27', '08:00');
    expect(says(rita)).toContain('Wildberg');
    await press(world, rita, `hk:${id}`);
    expect(says(rita)).toContain('Thomas Weiß');
  });

  it('who stands in is called and reminded instead of whoever is absent, and may accept', async () => {
    const { thomas, jutta } = staffOf(world);
    const lena = world.person('Lena');
    await joinBy(world, lena, await inviteFor(world, draftOf.manager('Lena Vogt', ['08235006'])));
    const [absent, deputy] = [await actorOf(world, thomas, 'manager'), await actorOf(world, lena, 'manager')];
    await world.db.prisma.absence.create({
      data: {
        id: 'thomasisaway',
        managerId: absent.managerId,
        deputyId: deputy.managerId,
        from: toDate(berlin('2026-11-23', '00:00')),
        to: toDate(berlin('2026-11-27', '00:00')),
      },
    });
    const id = await sendCase(world, amal);
    expect(everything(thomas)).not.toContain(words(world, 'handovers:desk.new'));
    expect(says(lena)).toContain(words(world, 'handovers:desk.new'));
    expect(says(jutta)).toContain('Lena Vogt');
    await passTo('2026-11-25', '08:00');
    expect(says(lena)).toContain(words(world, 'cases:remind.team'));
    await press(world, lena, `hm.yes:${id}`);
    expect(await caseOf(world, id)).toMatchObject({ status: 'accepted', managerId: deputy.managerId });
    // It is hers; whoever is back from the absence sees by whom it was taken.
    await passTo('2026-11-27', '09:00');
    await forge(world, thomas, `hm:${id}`);
    expect(says(thomas)).toContain('Lena Vogt');
  });

  it('what an absent manager has accepted is her deputy’s to see and to finish, as long as it lasts', async () => {
    const { thomas } = staffOf(world);
    const lena = world.person('Lena');
    await joinBy(world, lena, await inviteFor(world, draftOf.manager('Lena Vogt', ['08235006'])));
    const id = await sendCase(world, amal, { text: 'Der Kolibri.' });
    await press(world, thomas, `hm.yes:${id}`);
    await forge(world, lena, `hm:${id}`);
    expect(says(lena)).toContain(words(world, 'handovers:desk.gone'));
    const [absent, deputy] = [await actorOf(world, thomas, 'manager'), await actorOf(world, lena, 'manager')];
    await world.db.prisma.absence.create({
      data: {
        id: 'thomasisaway',
        managerId: absent.managerId,
        deputyId: deputy.managerId,
        from: toDate(berlin('2026-11-24', '00:00')),
        to: toDate(berlin('2026-11-25', '00:00')),
      },
    });
    await passTo('2026-11-24', '09:00');
    await write(world, lena, '/menu');
    await press(world, lena, 'hm.list:0');
    expect(offered(lena)).toContain(`hm:${id}`);
    await press(world, lena, `hm:${id}`);
    await press(world, lena, `hm.text:${id}`);
    expect(says(lena)).toContain('Kolibri');
    await forge(world, lena, `hm.yes:${id}`);
    expect(says(lena)).toContain(words(world, 'handovers:desk.taken').trim());
    expect(says(lena)).toContain('Thomas Weiß');
    await passTo('2026-11-25', '09:00');
    await forge(world, lena, `hm.text:${id}`);
    expect(says(lena)).toContain(words(world, 'handovers:desk.gone'));
  });

  it('a team that is empty by then is the coordinators’ affair', async () => {
    const { thomas, karin } = staffOf(world);
    const id = await sendCase(world, amal);
    await write(world, thomas, '/delete');
    await press(world, thomas, 'erase:yes');
    await write(world, karin, '/menu');
    await press(world, karin, 'hk.list:0');
    expect(offered(karin)).toContain(`hk:${id}`);
    expect(everything(karin)).toContain(words(world, 'handovers:nobody'));
    expect(WILDBERG).toBe((await caseOf(world, id)).ags);
  });
});
