import type {
  ForceReply,
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  KeyboardButton,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from '@grammyjs/types';
import { cleanText } from './text.ts';

export type ReplyMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;

const INLINE_ACTIONS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'disabled',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
];

/** Community-measured ceilings (tginfo/Telegram-Limits): buttons, buttons in a row, bytes of the whole markup. */
const INLINE = { buttons: 100, row: 8 };
const REPLY = { buttons: 300, row: 12 };
const MARKUP_BYTES = 10_240;

type Fields = Record<string, unknown>;

/** What Telegram says of a malformed keyboard; undefined when it is well formed. The types are checked elsewhere. */
export function checkKeyboard(markup: unknown): string | undefined {
  if (!isObject(markup)) return 'object expected as reply markup';
  const which = ['inline_keyboard', 'keyboard', 'remove_keyboard', 'force_reply'].find((name) => name in markup);
  if (which === undefined) return `reply markup has none of the known fields, only: ${Object.keys(markup).join(', ')}`;
  if (which !== 'inline_keyboard' && which !== 'keyboard') return undefined;
  const rows = markup[which];
  if (!Array.isArray(rows)) return `field "${which}" of the reply markup must be an Array`;
  if (rows.some((row) => !Array.isArray(row))) return `field "${which}" must be an Array of Arrays`;
  const limit = which === 'keyboard' ? REPLY : INLINE;
  if (rows.flat().length > limit.buttons || rows.some((row: unknown[]) => row.length > limit.row))
    return 'reply markup is too long';
  if (Buffer.byteLength(JSON.stringify(markup)) > MARKUP_BYTES) return 'reply markup is too long';
  for (const button of rows.flat()) {
    const problem = which === 'keyboard' ? replyButtonProblem(button) : inlineButtonProblem(button);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function inlineButtonProblem(button: unknown): string | undefined {
  const parsing = "can't parse inline keyboard button: ";
  if (!isObject(button)) return `${parsing}InlineKeyboardButton must be an Object`;
  if (typeof button.text !== 'string') return `${parsing}Can't find field "text"`;
  if (cleanText(button.text) === '') return 'BUTTON_TEXT_INVALID';
  const actions = INLINE_ACTIONS.filter((name) => button[name] !== undefined);
  if (actions.length === 0) return `${parsing}Text buttons are unallowed in the inline keyboard`;
  if (actions.length > 1) return `${parsing}exactly one action is allowed, found ${actions.join(' and ')}`;
  if (typeof button.callback_data === 'string') {
    const bytes = Buffer.byteLength(button.callback_data);
    if (bytes < 1 || bytes > 64) return 'BUTTON_DATA_INVALID';
  }
  if (typeof button.url === 'string' && !isReachableUrl(button.url))
    return `inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`;
  return undefined;
}

function replyButtonProblem(button: unknown): string | undefined {
  const text = typeof button === 'string' ? button : isObject(button) ? button.text : undefined;
  if (typeof text !== 'string') return 'can\'t parse keyboard button: Can\'t find field "text"';
  return cleanText(text) === '' ? 'BUTTON_TEXT_INVALID' : undefined;
}

/** Telegram takes `http`, `https` and `tg` links, and only hosts that contain a dot: `localhost` is refused. */
export function isReachableUrl(url: string): boolean {
  if (/^(tg|ton|tonsite):/i.test(url)) return true;
  const parsed = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`);
  return parsed !== null && /^https?:$/.test(parsed.protocol) && /[.:]/.test(parsed.hostname);
}

/** The markup as clients get it: labels cleaned, empty rows dropped. */
export function cleanKeyboard(markup: ReplyMarkup): ReplyMarkup {
  if ('inline_keyboard' in markup) {
    const rows = markup.inline_keyboard.filter((row) => row.length > 0);
    return { ...markup, inline_keyboard: rows.map((row) => row.map((button) => cleanButton(button))) };
  }
  if ('keyboard' in markup) {
    const rows = markup.keyboard.filter((row) => row.length > 0);
    return { ...markup, keyboard: rows.map((row) => row.map((button) => cleanReplyButton(button))) };
  }
  return markup;
}

function cleanButton(button: InlineKeyboardButton): InlineKeyboardButton {
  return { ...button, text: cleanText(button.text) };
}

function cleanReplyButton(button: KeyboardButton): KeyboardButton {
  return typeof button === 'string' ? { text: cleanText(button) } : { ...button, text: cleanText(button.text) };
}

/** A reply button's label; it may have been sent as bare text. */
export function replyLabel(button: KeyboardButton): string {
  return typeof button === 'string' ? button : button.text;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
