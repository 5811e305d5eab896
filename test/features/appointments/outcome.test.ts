import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/features/appointments/model.ts';
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
let maria: SimulatedPerson;
beforeEach(async () => {
  // A Wednesday noon: the first free time is Thursday 13:30 to 14:15 in the town hall of Nagold.
  world = await createWorld({ now: berlin('2026-11-25', '12:00') });
  amal = world.person('Amal');
  maria = staffOf(world).maria;
  await arrive(world, amal, 'de');
  await book(world, amal);
});
afterEach(() => world.stop());

async function at(day: string, time: string): Promise<void> {
  world.clock.set(berlin(day, time));
  await world.settle();
}
const outcome = async () => (await world.db.prisma.appointment.findFirstOrThrow()).outcome;
const questions = () => everything(maria).match(/Wie war dieser Termin/g)?.length ?? 0;

describe('after an appointment', () => {
  it('one message asks, and one tap answers', async () => {
    await at('2026-11-26', '14:14');
    expect(questions()).toBe(0);
    await at('2026-11-26', '14:15');
    expect(questions()).toBe(1);
    expect(says(maria)).toContain('13:30');
    await press(world, maria, 'out.is:');
    expect(await outcome()).toBe('held');
    expect(says(maria)).toContain('Eingetragen: ✅ Hat stattgefunden');
    await at('2026-11-26', '18:30');
    await at('2026-11-27', '09:00');
    expect(everything(maria)).not.toContain('Ein Blick auf den Tag');
  });

  it.each(OUTCOMES)('“%s” is kept as such, shown on card and diary, and corrected with a tap', async (said) => {
    await at('2026-11-26', '14:15');
    const id = offered(maria)[0]?.split(':')[1] ?? '';
    await forge(world, maria, `out.is:${id}:${said}`);
    expect(await outcome()).toBe(said);
    await forge(world, maria, `appt:${id}`);
    expect(says(maria)).toContain(words(world, `day:outcome.${said}`));
    expect(offered(maria).some((data) => /^appt\.(no|mv)/.test(data))).toBe(false);
    await press(world, maria, 'diary:2026-11-26:1');
    expect(maria.screen()?.buttons.flat().map(plainText).join()).toContain(words(world, `day:outcome.${said}`));
    await forge(world, maria, `appt:${id}`);
    await press(world, maria, 'out:');
    await press(world, maria, `out.is:${id}:called-off`);
    expect(await outcome()).toBe('called-off');
  });

  it('nobody is asked whose appointment was moved, cancelled or recorded already', async () => {
    await at('2026-11-26', '13:30');
    await write(world, maria, '/menu');
    await press(world, maria, 'diary.now:today');
    await press(world, maria, 'appt:');
    await press(world, maria, 'out:');
    await press(world, maria, 'out.is:');
    await at('2026-11-26', '14:15');
    expect(questions()).toBe(0);
    const sent = await world.db.prisma.notice.findFirst({ where: { kind: 'outcome' } });
    expect(sent?.status).toBe('void');
  });

  it('an outage of hours leaves the question to the evening', async () => {
    const heal = world.telegram.fail({ method: 'sendMessage', fault: { kind: 'server-error' } });
    await at('2026-11-26', '14:15');
    await at('2026-11-26', '17:16');
    heal();
    await at('2026-11-26', '17:20');
    expect(questions()).toBe(0);
    await at('2026-11-26', '18:30');
    expect(says(maria)).toContain('Ein Blick auf den Tag');
  });
});

describe('an outcome', () => {
  let id: string;
  beforeEach(async () => {
    id = (await world.db.prisma.appointment.findFirstOrThrow()).id;
  });

  it('pressed twice is recorded once', async () => {
    await at('2026-11-26', '14:15');
    for (const _ of [1, 2]) await forge(world, maria, `out.is:${id}:missed`);
    expect(await world.db.prisma.notice.count({ where: { kind: 'missed' } })).toBe(1);
  });

  it('cannot be recorded before it begins, nor changed after the next day', async () => {
    await forge(world, maria, `out.is:${id}:held`);
    expect(await outcome()).toBeNull();
    expect(says(maria)).toContain(words(world, 'day:outcome.closed'));
    await at('2026-11-27', '23:59');
    await forge(world, maria, `out.is:${id}:held`);
    expect(await outcome()).toBe('held');
    await at('2026-11-28', '00:00');
    await forge(world, maria, `out.is:${id}:missed`);
    expect(await outcome()).toBe('held');
    expect(says(maria)).toContain('Hat stattgefunden');
    expect(says(maria)).toContain(words(world, 'day:outcome.closed'));
    await forge(world, maria, `out:${id}`);
    expect(offered(maria).some((data) => data.startsWith('out.is:'))).toBe(false);
  });

  it('of another manager’s appointment, or a refugee’s own, is refused', async () => {
    await at('2026-11-26', '14:15');
    for (const person of [staffOf(world).thomas, amal, staffOf(world).karin]) {
      await write(world, person, '/menu');
      await forge(world, person, `out.is:${id}:missed`);
      await forge(world, person, `out:${id}`);
      expect(everything(person)).not.toContain('Wie war dieser Termin');
    }
    expect(await outcome()).toBeNull();
  });

  it('that nobody records stays unknown', async () => {
    await at('2026-11-29', '10:00');
    expect(await outcome()).toBeNull();
    await forge(world, maria, `appt:${id}`);
    expect(says(maria)).toContain(words(world, 'day:outcome.unknown'));
  });

  it('stays with the appointment when she erases herself', async () => {
    await at('2026-11-26', '14:15');
    await forge(world, maria, `out.is:${id}:held`);
    await write(world, amal, '/delete');
    await press(world, amal, 'erase:yes');
    expect(await world.db.prisma.appointment.findFirst()).toMatchObject({ outcome: 'held', refugeeId: null });
  });

  it('stands under her appointments, in plain words', async () => {
    await at('2026-11-26', '14:15');
    await forge(world, maria, `out.is:${id}:held`);
    await write(world, amal, '/menu');
    await press(world, amal, 'mine');
    await press(world, amal, 'past:0');
    expect(says(amal)).toContain(words(world, 'day:past.held'));
    expect(says(amal)).toContain('26.11.');
  });
});

