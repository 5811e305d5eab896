import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, isAnywhere } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import { arrive, book, lastMessage, offered, press, says, staffOf, write } from '../../support/walks.ts';
import { createWorld, PAGES_URL, type World } from '../../support/world.ts';

let world: World;
let maria: SimulatedPerson;
beforeEach(async () => {
  world = await createWorld();
  maria = staffOf(world).maria;
});
afterEach(() => world.stop());

/** Makes an address in the chat and reads it off the screen, as its manager does. */
async function subscribe(): Promise<string> {
  await write(world, maria, '/menu');
  await press(world, maria, 'hours:');
  await press(world, maria, 'feed');
  await press(world, maria, 'feed.make:');
  return addressOn(maria);
}
function addressOn(person: SimulatedPerson): string {
  const address = /https:\/\/termine\.test\/calendar\/[\w-]{32}\.ics/.exec(lastMessage(person)?.text ?? '')?.[0];
  if (address === undefined) throw new Error(`no address on the screen: ${says(person)}`);
  return address;
}
const fetchFeed = (address: string, headers: Record<string, string> = {}) =>
  world.program.pages.request(address.slice(PAGES_URL.length), { headers });

/** What a calendar finds there, read by a parser that is not ours. */
async function eventsAt(address: string): Promise<ICAL.Component[]> {
  const answer = await fetchFeed(address);
  expect(answer.status).toBe(200);
  return new ICAL.Component(ICAL.parse(await answer.text())).getAllSubcomponents('vevent');
}
const eventOf = (component: ICAL.Component | undefined): ICAL.Event => {
  if (component === undefined) throw new Error('no event');
  return new ICAL.Event(component);
};
const statusOf = (component: ICAL.Component | undefined) => component?.getFirstPropertyValue('status');

async function amalBooks(way = 'place'): Promise<SimulatedPerson> {
  const amal = world.person('Amal');
  await arrive(world, amal, 'de');
  await book(world, amal, way);
  return amal;
}

