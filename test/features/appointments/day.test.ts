import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppointmentsService } from '../../../src/features/appointments/service.ts';
import { countyFolder, readCounty } from '../../../src/features/county/source.ts';
import { readContent } from '../../../src/features/guidance/source.ts';
import { addMinutes } from '../../../src/platform/datetime.ts';
import { LOCALES } from '../../../src/platform/locale.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { startProgram } from '../../../src/program.ts';
import { fakeDownload, fakeFetch } from '../../../src/simulator/fake-fetch.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import type { Send } from '../../../src/telegram/transport.ts';
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
import { createWorld, TOKEN, type World } from '../../support/world.ts';

let world: World;
let amal: SimulatedPerson;
let maria: SimulatedPerson;
/** A Wednesday noon: the first free time is Thursday 13:30 to 14:15 in the town hall of Nagold. */
const start = async (day = '2026-11-25', time = '12:00') => {
  world = await createWorld({ now: berlin(day, time) });
  amal = world.person('Amal');
  maria = staffOf(world).maria;
  await arrive(world, amal, 'de');
};
afterEach(() => world.stop());

async function at(day: string, time: string): Promise<void> {
  world.clock.set(berlin(day, time));
  await world.settle();
}
const lists = (person = maria) => person.chat.filter(({ text }) => text?.includes('☀️ Guten Morgen'));
const evenings = () => maria.chat.filter(({ text }) => text?.includes('Ein Blick auf den Tag'));
async function chooseMorning(time: string): Promise<void> {
  await write(world, maria, '/menu');
  await press(world, maria, 'data');
  await press(world, maria, 'morning:data');
  await press(world, maria, `morning.at:${time}`);
}

describe.each(LOCALES)('the list of the day in %s', (locale) => {
  it('says when, who, where, with whose help, who comes and who cannot be reached, and leads to the day', async () => {
    await start();
    await write(world, maria, '/language');
    await press(world, maria, `lang.to:${locale}`);
    await write(world, amal, '/menu');
    await press(world, amal, 'data');
    await press(world, amal, 'interp:ask');
    await press(world, amal, 'interp:other');
    await press(world, amal, 'interp:ku');
    await book(world, amal);
    await at('2026-11-25', '13:30');
    await press(world, amal, 'card.yes:');
    amal.blocks();
    await world.settle();
    await at('2026-11-26', '07:29');
    const before = maria.chat.length;
    await at('2026-11-26', '07:30');
    expect(maria.chat).toHaveLength(before + 1);
    const { number } = await actorOf(world, amal, 'refugee');
    for (const said of ['13:30', String(number), 'Nagold', '26.11.2026']) expect(says(maria)).toContain(said);
    for (const key of [
      'people:interpreter.language.ku',
      'appointments:staff.comes',
      'day:staff.unreachable',
    ] as const) {
      expect(says(maria)).toContain(words(world, key, locale));
    }
    await press(world, maria, 'diary:2026-11-26:1');
    const entry = findButton(maria, 'appt:').label;
    expect(entry).toContain(words(world, 'day:mark.unreachable', locale));
  });
});