describe.each(LOCALES)('somebody who did not come, in %s', (locale) => {
  it('is offered another appointment, warmly, and nothing else follows', async () => {
    const { id } = await world.db.prisma.appointment.findFirstOrThrow();
    await write(world, amal, '/language');
    await press(world, amal, `lang.to:${locale}`);
    await at('2026-11-26', '14:15');
    await forge(world, maria, `out.is:${id}:missed`);
    expect(everything(amal)).not.toContain('🤝');
    await at('2026-11-26', '14:30');
    expect(says(amal)).toContain(words(world, 'day:missed', locale));
    expect(says(amal)).toContain('26.11.2026');
    await press(world, amal, 'bk');
    expect(offered(amal).some((data) => data.startsWith('bk.topic:'))).toBe(true);
  });
});

describe('“did not come”', () => {
  const missed = () => everything(amal).match(/Wir haben uns leider nicht getroffen/g)?.length ?? 0;
  const record = async (said: string) => {
    const { id } = await world.db.prisma.appointment.findFirstOrThrow();
    await forge(world, maria, `out.is:${id}:${said}`);
  };

  it('pressed by mistake and corrected within minutes reaches nobody; pressed again it does, once', async () => {
    await at('2026-11-26', '14:15');
    await record('missed');
    await record('held');
    await at('2026-11-26', '14:40');
    expect(missed()).toBe(0);
    await record('missed');
    await at('2026-11-26', '15:00');
    expect(missed()).toBe(1);
    await record('held');
    await record('missed');
    await at('2026-11-26', '16:00');
    expect(missed()).toBe(1);
  });

  it('recorded at night is said in the morning', async () => {
    await at('2026-11-26', '22:00');
    await record('missed');
    await at('2026-11-26', '22:30');
    await at('2026-11-27', '07:59');
    expect(missed()).toBe(0);
    await at('2026-11-27', '08:00');
    expect(missed()).toBe(1);
  });

  it('that an outage has carried into the night waits for the morning, and is not said days later', async () => {
    await at('2026-11-26', '20:00');
    await record('missed');
    const heal = world.telegram.fail({ method: 'sendMessage', fault: { kind: 'server-error' } });
    await at('2026-11-26', '20:15');
    heal();
    await at('2026-11-26', '23:00');
    expect(missed()).toBe(0);
    await at('2026-11-29', '09:00');
    expect(missed()).toBe(0);
  });

  it('is known of her for three months, then counts without her', async () => {
    await at('2026-11-26', '14:15');
    await record('missed');
    const appointment = () => world.db.prisma.appointment.findFirst();
    world.clock.set(berlin('2027-02-24', '14:00'));
    await world.program.services.appointments.forgetMissed();
    expect((await appointment())?.refugeeId).not.toBeNull();
    world.clock.set(berlin('2027-02-24', '14:16'));
    await world.program.services.appointments.forgetMissed();
    const { personId } = await actorOf(world, amal, 'refugee');
    const kept = await appointment();
    expect(kept).toMatchObject({ refugeeId: null, outcome: 'missed' });
    expect(JSON.stringify(kept)).not.toContain(personId);
    await write(world, amal, '/menu');
    await press(world, amal, 'mine');
    await press(world, amal, 'past:0');
    expect(says(amal)).toContain(words(world, 'day:past.none'));
  });
});

it('the list of what is over is paged', async () => {
  const { id: _, ...made } = await world.db.prisma.appointment.findFirstOrThrow();
  const times = [...Array(9).keys()].map((n) => n * 86_400_000);
  const earlier = (date: Date, ms: number) => new Date(date.getTime() - 7 * 86_400_000 - ms);
  await world.db.prisma.appointment.createMany({
    data: times.map((ms, n) => ({
      ...made,
      id: `past${n}`,
      key: `past${n}`,
      startsAt: earlier(made.startsAt, ms),
      endsAt: earlier(made.endsAt, ms),
      blocksFrom: earlier(made.blocksFrom, ms),
      blocksTo: earlier(made.blocksTo, ms),
      bookedAt: new Date(earlier(made.startsAt, ms).getTime() - 60_000),
    })),
  });
  await write(world, amal, '/menu');
  await press(world, amal, 'mine');
  await press(world, amal, 'past:0');
  const first = says(amal);
  await press(world, amal, 'past:1');
  expect([first.match(/: vorbei/g)?.length, says(amal).match(/: vorbei/g)?.length]).toEqual([8, 1]);
  await press(world, amal, 'past:0');
  expect(says(amal)).toBe(first);
});
