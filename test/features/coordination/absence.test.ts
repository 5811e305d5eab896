import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatClock, formatDay } from '../../../src/platform/date-formats.ts';
import { day, dayOf, fromDate } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import {
  buttonsOf,
  everything,
  findButton,
  forge,
  offered,
  plainText,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';
import * as diary from '../outreach/office.ts';
import { colleague, managerId } from './office.ts';

// A manager is ill and cannot enter it: her coordinator does.

let world: World;
let karin: SimulatedPerson;
let maria: SimulatedPerson;
let mariaId: string;
beforeEach(async () => {
  world = await createWorld();
  ({ karin, maria } = staffOf(world));
  mariaId = await managerId(world, 'Maria Keller');
});
afterEach(() => world.stop());

async function toForm(by = karin): Promise<void> {
  await write(world, by, '/menu');
  await press(world, by, 'ko.team:0');
  await press(world, by, `ko.man:${mariaId}`);
  await press(world, by, `ko.ab:${mariaId}:0`);
  await press(world, by, 'ko.ab.add:');
}
/** Ill from that day on for a week, with this deputy or nobody. */
async function enters(deputy: string | undefined, first = '24.11.2026', last = '01.12.2026'): Promise<void> {
  await toForm();
  await write(world, karin, first);
  await write(world, karin, last);
  await press(world, karin, deputy === undefined ? 'af.none' : `af.dep:${deputy}`);
  await press(world, karin, 'af.save');
}
/** To the times of a day on which somebody of that absence may come instead. */
async function toTimes(): Promise<void> {
  for (const step of ['one', 'all', 'a', 'a.d', 'a.t']) await press(world, karin, `ko.ab.${step}:`);
}
const moment = (at: Date) => `${formatDay('de', dayOf(fromDate(at)))}, 🕘 ${formatClock(fromDate(at))}`;
const absence = () => world.db.prisma.absence.findFirst({ where: { managerId: mariaId } });
const log = async () => (await world.db.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ kind }) => kind);

/** One of Maria's people, with an appointment in it. */
const booked = async (name: string): Promise<SimulatedPerson> =>
  (await diary.booked(world, name, '2026-11-25', '08:30')).person;

describe.each(LOCALES)('a coordinator who reads %s', (locale) => {
  it('enters it with a named deputy; the manager is told, the deputy too, and it stands in the log', async () => {
    const olga = await colleague(world, 'Olga Sommer', { hours: 'like-maria' });
    await write(world, karin, '/language');
    await press(world, karin, `lang.to:${locale}`);
    await enters(olga.id);
    expect(says(karin)).toContain('Olga Sommer');
    expect(await absence()).toMatchObject({ kind: 'other', deputyId: olga.id });
    expect(everything(maria)).toContain(words(world, 'coordination:absence.told'));
    expect(everything(olga.person)).toContain('Sie vertreten');
    expect(await log()).toContain('absence-added');
    await write(world, karin, '/menu');
    await press(world, karin, 'ko');
    await press(world, karin, 'ko.log:0');
    expect(says(karin)).toContain('Maria Keller');
    // The manager opens it from the message, and can take it back.
    await press(world, maria, 'abs.one:');
    await press(world, maria, 'abs.end:');
    expect(await absence()).toBeNull();
  });
});