describe('the list of the day', () => {
  beforeEach(() => start());

  it('says nothing of the subject or the address', async () => {
    await book(world, amal);
    await at('2026-11-26', '07:30');
    expect(says(maria)).toContain('☀️');
    expect(says(maria)).not.toContain(words(world, 'appointments:topic.language'));
  });

  it('does not come on days without appointments, for nobody else, nor when all is cancelled', async () => {
    await at('2026-11-26', '07:30');
    expect(lists()).toHaveLength(0);
    await book(world, amal);
    await press(world, amal, 'cancel:');
    await press(world, amal, 'cancel.why:');
    await at('2026-11-27', '07:30');
    await at('2026-11-30', '07:30');
    expect(lists()).toHaveLength(0);
    expect(lists(staffOf(world).thomas)).toHaveLength(0);
  });

  it('does not come on a holiday: nobody is booked then', async () => {
    await at('2027-01-04', '09:00');
    await book(world, amal, 'place');
    const days = await world.program.services.appointments.offeredDays(await actorOf(world, amal, 'refugee'), 'place');
    expect(days).not.toContain('2027-01-06'); // Epiphany, a Wednesday with office hours
    await at('2027-01-06', '07:30');
    expect(lists().filter(({ text }) => text?.includes('06.01.2027'))).toHaveLength(0);
  });

  it('does not come when all of the day lies in her absence', async () => {
    await book(world, amal);
    const { managerId } = await actorOf(world, maria, 'manager');
    const absence = { id: 'away', managerId, from: new Date(berlin('2026-11-26', '00:00')) };
    await world.db.prisma.absence.create({ data: { ...absence, to: new Date(berlin('2026-11-27', '00:00')) } });
    await at('2026-11-26', '07:30');
    await at('2026-11-26', '14:15');
    await at('2026-11-26', '18:30');
    expect([lists(), evenings()].flat()).toHaveLength(0);
    expect(everything(maria)).not.toContain('Wie war dieser Termin');
  });

  it('comes when she wants it, or never', async () => {
    await book(world, amal);
    await chooseMorning('0600');
    expect(says(maria)).toContain('06:00');
    await at('2026-11-26', '05:59');
    expect(lists()).toHaveLength(0);
    await at('2026-11-26', '06:00');
    expect(lists()).toHaveLength(1);
    await chooseMorning('never');
    await press(world, maria, 'menu');
    await press(world, maria, 'data');
    expect(says(maria)).toContain(words(world, 'day:morning.off'));
    await write(world, amal, '/menu');
    await book(world, amal, 'home');
    const other = await world.db.prisma.appointment.findFirstOrThrow({ where: { way: 'home' } });
    world.clock.set(addMinutes(other.startsAt.getTime() as never, -30));
    await world.settle();
    expect(lists()).toHaveLength(1);
  });

  it('comes once a day, whatever hour she chooses in between', async () => {
    await book(world, amal);
    await at('2026-11-26', '07:30');
    expect(lists()).toHaveLength(1);
    for (const time of ['0800', 'never', '0830', '0700', '0800']) await chooseMorning(time);
    await at('2026-11-26', '08:00');
    await at('2026-11-26', '08:30');
    expect(lists()).toHaveLength(1);
  });

  it('is not lost when she chooses an hour that is over, and does not come in the middle of the day for that', async () => {
    await book(world, amal);
    await at('2026-11-26', '07:10');
    await chooseMorning('0600');
    expect(lists()).toHaveLength(0);
    await at('2026-11-26', '07:30');
    expect(lists()).toHaveLength(1);
    await chooseMorning('never');
    await at('2026-11-26', '23:00');
    await write(world, amal, '/menu');
    await book(world, amal, 'home');
    const { startsAt } = await world.db.prisma.appointment.findFirstOrThrow({ where: { way: 'home' } });
    world.clock.set(addMinutes(startsAt.getTime() as never, -60));
    await world.settle();
    await chooseMorning('0600');
    await world.settle();
    expect(lists()).toHaveLength(1);
  });

  it('that an outage has made late comes while something of the day lies ahead', async () => {
    await book(world, amal);
    const heal = world.telegram.fail({ method: 'sendMessage', fault: { kind: 'server-error' } });
    await at('2026-11-26', '07:30');
    heal();
    await at('2026-11-26', '11:00');
    expect(lists()).toHaveLength(1);
  });

  it('that comes hours too late is silence', async () => {
    await book(world, amal);
    await at('2026-11-26', '12:31');
    expect(lists()).toHaveLength(0);
  });

  it('is not sent to a manager who has left, nor to whoever has her account now', async () => {
    await book(world, amal);
    await at('2026-11-25', '20:00');
    await world.db.prisma.manager.updateMany({ where: { name: 'Maria Keller' }, data: { leftAt: new Date() } });
    await at('2026-11-26', '07:30');
    expect(lists()).toHaveLength(0);
  });

  it.each([
    ['forward', '2027-03-22', '2027-03-28'],
    ['back', '2027-10-25', '2027-10-31'],
  ])(
    'comes at the hour on the clock on the Sunday on which it goes %s, and the questions too',
    async (_, monday, day) => {
      await at(monday, '08:00');
      const { managerId } = await actorOf(world, maria, 'manager');
      const { personId } = await actorOf(world, amal, 'refugee');
      const time = (clock: string) => new Date(berlin(day, clock));
      await world.db.prisma.appointment.create({
        data: {
          ...{ id: 'sunday', key: 'sunday', refugeeId: personId, managerId, carrierId: 'landratsamt', ags: '08235085' },
          ...{ way: 'telephone', interpreter: false, openNumber: 1, bookedAt: new Date(berlin(monday, '08:00')) },
          ...{ startsAt: time('14:00'), endsAt: time('15:00'), blocksFrom: time('14:00'), blocksTo: time('15:00') },
        },
      });
      await at(day, '07:29');
      expect(lists()).toHaveLength(0);
      await at(day, '07:30');
      expect(lists()).toHaveLength(1);
      await at(day, '14:59');
      expect(everything(maria)).not.toContain('Wie war dieser Termin');
      await at(day, '15:00');
      expect(everything(maria)).toContain('Wie war dieser Termin');
      await at(day, '18:29');
      expect(evenings()).toHaveLength(0);
      await at(day, '18:30');
      expect(evenings()).toHaveLength(1);
    },
  );
});

