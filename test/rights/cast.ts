import { day } from '../../src/platform/datetime.ts';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import { draftOf, inviteFor, joinBy, memberOf } from '../support/builders.ts';
import { aRecord, listCourses } from '../support/courses.ts';
import { askConsent, openConsent, writeCase } from '../support/handovers.ts';
import { arrive, book, findButton, forge, press, signUndertaking, staffOf, words, write } from '../support/walks.ts';
import { createWorld, type World } from '../support/world.ts';

// Who is there, and whose things the matrix is about. Towards these things everybody has one place: own, another's circle,
// another carrier, removed.

export const NICKNAME = 'Zaunkönig';
export const ADDRESS = 'Rotkehlchenweg 7, 75365 Calw';
export const CASE_TEXT = 'Die Nachtigall braucht Hilfe.';
const CALW = '08235085';

export const STRANGERS = ['a stranger', 'somebody who waits for a role', 'a counsellor'] as const;
export const REFUGEES = ['another refugee', 'the refugee of the appointment', 'the refugee of the cases'] as const;
export const VOLUNTEERS = [
  'the volunteer',
  'the speaker of her circle',
  'a volunteer of another circle',
  'a volunteer who has not signed',
  'a volunteer who was removed',
] as const;
export const MANAGERS = [
  'the manager',
  'a manager of the same carrier, elsewhere',
  'a manager of another carrier',
  'a manager who has left',
] as const;
export const COORDINATORS = [
  'the coordinator of the carrier',
  'a coordinator of another carrier',
  'the coordinator of the county',
] as const;
export type Who =
  | (typeof STRANGERS)[number]
  | (typeof REFUGEES)[number]
  | (typeof VOLUNTEERS)[number]
  | (typeof MANAGERS)[number]
  | (typeof COORDINATORS)[number];

/** What the buttons name, or the same of something that never was. */
export interface Named {
  readonly appointment: string;
  readonly hours: string;
  readonly absence: string;
  readonly offer: string;
  readonly invitation: string;
  readonly outreach: string;
  readonly sending: string;
  /** A refugee's, which names her towards her manager. */
  readonly number: string;
  readonly invite: string;
  readonly feed: string;
  readonly token: string;
  readonly minute: string;
  /** Cases of one volunteer: a draft, one that waits for its team, one that is accepted, one whose yes was taken back. */
  readonly draft: string;
  readonly sent: string;
  readonly taken: string;
  readonly revoked: string;
  readonly circle: string;
  readonly volunteer: string;
  readonly manager: string;
  readonly person: string;
  readonly move: string;
  readonly ags: string;
  readonly place: string;
  readonly coordinator: string;
  readonly call: string;
  /** A message that the manager was sent. */
  readonly notice: string;
  /** A refugee's saved wish for a course, and a reminder of one. */
  readonly wish: string;
  readonly reminder: string;
}
const NONE = 'zzzzzzzzzzzz';
export const NEVER: Named = {
  ...{ appointment: NONE, hours: NONE, absence: NONE, offer: NONE, invitation: NONE, outreach: NONE, sending: NONE },
  ...{ invite: NONE, feed: NONE, draft: NONE, sent: NONE, taken: NONE, revoked: NONE, circle: NONE, volunteer: NONE },
  ...{ manager: NONE, person: NONE, move: NONE, place: NONE, coordinator: NONE, call: NONE },
  ...{ wish: NONE, reminder: NONE },
  number: '1',
  token: 'z'.repeat(32),
  minute: 'htwcu',
  ags: '99999999',
  notice: '999999999',
};

export interface Cast {
  readonly world: World;
  readonly named: Named;
  /** What nobody reads but whom it belongs to, or who may. */
  readonly secrets: readonly string[];
  readonly people: Readonly<Record<Who, SimulatedPerson>>;
}

