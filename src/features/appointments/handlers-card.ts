import type { Translator } from '../../platform/i18n.ts';
import type { Context } from '../../telegram/context.ts';
import { overwrite } from '../../telegram/screen.ts';
import type { Appointment } from './model.ts';
import { card } from './views-card.ts';

/**
 * A card stays in the chat, also when the appointment is moved below it: whoever presses something on one from before
 * the change sees it as it is now. What it says is not known here, only when it was sent (in whole seconds).
 */
export const renewCard =
  (german: Translator) =>
  async (ctx: Context, one: Appointment): Promise<void> => {
    const tapped = ctx.callbackQuery?.message;
    if (tapped === undefined || one.sequence === 0 || (tapped.date + 1) * 1000 > one.changedAt) return;
    await overwrite(ctx.api, ctx.chatId, tapped.message_id, card(ctx.t, german, one));
  };
