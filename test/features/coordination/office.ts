import type { Manager } from '../../../src/features/people/model.ts';
import { dayOf, wallTime } from '../../../src/platform/datetime.ts';
import type { SimulatedPerson } from '../../../src/simulator/person.ts';
import { actorOf, draftOf, inviteFor, joinBy } from '../../support/builders.ts';
import { findButton, press, write } from '../../support/walks.ts';
import type { World } from '../../support/world.ts';

/** Calw, where Maria Keller (Landratsamt) is the demo's only manager. */
export const CALW = '08235085';

/** Another manager of the Landratsamt who serves Calw; with Maria's office hours, or with none yet. */
export async function colleague(
  world: World,
  name: string,
  options: { readonly hours?: 'like-maria'; readonly days?: number; readonly towns?: readonly string[] } = {},
): Promise<{ person: SimulatedPerson; id: string }> {
  const person = world.person(name);
  await joinBy(
    world,
    person,
    await inviteFor(world, draftOf.manager(name, options.towns ?? [CALW], options.days ?? 5)),
  );
  const actor = await actorOf(world, person, 'manager');
  if (options.hours === 'like-maria') await copyHours(world, actor);
  return { person, id: actor.managerId };
}

async function copyHours(world: World, to: Manager): Promise<void> {
  const maria = await world.db.prisma.manager.findFirstOrThrow({ where: { name: 'Maria Keller' } });
  const hours = await world.db.prisma.officeHours.findMany({ where: { managerId: maria.id } });
  await world.program.services.appointments.addOfficeHours(
    to,
    hours.map((one) => ({
      weekday: one.weekday as 1,
      from: wallTime(one.from),
      to: wallTime(one.to),
      placeId: one.placeId ?? undefined,
      ways: one.ways as ['place'],
      slotMinutes: one.slotMinutes,
      bufferBeforeMinutes: one.bufferBeforeMinutes,
      bufferAfterMinutes: one.bufferAfterMinutes,
      travelMinutes: one.travelMinutes,
      interpreter: one.interpreter,
      everyWeeks: one.everyWeeks,
      validFrom: dayOf(world.clock.now()),
      validTo: undefined,
    })),
  );
}

export const managerId = async (world: World, name: string): Promise<string> =>
  (await world.db.prisma.manager.findFirstOrThrow({ where: { name } })).id;

/** From the menu to the screen on which a manager's leaving is agreed to. */
export async function toLeaving(
  world: World,
  coordinator: SimulatedPerson,
  name: string,
  options: { readonly lastDay?: string; readonly to?: string } = {},
): Promise<void> {
  const id = await managerId(world, name);
  await write(world, coordinator, '/menu');
  await press(world, coordinator, 'ko.team:0');
  await press(world, coordinator, `ko.man:${id}`);
  await press(world, coordinator, 'ko.leave:');
  await press(world, coordinator, `ko.to:${id}:l${options.lastDay ?? 'now'}`);
  const target = options.to === undefined ? '-' : await managerId(world, options.to);
  await press(world, coordinator, findButton(coordinator, 'ko.see:').data.replace(/:-:cancel/, `:${target}:cancel`));
}