describe('the evening', () => {
  beforeEach(async () => {
    await start('2026-11-25', '08:00');
    // Thursday: 13:30 in Nagold and 14:30 at home.
    await at('2026-11-25', '12:00');
    await book(world, amal);
    const omar = world.person('Omar');
    await arrive(world, omar, 'de');
    await book(world, omar);
  });

  it('asks once about what nobody has recorded, with the list, and is silent then', async () => {
    await at('2026-11-26', '14:15');
    await press(world, maria, 'out.is:');
    await at('2026-11-26', '18:30');
    expect(evenings()).toHaveLength(1);
    expect(offered(maria).filter((data) => data.startsWith('out:'))).toHaveLength(1);
    await press(world, maria, 'out:');
    await press(world, maria, offered(maria)[1] ?? '-');
    expect(await world.db.prisma.appointment.count({ where: { outcome: 'interpreted' } })).toBe(1);
    await at('2026-11-26', '21:00');
    await at('2026-11-27', '18:30');
    expect(evenings()).toHaveLength(0); // the screen went on to the answer, and no other came
  });

  it('takes one tap for the whole day', async () => {
    await world.db.prisma.appointment.updateMany({
      where: { startsAt: new Date(berlin('2026-11-26', '14:30')) },
      data: { interpreter: true },
    });
    await at('2026-11-26', '18:30');
    await press(world, maria, 'out.all:');
    const rows = await world.db.prisma.appointment.findMany({ orderBy: { startsAt: 'asc' } });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['held', 'interpreted']);
    expect(says(maria)).toContain('Eingetragen: 2');
  });

  it('leaves open who had said that she cannot come', async () => {
    await world.db.prisma.appointment.updateMany({
      where: { startsAt: new Date(berlin('2026-11-26', '14:30')) },
      data: { answer: 'cannot' },
    });
    await at('2026-11-26', '18:30');
    await press(world, maria, 'out.all:');
    const rows = await world.db.prisma.appointment.findMany({ orderBy: { startsAt: 'asc' } });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['held', null]);
    expect(offered(maria).filter((data) => data.startsWith('out:'))).toHaveLength(1);
  });

  it('left without an answer is the last that is asked', async () => {
    await at('2026-11-26', '18:30');
    expect(evenings()).toHaveLength(1);
    const before = maria.chat.length;
    await at('2026-11-26', '20:30');
    await at('2026-11-27', '07:30');
    await at('2026-11-27', '18:30');
    expect(maria.chat).toHaveLength(before);
    await press(world, maria, 'out.all:');
    expect(await world.db.prisma.appointment.count({ where: { outcome: 'held' } })).toBe(2);
  });

  it('that an outage has made later than nine is silence', async () => {
    const heal = world.telegram.fail({ method: 'sendMessage', fault: { kind: 'server-error' } });
    await at('2026-11-26', '18:30');
    heal();
    await at('2026-11-26', '21:01');
    expect(evenings()).toHaveLength(0);
  });
});

