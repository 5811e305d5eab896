import { expect } from 'vitest';
import type { Coordinator, InviteDraft, Manager, Member, Refugee } from '../../src/features/people/model.ts';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import { dump } from './database.ts';
import { press } from './walks.ts';
import type { World } from './world.ts';

/** Who this person is to the program now. Fails for a stranger. */
export async function memberOf(world: World, person: SimulatedPerson): Promise<Member> {
  const { actor } = await world.program.services.people.identify(person.id);
  if (actor.kind === 'stranger') throw new Error(`${person.firstName} is a stranger`);
  return actor;
}

type Roles = { refugee: Refugee; manager: Manager; coordinator: Coordinator };

/** This person as the actor that a use case demands. */
export async function actorOf<K extends keyof Roles>(world: World, person: SimulatedPerson, kind: K) {
  const actor = await memberOf(world, person);
  if (actor.kind !== kind) throw new Error(`${person.firstName} is ${actor.kind}, not ${kind}`);
  return actor as Roles[K];
}

export const draftOf = {
  volunteer: (name = 'Eva Roth'): InviteDraft => ({
    role: 'volunteer',
    name,
    circle: { name: 'Freundeskreis Calw', municipalities: ['08235085'] },
  }),
  manager: (name = 'Paul Maier', municipalities: readonly string[] = ['08235085'], workingDays = 5): InviteDraft => ({
    role: 'manager',
    name,
    carrierId: 'landratsamt',
    municipalities,
    workingDays,
  }),
  coordinator: (name = 'Rita Wolf', carrierId?: string): InviteDraft => ({ role: 'coordinator', name, carrierId }),
};

/** An invitation's secret; without `by` the operator's. */
export async function inviteFor(world: World, draft: InviteDraft, by?: SimulatedPerson): Promise<string> {
  const coordinator = by === undefined ? undefined : await actorOf(world, by, 'coordinator');
  return (await world.program.services.people.invite(coordinator, draft)).token;
}

/** Opens the link of an invitation and agrees. */
export async function openLink(world: World, person: SimulatedPerson, token: string): Promise<void> {
  person.starts(`i_${token}`);
  await world.settle();
  const isNew = (await world.program.services.people.identify(person.id)).actor.kind === 'stranger';
  if (isNew) await press(world, person, 'lang.to:de');
}

export async function joinBy(world: World, person: SimulatedPerson, token: string): Promise<void> {
  await openLink(world, person, token);
  await press(world, person, 'inv:');
}

/** Every row of every table but the inbox, of which only bare ids may be left. */
export async function rows(world: World): Promise<Readonly<Record<string, readonly string[]>>> {
  const { inbox: _, ...others } = await dump(world.db);
  const left = await world.db.prisma.inbox.findMany();
  expect(left.filter((row) => row.payload !== null || row.chatId !== null || row.owner !== null)).toEqual([]);
  return others;
}

/** Whether any row, the inbox's included, holds this text; looked for also as bytes, in which text is kept unsealed. */
export async function isAnywhere(world: World, text: string): Promise<boolean> {
  const all = Object.values(await dump(world.db))
    .flat()
    .join('\n');
  return all.includes(text) || all.includes(Buffer.from(text).toString('hex'));
}
