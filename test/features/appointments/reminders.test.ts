import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { berlin } from '../../support/clock.ts';
import {
  arrive,
  everything,
  findButton,
  offered,
  plainText,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const isReminder = (text: string | undefined) => (text ?? '').includes('🔔');
const reminders = (person: SimulatedPerson) => person.chat.filter((one) => isReminder(one.text));

async function at(day: string, time: string): Promise<void> {
  world.clock.set(berlin(day, time));
  await world.settle();
}

/** Books the first time of that way on that day. */
async function bookOn(person: SimulatedPerson, day: string, way = 'place'): Promise<void> {
  await write(world, person, '/book');
  await press(world, person, 'bk.topic:');
  const data = findButton(person, 'bk.way:').data.split(':');
  await press(world, person, [...data.slice(0, 3), way, '0'].join(':'));
  await press(world, person, offered(person).find((one) => one.includes(`:${day}:`)) ?? 'no such day');
  // Right-to-left keyboards begin at the other end of a row.
  const times = offered(person).filter((one) => one.startsWith('bk.time:'));
  await press(world, person, times.toSorted()[0] ?? 'no time');
  await press(world, person, 'bk.ok:');
}

describe.each(LOCALES)('reminders in %s', (locale) => {
  it('come a day and two hours before, silent about the subject, and are answered with a button', async () => {
    const amal = world.person('Amal', locale);
    await arrive(world, amal, locale);
    await bookOn(amal, '2026-11-26'); // Thursday, 13:30, Rathaus Nagold
    await at('2026-11-25', '13:29');
    expect(reminders(amal)).toHaveLength(0);
    await at('2026-11-25', '13:30');
    expect(reminders(amal)).toHaveLength(1);
    const t = world.i18n.translator(locale);
    const text = plainText(reminders(amal)[0]?.text ?? '');
    expect(text).toContain('13:30');
    expect(text).toContain('Nagold');
    expect(text).not.toContain(plainText(t.label('appointments:topic.language')));
    expect(text).not.toContain('Keller');
    await press(world, amal, 'card.yes:');
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.coming'));
    await at('2026-11-26', '11:29');
    expect(reminders(amal)).toHaveLength(1);
    await at('2026-11-26', '11:30');
    expect(reminders(amal)).toHaveLength(2);
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.cancelled'));
  });
});

describe('a reminder', () => {
  it('is in the language that she reads by then', async () => {
    const amal = world.person('Amal', 'ar');
    await arrive(world, amal, 'ar');
    await bookOn(amal, '2026-11-26');
    await write(world, amal, '/language');
    await press(world, amal, 'lang.to:en');
    await at('2026-11-25', '13:30');
    expect(plainText(reminders(amal)[0]?.text ?? '')).toContain('Thursday');
  });

  it('comes for no cancelled appointment', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await bookOn(amal, '2026-11-26');
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    await at('2026-11-26', '11:30');
    expect(reminders(amal)).toHaveLength(0);
  });

  it('follows an appointment that moves', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await bookOn(amal, '2026-11-26');
    await press(world, amal, 'mv:');
    await press(world, amal, 'mv.way:');
    await press(world, amal, offered(amal).find((data) => data.includes(':2026-11-30:')) ?? '-');
    await press(world, amal, 'mv.time:');
    await press(world, amal, 'mv.ok:');
    await at('2026-11-26', '11:30');
    expect(reminders(amal)).toHaveLength(0);
    await at('2026-11-29', '20:00'); // Monday 08:30: both fall together the evening before
    expect(reminders(amal)).toHaveLength(1);
    expect(reminders(amal)[0]?.text).toContain('30.11.2026');
  });

  it('keeps the quiet hours: for the early morning it comes at eight in the evening', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await bookOn(amal, '2026-11-25'); // Wednesday, 08:30
    const sent: string[] = [];
    for (const [day, time] of [
      ['2026-11-24', '08:29'],
      ['2026-11-24', '08:30'],
      ['2026-11-24', '19:59'],
      ['2026-11-24', '20:00'],
      ['2026-11-24', '23:00'],
      ['2026-11-25', '06:30'],
      ['2026-11-25', '08:29'],
    ] as const) {
      const before = reminders(amal).length;
      await at(day, time);
      if (reminders(amal).length > before) sent.push(`${day} ${time}`);
    }
    expect(sent).toEqual(['2026-11-24 08:30', '2026-11-24 20:00']);
  });

  it('that was missed is not made up for when the appointment is over', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await bookOn(amal, '2026-11-26');
    await at('2026-12-01', '09:00');
    expect(reminders(amal)).toHaveLength(0);
  });

  it('says for a telephone appointment and a home visit how, not where', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await bookOn(amal, '2026-11-26', 'home');
    await at('2026-11-25', '13:30');
    expect(reminders(amal)[0]?.text).toContain('zu Hause');
  });
});

describe('the days on which the clock changes', () => {
  it.each([
    ['forward', '2027-03-22', '2027-03-28', 7],
    ['back', '2027-10-25', '2027-10-31', 7],
  ])(
    '%s: a Sunday appointment is at the hour that the clock shows, its reminders too',
    async (_, today, day, weekday) => {
      await at(today, '07:30');
      const { maria } = staffOf(world);
      await write(world, maria, '/menu');
      await press(world, maria, 'hours:0');
      await press(world, maria, 'hours.add');
      for (const data of [
        'hf.day:7',
        'hf.days',
        'hf.time:from:1400',
        'hf.time:to:1600',
        'hf.way:telephone',
        'hf.ways',
      ]) {
        await press(world, maria, data);
      }
      for (const data of ['hf.f:length', 'hf.min:slot:60', 'hf.min:before:0', 'hf.min:after:0', 'hf.save'])
        await press(world, maria, data);
      expect(weekday).toBe(7);
      const amal = world.person('Amal');
      await arrive(world, amal, 'de');
      await bookOn(amal, day, 'telephone');
      const appointment = await world.db.prisma.appointment.findFirst();
      expect(appointment?.startsAt).toEqual(new Date(berlin(day, '14:00')));
      expect(everything(amal)).toContain('14:00');
      const saturday = `${day.slice(0, 8)}${Number(day.slice(8)) - 1}`;
      await at(saturday, '13:59');
      expect(reminders(amal)).toHaveLength(0);
      await at(saturday, '14:00');
      expect(reminders(amal)).toHaveLength(1);
      await at(day, '11:59');
      expect(reminders(amal)).toHaveLength(1);
      await at(day, '12:00');
      expect(reminders(amal)).toHaveLength(2);
      await press(world, maria, 'menu');
      await press(world, maria, 'diary.now:today');
      expect(offered(maria).filter((data) => data.startsWith('appt:'))).toHaveLength(1);
    },
  );
});
