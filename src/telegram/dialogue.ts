import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Conversation } from '@grammyjs/conversations';
import type { Context as PlainContext } from 'grammy';
import type { Context } from './context.ts';
import { replace, send } from './screen.ts';
import type { View } from './view.ts';

/** A short form in which people type. Inside nothing happens but waits, `ext` and showing. */
export type Dialogue = Conversation<Context, PlainContext>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
export type Outcome = { readonly kind: string; readonly [key: string]: Json | undefined };

/** Forms are short: whoever comes back later than this starts again. */
export const DIALOGUE_MS = 12 * 3_600_000;

/**
 * The only door from a dialogue to the program. The task gets the update's own context (who writes, her language)
 * and returns plain data; the same value comes back in every replay. What it throws ends the form.
 */
export async function ext<T extends Outcome>(dialogue: Dialogue, task: (ctx: Context) => Promise<T>): Promise<T> {
  return dialogue.external(async (ctx) => JSON.parse(JSON.stringify(await task(ctx))) as T);
}

/**
 * Waits for something typed. A pressed button leaves the form and does what it says; commands have left it before.
 * Anything that is no text gets `hint`, and the form goes on waiting. `limit` counts characters.
 */
export async function waitForText(
  dialogue: Dialogue,
  hints: { readonly noText: View; readonly tooLong: View },
  limit: number,
): Promise<{ readonly text: string; readonly ctx: PlainContext; readonly chatId: number }> {
  for (;;) {
    const ctx = await dialogue.wait();
    if (ctx.callbackQuery !== undefined || ctx.chatId === undefined) await dialogue.halt({ next: true });
    const chatId = ctx.chatId ?? 0;
    const text = ctx.message?.text?.trim();
    if (text !== undefined && text !== '' && [...text].length <= limit) return { text, ctx, chatId };
    await send(ctx.api, chatId, text === undefined || text === '' ? hints.noText : hints.tooLong);
  }
}

/** What somebody did while a form was waiting: pressed, typed, or sent a pin of the map. */
export interface Given {
  readonly data?: string;
  readonly text?: string;
  readonly pin?: { readonly lat: number; readonly lon: number };
}

export interface Answer<T> {
  readonly value: T;
  readonly ctx: PlainContext;
}

/**
 * Waits for an answer that `read` understands: pressed or typed. A button that is not the form's leaves the form and
 * does what it says; anything else gets `hint`. A press of the form is answered here.
 */
export async function waitForAnswer<T>(
  dialogue: Dialogue,
  read: (given: Given) => T | undefined,
  hint: View,
): Promise<Answer<T>> {
  for (;;) {
    const ctx = await dialogue.wait();
    const data = ctx.callbackQuery?.data;
    const text = ctx.message?.text;
    const pin = ctx.message?.location;
    const value = read({
      ...(data !== undefined && { data }),
      ...(text !== undefined && { text }),
      ...(pin !== undefined && { pin: { lat: pin.latitude, lon: pin.longitude } }),
    });
    if (value !== undefined) {
      if (data !== undefined) await ctx.answerCallbackQuery();
      return { value, ctx };
    }
    if (ctx.callbackQuery !== undefined || ctx.chatId === undefined) await dialogue.halt({ next: true });
    await send(ctx.api, ctx.chatId ?? 0, hint);
  }
}

/** Waits for one of the form's own buttons. */
export const waitForPress = <T>(
  dialogue: Dialogue,
  read: (data: string) => T | undefined,
  hint: View,
): Promise<Answer<T>> => waitForAnswer(dialogue, ({ data }) => (data === undefined ? undefined : read(data)), hint);

/** Shows the next step: in place of the one that was pressed, or below what was typed. */
export async function next(ctx: PlainContext, view: View): Promise<void> {
  const pressed = ctx.callbackQuery?.message;
  if (pressed === undefined) await send(ctx.api, ctx.chatId ?? 0, view);
  else await replace(ctx.api, pressed.chat.id, pressed.message_id, view);
}

/** The version of all dialogues: a form that waited while the program changed is told so instead of misread. */
export function dialoguesVersion(): string {
  const root = path.join(import.meta.dirname, '..');
  const files = globSync(['features/*/conversations/*.ts', 'features/*/questions*.ts'], { cwd: root }).sort();
  const hash = createHash('sha256');
  for (const file of [...files, 'telegram/dialogue.ts', 'telegram/form.ts'])
    hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 12);
}
