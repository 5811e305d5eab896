import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, type Json, waitForAnswer } from '../../../telegram/dialogue.ts';
import { send } from '../../../telegram/screen.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import type { Actor, SignedVolunteer } from '../../people/model.ts';
import { threadButtons } from '../buttons.ts';
import { MESSAGE_LENGTH } from '../model.ts';
import type { HandoversService } from '../service.ts';
import type { Writer } from '../service-thread.ts';
import * as views from '../views-thread.ts';

export interface MessageStart {
  readonly locale: Locale;
  readonly id: string;
}

/** One message of a thread: typed, perhaps asked about, sent. Words that were doubted are kept here until she decides. */
export const messageDialogue =
  (deps: { readonly i18n: I18n; readonly handovers: HandoversService }) =>
  async (dialogue: Dialogue, _ctx: unknown, { locale, id }: MessageStart): Promise<void> => {
    const t = deps.i18n.translator(locale);
    let doubted: { text: string; place: number } | undefined;
    for (;;) {
      const held = doubted;
      const { value, ctx } = await waitForAnswer<{ typed: string } | 'anyway'>(
        dialogue,
        ({ data, text }) => {
          if (text !== undefined && text.trim() !== '') return { typed: text.trim() };
          const isAnyway = data !== undefined && threadButtons.anyway.parse(data)?.id === id;
          return isAnyway && held !== undefined ? 'anyway' : undefined;
        },
        views.noFileHere(t, id),
      );
      const chatId = ctx.chatId ?? 0;
      if (value !== 'anyway' && [...value.typed].length > MESSAGE_LENGTH) {
        await send(ctx.api, chatId, plain(t, 'common:too-long', { count: MESSAGE_LENGTH }));
        continue;
      }
      if (value !== 'anyway' && value.typed.startsWith('/')) {
        await send(ctx.api, chatId, plain(t, 'common:not-understood'));
        continue;
      }
      const words = value === 'anyway' ? held : { text: value.typed, place: ctx.message?.message_id ?? 0 };
      if (words === undefined) continue;
      const next = await ext(dialogue, async ({ actor }) => {
        const view = await say(actor as Actor, words, value === 'anyway');
        return { kind: view.isDoubted ? 'doubted' : 'over', view: view.view as unknown as Json };
      });
      await send(ctx.api, chatId, next.view as unknown as View);
      if (next.kind === 'over') return;
      doubted = words;
    }

    async function say(actor: Actor, words: { text: string; place: number }, isSure: boolean) {
      const writer = writerOf(actor);
      const side = actor.kind === 'manager' ? 'manager' : 'volunteer';
      const over = (view: View) => ({ view, isDoubted: false });
      if (writer === undefined) return over(views.threadClosed(t, side, id));
      const said = await deps.handovers.say(writer, id, { ...words, isSure });
      if (said.status === 'found') return { view: views.messageAsks(t, id, said.findings), isDoubted: true };
      if (said.status === 'full') return over(views.threadFull(t, side, id));
      const thread = said.status === 'said' ? await deps.handovers.thread(writer, id) : undefined;
      return over(thread === undefined ? views.threadClosed(t, side, id) : views.threadPage(t, side, thread, 0, true));
    }
  };

/** Whoever may write in a thread at all; which one, the service decides. */
export const writerOf = (actor: Actor): Writer | undefined => {
  if (actor.kind === 'manager') return actor;
  return actor.kind === 'volunteer' && actor.signed ? (actor as SignedVolunteer) : undefined;
};