/** Everybody has joined, booked, handed over, and some have gone. */
export async function assemble(): Promise<Cast> {
  const world = await createWorld();
  const { maria, thomas, samira, jutta, karin } = staffOf(world);
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await press(world, amal, 'data');
  await press(world, amal, 'nick:ask');
  await write(world, amal, NICKNAME);
  await book(world, amal, 'home');
  await press(world, amal, 'card.addr:');
  await write(world, amal, ADDRESS);
  const omar = world.person('Omar');
  await arrive(world, omar, 'de');
  const join = async (name: string, draft: Parameters<typeof inviteFor>[1], by?: SimulatedPerson) => {
    const person = world.person(name);
    await joinBy(world, person, await inviteFor(world, draft, by));
    return person;
  };
  const rita = await join('Rita', draftOf.coordinator('Rita Wolf', 'verbund'));
  const lena = await join('Lena', draftOf.coordinator('Lena Horn', 'landratsamt'));
  const used = await inviteFor(world, draftOf.volunteer());
  const eva = world.person('Eva');
  await joinBy(world, eva, used);
  const paul = await join('Paul', draftOf.manager(), karin);
  const invite = findButton(karin, 'inv.ok:').data.split(':')[1] ?? '';

  const ofCircle = (name: string) => ({
    ...draftOf.volunteer(name),
    circle: { name: 'Kreis Calw', municipalities: [CALW] },
  });
  const berta = await join('Berta', ofCircle('Berta Kranz'));
  const frida = await join('Frida', ofCircle('Frida Dorn'));
  const gerda = await join('Gerda', ofCircle('Gerda Moos'));
  for (const one of [berta, frida, gerda, jutta]) await signUndertaking(world, one);
  const volunteerId = async (name: string) =>
    (await world.db.prisma.volunteer.findFirstOrThrow({ where: { name } })).id;
  await forge(world, karin, `circle.voice:${await volunteerId('Frida Dorn')}:yes`);
  const removed = await volunteerId('Gerda Moos');
  await forge(world, karin, `circle.out:${removed}:yes`);

  const sara = world.person('Sara', 'de');
  const agreed = async (chosen: string): Promise<string> => {
    const id = await writeCase(world, berta, { town: 'Calw', text: CASE_TEXT, kind: 'referral' });
    await openConsent(world, sara, await askConsent(world, berta, id), 'de');
    const { data } = findButton(sara, 'hc.yes:');
    // The stamp of what she has read comes last.
    await forge(world, sara, data.replace(/:[^:]*(:[^:]*)$/, `:${chosen}$1`));
    return id;
  };
  const revoked = await agreed('t');
  await forge(world, sara, `hr.over:${revoked}:yes`);
  const taken = await agreed('tdb');
  await forge(world, maria, `hm.yes:${taken}`);
  const sent = await agreed('t');
  const draft = await writeCase(world, berta, { town: 'Calw', text: CASE_TEXT });
  await world.db.prisma.handover.update({ where: { id: sent }, data: { escalatedAt: new Date(world.clock.now()) } });

  await forge(world, amal, 'g.c4:de:a:any:0705112345678');
  const esther = world.telegram.person({ id: 700006, firstName: 'Esther' });
  await world.db.prisma.manager.updateMany({ where: { name: 'Esther Braun' }, data: { leftAt: new Date() } });

  const appointment = await world.db.prisma.appointment.findFirstOrThrow();
  const { managerId } = appointment;
  const refugeeId = appointment.refugeeId ?? '';
  const now = new Date(world.clock.now());
  const answerBy = new Date(world.clock.now() + 7_200_000);
  await world.db.prisma.caseloadMove.create({
    data: { id: 'move00000000', reason: 'one', carrierId: 'landratsamt', key: 'k', doneAt: now },
  });
  const hours = await world.db.prisma.officeHours.findFirstOrThrow({ where: { managerId, weekday: 5 } });
  const absence = await world.db.prisma.absence.create({
    data: {
      id: 'absenceofhers',
      managerId,
      from: new Date('2027-03-01T00:00:00Z'),
      to: new Date('2027-03-08T00:00:00Z'),
    },
  });
  await world.db.prisma.slotOffer.create({
    data: {
      id: 'offerofamal1',
      managerId,
      appointmentId: appointment.id,
      refugeeId,
      startsAt: new Date(appointment.startsAt.getTime() - 3_600_000),
      way: 'home',
      offeredAt: now,
      answerBy,
      status: 'open',
    },
  });
  await world.db.prisma.earlierWish.create({ data: { appointmentId: appointment.id, refugeeId, since: now } });
  const outreach = { managerId, way: 'place', createdAt: now };
  await world.db.prisma.outreach.create({
    data: {
      ...outreach,
      id: 'sendingofher',
      sentAt: now,
      invitations: { create: { id: 'invitedamal1', refugeeId, status: 'open', expiresAt: answerBy } },
    },
  });
  await world.db.prisma.outreach.create({
    data: { ...outreach, id: 'draftofmaria', invitations: { create: { id: 'pickedamal12', refugeeId } } },
  });
  await forge(world, maria, 'feed.make:none');
  await forge(world, amal, 'co.tell:rxxn10h');
  await listCourses(world, [aRecord({ title: 'Deutsch', registerUntil: day('2027-02-01') })]);
  const course = await world.db.prisma.offering.findFirstOrThrow();
  await forge(world, amal, `co.rem:${course.id}:xxxn0h:0:yes`);
  const feed = await world.db.prisma.calendarFeed.findFirstOrThrow();
  const named: Named = {
    appointment: appointment.id,
    hours: hours.id,
    absence: absence.id,
    offer: 'offerofamal1',
    invitation: 'invitedamal1',
    outreach: 'draftofmaria',
    sending: 'sendingofher',
    number: String((await world.db.prisma.refugee.findUniqueOrThrow({ where: { personId: refugeeId } })).number),
    invite,
    feed: feed.id,
    token: used,
    manager: managerId,
    person: refugeeId,
    move: 'move00000000',
    ags: appointment.ags,
    place: 'rathaus-calw',
    coordinator: (await world.db.prisma.coordinator.findFirstOrThrow({ where: { name: 'Lena Horn' } })).id,
    notice: String((await world.db.prisma.notice.findFirstOrThrow({ where: { status: 'sent', kind: 'booked' } })).id),
    minute: Math.floor(Date.parse('2026-12-03T12:30:00Z') / 60_000).toString(36),
    ...{ draft, sent, taken, revoked },
    circle: (await world.db.prisma.circle.findUniqueOrThrow({ where: { name: 'Kreis Calw' } })).id,
    volunteer: await volunteerId('Berta Kranz'),
    call: (await world.db.prisma.callRequest.findFirstOrThrow()).id,
    wish: (await world.db.prisma.courseWish.findFirstOrThrow()).id,
    reminder: (await world.db.prisma.courseReminder.findFirstOrThrow()).id,
  };
  const member = await memberOf(world, amal);
  return {
    world,
    named,
    secrets: [
      ...[NICKNAME, ADDRESS, words(world, 'appointments:topic.language'), CASE_TEXT, '0705112345678', 'Paul Maier'],
      ...['Berta Kranz', 'Kreis Calw'],
      ...(member.kind === 'refugee' ? [`Nr. ${member.number}`] : []),
    ],
    people: {
      'a stranger': world.person('Neu'),
      'somebody who waits for a role': paul,
      'a counsellor': world.telegram.person({ id: 700010, firstName: 'Ruth' }),
      'another refugee': omar,
      'the refugee of the appointment': amal,
      'the refugee of the cases': sara,
      'the volunteer': berta,
      'the speaker of her circle': frida,
      'a volunteer of another circle': jutta,
      'a volunteer who has not signed': eva,
      'a volunteer who was removed': gerda,
      'the manager': maria,
      'a manager of the same carrier, elsewhere': samira,
      'a manager of another carrier': thomas,
      'a manager who has left': esther,
      'the coordinator of the carrier': lena,
      'a coordinator of another carrier': rita,
      'the coordinator of the county': karin,
    },
  };
}