describe('what is booked in it', () => {
  it('is taken over by the deputy; the person is told who comes, and is never stuck', async () => {
    const amal = await booked('Amal');
    const olga = await colleague(world, 'Olga Sommer');
    await enters(olga.id);
    expect(says(karin)).toContain('In dieser Zeit stehen Termine: 1');
    await press(world, karin, 'ko.ab.hand:');
    expect(says(karin)).toContain('Übernommen: 1');
    expect((await world.db.prisma.appointment.findFirst())?.managerId).toBe(olga.id);
    expect(everything(amal)).toContain('Zu Ihrem Termin kommt Olga Sommer');
    expect(await log()).toContain('absence-handed');
    expect(says(maria)).toContain('Die Koordination hat für Sie etwas geändert');
    expect(says(maria)).toContain('Termine an Ihre Vertretung: 1');
  });

  it('is listed by number only, and one of it is taken over, moved or cancelled', async () => {
    const amal = await booked('Amal');
    const olga = await colleague(world, 'Olga Sommer', { hours: 'like-maria' });
    await enters(olga.id);
    await press(world, karin, 'ko.ab.all:');
    await press(world, karin, 'ko.ab.a:');
    expect(
      offered(karin)
        .filter((data) => data.startsWith('ko.ab.a.'))
        .map((data) => data.split(':')[0]),
    ).toEqual(['ko.ab.a.h', 'ko.ab.a.d', 'ko.ab.a.n']);
    await press(world, karin, 'ko.ab.a.d:');
    await press(world, karin, offered(karin).filter((data) => data.startsWith('ko.ab.a.t:'))[2] ?? '-');
    await press(world, karin, 'ko.ab.a.m:');
    expect(says(karin)).toContain(words(world, 'appointments:staff.move-done'));
    const after = await world.db.prisma.appointment.findFirstOrThrow();
    expect(after.sequence).toBe(1);
    // When it is now, and with whom.
    expect(says(karin)).toContain(moment(after.startsAt));
    const place = await world.db.prisma.place.findUniqueOrThrow({ where: { id: after.placeId ?? '' } });
    expect(says(karin)).toContain(`📍 ${place.name}`);
    expect(says(karin)).toContain('Vertretung: Olga Sommer');
    expect(everything(amal)).toContain(words(world, 'appointments:reason.away'));
    expect(everything(amal)).not.toContain(words(world, 'appointments:reason.ill'));
    expect(await log()).toContain('absence-moved');
    // The manager is told whose it is now.
    const told = maria.chat.findLast(({ text }) => text?.includes('Termin verschoben'));
    expect(plainText(told?.text ?? '')).toMatch(/^🧳 Die Koordination hat[\s\S]+Bisher: .*25\.11/);
    expect(plainText(told?.text ?? '')).toContain('Vertretung: Olga Sommer');
    expect(buttonsOf(told).some(({ data }) => data.startsWith('appt:'))).toBe(false);
  });

  it('is cancelled after a question, with the next free times of who stands in', async () => {
    const amal = await booked('Amal');
    const olga = await colleague(world, 'Olga Sommer', { hours: 'like-maria' });
    await enters(olga.id);
    await press(world, karin, 'ko.ab.no:');
    expect(says(karin)).toContain(words(world, 'coordination:absence.off-ask'));
    await press(world, karin, 'ko.ab.no.ok:');
    expect((await world.db.prisma.appointment.findFirst())?.status).toBe('cancelled');
    expect(everything(amal)).toContain(words(world, 'appointments:reason.away'));
    expect(offered(amal).some((data) => data.startsWith('bk.time:'))).toBe(true);
    expect(await log()).toContain('absence-off');
    expect(says(maria)).toContain('Termine abgesagt: 1');
    // Pressed again: nothing is left, and it says so.
    await forge(world, karin, `ko.ab.no.ok:${(await absence())?.id}`);
    expect(says(karin)).toContain('Abgesagt: 0');
    expect((await log()).filter((one) => one === 'absence-off')).toHaveLength(1);
  });

  it('moved to a time of her own, the manager opens it from the message', async () => {
    await booked('Amal');
    await enters(undefined);
    await toTimes();
    await press(world, karin, 'ko.ab.a.m:');
    expect(says(karin)).toContain(words(world, 'appointments:staff.move-done'));
    expect(says(maria)).toContain('Die Koordination hat für Sie etwas geändert');
    await press(world, maria, 'appt:');
    expect(says(maria)).not.toContain(words(world, 'appointments:staff.gone'));
    expect((await world.db.prisma.appointment.findFirst())?.managerId).toBe(mariaId);
  });

  it('what cannot be written down is not done: neither a handing over nor a move', async () => {
    await booked('Amal');
    const olga = await colleague(world, 'Olga Sommer', { hours: 'like-maria' });
    await enters(olga.id);
    const before = await world.db.prisma.appointment.findFirst();
    const by = await actorOf(world, karin, 'coordinator');
    const id = (await absence())?.id ?? '';
    const { coordination } = world.program.services;
    const one = (await coordination.cover(by, id))?.appointments[0];
    if (one === undefined) throw new Error('nothing is booked');
    const slots = await coordination.freeTimesOut(one, (await coordination.freeDaysOut(one))[2] ?? day('2026-11-26'));
    const notices = await world.db.prisma.notice.count();
    await world.db.sql(`CREATE FUNCTION no_more() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no more''; END'`);
    await world.db.sql('CREATE TRIGGER no_more BEFORE INSERT ON audit_entry EXECUTE FUNCTION no_more()');
    await expect(coordination.handOut(by, id)).rejects.toThrow();
    await expect(
      coordination.moveOut(by, id, one.id, { way: one.way, startsAt: slots[0]?.startsAt ?? one.startsAt }),
    ).rejects.toThrow();
    expect(await world.db.prisma.appointment.findFirst()).toEqual(before);
    expect(await world.db.prisma.notice.count()).toBe(notices);
    await world.db.sql('DROP TRIGGER no_more ON audit_entry');
    await world.db.sql('DROP FUNCTION no_more');
    expect(await coordination.handOut(by, id)).toEqual({ handed: 1, left: 0 });
  });

  it('a time that somebody took meanwhile, or none at all, is said as it is, with the way to other days', async () => {
    await booked('Amal');
    await enters(undefined);
    await toTimes();
    const { messageId, data } = findButton(karin, 'ko.ab.a.m:');
    await world.db.prisma.officeHours.deleteMany({ where: { managerId: mariaId } });
    karin.presses(messageId, data);
    await world.settle();
    expect(says(karin)).toContain(words(world, 'appointments:staff.taken'));
    await press(world, karin, 'ko.ab.a.d:');
    expect(says(karin)).toContain(words(world, 'coordination:absence.none-free'));
    expect(says(karin)).not.toContain('Ihren Sprechzeiten');
    await press(world, karin, 'ko.ab.a:');
    expect(offered(karin).some((one) => one.startsWith('ko.ab.a.n:'))).toBe(true);
  });

  it('an old button of one that is gone says so', async () => {
    const amal = await booked('Amal');
    await enters(undefined);
    await press(world, karin, 'ko.ab.one:');
    await press(world, karin, 'ko.ab.all:');
    await press(world, karin, 'ko.ab.a:');
    const refugee = await actorOf(world, amal, 'refugee');
    const { appointments } = world.program.services;
    for (const { id } of await appointments.mine(refugee)) await appointments.cancel(refugee, id);
    await press(world, karin, 'ko.ab.a.n:');
    expect(says(karin)).toContain(words(world, 'appointments:staff.gone'));
  });
});

