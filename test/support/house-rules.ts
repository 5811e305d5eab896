import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { SimulatedTelegram } from '../../src/simulator/telegram.ts';
import { definedButtons } from '../../src/telegram/button.ts';

const seen = new WeakMap<SimulatedTelegram, number>();
const MAX_BUTTONS = 12;
const NAMESPACES = readdirSync(path.join(import.meta.dirname, '../../locales/de')).map((file) =>
  path.basename(file, '.json'),
);
const A_KEY = new RegExp(`\\b(?:${NAMESPACES.join('|')}):[\\w.-]+`);
/** What need not be read anew: the digits of a keypad, and help, which stands in the same corner of every screen. */
const isUsual = ({ text, callback_data }: KeyboardButton) =>
  /^\d$/.test(text.replace(/[\u200f\u2066-\u2069]/g, '')) || callback_data?.startsWith('help.in:') === true;

/** What the house demands of every call beyond what Telegram demands; looked at after each step of each test. */
export function houseRules(telegram: SimulatedTelegram): void {
  const from = seen.get(telegram) ?? 0;
  seen.set(telegram, telegram.calls.length);
  for (const call of telegram.calls.slice(from)) {
    const problem = brokenRule(call.method, call.params);
    if (problem !== undefined) throw new Error(`${call.method}: ${problem}\n${JSON.stringify(call.params)}`);
  }
}

interface KeyboardButton {
  readonly text: string;
  readonly callback_data?: string;
}

function brokenRule(method: string, params: Readonly<Record<string, unknown>>): string | undefined {
  const texts = [params.text, params.caption].filter((text) => typeof text === 'string');
  const markup = (typeof params.reply_markup === 'string' ? JSON.parse(params.reply_markup) : params.reply_markup) as
    | { inline_keyboard?: KeyboardButton[][]; keyboard?: KeyboardButton[][]; remove_keyboard?: boolean }
    | undefined;
  // Keys below the chat are a way on as well; what takes them away is followed by a screen.
  const buttons = [...(markup?.inline_keyboard?.flat() ?? []), ...(markup?.keyboard?.flat() ?? [])];
  for (const text of [...texts, ...buttons.map((button) => button.text)]) {
    if (/\{\{|\}\}/.test(text)) return 'a placeholder without a value';
    if (A_KEY.test(text)) return 'a key instead of a text';
    if (/\bundefined\b|\bNaN\b|\[object/.test(text)) return 'a value that is none';
    if ((text.match(/[\u2066-\u2068]/g) ?? []).length !== (text.match(/\u2069/g) ?? []).length)
      return 'an open isolate';
    for (const line of text.split('\n')) {
      const marks = (line.match(/\u200f/g) ?? []).length;
      if (marks > 1 || (marks === 1 && !line.startsWith('\u200f')))
        return 'not one right-to-left mark at a line’s start';
    }
  }
  if (method === 'sendMessage' || method === 'editMessageText') {
    const preview = params.link_preview_options as { is_disabled?: boolean } | undefined;
    if (preview?.is_disabled !== true) return 'a link preview';
    if (buttons.length === 0 && markup?.remove_keyboard !== true) return 'no way on: a screen without buttons';
  }
  const others = buttons.filter((button) => !isUsual(button));
  if (others.length > MAX_BUTTONS) return `${others.length} buttons`;
  for (const { callback_data } of buttons) {
    if (callback_data === undefined) continue;
    if (!definedButtons().some((kind) => kind.parse(callback_data) !== undefined))
      return `a button nobody reads: ${callback_data}`;
  }
  return undefined;
}
