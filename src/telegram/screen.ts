import { type Api, InputFile } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { newId } from '../platform/crypto.ts';
import { isRightToLeft } from '../platform/locale.ts';
import type { Context } from './context.ts';
import { refusalOf } from './refusal.ts';
import type { Button, Message, View } from './view.ts';

/** Puts a view on the screen that was tapped, or below what was typed. Answers the tap. */
export async function show(ctx: Context, view: View): Promise<void> {
  const tapped = ctx.callbackQuery?.message;
  if (tapped === undefined || ctx.keepMessage === true) {
    await allDone([send(ctx.api, ctx.chatId, view), answer(ctx, view.toast)]);
    return;
  }
  await allDone([replace(ctx.api, ctx.chatId, tapped.message_id, view), answer(ctx, view.toast)]);
}

/**
 * What identifies the message that will show what is asked for: the same for each press of its buttons, so that an
 * impatient second press begins nothing of its own. Fits into a button.
 */
export function screenId(ctx: Context): string {
  const message = ctx.keepMessage === true ? undefined : ctx.msg;
  if (message === undefined) return newId(12);
  return message.message_id.toString(36) + message.date.toString(36).padStart(6, '0');
}

/** Sends a view as a new message, whatever was tapped. */
export async function showBelow(ctx: Context, view: View): Promise<void> {
  await allDone([send(ctx.api, ctx.chatId, view), answer(ctx, view.toast)]);
}

/**
 * Waits for all, also when one fails, and throws the first failure then: an edit that is still being repeated must not
 * arrive after what the person does next.
 */
export async function allDone(work: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

/** Says a short word over the screen; what matters must stand in a message as well. */
export async function answer(ctx: Context, toast?: string): Promise<void> {
  if (ctx.callbackQuery === undefined) return;
  await ctx.answerCallbackQuery(toast === undefined ? {} : { text: toast.slice(0, 200) }).catch((error: unknown) => {
    if (refusalOf(error)?.kind !== 'query-too-old') throw error;
  });
}

/** Sends a message; resolves to its id. Throws Telegram's refusals. */
export async function send(api: Api, chatId: number, message: Message): Promise<number> {
  if ('pin' in message) {
    const { pin } = message;
    return (await api.sendVenue(chatId, pin.lat, pin.lon, pin.title, pin.address)).message_id;
  }
  if ('file' in message) {
    const { name, content, caption } = message.file;
    const file = new InputFile(new TextEncoder().encode(content), name);
    return (await api.sendDocument(chatId, file, caption === undefined ? {} : { caption })).message_id;
  }
  if ('picture' in message) {
    const { name, bytes, caption } = message.picture;
    return (await api.sendPhoto(chatId, new InputFile(bytes, name), { caption, parse_mode: 'HTML' })).message_id;
  }
  return (await api.sendMessage(chatId, message.text, options(message))).message_id;
}

/** Replaces a message's content; where it is gone, sends anew. An unchanged message is a success. */
export async function replace(api: Api, chatId: number, messageId: number, view: View): Promise<void> {
  if (!(await overwrite(api, chatId, messageId, view))) await send(api, chatId, view);
}

/** Replaces a message's content; false where it is gone. An unchanged message is a success. */
export async function overwrite(api: Api, chatId: number, messageId: number, view: View): Promise<boolean> {
  try {
    await api.editMessageText(chatId, messageId, view.text, options(view));
  } catch (error) {
    const refusal = refusalOf(error)?.kind;
    if (refusal === 'message-gone') return false;
    if (refusal !== 'unchanged') throw error;
  }
  return true;
}

const options = (view: View) => ({
  parse_mode: 'HTML' as const,
  link_preview_options: { is_disabled: true },
  reply_markup: keyboard(view),
});

/** Telegram draws keyboards from left to right in every language, so that right-to-left rows are turned around. */
export function keyboard(view: View): InlineKeyboardMarkup {
  const rows = view.rows.filter((row) => row.length > 0).map((row) => row.map(inlineButton));
  return { inline_keyboard: isRightToLeft(view.locale) ? rows.map((row) => row.toReversed()) : rows };
}

function inlineButton(button: Button): InlineKeyboardButton {
  const common = { text: button.label, ...(button.style !== undefined && { style: button.style }) };
  if ('data' in button) return { ...common, callback_data: button.data };
  if ('url' in button) return { ...common, url: button.url };
  if ('webApp' in button) return { ...common, web_app: { url: button.webApp } };
  return { ...common, copy_text: { text: button.copy } };
}
