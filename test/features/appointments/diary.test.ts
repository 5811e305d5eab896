import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import {
  arrive,
  book,
  everything,
  findButton,
  forge,
  offered,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

// Maria receives people in Calw on Monday and Thursday mornings and on Wednesday afternoon; Samira is her colleague.

let world: World;
let maria: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  maria = staffOf(world).maria;
});
afterEach(() => world.stop());

const managerNamed = (name: string) => world.db.prisma.manager.findFirstOrThrow({ where: { name } });
const seriesOn = async (weekday: number) => {
  const { id } = await managerNamed('Maria Keller');
  return world.db.prisma.officeHours.findFirstOrThrow({ where: { weekday, managerId: id } });
};
const booked = () => world.db.prisma.appointment.findMany({ where: { status: 'booked' } });
const goTo = async (...path: readonly string[]) => {
  await write(world, maria, '/menu');
  for (const one of path) await press(world, maria, one);
};
async function guest(name = 'Amal'): Promise<SimulatedPerson> {
  const person = world.person(name);
  await arrive(world, person, 'de');
  return person;
}
/** With an appointment on the Monday of which `goAway` is the first day. */
async function guestInAbsence(): Promise<SimulatedPerson> {
  const person = await guest();
  await write(world, person, '/book');
  await press(world, person, 'bk.topic:');
  await press(world, person, 'bk.way:');
  await press(world, person, offered(person).find((data) => data.includes(':2026-11-30:')) ?? '?');
  await press(world, person, 'bk.time:');
  await press(world, person, 'bk.ok:');
  return person;
}
async function guestWithAppointment(name = 'Amal') {
  const person = await guest(name);
  await book(world, person);
  return person;
}

/** Days on which she is offered a time, whatever page they stand on. */
async function daysFor(person: SimulatedPerson): Promise<readonly string[]> {
  const { actor } = await world.program.services.people.identify(person.id);
  if (actor.kind !== 'refugee') throw new Error('she has not arrived');
  const { appointments } = world.program.services;
  const ways = (await appointments.offeredWays(actor)) ?? [];
  return (await Promise.all(ways.map((way) => appointments.offeredDays(actor, way)))).flat();
}

describe('hours under booked appointments', () => {
  it('are removed only after she has said what becomes of these', async () => {
    const amal = await guestWithAppointment();
    const [one] = await booked();
    const weekday = ((one?.startsAt.getUTCDay() ?? 1) + 6) % 7;
    const series = await seriesOn(weekday + 1);
    await goTo('hours:0', `hours.one:${series.id}`, 'hours.del:');
    expect(says(maria)).toContain(words(world, 'diary:fate.ask').split('|')[0] ?? '');
    expect(await world.db.prisma.officeHours.count({ where: { id: series.id } })).toBe(1);
    const { messageId, data } = findButton(maria, 'hours.del.f:');
    expect(data).toContain(':keep');
    await press(world, maria, `hours.del.f:${series.id}:ill`);
    expect(says(maria)).toContain(words(world, 'diary:hours.removed'));
    expect(everything(amal)).toContain(words(world, 'appointments:reason.ill'));
    expect(await booked()).toEqual([]);
    maria.presses(messageId, data);
    await world.settle();
    expect(says(maria)).toContain(words(world, 'diary:hours.gone'));
  });

  it('keep their appointments if she wants, who are then listed as without office hours', async () => {
    await guestWithAppointment();
    const [one] = await booked();
    const series = await seriesOn((((one?.startsAt.getUTCDay() ?? 1) + 6) % 7) + 1);
    await goTo('hours:0', `hours.one:${series.id}`, 'hours.del:', `hours.del.f:${series.id}:move`);
    expect(offered(maria)).toContain(`appt:${one?.id}`);
    expect(await booked()).toHaveLength(1);
    await goTo('hours:0', 'hours.out:0');
    expect(offered(maria)).toContain(`appt:${one?.id}`);
  });

  it('can be changed in the form, which asks the same', async () => {
    const amal = await guestWithAppointment();
    const [one] = await booked();
    const series = await seriesOn((((one?.startsAt.getUTCDay() ?? 1) + 6) % 7) + 1);
    await goTo('hours:0', `hours.one:${series.id}`, 'hours.edit:', 'hf.f:when');
    for (const typed of ['19:00', '21:00']) await write(world, maria, typed);
    await press(world, maria, 'hf.save');
    expect(says(maria)).toContain(words(world, 'diary:fate.ask').split('|')[0] ?? '');
    await press(world, maria, 'hf.fate:meeting');
    expect(says(maria)).toContain(words(world, 'diary:hours.changed'));
    expect(everything(amal)).toContain(words(world, 'appointments:reason.meeting'));
    expect(await world.db.prisma.officeHours.findUnique({ where: { id: series.id } })).toMatchObject({ from: '19:00' });
  });
});

