import type { Key } from '../../src/platform/i18n.ts';
import type { Locale } from '../../src/platform/locale.ts';
import type { SimMessage, SimulatedPerson } from '../../src/simulator/person.ts';
import type { World } from './world.ts';

/** Presses the button of the newest screen whose data is, or begins with, `prefix`: the same walk in every language. */
export async function press(world: World, person: SimulatedPerson, prefix: string): Promise<void> {
  const button = findButton(person, prefix);
  person.presses(button.messageId, button.data);
  await world.settle();
}

/** Presses with this data on the newest screen, whether such a button is there or not. */
export async function forge(world: World, person: SimulatedPerson, data: string): Promise<void> {
  person.presses(person.chat.findLast((one) => one.fromBot)?.message_id ?? 1, data);
  await world.settle();
}

export async function write(world: World, person: SimulatedPerson, text: string): Promise<void> {
  person.sends(text);
  await world.settle();
}

interface FoundButton {
  readonly messageId: number;
  readonly data: string;
  readonly label: string;
}

/** All buttons of a message that send data, in order. */
export function buttonsOf(message: SimMessage | undefined): FoundButton[] {
  const keyboard = (
    message?.reply_markup as { inline_keyboard?: { text: string; callback_data?: string }[][] } | undefined
  )?.inline_keyboard;
  return (keyboard?.flat() ?? []).flatMap(({ text, callback_data }) =>
    message === undefined || callback_data === undefined
      ? []
      : [{ messageId: message.message_id, data: callback_data, label: plainText(text) }],
  );
}

/** The data of the buttons of the newest screen. */
export const offered = (person: SimulatedPerson): readonly string[] =>
  buttonsOf(lastMessage(person)).map(({ data }) => data);

/** The newest message of the bot that has such a button. */
export function findButton(person: SimulatedPerson, prefix: string): FoundButton {
  for (const message of person.chat.toReversed()) {
    const buttons = buttonsOf(message);
    const found = buttons.find(({ data }) => data === prefix) ?? buttons.find(({ data }) => data.startsWith(prefix));
    if (found !== undefined) return found;
  }
  throw new Error(`${person.id} sees no button ${prefix}; the screen is\n${describe(person)}`);
}

const describe = (person: SimulatedPerson): string => {
  const screen = person.screen();
  return screen === undefined
    ? '(nothing)'
    : `${screen.text}\n${screen.buttons.map((row) => row.join(' | ')).join('\n')}`;
};

/** The newest message of the bot. */
export const lastMessage = (person: SimulatedPerson): SimMessage | undefined =>
  person.chat.findLast((one) => one.fromBot);

/** What the newest message of the bot says, without direction characters. */
export const says = (person: SimulatedPerson): string => plainText(lastMessage(person)?.text ?? '');

/** Everything that the bot's messages in this chat say now, without direction characters. */
export const everything = (person: SimulatedPerson): string =>
  person.chat
    .filter((one) => one.fromBot)
    .map((one) => plainText(`${one.text ?? ''}${one.caption ?? ''}${buttonsOf(one).map(({ label }) => label)}`))
    .join('\n');

export const plainText = (text: string): string => text.replace(/[\u200e\u200f\u2066-\u2069]/g, '');

/** From START to the menu: language, consent, housing, town, no interpreter. */
export async function arrive(world: World, person: SimulatedPerson, locale: Locale, town = 'Calw'): Promise<void> {
  await consent(world, person, locale);
  await press(world, person, 'housing:municipality');
  await write(world, person, town);
  await press(world, person, 'town:live');
  await press(world, person, 'interp:no');
}

/** From START to the first question. */
export async function consent(world: World, person: SimulatedPerson, locale: Locale): Promise<void> {
  person.starts();
  await world.settle();
  await press(world, person, `lang.to:${locale}`);
  await press(world, person, 'consent:yes');
}

/** From the menu to a booked appointment: the first free one. */
export async function book(world: World, person: SimulatedPerson, way = 'place'): Promise<void> {
  await toSummary(world, person, way);
  await press(world, person, 'bk.ok:');
}

/** From the menu to the question whether this is right. */
export async function toSummary(world: World, person: SimulatedPerson, way = 'place'): Promise<void> {
  await write(world, person, '/menu');
  await press(world, person, 'bk');
  await press(world, person, 'bk.topic:');
  await press(world, person, `bk.way:${findButton(person, 'bk.way:').data.split(':')[1]}:language:${way}`);
  await press(world, person, 'bk.day:');
  await press(world, person, 'bk.time:');
}

/** A volunteer reads the undertaking and signs it. */
export async function signUndertaking(world: World, person: SimulatedPerson): Promise<void> {
  await write(world, person, '/menu');
  await press(world, person, 'undertake:');
}

/** The demo's staff, who have joined already. */
export const staffOf = (world: World) => ({
  /** Manager of Calw and most others. */
  maria: world.telegram.person({ id: 700003, firstName: 'Maria' }),
  /** Manager of Wildberg. */
  thomas: world.telegram.person({ id: 700005, firstName: 'Thomas' }),
  /** Maria's colleague, who serves no municipality of her own. */
  samira: world.telegram.person({ id: 700009, firstName: 'Samira' }),
  /** Volunteer. */
  jutta: world.telegram.person({ id: 700002, firstName: 'Jutta' }),
  /** The county's coordinator. */
  karin: world.telegram.person({ id: 700008, firstName: 'Karin' }),
});

const VALUES = Object.fromEntries(
  [
    ...['name', 'phone', 'office', 'town', 'towns', 'number', 'day', 'time', 'person', 'county', 'carrier', 'role'],
    ...[
      'nickname',
      'language',
      'appointments',
      'messages',
      'place',
      'address',
      'before',
      'after',
      'minutes',
      'weekday',
    ],
    ...['from', 'to', 'link', 'date', 'topic', 'controller', 'officer', 'circle', 'consent', 'slot', 'buffer'],
  ].map((name) => [name, '|']),
);

/** The longest piece of a text that holds whatever is put into it: a screen that contains it says that text. */
export function words(world: World, key: Key, locale: Locale = 'de'): string {
  const pieces = plainText(world.i18n.translator(locale).label(key, { ...VALUES, count: 2 })).split(
    /[|\n\d]|\{\{.*?\}\}/,
  );
  return pieces.reduce((longest, piece) => (piece.trim().length > longest.length ? piece.trim() : longest), '');
}