describe('without a deputy', () => {
  it('the coordinators are told with the way to name one, who is told then, and new people see her', async () => {
    const olga = await colleague(world, 'Olga Sommer', { hours: 'like-maria' });
    await enters(undefined);
    expect(everything(karin)).toContain('Es fehlt eine Vertretung');
    await press(world, karin, 'ko.ab.one:');
    await press(world, karin, 'ko.ab.who:');
    await press(world, karin, `ko.ab.dep:${(await absence())?.id}:${olga.id}`);
    expect((await absence())?.deputyId).toBe(olga.id);
    expect(says(karin)).toContain('Vertretung: Olga Sommer');
    expect(everything(olga.person)).toContain('Sie vertreten');
    expect(says(maria)).toContain('Vertretung: Olga Sommer');
    expect(await log()).toContain('absence-deputy');
    // A second name changes nothing.
    await forge(world, karin, `ko.ab.dep:${(await absence())?.id}:${mariaId}`);
    expect((await absence())?.deputyId).toBe(olga.id);
  });

  it('somebody who is away herself cannot be named', async () => {
    const olga = await colleague(world, 'Olga Sommer');
    await enters(undefined);
    const { appointments } = world.program.services;
    const row = await absence();
    if (row === null) throw new Error('no absence');
    await appointments.addAbsence(await actorOf(world, olga.person, 'manager'), {
      kind: 'leave',
      deputyId: undefined,
      from: row.from.getTime() as never,
      to: row.to.getTime() as never,
    });
    await forge(world, karin, `ko.ab.dep:${row.id}:${olga.id}`);
    expect(everything(karin)).toContain(words(world, 'coordination:absence.deputy-away'));
    expect((await absence())?.deputyId).toBeNull();
  });
});

