import type { Context } from './context.ts';
import { allDone, send } from './screen.ts';
import type { View } from './view.ts';

// Somebody's place, asked for once. Telegram has no button inside of a message that shares it: there must be keys below
// the chat, which come with a message of their own and go with the next one that says so. Where a phone hides them (old
// ones do, behind a sign beside the text), the paper clip does the same.

/** The words of the request. */
export interface LocationRequest {
  readonly text: string;
  readonly share: string;
  readonly refuse: string;
}

/** Puts the two keys below the chat: share, and not. They hide when one was pressed. Answers which message brought them. */
export async function offerKeys(ctx: Context, { text, share, refuse }: LocationRequest): Promise<number> {
  const sent = await ctx.api.sendMessage(ctx.chatId, text, {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: {
      keyboard: [[{ text: share, request_location: true }], [{ text: refuse }]],
      resize_keyboard: true,
      one_time_keyboard: true,
    },
  });
  return sent.message_id;
}

/** Takes the keys away for good, with the message that brought them where it is known, and shows a screen below. */
export async function dropKeys(ctx: Context, text: string, view: View, keys: number | undefined): Promise<void> {
  await ctx.api.sendMessage(ctx.chatId, text, {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: { remove_keyboard: true },
  });
  await allDone([
    send(ctx.api, ctx.chatId, view),
    ...(keys === undefined ? [] : [deleteOne(ctx, keys)]),
    ...(ctx.callbackQuery === undefined ? [] : [ctx.answerCallbackQuery()]),
  ]);
}

/** Deletes what she has just sent, for both sides. What Telegram will not delete (any more) stays. */
export async function deleteSent(ctx: Context): Promise<void> {
  const id = ctx.message?.message_id;
  if (id !== undefined) await deleteOne(ctx, id);
}

const deleteOne = (ctx: Context, id: number): Promise<unknown> =>
  ctx.api.deleteMessage(ctx.chatId, id).catch(() => undefined);
