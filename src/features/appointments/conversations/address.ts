import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, waitForText } from '../../../telegram/dialogue.ts';
import { send } from '../../../telegram/screen.ts';
import { plain } from '../../../telegram/views.ts';
import type { Refugee } from '../../people/model.ts';
import { ADDRESS_LENGTH } from '../model.ts';
import type { AppointmentsService } from '../service.ts';
import { gone } from '../views.ts';
import { addressKept } from '../views-card.ts';

/** A refugee types where her manager shall visit her; it is kept sealed until the visit is over. */
export const addressDialogue =
  (deps: { i18n: I18n; appointments: AppointmentsService }) =>
  async (dialogue: Dialogue, _ctx: unknown, start: { readonly locale: Locale; readonly id: string }) => {
    const t = deps.i18n.translator(start.locale);
    const hints = {
      noText: plain(t, 'common:no-file'),
      tooLong: plain(t, 'common:too-long', { count: ADDRESS_LENGTH }),
    };
    for (;;) {
      const { text, ctx, chatId } = await waitForText(dialogue, hints, ADDRESS_LENGTH);
      if (text.startsWith('/')) {
        await send(ctx.api, chatId, plain(t, 'common:not-understood'));
        continue;
      }
      const { kind } = await ext(dialogue, async (outside) => ({
        kind: await deps.appointments.giveAddress(outside.actor as Refugee, start.id, text),
      }));
      if (kind === 'empty') {
        await send(ctx.api, chatId, hints.noText);
        continue;
      }
      await send(ctx.api, chatId, kind === 'kept' ? addressKept(t, start.id) : gone(t));
      return;
    }
  };
