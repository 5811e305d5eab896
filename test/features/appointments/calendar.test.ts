import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { berlin } from '../../support/clock.ts';
import { arrive, book, findButton, offered, press } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

/** The newest calendar file in the chat. */
function fileOf(person: SimulatedPerson) {
  const file = person.chat.findLast((one) => one.document !== undefined)?.document;
  const text = file?.text ?? '';
  const calendar = new ICAL.Component(ICAL.parse(text));
  const component = calendar.getFirstSubcomponent('vevent');
  if (component === null) throw new Error('no event in the calendar file');
  return { name: file?.file_name, text, event: new ICAL.Event(component), component };
}

describe.each(LOCALES)('the calendar file for %s', (locale) => {
  it('says when, where and with whom, has an alarm, and says nothing of the subject', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await book(world, amal);
    await press(world, amal, 'card.ics:');
    const { name, text, event, component } = fileOf(amal);
    const booked = await world.db.prisma.appointment.findFirst();
    expect(name).toBe('termin.ics');
    expect(event.startDate.toJSDate()).toEqual(booked?.startsAt);
    expect(event.endDate.toJSDate()).toEqual(booked?.endsAt);
    expect(event.location).toContain('Rathaus Calw');
    expect(event.summary).toContain('Maria Keller');
    expect(component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')?.toString()).toBe('-PT2H');
    expect(text).not.toContain(world.i18n.translator(locale).label('appointments:topic.language').slice(3));
    expect(text).not.toMatch(/[\u200e\u200f\u2066-\u2069]/);
  });
});

describe('the calendar file', () => {
  it('keeps its UID and raises its SEQUENCE when the appointment moves', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    await press(world, amal, 'card.ics:');
    const before = fileOf(amal);
    await press(world, amal, 'mv:');
    await press(world, amal, 'mv.way:');
    await press(world, amal, 'mv.day:');
    await press(world, amal, 'mv.time:');
    await press(world, amal, 'mv.ok:');
    await press(world, amal, 'card.ics:');
    const after = fileOf(amal);
    expect(after.event.uid).toBe(before.event.uid);
    expect([before.event.sequence, after.event.sequence]).toEqual([0, 1]);
    expect(after.event.startDate.toJSDate()).not.toEqual(before.event.startDate.toJSDate());
  });
});

describe('the calendar file of a cancelled appointment', () => {
  it('says CANCELLED with a higher SEQUENCE and rings no bell; the old button still gives it', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    await press(world, amal, 'card.ics:');
    const before = fileOf(amal);
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    world.clock.pass(5);
    await press(world, amal, 'card.ics:');
    const after = fileOf(amal);
    expect(after.event.uid).toBe(before.event.uid);
    expect([before.event.sequence, after.event.sequence]).toEqual([0, 1]);
    expect(before.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(after.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(after.component.getFirstSubcomponent('valarm')).toBeNull();
    expect(amal.chat.findLast((one) => one.document !== undefined)?.caption).toContain('abgesagt');
  });
});

describe('the hour in the calendar is the hour on the clock', () => {
  it.each([
    ['in winter', '2027-03-01', '2027-03-02', '09:00', 'T080000Z'],
    ['in summer', '2027-06-07', '2027-06-08', '09:00', 'T070000Z'],
  ])('%s', async (_, today, day, time, utc) => {
    world.clock.set(berlin(today, '07:30'));
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await toDay(amal, day);
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    await press(world, amal, 'card.ics:');
    const { text, event } = fileOf(amal);
    expect(event.startDate.toJSDate()).toEqual(new Date(berlin(day, time)));
    expect(text).toContain(`DTSTART;TZID=Europe/Berlin:${day.replaceAll('-', '')}T090000`);
    expect(event.startDate.convertToZone(ICAL.Timezone.utcTimezone).toICALString()).toBe(
      `${day.replaceAll('-', '')}${utc}`,
    );
  });
});

/** To the times of one day. */
async function toDay(person: SimulatedPerson, day: string): Promise<void> {
  person.sends('/book');
  await world.settle();
  await press(world, person, 'bk.topic:');
  await press(world, person, 'bk.way:');
  for (let pages = 0; pages < 9 && !offered(person).some((data) => data.includes(`:${day}:`)); pages++) {
    const turn = offered(person).findLast((data) => data.startsWith('bk.way:'));
    await press(world, person, turn ?? '');
  }
  await press(world, person, findButton(person, offered(person).find((data) => data.includes(`:${day}:`)) ?? '-').data);
}
