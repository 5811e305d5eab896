import { afterEach, beforeEach, expect, it } from 'vitest';
import { buttons, minuteOf } from '../../../src/features/appointments/buttons.ts';
import type { Refugee } from '../../../src/features/people/model.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { says } from '../../support/walks.ts';
import { createWorld, type World } from '../../support/world.ts';

const PEOPLE = 200;
const SLOTS = 20;
const CALW = '08235085';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

async function refugee(number: number): Promise<SimulatedPerson> {
  const { people } = world.program.services;
  const person = world.person(`Person ${number}`);
  await people.agree(person.id, 'de');
  const { actor } = await people.identify(person.id);
  if (actor.kind !== 'refugee') throw new Error('not a refugee');
  await people.settleIn(actor, CALW);
  person.sends('/menu');
  return person;
}

it('200 people want 20 times at once: each time has one winner, and everybody has an answer', async () => {
  const { people, appointments } = world.program.services;
  const crowd: SimulatedPerson[] = [];
  for (let number = 0; number < PEOPLE; number++) crowd.push(await refugee(number));
  await world.settle();
  const { actor } = await people.identify(crowd[0]?.id ?? 0);
  const days = await appointments.offeredDays(actor as Refugee, 'place');
  const slots = [];
  for (const day of days) slots.push(...(await appointments.offeredSlots(actor as Refugee, 'place', day)));
  const wanted = slots.slice(0, SLOTS);
  expect(wanted).toHaveLength(SLOTS);

  crowd.forEach((person, index) => {
    const slot = wanted[index % SLOTS];
    const message = person.chat.findLast((one) => one.fromBot);
    if (slot === undefined || message === undefined) throw new Error('nothing to press');
    const data = { draft: `race${index}`, topic: 'other', way: 'place', minute: minuteOf(slot.startsAt) } as const;
    person.presses(message.message_id, buttons.confirm.data(data));
  });
  await world.settle();

  expect(await world.db.prisma.appointment.count({ where: { status: 'booked' } })).toBe(SLOTS);
  const heard = crowd.map((person) =>
    person.chat.filter((one) => one.fromBot && one.text !== undefined).map((one) => one.text),
  );
  const won = heard.filter((texts) => texts.some((text) => text?.includes('Ihr Termin ist gebucht')));
  const offered = crowd.filter((person) => says(person).includes('Diese Zeiten sind noch frei'));
  expect(won).toHaveLength(SLOTS);
  expect(offered).toHaveLength(PEOPLE - SLOTS);
});
