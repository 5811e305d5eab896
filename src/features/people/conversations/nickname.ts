import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, waitForText } from '../../../telegram/dialogue.ts';
import { send } from '../../../telegram/screen.ts';
import { plain } from '../../../telegram/views.ts';
import { NICKNAME_LENGTH, type Refugee } from '../model.ts';
import type { PeopleService } from '../service.ts';
import { nicknameKept } from '../views.ts';

/** A refugee types how she wants to be called. */
export const nicknameDialogue =
  (deps: { i18n: I18n; people: PeopleService }) =>
  async (dialogue: Dialogue, _ctx: unknown, start: { readonly locale: Locale }) => {
    const t = deps.i18n.translator(start.locale);
    const hints = {
      noText: plain(t, 'common:no-file'),
      tooLong: plain(t, 'common:too-long', { count: NICKNAME_LENGTH }),
    };
    for (;;) {
      const { text, ctx, chatId } = await waitForText(dialogue, hints, NICKNAME_LENGTH);
      if (text.startsWith('/')) {
        await send(ctx.api, chatId, plain(t, 'common:not-understood'));
        continue;
      }
      const kept = await ext(dialogue, async (outside) => {
        const nickname = await deps.people.setNickname(outside.actor as Refugee, text);
        return { kind: 'kept', ...(nickname !== undefined && { nickname }) };
      });
      await send(ctx.api, chatId, nicknameKept(t, kept.nickname));
      return;
    }
  };
