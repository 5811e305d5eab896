import type { Way } from '../../../src/features/appointments/model.ts';
import { fromDate, type Instant } from '../../../src/platform/datetime.ts';
import type { Locale } from '../../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { berlin } from '../../support/clock.ts';
import type { World } from '../../support/world.ts';

// People of Maria's, made without the many taps that other tests show.

const CALW = '08235085';

export interface Booked {
  readonly person: SimulatedPerson;
  readonly id: string;
}

/** One of Maria's people with an open chat. */
export async function client(world: World, name: string, locale: Locale = 'de'): Promise<SimulatedPerson> {
  const { people } = world.program.services;
  const person = world.person(name, locale);
  await people.agree(person.id, locale);
  await people.settleIn(await actorOf(world, person, 'refugee'), CALW);
  person.sends('/menu');
  await world.settle();
  return person;
}

export async function books(
  world: World,
  person: SimulatedPerson,
  startsAt: Instant,
  way: Way = 'place',
): Promise<string> {
  const refugee = await actorOf(world, person, 'refugee');
  const result = await world.program.services.appointments.book(
    refugee,
    { topic: 'other', way, startsAt },
    `t${startsAt.toString(36)}`,
  );
  if (result.status !== 'booked') throw new Error(`${person.firstName} could not book: ${result.status}`);
  await world.settle();
  return result.appointment.id;
}

export async function booked(
  world: World,
  name: string,
  day: string,
  time: string,
  locale: Locale = 'de',
  way: Way = 'place',
): Promise<Booked> {
  const person = await client(world, name, locale);
  return { person, id: await books(world, person, berlin(day, time), way) };
}

export async function cancels(world: World, { person, id }: Booked): Promise<void> {
  const { appointments } = world.program.services;
  await appointments.cancel(await actorOf(world, person, 'refugee'), id);
  await world.settle();
}

export async function at(world: World, day: string, time: string): Promise<void> {
  world.clock.set(berlin(day, time));
  await world.settle();
}

/** When that appointment is now. */
export const startOf = async (world: World, id: string): Promise<Instant> =>
  fromDate((await world.db.prisma.appointment.findUniqueOrThrow({ where: { id } })).startsAt);

/** How many messages with such a button she was ever sent, also such as stand on her phone no more. */
export const sentWith = (world: World, person: SimulatedPerson, prefix: string): number =>
  world.telegram.calls.filter(
    ({ method, params }) =>
      method === 'sendMessage' &&
      Number(params.chat_id) === person.id &&
      String(
        typeof params.reply_markup === 'string' ? params.reply_markup : JSON.stringify(params.reply_markup),
      ).includes(`"callback_data":"${prefix}`),
  ).length;
