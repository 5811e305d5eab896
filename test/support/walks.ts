import type { Locale } from '../../src/platform/locale.ts';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import type { World } from './world.ts';

/** Presses the button of the newest screen whose data begins with `prefix`: the same walk in every language. */
export async function press(world: World, person: SimulatedPerson, prefix: string): Promise<void> {
  const button = findButton(person, prefix);
  person.presses(button.messageId, button.data);
  await world.settle();
}

/** The newest message of the bot that has such a button. */
export function findButton(
  person: SimulatedPerson,
  prefix: string,
): { messageId: number; data: string; label: string } {
  for (const message of person.chat.toReversed()) {
    const keyboard = (
      message.reply_markup as { inline_keyboard?: { text: string; callback_data?: string }[][] } | undefined
    )?.inline_keyboard;
    for (const { text, callback_data } of keyboard?.flat() ?? []) {
      if (callback_data?.startsWith(prefix)) return { messageId: message.message_id, data: callback_data, label: text };
    }
  }
  throw new Error(`${person.id} sees no button ${prefix}; the screen is\n${describe(person)}`);
}

const describe = (person: SimulatedPerson): string => {
  const screen = person.screen();
  return screen === undefined
    ? '(nothing)'
    : `${screen.text}\n${screen.buttons.map((row) => row.join(' | ')).join('\n')}`;
};

/** What the newest message of the bot says, without direction characters. */
export const says = (person: SimulatedPerson): string =>
  plainText(person.chat.findLast((one) => one.fromBot)?.text ?? '');

export const plainText = (text: string): string => text.replace(/[\u200e\u200f\u2066-\u2069]/g, '');

/** From START to the menu: language, consent, housing, town, no interpreter. */
export async function arrive(world: World, person: SimulatedPerson, locale: Locale, town = 'Calw'): Promise<void> {
  person.starts();
  await world.settle();
  await press(world, person, `lang.to:${locale}`);
  await press(world, person, 'consent:yes');
  await press(world, person, 'housing:municipality');
  person.sends(town);
  await world.settle();
  await press(world, person, 'town:live');
  await press(world, person, 'interp:no');
}

/** From the menu to a booked appointment: the first free one. */
export async function book(world: World, person: SimulatedPerson, way = 'place'): Promise<void> {
  person.sends('/menu');
  await world.settle();
  await press(world, person, 'bk');
  await press(world, person, 'bk.topic:');
  await press(world, person, `bk.way:${findButton(person, 'bk.way:').data.split(':')[1]}:language:${way}`);
  await press(world, person, 'bk.day:');
  await press(world, person, 'bk.time:');
  await press(world, person, 'bk.ok:');
}