describe('the planning of a day', () => {
  beforeEach(async () => {
    await start();
    await book(world, amal);
  });
  const planned = async (kind: string) => {
    const rows = await world.db.prisma.notice.findMany({ where: { kind }, orderBy: { dueAt: 'asc' } });
    const { personId } = await actorOf(world, maria, 'manager');
    return rows.filter((row) => row.personId === personId).map(({ dueAt }) => dueAt.getTime());
  };
  const plan = () => world.program.services.appointments.planDays();

  it('done by several processes at once, and again and again, plans each message once', async () => {
    await Promise.all([plan(), plan(), plan()]);
    await plan();
    expect(await planned('morning')).toEqual([berlin('2026-11-25', '07:30'), berlin('2026-11-26', '07:30')]);
    await at('2026-11-26', '13:30');
    await Promise.all([plan(), plan()]);
    expect(await planned('outcome')).toEqual([berlin('2026-11-26', '14:15')]);
  });

  it('that is killed before it is done leaves nothing half planned, and the next one does it', async () => {
    await world.db.prisma.notice.deleteMany({ where: { kind: { in: ['morning', 'evening'] } } });
    const dying = {
      ...world.db,
      sql: async (statement: string, values: never) => {
        if (statement.includes('INSERT INTO notice')) throw new Error('killed');
        return world.db.sql(statement, values);
      },
    };
    const county = readCounty('calw');
    const services = createAppointmentsService({
      ...{ db: dying as never, clock: world.clock, seal: world.seal, county: { facts: county.facts } as never },
      ...{ isHoliday: () => false, journal: async () => {}, wake: () => {} },
    });
    await expect(services.planDays()).rejects.toThrow('killed');
    expect(await planned('morning')).toEqual([]);
    await plan();
    expect(await planned('morning')).toContain(berlin('2026-11-26', '07:30'));
  });

  it('survives that the program is away over night: started in the morning, it sends the list at once', async () => {
    await world.program.stop();
    await world.db.prisma.notice.deleteMany({ where: { kind: 'morning' } });
    world.clock.set(berlin('2026-11-26', '09:10'));
    const county = readCounty('calw');
    const again = await startProgram({
      ...{ db: world.db, clock: world.clock, seal: world.seal, i18n: world.i18n, log: silentLog, facts: county.facts },
      ...{
        content: readContent(countyFolder('calw')),
        token: TOKEN,
        me: world.telegram.bot,
        apiRoot: 'http://telegram.test',
        chatPauseMs: 0,
        roundPauseMs: 0,
      },
      send: fakeFetch(world.telegram) as Send,
      download: fakeDownload(world.telegram),
    });
    try {
      await again.idle();
      expect(lists()).toHaveLength(1);
      await again.services.appointments.planDays();
      await again.idle();
      expect(lists()).toHaveLength(1);
    } finally {
      await again.stop();
    }
  });
});

describe('somebody who stands in', () => {
  it('does the day: its list, its questions and their answers are hers, and not those of who is away', async () => {
    await start();
    await book(world, amal);
    const { thomas, karin } = staffOf(world);
    const [away, deputy] = [await actorOf(world, maria, 'manager'), await actorOf(world, thomas, 'manager')];
    await world.db.prisma.absence.create({
      data: {
        ...{ id: 'away', managerId: away.managerId, deputyId: deputy.managerId },
        ...{ from: new Date(berlin('2026-11-26', '00:00')), to: new Date(berlin('2026-11-27', '00:00')) },
      },
    });
    await at('2026-11-26', '07:30');
    expect([lists(maria).length, lists(thomas).length, lists(karin).length]).toEqual([0, 1, 0]);
    await at('2026-11-26', '14:15');
    expect(everything(maria)).not.toContain('Wie war dieser Termin');
    expect(says(thomas)).toContain('Wie war dieser Termin');
    await press(world, thomas, 'out.is:');
    const appointment = () => world.db.prisma.appointment.findFirstOrThrow();
    expect(await appointment()).toMatchObject({ outcome: 'held', managerId: away.managerId });
    await at('2026-11-26', '18:30');
    expect([...evenings(), ...thomas.chat.filter(({ text }) => text?.includes('Ein Blick'))]).toEqual([]);
    // Back the next day she may correct it; and so may he, who was there.
    await at('2026-11-27', '09:00');
    const { id } = await appointment();
    await write(world, maria, '/menu');
    await forge(world, maria, `out.is:${id}:interpreted`);
    expect((await appointment()).outcome).toBe('interpreted');
    await forge(world, thomas, `out.is:${id}:held`);
    expect((await appointment()).outcome).toBe('held');
  });
});