describe('the calendar of a manager', () => {
  it('has each appointment with when, where and whom by number, an alarm, and nothing else', async () => {
    await amalBooks();
    const [event, ...others] = await eventsAt(await subscribe());
    const booked = await world.db.prisma.appointment.findFirstOrThrow({ include: { refugee: true } });
    expect(others).toEqual([]);
    expect(eventOf(event).uid).toBe(`${booked.id}@integration-management-bot`);
    expect(eventOf(event).startDate.toJSDate()).toEqual(booked.startsAt);
    expect(eventOf(event).endDate.toJSDate()).toEqual(booked.endsAt);
    expect(eventOf(event).summary).toBe(`Nr. ${booked.refugee?.number}`);
    expect(eventOf(event).location).toContain('Rathaus Calw');
    expect(statusOf(event)).toBe('CONFIRMED');
    expect(event?.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')?.toString()).toBe('-PT15M');
    expect(event?.getAllProperties().map(({ name }) => name)).toEqual(
      'uid sequence dtstamp last-modified dtstart dtend summary location geo class status transp'.split(' '),
    );
  });

  it('says the name she chose instead of the number, whether in translation, and of a home visit no address', async () => {
    const amal = world.person('Amal');
    await arrive(world, amal, 'ar');
    await press(world, amal, 'data');
    await press(world, amal, 'nick:ask');
    await write(world, amal, 'Zaunkönig; Straße, 7');
    await press(world, amal, 'data');
    await press(world, amal, 'interp:ask');
    await press(world, amal, 'interp:ar');
    await book(world, amal, 'home');
    await press(world, amal, 'card.addr:');
    await write(world, amal, 'Rotkehlchenweg 7');
    const address = await subscribe();
    const [event] = await eventsAt(address);
    expect(eventOf(event).summary).toBe('Zaunkönig; Straße, 7');
    expect(eventOf(event).location).toBe('Hausbesuch');
    expect(eventOf(event).description).toBe('Mit Übersetzung: Arabisch');
    const text = await (await fetchFeed(address)).text();
    for (const secret of ['Rotkehlchenweg', 'Deutsch lernen', 'Maria', 'Amal']) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/[\u200e\u200f\u2066-\u2069]/);
  });

  it('follows a move: the same UID, a higher SEQUENCE, a later LAST-MODIFIED', async () => {
    const amal = await amalBooks();
    const address = await subscribe();
    const before = (await eventsAt(address))[0];
    world.clock.pass(30);
    for (const step of ['mv:', 'mv.way:', 'mv.day:', 'mv.time:', 'mv.ok:']) await press(world, amal, step);
    const [after, ...others] = await eventsAt(address);
    expect(others).toEqual([]);
    expect(eventOf(after).uid).toBe(eventOf(before).uid);
    expect([before, after].map((one) => eventOf(one).sequence)).toEqual([0, 1]);
    expect(eventOf(after).startDate.toJSDate()).not.toEqual(eventOf(before).startDate.toJSDate());
    const modified = (one: ICAL.Component | undefined) => String(one?.getFirstPropertyValue('last-modified'));
    expect([modified(before), modified(after)]).toEqual(['2026-11-23T06:30:00Z', '2026-11-23T07:00:00Z']);
  });

  it('says CANCELLED for fourteen days, without an alarm, and forgets it then', async () => {
    const amal = await amalBooks();
    const address = await subscribe();
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    const [event] = await eventsAt(address);
    expect(statusOf(event)).toBe('CANCELLED');
    expect(eventOf(event).sequence).toBe(1);
    expect(eventOf(event).summary).toMatch(/^Abgesagt: Nr\. \d+$/);
    expect(event?.getFirstSubcomponent('valarm')).toBeNull();
    expect(event?.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    world.clock.set(berlin('2026-12-06', '23:59'));
    expect(await eventsAt(address)).toHaveLength(1);
    world.clock.set(berlin('2026-12-08', '00:00'));
    expect(await eventsAt(address)).toEqual([]);
  });

  it('says of somebody who erased herself that it is cancelled, and nothing about her', async () => {
    const amal = await amalBooks();
    const { number } = await actorOf(world, amal, 'refugee');
    const address = await subscribe();
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    const [event] = await eventsAt(address);
    expect(statusOf(event)).toBe('CANCELLED');
    expect(eventOf(event).summary).toBe('Abgesagt: Daten gelöscht');
    expect(await (await fetchFeed(address)).text()).not.toContain(String(number));
  });

  it('shows her absences as time that is not free, whole days as such, never why', async () => {
    const address = await subscribe();
    const { managerId } = await actorOf(world, maria, 'manager');
    const absent = (id: string, from: number, to: number) =>
      world.db.prisma.absence.create({ data: { id, managerId, from: new Date(from), to: new Date(to) } });
    await absent('abs1', berlin('2027-03-27', '00:00'), berlin('2027-03-30', '00:00'));
    await absent('abs2', berlin('2027-04-01', '13:00'), berlin('2027-04-01', '16:00'));
    const [days, hours] = await eventsAt(address);
    expect(days?.getFirstPropertyValue('dtstart')?.toString()).toBe('2027-03-27');
    expect(days?.getFirstPropertyValue('dtend')?.toString()).toBe('2027-03-30');
    expect(eventOf(hours).startDate.toJSDate()).toEqual(new Date(berlin('2027-04-01', '13:00')));
    expect([days, hours].map((one) => [eventOf(one).summary, one?.getFirstPropertyValue('transp')])).toEqual([
      ['Nicht im Büro', 'OPAQUE'],
      ['Nicht im Büro', 'OPAQUE'],
    ]);
  });

  it('speaks her language', async () => {
    await amalBooks('telephone');
    const address = await subscribe();
    await world.db.prisma.person.updateMany({ where: { telegramId: BigInt(maria.id) }, data: { locale: 'en' } });
    expect(eventOf((await eventsAt(address))[0]).location).toBe('Phone');
  });
});

describe.each([
  ['28 March 2027, when the clock goes forward', '2027-03-22', '2027-03-26', '2027-03-29', '+01', '+02'],
  ['31 October 2027, when it goes back', '2027-10-25', '2027-10-29', '2027-11-03', '+02', '+01'],
])('across %s', (_, today, before, after) => {
  it('each appointment stands at the hour on the clock, and at the right instant for another parser', async () => {
    world.clock.set(berlin(today, '07:30'));
    const { managerId } = await actorOf(world, maria, 'manager');
    const amal = world.person('Amal');
    await arrive(world, amal, 'de');
    const { personId } = await actorOf(world, amal, 'refugee');
    for (const [n, day] of [before, after].entries()) {
      const startsAt = new Date(berlin(day, '14:00'));
      const endsAt = new Date(berlin(day, '14:45'));
      await world.db.prisma.appointment.create({
        data: {
          ...{ id: `appt${n}`, managerId, refugeeId: personId, carrierId: 'landratsamt', ags: '08235085' },
          ...{ way: 'telephone', startsAt, endsAt, blocksFrom: startsAt, blocksTo: endsAt, interpreter: false },
          ...{ bookedAt: new Date(world.clock.now()), key: `appt${n}`, openNumber: n + 1 },
        },
      });
    }
    const address = await subscribe();
    const text = await (await fetchFeed(address)).text();
    const events = await eventsAt(address);
    for (const [n, day] of [before, after].entries()) {
      expect(text).toContain(`DTSTART;TZID=Europe/Berlin:${day.replaceAll('-', '')}T140000`);
      expect(eventOf(events[n]).startDate.toJSDate()).toEqual(new Date(berlin(day, '14:00')));
      expect(eventOf(events[n]).duration.toSeconds()).toBe(45 * 60);
    }
  });
});

describe('the address', () => {
  it('is shown once and kept by nobody: in no row, in no log line', async () => {
    const address = await subscribe();
    const secret = /([\w-]{32})\.ics$/.exec(address)?.[1] ?? 'none';
    expect((await fetchFeed(address)).status).toBe(200);
    expect(await isAnywhere(world, secret)).toBe(false);
    expect(world.logged.join('\n')).not.toContain(secret);
    await press(world, maria, 'feed');
    expect(says(maria)).not.toContain(secret);
    expect(says(maria)).toContain('23.11.2026');
  });

  it('answers that it is gone, at once, when another is made or it is deleted; the new one works', async () => {
    await amalBooks();
    const first = await subscribe();
    await press(world, maria, 'feed');
    await press(world, maria, 'feed.ask:renew');
    await press(world, maria, 'feed.make:');
    const second = addressOn(maria);
    expect([(await fetchFeed(first)).status, (await fetchFeed(second)).status]).toEqual([410, 200]);
    await press(world, maria, 'feed');
    await press(world, maria, 'feed.ask:end');
    await press(world, maria, 'feed.end:');
    const gone = await fetchFeed(second);
    expect([gone.status, await gone.text()]).toEqual([410, '']);
    expect(await subscribe()).not.toBe(second);
  });

  it('is not lost to a second press on the button that made it', async () => {
    await write(world, maria, '/menu');
    await press(world, maria, 'hours:');
    await press(world, maria, 'feed');
    const messageId = lastMessage(maria)?.message_id ?? 0;
    maria.presses(messageId, 'feed.make:none');
    maria.presses(messageId, 'feed.make:none');
    await world.settle();
    const made = maria.chat.findLast((one) => one.message_id === messageId)?.text ?? '';
    const address = /https:\S+\.ics/.exec(made)?.[0] ?? '';
    expect((await fetchFeed(address)).status).toBe(200);
    expect(await world.db.prisma.calendarFeed.count()).toBe(1);
    expect(lastMessage(maria)?.message_id).not.toBe(messageId);
  });

  it('is made once by two presses at the same instant', async () => {
    const manager = await actorOf(world, maria, 'manager');
    const made = await Promise.all([1, 2, 3].map(() => world.program.services.feeds.makeFeed(manager, undefined)));
    expect(made.map(({ status }) => status).sort()).toEqual(['changed', 'changed', 'made']);
  });

  it('ends with its manager: erased, or marked as left', async () => {
    const address = await subscribe();
    await world.db.prisma.manager.updateMany({
      where: { name: 'Maria Keller' },
      data: { leftAt: new Date(world.clock.now()) },
    });
    expect((await fetchFeed(address)).status).toBe(404);
    await world.db.prisma.manager.updateMany({ where: { name: 'Maria Keller' }, data: { leftAt: null } });
    expect((await fetchFeed(address)).status).toBe(200);
    await write(world, maria, '/delete');
    await press(world, maria, 'erase:yes');
    expect((await fetchFeed(address)).status).toBe(404);
    expect(await world.db.prisma.calendarFeed.count()).toBe(0);
  });

  it('is remembered as gone for ninety days, and then not at all', async () => {
    const address = await subscribe();
    const { feeds } = world.program.services;
    const manager = await actorOf(world, maria, 'manager');
    await feeds.endFeed(manager, (await feeds.currentFeed(manager))?.id ?? '');
    world.clock.pass(89 * 24 * 60);
    await feeds.forgetFeeds();
    expect((await fetchFeed(address)).status).toBe(410);
    world.clock.pass(3 * 24 * 60);
    await feeds.forgetFeeds();
    expect((await fetchFeed(address)).status).toBe(404);
  });

  it('of somebody else cannot be ended by a forged button', async () => {
    const address = await subscribe();
    const { feeds } = world.program.services;
    const id = (await feeds.currentFeed(await actorOf(world, maria, 'manager')))?.id ?? '';
    const thomas = await actorOf(world, staffOf(world).thomas, 'manager');
    expect(await feeds.endFeed(thomas, id)).toBe(false);
    expect((await feeds.makeFeed(thomas, id)).status).toBe('changed');
    expect((await fetchFeed(address)).status).toBe(200);
  });

  it('is not offered where no page can be reached: the screen says what is missing', async () => {
    await world.stop();
    world = await createWorld({ pagesUrl: undefined });
    maria = staffOf(world).maria;
    await write(world, maria, '/menu');
    await press(world, maria, 'hours:');
    await press(world, maria, 'feed');
    expect(says(maria)).toContain('PUBLIC_URL');
    expect(offered(maria).some((data) => data.startsWith('feed.make'))).toBe(false);
  });
});

describe.each(LOCALES)('the screens in %s', (locale) => {
  it('lead from the office hours to the address and back, each with its way on', async () => {
    await write(world, maria, '/language');
    await press(world, maria, `lang.to:${locale}`);
    const address = await subscribe();
    expect((await fetchFeed(address)).status).toBe(200);
    for (const step of ['feed', 'feed.how', 'feed', 'feed.ask:renew', 'feed', 'feed.ask:end', 'feed.end:', 'feed']) {
      await press(world, maria, step);
      expect(offered(maria)).toContain('menu');
    }
    await press(world, maria, 'menu');
    await press(world, maria, 'week.page');
    expect(offered(maria)).toEqual(expect.arrayContaining(['feed', 'menu']));
  });
});

describe('a fetch', () => {
  it('says what it is, and that it belongs to nobody else', async () => {
    const answer = await fetchFeed(await subscribe());
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    });
  });

  it('that has the newest already is told so, and only then', async () => {
    const address = await subscribe();
    const etag = (await fetchFeed(address)).headers.get('etag') ?? '';
    world.clock.pass(10);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const same = await fetchFeed(address, { 'if-none-match': tag });
      expect([tag, same.status, await same.text(), same.headers.get('etag')]).toEqual([tag, 304, '', etag]);
    }
    await amalBooks();
    const changed = await fetchFeed(address, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it.each(['', '/', '/x.ics', `/${'A'.repeat(32)}`, `/${'A'.repeat(32)}.ics`, '/../health', `/${'A'.repeat(33)}.ics`])(
    'of what is no address, %s, finds nothing',
    async (path) => {
      const answer = await world.program.pages.request(`/calendar${path}`);
      expect(answer.status).toBe(404);
    },
  );

  it('too often is asked to wait; guessing stops being answered, and calendars go on', async () => {
    const address = await subscribe();
    expect((await fetchFeed(address)).status).toBe(200);
    const guess = () => world.program.pages.request(`/calendar/${'B'.repeat(32)}.ics`);
    const guesses = await Promise.all(Array.from({ length: 100 }, guess));
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([404, 429]));
    expect((await fetchFeed(address)).status).toBe(200);
    const many = await Promise.all(Array.from({ length: 40 }, () => fetchFeed(address)));
    const refused = many.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('60');
    world.clock.pass(1);
    expect((await fetchFeed(address)).status).toBe(200);
  });

  it('during an outage is told to come again, and the log does not say where it asked', async () => {
    const address = await subscribe();
    const { feeds } = world.program.services;
    Object.assign(feeds, { readFeed: () => Promise.reject(new Error(`cannot read ${address}`)) });
    const answer = await fetchFeed(address);
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([503, '300', '']);
    expect(world.logged.some((line) => line.includes('feed.failed'))).toBe(true);
    expect(world.logged.join('\n')).not.toContain('/calendar/');
  });

  it('while a caseload moves sees all of it or nothing, on both sides', async () => {
    const { managerId: from, carrierId } = await actorOf(world, maria, 'manager');
    const thomas = staffOf(world).thomas;
    const { managerId: to } = await actorOf(world, thomas, 'manager');
    const first = await subscribe();
    maria = thomas;
    const second = await subscribe();
    const many = 40;
    await world.db.sql(
      `INSERT INTO appointment (id, manager_id, carrier_id, ags, way, starts_at, ends_at, blocks_from, blocks_to, interpreter,
         booked_at, key, open_number)
       SELECT 'many' || n, $1, $2, '08235085', 'telephone', s, s + interval '30 minutes', s, s + interval '30 minutes', false, s, 'many' || n, 1
       FROM generate_series(1, ${many}) AS n, LATERAL (SELECT $3::timestamptz + n * interval '1 hour' AS s) AS at RETURNING id`,
      [from, carrierId, new Date(berlin('2026-11-30', '08:00'))],
    );
    const counts = async () => Promise.all([first, second].map(async (one) => (await eventsAt(one)).length));
    expect(await counts()).toEqual([many, 0]);
    let moved = false;
    const moving = world.db
      .transaction(async (tx) => {
        // One by one: whoever looked in between would see a part.
        for (let n = 1; n <= many; n++) {
          await tx.sql(`UPDATE appointment SET manager_id = $2, sequence = sequence + 1 WHERE id = $1 RETURNING id`, [
            `many${n}`,
            to,
          ]);
        }
      })
      .then(() => {
        moved = true;
      });
    const seen: number[] = [];
    for (let rounds = 0; rounds < 3 || !moved; rounds++) {
      world.clock.pass(1);
      seen.push(...(await counts()));
    }
    await moving;
    expect(seen.filter((count) => count !== 0 && count !== many)).toEqual([]);
    expect(await counts()).toEqual([0, many]);
  });
});
