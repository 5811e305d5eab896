import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDay } from '../../../src/platform/date-formats.ts';
import { day, dayOf, fromDate } from '../../../src/platform/datetime.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import {
  arrive,
  book,
  buttonsOf,
  offered,
  plainText,
  press,
  says,
  staffOf,
  words,
  write,
} from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

// Who moves or cancels may say why, from a list; the other side reads it in her own language and sees the next free times.

let world: World;
let amal: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  amal = world.person('Amal', 'ar');
  await arrive(world, amal, 'ar');
  await book(world, amal);
});
afterEach(() => world.stop());

const maria = () => staffOf(world).maria;
const row = () => world.db.prisma.appointment.findFirstOrThrow();

/** To the summary of another day. */
async function chooses(): Promise<void> {
  await press(world, amal, 'mv:');
  await press(world, amal, 'mv.way:');
  await press(world, amal, offered(amal).filter((data) => data.startsWith('mv.day:'))[1] ?? '-');
  await press(world, amal, 'mv.time:');
}

describe('a refugee who moves', () => {
  it('says why with the tap that moves, and her manager reads it in German', async () => {
    await chooses();
    expect(says(amal)).toContain(words(world, 'appointments:cancel.why', 'ar'));
    await press(world, amal, 'mv.why:');
    expect((await row()).sequence).toBe(1);
    expect(says(maria())).toContain(words(world, 'appointments:staff.moved'));
    expect(says(maria())).toContain('🤒 Ich bin krank');
  });

  it('need not say why: that is one tap as well', async () => {
    await chooses();
    await press(world, amal, 'mv.ok:');
    expect((await row()).sequence).toBe(1);
    expect(says(maria())).toContain(words(world, 'appointments:staff.moved'));
    expect(says(maria())).not.toContain('💬');
  });

  it('pressed twice has moved once and said so once', async () => {
    await chooses();
    const [data] = offered(amal).filter((one) => one.startsWith('mv.why:'));
    const message = amal.chat.findLast((one) => one.fromBot);
    for (const _ of [1, 2]) amal.presses(message?.message_id ?? 0, data ?? '-');
    await world.settle();
    expect((await row()).sequence).toBe(1);
    expect(await world.db.prisma.notice.count({ where: { kind: 'moved-by-refugee' } })).toBe(1);
  });
});

it('a day whose times went meanwhile leads back to the days that are free, on either side', async () => {
  await press(world, amal, 'mv:');
  await press(world, amal, 'mv.way:');
  const day = offered(amal).find((data) => data.startsWith('mv.day:')) ?? '-';
  await write(world, maria(), '/menu');
  await press(world, maria(), 'diary.now:week');
  await press(world, maria(), 'appt:');
  await press(world, maria(), 'appt.mv:');
  const staffDay = offered(maria()).find((data) => data.startsWith('appt.mv.day:')) ?? '-';
  const weekday = (new Date(`${day.split(':')[3]}T12:00:00Z`).getUTCDay() + 6) % 7;
  await world.db.prisma.officeHours.deleteMany({ where: { weekday: weekday + 1 } });
  await press(world, amal, day);
  expect(offered(amal).filter((data) => data.startsWith('mv.day:')).length).toBeGreaterThan(0);
  await press(world, maria(), staffDay);
  expect(says(maria())).toContain(words(world, 'appointments:staff.taken'));
  await press(world, maria(), 'appt.mv:');
  await press(world, maria(), 'appt.mv.day:');
  await press(world, maria(), 'appt.mv.ok:');
  await press(world, maria(), 'appt.mv.why:');
  // When and where it is now.
  const place = await world.db.prisma.place.findUniqueOrThrow({ where: { id: (await row()).placeId ?? '' } });
  expect(says(maria())).toContain(`📍 ${place.name}`);
});

