import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf } from '../../support/builders.ts';
import { sendCase } from '../../support/handovers.ts';
import {
  buttonsOf,
  everything,
  findButton,
  forge,
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
let id: string;
beforeEach(async () => {
  world = await createWorld();
  amal = world.person('Amal', 'ar');
  id = await sendCase(world, amal);
  await press(world, staffOf(world).thomas, `hm.yes:${id}`);
});
afterEach(() => world.stop());

const allow = async (allowed: 'yes' | 'no') => {
  await write(world, amal, '/menu');
  await forge(world, amal, `hr.set:${id}:book:${allowed}`);
};
async function toSummary(): Promise<void> {
  const { jutta } = staffOf(world);
  await write(world, jutta, '/menu');
  await press(world, jutta, 'ho.list:0');
  await press(world, jutta, `ho:${id}`);
  await press(world, jutta, `hb:${id}`);
  await press(world, jutta, 'hb.way:');
  await press(world, jutta, 'hb.day:');
  await press(world, jutta, 'hb.time:');
}

it('without her consent a volunteer is told how to do it together, and books nothing', async () => {
  const { jutta } = staffOf(world);
  await forge(world, jutta, `ho:${id}`);
  await press(world, jutta, `hb:${id}`);
  expect(says(jutta)).toContain(words(world, 'consents:book.together'));
  await allow('yes');
  await toSummary();
  const { data } = findButton(jutta, 'hb.ok:');
  await allow('no');
  await forge(world, jutta, data);
  expect(await world.db.prisma.appointment.count()).toBe(0);
});

it('with her consent books once, and she gets it in her own chat and language', async () => {
  const { jutta, thomas } = staffOf(world);
  await allow('yes');
  await toSummary();
  const { data } = findButton(jutta, 'hb.ok:');
  await press(world, jutta, 'hb.ok:');
  expect(says(jutta)).toContain(words(world, 'consents:book.done'));
  await forge(world, jutta, data);
  const [made, ...others] = await world.db.prisma.appointment.findMany({ include: { refugee: true, manager: true } });
  expect(others).toEqual([]);
  expect(made?.manager.name).toBe('Thomas Weiß');
  // The case said that she needs somebody who interprets: so does what is booked for her.
  expect(made?.refugee).toMatchObject({ interpreter: true, interpreterLanguage: 'ar' });
  expect(made?.interpreterLanguage).toBe('ar');
  expect(everything(thomas)).toContain('Mit Übersetzung: Arabisch');
  expect(everything(thomas)).toContain(String(made?.refugee?.number));
  const told = amal.chat.findLast((one) => one.text !== undefined && one.fromBot);
  const text = plainText(told?.text ?? '');
  expect(text).toContain(words(world, 'consents:book.told', 'ar'));
  // The same card as after booking herself: her language, German, and what can be done with it.
  for (const locale of ['ar', 'de'] as const) expect(text).toContain(words(world, 'appointments:card.title', locale));
  expect(text).toContain('Thomas Weiß');
  const kinds = buttonsOf(told).map(({ data }) => data);
  for (const kind of ['card.lost', 'card.pin', 'card.ics', 'mv', 'cancel'])
    expect(kinds).toContain(`${kind}:${made?.id}`);
  // The pin comes below the card.
  const pin = amal.chat.findLast(({ venue }) => venue !== undefined);
  expect(pin?.message_id).toBeGreaterThan(told?.message_id ?? 0);
  await press(world, amal, `cancel:${made?.id}`);
  await press(world, amal, `cancel.why:${made?.id}:`);
  expect(await world.db.prisma.appointment.count({ where: { status: 'booked' } })).toBe(0);
});

it('tells nothing of an appointment that was cancelled before she could be told', async () => {
  const { jutta } = staffOf(world);
  await allow('yes');
  await toSummary();
  await press(world, jutta, 'hb.ok:');
  const { id: madeId } = await world.db.prisma.appointment.findFirstOrThrow();
  const { handovers } = world.program.services;
  const { personId } = await actorOf(world, amal, 'refugee');
  expect(await handovers.toTell(personId, madeId)).toMatchObject({ id: madeId });
  await press(world, amal, `cancel:${madeId}`);
  await press(world, amal, `cancel.why:${madeId}:`);
  expect(await handovers.toTell(personId, madeId)).toBeUndefined();
});
