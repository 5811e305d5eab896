import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import {
  arrive,
  book,
  everything,
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

let world: World;
let amal: SimulatedPerson;
const start = async (locale: (typeof LOCALES)[number] = 'de') => {
  // A Wednesday noon: the first free time is Thursday 13:30 in the town hall of Nagold.
  world = await createWorld({ now: berlin('2026-11-25', '12:00') });
  amal = world.person('Amal', locale);
  await arrive(world, amal, locale);
};
afterEach(() => world.stop());

async function at(day: string, time: string): Promise<void> {
  world.clock.set(berlin(day, time));
  await world.settle();
}

/** Reminders that wait to be sent, by when they are due. */
const owed = async () => {
  const rows = await world.db.prisma.notice.findMany({
    where: { kind: { startsWith: 'reminder-' }, status: 'pending' },
    orderBy: { dueAt: 'asc' },
  });
  return rows.map(({ kind, dueAt }) => `${kind.slice('reminder-'.length)} ${dueAt.toISOString().slice(5, 16)}`);
};

async function wishes(...data: readonly string[]): Promise<void> {
  await write(world, amal, '/menu');
  await press(world, amal, 'data');
  await press(world, amal, 'rem:-');
  for (const one of data) await press(world, amal, one);
}

describe.each(LOCALES)('the screen of reminders in %s', (locale) => {
  beforeEach(() => start(locale));

  it('is reached from her data and from the card, says what she has chosen, and leads back', async () => {
    const t = world.i18n.translator(locale);
    await wishes('rem.lead:-:day-before:no', 'rem.lead:-:soon:no');
    expect(says(amal)).toContain(plainText(t('day:wishes.none')));
    await press(world, amal, 'rem.eve:-:ask');
    await press(world, amal, 'rem.eve:-:1900');
    expect(says(amal)).toContain('19:00');
    await press(world, amal, 'rem.quiet:-:ask');
    await press(world, amal, 'rem.quiet:-:2200');
    await press(world, amal, 'rem.quiet.to:-:2200:0900');
    expect(says(amal)).toContain('22:00');
    expect(says(amal)).toContain('09:00');
    await press(world, amal, 'data');
    expect(says(amal)).toContain('19:00');
    expect((await actorOf(world, amal, 'refugee')).reminders).toEqual({
      leads: ['evening-before'],
      eveningAt: '19:00',
      quiet: { from: '22:00', to: '09:00' },
    });
    await book(world, amal);
    const card = says(amal);
    await press(world, amal, 'rem.below:');
    expect(everything(amal)).toContain(card.split('\n')[0]);
    expect(says(amal)).toContain('19:00');
    await press(world, amal, 'card:');
    expect(offered(amal).some((data) => data.startsWith('rem.below:'))).toBe(true);
  });
});

describe('what she wishes', () => {
  beforeEach(() => start());

  it('holds for what she books from then on', async () => {
    await wishes('rem.lead:-:week-before:yes', 'rem.lead:-:day-before:no', 'rem.eve:-:ask', 'rem.eve:-:1800');
    await book(world, amal);
    expect(await owed()).toEqual(['evening-before 11-25T17:00', 'soon 11-26T10:30']);
  });

  it('holds also for what she has booked, and comes once', async () => {
    await book(world, amal);
    expect(await owed()).toEqual(['day-before 11-25T12:30', 'soon 11-26T10:30']);
    await at('2026-11-25', '13:30');
    expect(says(amal)).toContain('morgen');
    await wishes('rem.eve:-:ask', 'rem.eve:-:1700', 'rem.lead:-:soon:no', 'rem.lead:-:soon:yes');
    expect(await owed()).toEqual(['evening-before 11-25T16:00', 'soon 11-26T10:30']);
    await wishes('rem.eve:-:ask', 'rem.eve:-:2000');
    expect(await owed()).toEqual(['evening-before 11-25T19:00', 'soon 11-26T10:30']);
    const heard = everything(amal).match(/🔔 Erinnerung: Sie haben/g)?.length;
    await at('2026-11-26', '11:30');
    expect(everything(amal).match(/🔔 Erinnerung: Sie haben/g)).toHaveLength((heard ?? 0) + 1);
    expect(await owed()).toEqual([]);
  });

  it('not to be reminded is kept, said plainly, and changes nothing of the appointment', async () => {
    await book(world, amal);
    await wishes('rem.lead:-:day-before:no', 'rem.lead:-:soon:no');
    expect(says(amal)).toContain('Sie bekommen keine Erinnerung. Ihr Termin bleibt.');
    expect(await owed()).toEqual([]);
    await at('2026-11-26', '13:00');
    expect(says(amal)).not.toContain('Sie haben bald');
    expect((await world.db.prisma.appointment.findFirst())?.status).toBe('booked');
  });

  it('is asked again when a reminder leaves, also when its planning has not heard of it', async () => {
    await book(world, amal);
    const none = { leads: [], eveningAt: '18:00', quiet: { from: '21:00', to: '08:00' } };
    await world.db.prisma.refugee.updateMany({ data: { reminders: none } });
    await at('2026-11-25', '13:30');
    const sent = await world.db.prisma.notice.findFirst({ where: { kind: 'reminder-day-before' } });
    expect(sent?.status).toBe('void');
  });

  it('holds when her manager moves the appointment', async () => {
    await wishes('rem.lead:-:soon:no');
    await book(world, amal);
    const { maria } = staffOf(world);
    await press(world, maria, 'appt:');
    await press(world, maria, 'appt.mv:');
    await press(world, maria, offered(maria).filter((data) => data.startsWith('appt.mv.day:'))[1] ?? '-');
    await press(world, maria, 'appt.mv.ok:');
    await press(world, maria, 'appt.mv.why:');
    expect((await world.db.prisma.appointment.findFirst())?.sequence).toBe(1);
    expect((await owed()).map((one) => one.split(' ')[0])).toEqual(['day-before']);
  });

  it('goes with her', async () => {
    const kept = async () => [
      await world.db.prisma.refugee.count({ where: { reminders: { path: ['leads'], array_contains: 'soon' } } }),
      await world.db.prisma.person.count({ where: { discreet: true } }),
    ];
    await wishes('rem.discreet:-:yes', 'rem.lead:-:week-before:yes');
    expect(await kept()).toEqual([1, 1]);
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    expect(await kept()).toEqual([0, 0]);
  });

  it('pressed twice is wished once, and an old button says what shall be', async () => {
    await wishes();
    for (const _ of [1, 2]) await forge(world, amal, 'rem.lead:-:week-before:yes');
    const { reminders } = await actorOf(world, amal, 'refugee');
    expect(reminders.leads.filter((lead) => lead === 'week-before')).toHaveLength(1);
  });

  it('an outage over the night: the reminder waits until her quiet hours are over', async () => {
    await wishes('rem.quiet:-:ask', 'rem.quiet:-:1800', 'rem.quiet.to:-:1800:1200', 'rem.lead:-:day-before:no');
    await book(world, amal); // 13:30: two hours before is 11:30, in her quiet hours, so 17:00 the day before
    expect(await owed()).toEqual(['soon 11-25T16:00']);
    const heal = world.telegram.fail({ method: 'sendMessage', fault: { kind: 'server-error' } });
    await at('2026-11-25', '17:00');
    heal();
    await at('2026-11-25', '23:00');
    expect(everything(amal)).not.toContain('🔔 Erinnerung: Sie haben');
    expect(await owed()).toEqual(['soon 11-26T11:00']);
    await at('2026-11-26', '12:00');
    expect(says(amal)).toContain('Sie haben bald einen Termin');
  });
});

describe('a discreet person', () => {
  const screens = () =>
    amal.chat.filter((one) => one.fromBot).map((one) => plainText(one.text ?? one.venue?.title ?? ''));
  beforeEach(async () => {
    await start();
    await wishes('rem.discreet:-:yes');
    await book(world, amal);
  });

  it('is reminded by the hour alone; a tap shows the rest, and the answers', async () => {
    await at('2026-11-25', '13:30');
    expect(says(amal)).toBe('🔔 Erinnerung 13:30');
    expect(offered(amal)).toEqual([expect.stringMatching(/^open:\d+$/)]);
    await press(world, amal, 'open:');
    expect(says(amal)).toContain('Nagold');
    await press(world, amal, 'card.yes:');
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.coming'));
  });

  it('opens it also at night and late, and not when it is no longer true', async () => {
    await at('2026-11-25', '13:30');
    await at('2026-11-25', '23:30');
    await press(world, amal, 'open:');
    expect(says(amal)).toContain('morgen');
    await at('2026-11-26', '11:30');
    await at('2026-11-26', '15:00');
    await press(world, amal, 'open:');
    expect(says(amal)).toBe(words(world, 'day:discreet.over'));
  });

  it('gets no pin by itself: it is behind a button of the card', async () => {
    expect(amal.chat.some((one) => one.venue !== undefined)).toBe(false);
    await press(world, amal, 'card.pin:');
    expect(amal.chat.at(-1)?.venue?.title).toContain('Nagold');
  });

  it('is told of moves and cancellations by her manager without a word on the locked screen', async () => {
    const { maria } = staffOf(world);
    await press(world, maria, 'appt:');
    await press(world, maria, 'appt.mv:');
    await press(world, maria, 'appt.mv.day:');
    await press(world, maria, 'appt.mv.ok:');
    await press(world, maria, 'appt.mv.why:');
    expect(says(amal)).toBe(words(world, 'day:discreet.message'));
    const before = screens().length;
    await press(world, amal, 'open:');
    expect(says(amal)).toContain('Bisher: Donnerstag, 26.11.2026, 13:30');
    expect(screens()).toHaveLength(before);
    await press(world, maria, 'appt:');
    await press(world, maria, 'appt.no:');
    await press(world, maria, 'appt.no.ok:');
    expect(says(amal)).toBe(words(world, 'day:discreet.message'));
    await press(world, amal, 'open:');
    expect(says(amal)).toContain(words(world, 'appointments:reason.ill'));
  });
});

describe('“I cannot”', () => {
  beforeEach(async () => {
    await start();
    await book(world, amal);
    await at('2026-11-25', '13:30');
    await press(world, amal, 'rem.cannot:');
  });
  const told = () => everything(staffOf(world).maria).match(/kann nicht kommen/g)?.length ?? 0;

  it('offers to move or to cancel with one tap, and does not ask why', async () => {
    await press(world, amal, offered(amal).find((data) => data.startsWith('cancel.ok:')) ?? '-');
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.cancelled'));
    await at('2026-11-25', '13:45');
    expect(told()).toBe(0);
  });

  it('leads to another time, of which the manager is told', async () => {
    await press(world, amal, 'mv:');
    await press(world, amal, 'mv.way:');
    await press(world, amal, offered(amal).filter((data) => data.startsWith('mv.day:'))[1] ?? '-');
    await press(world, amal, 'mv.time:');
    await press(world, amal, 'mv.ok:');
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.moved'));
    await at('2026-11-25', '13:45');
    expect(told()).toBe(0);
  });

  it('reaches the manager also when she leaves it at that, once, and stands on the card', async () => {
    await press(world, amal, 'rem.cannot:');
    await at('2026-11-25', '13:39');
    expect(told()).toBe(0);
    await at('2026-11-25', '13:40');
    expect(told()).toBe(1);
    const { maria } = staffOf(world);
    await press(world, maria, 'appt:');
    expect(says(maria)).toContain(words(world, 'day:staff.cannot-come'));
    await press(world, amal, 'card.yes:');
    expect(says(maria)).toContain(words(world, 'appointments:staff.coming'));
  });

  it('is no word to the manager when she changes her mind at once', async () => {
    await press(world, amal, 'card.yes:');
    await at('2026-11-25', '14:00');
    expect(told()).toBe(0);
    expect(says(staffOf(world).maria)).toContain(words(world, 'appointments:staff.coming'));
  });
});

it('a person whom the bot does not reach is marked on the card, with the advice to reach her another way', async () => {
  await start();
  await book(world, amal);
  amal.blocks();
  await world.settle();
  const { maria } = staffOf(world);
  await press(world, maria, 'appt:');
  expect(says(maria)).toContain(words(world, 'day:staff.unreachable'));
  amal.unblocks();
  await write(world, amal, '/menu');
  await write(world, maria, '/menu');
  await press(world, maria, 'diary.now:tomorrow');
  await press(world, maria, 'appt:');
  expect(says(maria)).not.toContain(words(world, 'day:staff.unreachable'));
});
