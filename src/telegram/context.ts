import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context as GrammyContext } from 'grammy';
import type { Translator } from '../platform/i18n.ts';

/** What the middleware of `bot.ts` puts beside an update of a private chat, before any feature sees it. */
export interface Extras<Actor = unknown> {
  /** Who is writing; made by `people` alone. */
  actor: Actor;
  /** Speaks the language of whoever is writing. */
  t: Translator;
  /** Set when the tapped message shall stay as it is and the answer comes below it. */
  keepMessage?: boolean;
  /** A form waited for an answer when this update came. */
  hadForm?: boolean;
}

export type Context<Actor = unknown> = ConversationFlavor<GrammyContext & Extras<Actor>> & { readonly chatId: number };
