import type { Locale } from '../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import { everything, findButton, press, signUndertaking, staffOf, write } from './walks.ts';
import type { World } from './world.ts';

export interface CaseWish {
  readonly town?: string;
  readonly kind?: 'referral' | 'transfer';
  readonly text?: string;
}

/** From the menu to the summary: the whole form, mostly buttons. Returns the draft's id. */
export async function writeCase(world: World, volunteer: SimulatedPerson, wish: CaseWish = {}): Promise<string> {
  await write(world, volunteer, '/menu');
  await press(world, volunteer, 'ho.start');
  await press(world, volunteer, 'ho.new:');
  await write(world, volunteer, wish.town ?? 'Wildberg');
  await press(world, volunteer, 'ho.town:');
  const id = findButton(volunteer, 'ho:').data.split(':')[1] ?? '';
  await press(world, volunteer, `ho:${id}`);
  await press(world, volunteer, `ho.kind:${id}:${wish.kind ?? 'transfer'}`);
  await press(world, volunteer, `ho.set:${id}:languages:ar:`);
  await press(world, volunteer, `ho.int:${id}:`);
  await press(world, volunteer, `ho.next:${id}:languages`);
  await press(world, volunteer, `ho.set:${id}:topics:housing:`);
  await press(world, volunteer, `ho.next:${id}:topics`);
  await press(world, volunteer, `ho.urg:${id}:week`);
  await press(world, volunteer, `ho.set:${id}:tried:office:`);
  await press(world, volunteer, `ho.next:${id}:tried`);
  if (wish.text === undefined) await press(world, volunteer, `ho.next:${id}:text`);
  else await write(world, volunteer, wish.text);
  await press(world, volunteer, `ho.set:${id}:reach:bot:`);
  await press(world, volunteer, `ho.next:${id}:reach`);
  await press(world, volunteer, `ho.set:${id}:available:evening:`);
  await press(world, volunteer, `ho.next:${id}:available`);
  return id;
}

/** The secret in the newest link for the refugee. */
export function consentToken(volunteer: SimulatedPerson): string {
  const all = [...everything(volunteer).matchAll(/start=c_([\w-]{32})/g)];
  const token = all.at(-1)?.[1];
  if (token === undefined) throw new Error('no link for the refugee');
  return token;
}

/** From the summary to a link; returns its secret. */
export async function askConsent(world: World, volunteer: SimulatedPerson, id: string): Promise<string> {
  await press(world, volunteer, `hv:${id}`);
  await press(world, volunteer, `ho.link:${id}`);
  return consentToken(volunteer);
}

/** Opens the link, in her language, and says that it is for her. */
export async function openConsent(
  world: World,
  person: SimulatedPerson,
  token: string,
  locale: Locale = 'ar',
): Promise<void> {
  person.starts(`c_${token}`);
  await world.settle();
  const isNew = (await world.program.services.people.identify(person.id)).actor.kind === 'stranger';
  if (isNew) await press(world, person, `hc.lang:${locale}`);
  await press(world, person, 'hc.me:');
}

/** A case that has reached its team: form, link, consent. */
export async function sendCase(
  world: World,
  refugee: SimulatedPerson,
  wish: CaseWish = {},
  locale: Locale = 'ar',
): Promise<string> {
  const { jutta } = staffOf(world);
  if (!(await isSigned(world, jutta))) await signUndertaking(world, jutta);
  const id = await writeCase(world, jutta, wish);
  await openConsent(world, refugee, await askConsent(world, jutta, id), locale);
  await press(world, refugee, 'hc.yes:');
  return id;
}

async function isSigned(world: World, person: SimulatedPerson): Promise<boolean> {
  const { actor } = await world.program.services.people.identify(person.id);
  return actor.kind === 'volunteer' && actor.signed;
}

/** A case as the database holds it. */
export const caseOf = (world: World, id: string) => world.db.prisma.handover.findUniqueOrThrow({ where: { id } });
