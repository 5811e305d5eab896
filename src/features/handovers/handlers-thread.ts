import { createConversation } from '@grammyjs/conversations';
import { Composer } from 'grammy';
import type { Context } from '../../telegram/context.ts';
import { DIALOGUE_MS } from '../../telegram/dialogue.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { Actor } from '../people/model.ts';
import { threadButtons as buttons } from './buttons.ts';
import { messageDialogue, writerOf } from './conversations/message.ts';
import type { HandoversHandlersDeps } from './handlers.ts';
import type { Writer } from './service-thread.ts';
import * as views from './views-thread.ts';

export function threadDialogues(deps: HandoversHandlersDeps): Composer<Context> {
  const composer = new Composer<Context>();
  composer.use(createConversation(messageDialogue(deps), { id: 'message', maxMillisecondsToWait: DIALOGUE_MS }));
  return composer;
}

/** What volunteer and manager ask each other about a case. */
export function threadHandlers(deps: HandoversHandlersDeps, router: Router): void {
  const { handovers } = deps;
  const forWriter = async (ctx: Context, act: (writer: Writer) => Promise<void>) => {
    const writer = writerOf(ctx.actor as Actor);
    if (writer === undefined) return deps.showMenu(ctx);
    await ctx.conversation.exitAll();
    await act(writer);
  };
  const showThread = async (ctx: Context, writer: Writer, id: string, page: number) => {
    const thread = await handovers.thread(writer, id);
    await show(
      ctx,
      thread === undefined
        ? views.threadClosed(ctx.t, writer.kind, id)
        : views.threadPage(ctx.t, writer.kind, thread, page),
    );
  };
  router.on(buttons.open, (ctx, { id, page }) => forWriter(ctx, (writer) => showThread(ctx, writer, id, Number(page))));
  router.on(buttons.write, (ctx, { id }) =>
    forWriter(ctx, async (writer) => {
      const thread = await handovers.thread(writer, id);
      if (thread === undefined || !thread.mayWrite) return showThread(ctx, writer, id, 0);
      await show(ctx, views.askMessage(ctx.t, thread.handover));
      await ctx.conversation.enter('message', { locale: ctx.t.locale, id } as never);
    }),
  );
  // Pressed when the words it was about are gone: she reads what was sent, and can write again.
  router.on(buttons.anyway, (ctx, { id }) => forWriter(ctx, (writer) => showThread(ctx, writer, id, 0)));
}
