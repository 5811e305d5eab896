import type { InlineKeyboardButton, KeyboardButton } from '@grammyjs/types';
import { replyLabel } from './keyboard.ts';
import { inlineKeyboard, type PersonState, type StoredMessage } from './state.ts';

/** Something that can be pressed. */
export type Choice =
  | { kind: 'inline'; label: string; message: StoredMessage; button: InlineKeyboardButton }
  | { kind: 'reply'; label: string; button: KeyboardButton };

/** A label without the marks that only steer its direction. */
function bare(label: string): string {
  return label.replace(/[\u200E\u200F\u061C\u2066-\u2069]/g, '').trim();
}

export function isLabelled(choice: Choice, label: string | RegExp): boolean {
  return typeof label === 'string' ? bare(choice.label) === bare(label) : label.test(bare(choice.label));
}

/** Everything that could be pressed, newest message first, the keyboard below the chat at the place of its message. */
export function choicesOf(person: PersonState, messageId: number | undefined): Choice[] {
  const inline = person.messages
    .filter((message) => messageId === undefined || message.message_id === messageId)
    .toReversed()
    .flatMap((message): Choice[] =>
      (inlineKeyboard(message)?.inline_keyboard.flat() ?? []).map((button) => ({
        kind: 'inline',
        label: button.text,
        message,
        button,
      })),
    );
  if (messageId !== undefined) return inline;
  const reply = (person.keyboard?.keyboard.flat() ?? []).map(
    (button): Choice => ({ kind: 'reply', label: replyLabel(button), button }),
  );
  const newest = person.messages.findLast((message) => message.fromBot && message.reply_markup);
  return newest?.reply_markup && 'keyboard' in newest.reply_markup ? [...reply, ...inline] : [...inline, ...reply];
}

/** Tells a test's author what could have been pressed instead. */
export function nothingToTap(person: PersonState, label: string | RegExp, choices: Choice[]): string {
  const labels = [...new Set(choices.map((choice) => `"${bare(choice.label)}"`))];
  const last = person.messages.findLast((message) => message.fromBot);
  return [
    `${person.firstName} finds no button ${label instanceof RegExp ? label : `"${label}"`}.`,
    labels.length > 0 ? `On screen: ${labels.join(', ')}.` : 'There are no buttons.',
    `The bot said last: ${JSON.stringify(last?.text ?? last?.caption ?? '(nothing)').slice(0, 300)}`,
  ].join(' ');
}

/** The newest message of the bot that has buttons, otherwise its newest message. */
export function screenOf(person: PersonState): { messageId: number; text: string; buttons: string[][] } | undefined {
  const labelled = (message: StoredMessage): string[][] => {
    const markup = message.reply_markup;
    if (markup && 'inline_keyboard' in markup) return markup.inline_keyboard.map((row) => row.map(({ text }) => text));
    const isCurrent = markup && 'keyboard' in markup && JSON.stringify(markup) === JSON.stringify(person.keyboard);
    return isCurrent ? markup.keyboard.map((row) => row.map(replyLabel)) : [];
  };
  const own = person.messages.filter((message) => message.fromBot);
  const message = own.findLast((each) => labelled(each).length > 0) ?? own.at(-1);
  if (!message) return undefined;
  const text = message.text ?? message.caption ?? message.venue?.title ?? '';
  return { messageId: message.message_id, text, buttons: labelled(message) };
}