describe('the form', () => {
  it('asks again after what cannot be, keeps what was entered, and goes back screen by screen', async () => {
    await toForm();
    await write(world, karin, 'morgen');
    expect(says(karin)).toContain(words(world, 'diary:hours.not-a-day'));
    await write(world, karin, '01.01.2020');
    expect(says(karin)).toContain(words(world, 'diary:hours.past-day'));
    await write(world, karin, '24.11.2026');
    await write(world, karin, '23.11.2026');
    expect(says(karin)).toContain(words(world, 'diary:absence.problem.ends-before-begins'));
    await write(world, karin, '25.11.2026');
    await press(world, karin, 'af.back');
    await press(world, karin, 'af.back');
    await press(world, karin, 'af.back');
    expect(offered(karin).some((data) => data.startsWith('ko.ab.add:'))).toBe(true);
    expect(await absence()).toBeNull();
  });

  it('refuses a second absence in the same time, with the reason', async () => {
    await enters(undefined);
    await enters(undefined, '26.11.2026', '27.11.2026');
    expect(says(karin)).toContain('schon eine Abwesenheit eingetragen');
    expect(await world.db.prisma.absence.count()).toBe(1);
  });

  it('saved twice is one absence', async () => {
    await toForm();
    await write(world, karin, '24.11.2026');
    await write(world, karin, '25.11.2026');
    await press(world, karin, 'af.none');
    const message = karin.chat.findLast((one) => one.fromBot);
    for (const _ of [1, 2]) karin.presses(message?.message_id ?? 0, 'af.save');
    await world.settle();
    expect(await world.db.prisma.absence.count()).toBe(1);
    expect((await log()).filter((one) => one === 'absence-added')).toHaveLength(1);
  });
});

it('she ends it; the manager is told and her times are free again', async () => {
  await enters(undefined);
  await press(world, karin, 'ko.ab.one:');
  await press(world, karin, 'ko.ab.end:');
  expect(await absence()).toBeNull();
  expect(everything(maria)).toContain(words(world, 'coordination:absence.lifted'));
  expect(await log()).toContain('absence-ended');
  await forge(world, karin, 'ko.ab.end:zzzzzzzzzzzz');
  expect(says(karin)).toContain(words(world, 'diary:absence.gone'));
});

it('a coordinator of another carrier finds nothing of it', async () => {
  await enters(undefined);
  const rita = world.person('Rita');
  await joinBy(world, rita, await inviteFor(world, draftOf.coordinator('Rita Wolf', 'verbund')));
  const id = (await absence())?.id;
  for (const data of [`ko.ab:${mariaId}:0`, `ko.ab.add:${mariaId}`, `ko.ab.one:${id}`, `ko.ab.end:${id}`]) {
    await forge(world, rita, data);
    expect(says(rita)).not.toContain('Maria');
  }
  expect(await absence()).not.toBeNull();
});
