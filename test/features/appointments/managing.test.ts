import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { berlin } from '../../support/clock.ts';
import {
  arrive,
  book,
  everything,
  offered,
  press,
  says,
  staffOf,
  toSummary,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

async function speaks(person: SimulatedPerson, locale: string): Promise<void> {
  await write(world, person, '/language');
  await press(world, person, `lang.to:${locale}`);
}

describe.each(LOCALES)('a manager who reads %s', (locale) => {
  it('is told in her language, opens the appointment, moves it, cancels it; the refugee rebooks with one tap', async () => {
    const { maria } = staffOf(world);
    await speaks(maria, locale);
    const amal = world.person('Amal', 'fa');
    await arrive(world, amal, 'fa');
    await book(world, amal);
    const t = world.i18n.translator(locale);
    const german = world.i18n.translator('de').label('appointments:staff.open');
    const label = maria.screen()?.buttons.flat().join() ?? '';
    expect(label).toContain(t.label('appointments:staff.open'));
    if (locale !== 'de') expect(label).not.toContain(german);
    await press(world, maria, 'appt:');
    await press(world, maria, 'appt.mv:');
    await press(world, maria, 'appt.mv.day:');
    await press(world, maria, 'appt.mv.ok:');
    await press(world, maria, 'appt.mv.why:');
    const moved = await world.db.prisma.appointment.findFirst();
    expect(moved?.sequence).toBe(1);
    expect(everything(amal)).toContain('Maria Keller');
    expect(amal.chat.filter((one) => one.venue !== undefined)).toHaveLength(2);
    await press(world, maria, 'appt:');
    await press(world, maria, 'appt.no:');
    await press(world, maria, 'appt.no.ok:');
    expect((await world.db.prisma.appointment.findFirst())?.status).toBe('cancelled');
    const persian = world.i18n.translator('fa');
    const reason = persian('appointments:reason.ill').replace(/[\u2066-\u2069\u200f]/g, '');
    expect(says(amal)).toContain(reason);
    expect(offered(amal).filter((data) => data.startsWith('bk.time:'))).toHaveLength(3);
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    expect(await world.db.prisma.appointment.count({ where: { status: 'booked' } })).toBe(1);
  });
});

describe('the diary', () => {
  it('shows today, tomorrow and this week, and leads to the days around', async () => {
    const { maria } = staffOf(world);
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    await book(world, amal, 'home');
    const counts = async (data: string) => {
      await write(world, maria, '/menu');
      await press(world, maria, data);
      return offered(maria).filter((one) => one.startsWith('appt:')).length;
    };
    expect(await counts('diary.now:today')).toBe(1);
    expect(await counts('diary.now:tomorrow')).toBe(0);
    expect(says(maria)).toContain(words(world, 'appointments:diary.empty'));
    await press(world, maria, 'diary:2026-11-23:1');
    expect(offered(maria).filter((one) => one.startsWith('appt:'))).toHaveLength(1);
    expect(await counts('diary.now:week')).toBe(2);
    await press(world, maria, 'diary:2026-11-30:7');
    expect(says(maria)).toContain(words(world, 'appointments:diary.empty'));
    await press(world, maria, 'diary:2026-11-23:7');
    await press(world, maria, 'appt:');
    expect(says(maria)).toContain('Nr.');
    expect(says(maria)).not.toContain(words(world, 'appointments:topic.language'));
  });

  it('names a holiday', async () => {
    world.clock.set(berlin('2026-12-24', '09:00'));
    const { maria } = staffOf(world);
    await write(world, maria, '/menu');
    await press(world, maria, 'diary.now:tomorrow');
    expect(says(maria)).toContain(words(world, 'appointments:diary.holiday'));
  });

  it('has room for a whole week of appointments, a page at a time', async () => {
    for (let index = 0; index < 5; index++) {
      const person = world.person(`R${index}`);
      await arrive(world, person, 'de');
      await book(world, person);
      await book(world, person);
    }
    const { maria } = staffOf(world);
    await write(world, maria, '/menu');
    await press(world, maria, 'diary.now:week');
    const first = offered(maria).filter((one) => one.startsWith('appt:'));
    expect(first).toHaveLength(7);
    await press(world, maria, 'diary:2026-11-23:7:1');
    const second = offered(maria).filter((one) => one.startsWith('appt:'));
    expect(new Set([...first, ...second]).size).toBe(10);
  });
});

describe('a cancellation by the manager', () => {
  it('tells no reason where she gave none, and frees the time', async () => {
    const { maria } = staffOf(world);
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    await press(world, maria, 'appt:');
    await press(world, maria, 'appt.no:');
    const unsaid = offered(maria).find((data) => data.endsWith(':unsaid')) ?? '-';
    await press(world, maria, unsaid);
    expect(says(amal)).toContain(words(world, 'appointments:cancelled-by-manager.next'));
    expect(says(amal)).not.toContain(words(world, 'appointments:reason.ill'));
    await toSummary(world, amal);
    expect(says(amal)).toContain('Montag, 23.11.2026');
  });

  it('pressed twice is told once, and cannot be taken for the refugee’s', async () => {
    const { maria } = staffOf(world);
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    await press(world, maria, 'appt:');
    await press(world, maria, 'appt.no:');
    const message = maria.chat.findLast((one) => one.fromBot)?.message_id ?? 0;
    const data = offered(maria).find((one) => one.endsWith(':ill')) ?? '-';
    maria.presses(message, data);
    maria.presses(message, data);
    await world.settle();
    expect(everything(amal).split(words(world, 'appointments:cancelled-by-manager.next'))).toHaveLength(2);
    await press(world, amal, 'card.lost:');
    expect(everything(amal)).toContain(words(world, 'appointments:gone'));
  });
});

describe('an appointment that is moved by both at once', () => {
  it('ends at one time, and the other is told that it has changed', async () => {
    const { maria } = staffOf(world);
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    await book(world, amal);
    await press(world, maria, 'appt:');
    await press(world, maria, 'appt.mv:');
    await press(world, maria, 'appt.mv.day:');
    await press(world, maria, 'appt.mv.ok:');
    await press(world, amal, 'mv:');
    await press(world, amal, 'mv.way:');
    await press(world, amal, offered(amal).find((data) => data.includes(':2026-11-25:')) ?? '-');
    await press(world, amal, 'mv.time:');
    const both = [
      [maria, 'appt.mv.why:'],
      [amal, 'mv.ok:'],
    ] as const;
    for (const [person, prefix] of both) {
      const message = person.chat.findLast((one) => one.fromBot)?.message_id ?? 0;
      person.presses(message, offered(person).find((data) => data.startsWith(prefix)) ?? '-');
    }
    await world.settle();
    const [one] = await world.db.prisma.appointment.findMany();
    const told = [maria, amal].map((person) => everything(person));
    const day = (one?.startsAt ?? new Date(0)).toISOString().slice(8, 10);
    for (const text of told) expect(text).toContain(`${day}.11.2026`);
  });
});