describe('the card of an appointment that was moved below it', () => {
  const cards = () => amal.chat.filter((one) => buttonsOf(one).some(({ data }) => data.startsWith('card.ics:')));
  /** Presses this on the oldest card; what that one says then. */
  async function pressesOld(prefix: string): Promise<string> {
    const old = cards()[0];
    const button = buttonsOf(old).find(({ data }) => data.startsWith(prefix));
    amal.presses(old?.message_id ?? 0, button?.data ?? '-');
    await world.settle();
    return plainText(amal.chat.find((one) => one.message_id === old?.message_id)?.text ?? '');
  }
  const said = (date: Date) => formatDay('ar', dayOf(fromDate(date)));

  it.each(['card.lost:', 'card.ics:', 'early:', 'mv:', 'cancel:'])(
    'shows what is true when “%s” is pressed on it',
    async (data) => {
      const { startsAt: before } = await row();
      world.clock.pass(1);
      await chooses();
      await press(world, amal, 'mv.ok:');
      const { startsAt: now } = await row();
      expect(said(now)).not.toBe(said(before));
      expect(plainText(cards()[0]?.text ?? '')).toContain(said(before));
      const text = await pressesOld(data);
      expect(text).toContain(said(now));
      expect(text).not.toContain(said(before));
    },
  );

  it('stays as it is while it is true', async () => {
    const before = plainText(cards()[0]?.text ?? '');
    expect(before).toContain(words(world, 'appointments:booked.title', 'ar'));
    expect(await pressesOld('mv:')).toBe(before);
    // Which one is moved stands above.
    expect(says(amal)).toContain(said((await row()).startsAt));
  });

  it('stays in the chat where nothing is free to move to', async () => {
    await world.db.prisma.officeHours.deleteMany();
    const before = plainText(cards()[0]?.text ?? '');
    expect(await pressesOld('mv:')).toBe(before);
    expect(offered(amal)).toContain('wait');
  });
});

describe('a refugee who cancels', () => {
  it('is offered the next free times, one tap from the summary', async () => {
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    expect(offered(amal).filter((data) => data.startsWith('bk.time:'))).toHaveLength(3);
    await press(world, amal, 'bk.time:');
    await press(world, amal, 'bk.ok:');
    expect(await world.db.prisma.appointment.count({ where: { status: 'booked' } })).toBe(1);
  });

  it('is not pressed to come who needs it no more', async () => {
    await press(world, amal, 'cancel:');
    await press(world, amal, offered(amal).find((data) => data.endsWith(':solved')) ?? '-');
    expect(offered(amal).filter((data) => data.startsWith('bk.time:'))).toEqual([]);
  });
});

it('a manager who moves says why; the person reads it in Arabic, with other free times that move it again', async () => {
  await press(world, maria(), 'appt:');
  await press(world, maria(), 'appt.mv:');
  await press(world, maria(), offered(maria()).filter((data) => data.startsWith('appt.mv.day:'))[1] ?? '-');
  await press(world, maria(), 'appt.mv.ok:');
  await press(world, maria(), 'appt.mv.why:');
  const card = amal.chat.findLast((one) => one.text?.includes(words(world, 'appointments:reason.ill', 'ar')));
  expect(card?.text).toContain(words(world, 'appointments:moved-by-manager.next', 'ar'));
  const before = (await row()).startsAt;
  await press(world, amal, 'mv.time:');
  await press(world, amal, 'mv.ok:');
  expect((await row()).sequence).toBe(2);
  expect((await row()).startsAt).not.toEqual(before);
  await write(world, amal, '/menu');
});

describe('a time on a public holiday', () => {
  // Epiphany 2027, a Wednesday like others on which Maria receives people.
  const epiphany = { way: 'place', startsAt: berlin('2027-01-06', '08:30') } as const;

  it('cannot be moved to, by neither side, unless she opened it on purpose', async () => {
    const { appointments } = world.program.services;
    const refugee = await actorOf(world, amal, 'refugee');
    const manager = await actorOf(world, maria(), 'manager');
    const { id } = await row();
    const refused = [
      await appointments.move(refugee, id, epiphany),
      await appointments.moveAsManager(manager, id, epiphany),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe('taken');
      expect(answer.status === 'taken' && answer.next.length > 0).toBe(true);
    }
    await appointments.setHoliday(manager, day('2027-01-06'), true);
    expect((await appointments.move(refugee, id, epiphany)).status).toBe('moved');
  });
});