describe('one day of a series', () => {
  it('is dropped without touching the rest, and becomes usual again', async () => {
    const amal = await guest();
    const monday = await seriesOn(1);
    await goTo('hours:0', `hours.one:${monday.id}`, 'occ:', `occ.day:${monday.id}:2026-11-30`, 'occ.drop:');
    expect(says(maria)).toContain(words(world, 'diary:day.saved'));
    expect((await daysFor(amal)).includes('2026-11-30')).toBe(false);
    expect((await daysFor(amal)).includes('2026-12-07')).toBe(true);
    await goTo('hours:0', `hours.one:${monday.id}`, 'occ:', `occ.day:${monday.id}:2026-11-30`, 'occ.usual:');
    expect((await daysFor(amal)).includes('2026-11-30')).toBe(true);
  });

  it('has other times on one day, but not where other hours are held', async () => {
    const wednesday = await seriesOn(3);
    const { id, managerId } = wednesday;
    const { id: _, weekday: __, ...rest } = wednesday;
    await world.db.prisma.officeHours.create({
      data: { ...rest, id: 'othershours1', weekday: 3, from: '08:00', to: '10:00' },
    });
    await goTo('hours:0', `hours.one:${id}`, 'occ:', `occ.day:${id}:2026-11-25`, 'occ.other:');
    for (const typed of ['9', '11']) await write(world, maria, typed);
    expect(says(maria)).toContain(words(world, 'diary:day.clash').split('|')[0] ?? '');
    await press(world, maria, 'occ.day:');
    await press(world, maria, 'occ.other:');
    for (const typed of ['18:00', '17:00', '20:00']) await write(world, maria, typed);
    expect(says(maria)).toContain(words(world, 'diary:day.saved'));
    const [change] = await world.db.prisma.occurrenceChange.findMany();
    expect(change).toMatchObject({ hoursId: id, from: '18:00', to: '20:00' });
    expect(managerId).toBe((await managerNamed('Maria Keller')).id);
  });
});

describe('public holidays', () => {
  it('can be opened on purpose and closed again', async () => {
    world.clock.set(berlin('2026-12-14', '08:00'));
    await world.settle();
    const amal = await guest();
    const { id: managerId } = await managerNamed('Maria Keller');
    const { id: _, ...monday } = await seriesOn(1);
    await world.db.prisma.officeHours.create({ data: { ...monday, id: 'fridayhours1', managerId, weekday: 5 } });
    expect(await daysFor(amal)).not.toContain('2026-12-25');
    await goTo('hours:0', 'hol:0', 'hol.set:2026-12-25:1');
    expect(offered(maria)).toContain('hol.set:2026-12-25:0');
    expect(await daysFor(amal)).toContain('2026-12-25');
    await press(world, maria, 'hol.set:2026-12-25:0');
    expect(await daysFor(amal)).not.toContain('2026-12-25');
  });
});

describe('an absence', () => {
  /** Away for the whole week of 30 November, with Thomas standing in. */
  async function goAway(deputy: string | null = 'Samira Vogt', kind = 'ill') {
    await goTo('abs:0', 'abs.add', `af.kind:${kind}`, 'af.day:first:2026-11-30');
    await write(world, maria, '04.12.2026');
    const id = deputy === null ? undefined : (await managerNamed(deputy)).id;
    await press(world, maria, id === undefined ? 'af.none' : `af.dep:${id}`);
    await press(world, maria, 'af.save');
  }
  const standIn = async () => (await managerNamed('Samira Vogt')).id;

  it('tells who stands in, offers his times to her people, and never the reason', async () => {
    const amal = await guest();
    const { samira } = staffOf(world);
    await goAway();
    expect(says(maria)).toContain('Samira Vogt');
    expect(everything(samira)).toContain('Sie vertreten Maria Keller');
    expect(everything(samira)).not.toContain(words(world, 'diary:absence.kind.ill'));
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    await press(world, amal, 'bk.way:');
    await press(world, amal, offered(amal).find((data) => data.includes(':2026-12-03:')) ?? '?');
    await press(world, amal, 'bk.time:');
    expect(says(amal)).toContain('Samira Vogt');
    await press(world, amal, 'bk.ok:');
    expect(await booked()).toMatchObject([{ managerId: await standIn() }]);
    expect(everything(samira)).toContain(words(world, 'appointments:staff.booked').split('|')[0] ?? '?');
  });

  it('says on her people’s menu who helps meanwhile', async () => {
    const amal = await guest();
    await goAway();
    world.clock.set(berlin('2026-12-01', '10:00'));
    await world.settle();
    await write(world, amal, '/menu');
    expect(says(amal)).toContain('Samira Vogt');
    world.clock.set(berlin('2026-12-05', '10:00'));
    await world.settle();
    await write(world, amal, '/menu');
    expect(says(amal)).not.toContain('Samira Vogt');
  });

  it('lists the appointments in it; who stands in takes over what he is free for', async () => {
    const amal = await guestInAbsence();
    await goAway();
    expect(says(maria)).toContain(words(world, 'diary:absence.booked').split('|')[0] ?? '?');
    const { messageId, data } = findButton(maria, 'abs.hand:');
    await press(world, maria, 'abs.hand:');
    expect(await booked()).toMatchObject([{ managerId: await standIn(), sequence: 1 }]);
    expect(everything(amal)).toContain('Zu Ihrem Termin kommt Samira Vogt');
    expect(everything(staffOf(world).samira)).toContain(words(world, 'diary:notice.taken-over').split('|')[0] ?? '?');
    maria.presses(messageId, data);
    await world.settle();
    expect(await booked()).toMatchObject([{ sequence: 1 }]);
  });

  it('can cancel everything in it with one reason', async () => {
    const amal = await guestInAbsence();
    await goAway(null);
    expect(says(maria)).toContain(words(world, 'diary:absence.saved-nobody'));
    expect(everything(staffOf(world).karin)).toContain('Maria Keller');
    await press(world, maria, 'abs.no:');
    await press(
      world,
      maria,
      /away$/.test('away') ? (offered(maria).find((data) => data.endsWith(':away')) ?? '?') : '?',
    );
    expect(await booked()).toEqual([]);
    expect(everything(amal)).toContain(words(world, 'appointments:reason.away'));
  });

  it('without anybody who stands in: her people read which office helps meanwhile', async () => {
    const amal = await guest();
    await goAway(null);
    world.clock.set(berlin('2026-12-01', '10:00'));
    await write(world, amal, '/menu');
    expect(says(amal)).toContain(world.program.services.county.facts.office.name);
  });

  it('ends when she says that she is back', async () => {
    await goAway();
    const [absence] = await world.db.prisma.absence.findMany();
    world.clock.set(berlin('2026-12-01', '10:00'));
    await world.settle();
    await goTo('abs:0', `abs.one:${absence?.id}`, 'abs.end:');
    expect(says(maria)).toContain(words(world, 'diary:absence.ended'));
    expect((await world.db.prisma.absence.findMany()).map(({ to }) => to)).toEqual([
      new Date(berlin('2026-12-01', '10:00')),
    ]);
  });

  it('is refused where she is away already, and a deputy who is away too is not offered', async () => {
    await goAway();
    await goTo(
      'abs:0',
      'abs.add',
      'af.kind:leave',
      'af.day:first:2026-11-30',
      'af.day:last:2026-11-30',
      'af.len:whole',
      'af.none',
    );
    await press(world, maria, 'af.save');
    expect(says(maria)).toContain(words(world, 'diary:absence.overlaps').split('|')[0] ?? '?');
    const { samira } = staffOf(world);
    await write(world, samira, '/menu');
    for (const one of [
      'abs:0',
      'abs.add',
      'af.kind:leave',
      'af.day:first:2026-11-30',
      'af.day:last:2026-11-30',
      'af.len:whole',
    ]) {
      await press(world, samira, one);
    }
    expect(says(samira)).toContain('Maria Keller');
    expect(offered(samira)).not.toContain(`af.dep:${(await managerNamed('Maria Keller')).id}`);
  });

  it('of hours only, crossing no midnight, with times typed in any digits', async () => {
    await goTo(
      'abs:0',
      'abs.add',
      'af.kind:training',
      'af.day:first:2026-11-30',
      'af.day:last:2026-11-30',
      'af.len:hours',
    );
    for (const typed of ['٠٩:٠٠', '08:00', '۱۱']) await write(world, maria, typed);
    await press(world, maria, 'af.none');
    await press(world, maria, 'af.save');
    expect(await world.db.prisma.absence.findMany()).toMatchObject([
      { from: new Date(berlin('2026-11-30', '09:00')), to: new Date(berlin('2026-11-30', '11:00')) },
    ]);
  });

  it('shows a colleague’s appointments to who stands in, only while she does', async () => {
    const amal = await guest();
    await goAway();
    world.clock.set(berlin('2026-11-30', '07:00'));
    await world.settle();
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    await press(world, amal, 'bk.way:');
    await press(world, amal, offered(amal).find((data) => data.includes(':2026-12-07:')) ?? '?');
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    const [one] = await booked();
    expect(one?.managerId).toBe((await managerNamed('Maria Keller')).id);
    const { samira } = staffOf(world);
    expect(everything(samira)).toContain(words(world, 'appointments:staff.booked').split('|')[0] ?? '?');
    await press(world, samira, `appt:${one?.id}`);
    expect(offered(samira)).toContain(`appt.no:${one?.id}`);
    world.clock.set(berlin('2026-12-05', '07:00'));
    await world.settle();
    await press(world, samira, `appt.no:${one?.id}`);
    expect(says(samira)).toContain(words(world, 'appointments:staff.gone'));
  });

  it('has nobody when who stands in leaves: the coordinators hear of it', async () => {
    await goAway();
    const { samira, karin } = staffOf(world);
    await write(world, samira, '/delete');
    await press(world, samira, 'erase:');
    expect(everything(karin)).toContain('Maria Keller ist nicht da');
    expect(await world.db.prisma.absence.findMany()).toMatchObject([{ deputyId: null }]);
  });

  it('hands nothing to a deputy who is away herself, and names her to nobody', async () => {
    const amal = await guestInAbsence();
    await goAway();
    const { samira } = staffOf(world);
    const away = {
      kind: 'ill',
      deputyId: undefined,
      from: berlin('2026-11-30', '00:00'),
      to: berlin('2026-12-02', '00:00'),
    } as const;
    await world.program.services.appointments.addAbsence(await actorOf(world, samira, 'manager'), away);
    await press(world, maria, 'abs.hand:');
    expect(says(maria)).toContain('Übernommen: 0');
    expect(says(maria)).toContain('Nicht möglich: 1');
    expect(await booked()).toMatchObject([{ managerId: (await managerNamed('Maria Keller')).id, sequence: 0 }]);
    expect(everything(amal)).not.toContain('Zu Ihrem Termin kommt Samira Vogt');
    world.clock.set(berlin('2026-11-30', '07:00'));
    await world.settle();
    await write(world, amal, '/menu');
    expect(says(amal)).not.toContain('Samira Vogt');
    expect(says(amal)).toContain(world.program.services.county.facts.office.name);
    world.clock.set(berlin('2026-12-02', '09:00'));
    await world.settle();
    await write(world, amal, '/menu');
    // The last day, as who stands in reads it too.
    expect(says(amal)).toContain('Bis Freitag, 04.12.2026 hilft Samira Vogt');
  });

  it.each(LOCALES)('tells who stands in that it is over, in %s: before it began and while it lasts', async (locale) => {
    const { samira } = staffOf(world);
    await write(world, samira, '/language');
    await press(world, samira, `lang.to:${locale}`);
    await goAway();
    await goTo('abs:0', 'abs.one:', 'abs.end:');
    const over = words(world, 'diary:notice.stands-in-no-more', locale);
    expect(says(samira)).toContain(over);
    for (const shown of ['Maria Keller', '30.11.2026', '04.12.2026']) expect(says(samira)).toContain(shown);
    await goAway();
    world.clock.set(berlin('2026-12-01', '10:00'));
    await world.settle();
    await goTo('abs:0', 'abs.one:');
    const { messageId, data } = findButton(maria, 'abs.end:');
    for (const _ of [1, 2]) maria.presses(messageId, data);
    await world.settle();
    expect(everything(samira).split(over)).toHaveLength(3);
  });

  it('tells her people whom they reach: who stands in, and the office where neither is there', async () => {
    const amal = await guestInAbsence();
    await goAway();
    world.clock.set(berlin('2026-11-30', '07:00'));
    await world.settle();
    const { samira } = staffOf(world);
    const office = world.program.services.county.facts.office.name;
    await press(world, amal, 'card.lost:');
    expect(says(amal)).toContain('Samira Vogt weiß jetzt');
    expect(everything(samira)).toContain(words(world, 'appointments:staff.lost'));
    await forge(world, amal, `card.yes:${(await booked())[0]?.id}`);
    expect(says(amal)).toContain('Samira Vogt weiß: Sie kommen');
    await write(world, amal, '/menu');
    await press(world, amal, 'contact');
    expect(says(amal)).toContain('Bis Freitag, 04.12.2026 hilft Samira Vogt');
    await world.db.prisma.officeHours.deleteMany();
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    // Whoever stands in has no telephone: then the office.
    expect(says(amal)).toContain(office);

    const away = { from: berlin('2026-11-30', '00:00'), to: berlin('2026-12-02', '00:00'), kind: 'ill' } as const;
    const actor = await actorOf(world, samira, 'manager');
    await world.program.services.appointments.addAbsence(actor, { ...away, deputyId: undefined });
    await press(world, amal, 'card.lost:');
    expect(says(amal)).toContain(office);
    expect(says(amal)).not.toContain('weiß jetzt');
    await write(world, amal, '/menu');
    await press(world, amal, 'contact');
    expect(says(amal)).toContain(office);
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    expect(says(amal)).toContain(office);
  });

  it.each(LOCALES)('where nobody stands in, her people are not reminded of a closed door, in %s', async (locale) => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await write(world, amal, '/book');
    await press(world, amal, 'bk.topic:');
    await press(world, amal, findButton(amal, 'bk.way:').data.replace(/:\w+:0$/, ':place:0'));
    await press(world, amal, offered(amal).find((data) => data.includes(':2026-12-01:')) ?? '?');
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    await goAway(null);
    expect(everything(staffOf(world).karin)).toContain('In dieser Zeit stehen Termine: 1');
    world.clock.set(berlin('2026-11-30', '16:00'));
    await world.settle();
    expect(says(amal)).toContain('01.12.2026');
    expect(offered(amal)).toContain(`card.yes:${(await booked())[0]?.id}`);
    expect(says(amal)).toContain(world.program.services.county.facts.office.name);
  });

  it('names nobody in a circle: a deputy who goes away later hands on to somebody who is there', async () => {
    await goAway();
    const { samira } = staffOf(world);
    const { appointments, people } = world.program.services;
    const { actor } = await people.identify(samira.id);
    if (actor.kind !== 'manager') throw new Error('she has not joined');
    const within = { from: berlin('2026-11-30', '00:00'), to: berlin('2026-12-02', '00:00') };
    const maria = (await managerNamed('Maria Keller')).id;
    expect(await appointments.addAbsence(actor, { ...within, kind: 'ill', deputyId: maria })).toEqual({
      status: 'deputy-away',
    });
    expect((await appointments.addAbsence(actor, { ...within, kind: 'ill', deputyId: undefined })).status).toBe(
      'added',
    );
    world.clock.set(berlin('2026-12-01', '09:00'));
    // Nobody is there: her people read which office helps.
    expect(await appointments.standIn(maria)).toMatchObject({ name: undefined });
  });

  it('cannot be made twice at once, whatever races', async () => {
    const { appointments, people } = world.program.services;
    const { actor } = await people.identify(maria.id);
    if (actor.kind !== 'manager') throw new Error('she has not joined');
    const draft = {
      from: berlin('2026-11-30', '00:00'),
      to: berlin('2026-12-02', '00:00'),
      kind: 'leave',
      deputyId: undefined,
    } as const;
    const all = await Promise.all(Array.from({ length: 5 }, () => appointments.addAbsence(actor, draft)));
    expect(all.filter(({ status }) => status === 'added')).toHaveLength(1);
    expect(all.filter(({ status }) => status === 'overlaps')).toHaveLength(4);
  });

  it.each([
    ['ends-before-begins', '2026-11-30', '2026-11-29'],
    ['is-over', '2026-11-20', '2026-11-21'],
    ['too-long', '2026-11-30', '2028-01-01'],
  ])('is refused where it %s', async (problem, from, to) => {
    const { appointments, people } = world.program.services;
    const { actor } = await people.identify(maria.id);
    if (actor.kind !== 'manager') throw new Error('she has not joined');
    const draft = { from: berlin(from, '00:00'), to: berlin(to, '00:00'), kind: 'leave', deputyId: undefined } as const;
    expect(await appointments.addAbsence(actor, draft)).toEqual({ status: 'problem', problem });
  });
});
