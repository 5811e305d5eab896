import { type Api, Composer } from 'grammy';
import type { I18n } from '../../platform/i18n.ts';
import { isLocale } from '../../platform/locale.ts';
import { type Log, safeError } from '../../platform/log.ts';
import type { Context } from '../../telegram/context.ts';
import type { FetchFile } from '../../telegram/files.ts';
import { refusalOf } from '../../telegram/refusal.ts';
import type { Router } from '../../telegram/router.ts';
import { allDone, answer, replace, send, show } from '../../telegram/screen.ts';
import type { View } from '../../telegram/view.ts';
import type { Actor, Coordinator } from '../people/model.ts';
import { sourceButtons as buttons } from './buttons-sources.ts';
import { LARGEST_TABLE, mayBeTable, type SentFile } from './model-sources.ts';
import type { SourcesService } from './service-sources.ts';
import * as views from './views-sources.ts';

export interface SourcesHandlersDeps {
  readonly sources: SourcesService;
  showMenu(ctx: Context): Promise<void>;
}

/**
 * Lists of courses and what was delivered, for coordinators; and the one file that the bot takes: a table that one of
 * them has sent. Everybody else's goes on to where files are refused, and is not fetched.
 */
export function sourcesHandlers(deps: SourcesHandlersDeps, router: Router): Composer<Context> {
  const { sources } = deps;
  const forCoordinator = async (ctx: Context, act: (by: Coordinator) => Promise<View>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'coordinator') return deps.showMenu(ctx);
    await show(ctx, await act(actor));
  };
  const pageOf = (page: string) => Math.max(0, Number(page));

  router.on(buttons.all, (ctx, { page }) =>
    forCoordinator(ctx, async (by) => views.sources(ctx.t, await sources.overview(by), pageOf(page))),
  );
  router.on(buttons.one, (ctx, { list, page }) =>
    forCoordinator(ctx, async (by) => {
      const found = await sources.source(by, list, pageOf(page));
      return found === undefined ? views.gone(ctx.t) : views.source(ctx.t, found, pageOf(page));
    }),
  );
  router.on(buttons.report, (ctx, { id, page }) =>
    forCoordinator(ctx, async (by) => {
      const found = await sources.report(by, id);
      return found === undefined ? views.gone(ctx.t) : views.report(ctx.t, found, pageOf(page));
    }),
  );
  router.on(buttons.how, (ctx) => forCoordinator(ctx, async () => views.how(ctx.t)));
  router.on(buttons.template, async (ctx) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'coordinator') return deps.showMenu(ctx);
    await allDone([send(ctx.api, ctx.chatId, views.template(ctx.t, sources.template(actor))), answer(ctx)]);
  });
  for (const [button, isConfirmed] of [
    [buttons.fetch, false],
    [buttons.accept, true],
  ] as const) {
    router.on(button, (ctx, { list }) =>
      forCoordinator(ctx, async (by) =>
        (await sources.fetchSoon(by, list, isConfirmed)) ? views.fetching(ctx.t, list) : views.gone(ctx.t),
      ),
    );
  }

  router.on(buttons.ask, (ctx, { id, page }) =>
    forCoordinator(ctx, async (by) => views.askList(ctx.t, id, await sources.lists(by), pageOf(page))),
  );
  /**
   * The message in which she pressed becomes the one that shows how far it is; only then it is handed on, so that no
   * report comes before its bar. Pressed twice is once.
   */
  const begin = async (
    ctx: Context,
    id: string,
    to: 'list' | 'yes',
    want: (by: Coordinator, messageId: number) => Promise<'wanted' | 'gone'>,
  ) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'coordinator') return deps.showMenu(ctx);
    const state = await sources.fileState(actor, id, to);
    if (state === 'in-hand') return answer(ctx);
    if (state === 'gone') return show(ctx, views.fileGone(ctx.t));
    await show(ctx, views.progress(ctx.t, 0, { read: 0, refused: 0 }));
    const pressed = ctx.callbackQuery?.message?.message_id ?? 0;
    if ((await want(actor, pressed)) === 'gone') await replace(ctx.api, ctx.chatId, pressed, views.fileGone(ctx.t));
  };
  router.on(buttons.read, (ctx, { id, list }) =>
    begin(ctx, id, 'list', (by, message) => sources.wantFile(by, id, list, message)),
  );
  router.on(buttons.sure, (ctx, { id }) =>
    begin(ctx, id, 'yes', (by, message) => sources.confirmFile(by, id, message)),
  );
  router.on(buttons.drop, (ctx, { id }) =>
    forCoordinator(ctx, async (by) => {
      await sources.dropFile(by, id);
      return views.dropped(ctx.t);
    }),
  );

  const composer = new Composer<Context>();
  composer.on('message:document', async (ctx, next) => {
    const actor = ctx.actor as Actor;
    if (actor.kind !== 'coordinator') return next();
    const { file_id, file_name, file_size } = ctx.message.document;
    if (!mayBeTable(file_name)) return show(ctx, views.noTable(ctx.t));
    if ((file_size ?? 0) > LARGEST_TABLE) return show(ctx, views.tooLarge(ctx.t));
    const { id, lists } = await sources.keepFile(actor, file_id);
    await show(ctx, views.askList(ctx.t, id, lists, 0));
  });
  return composer;
}

/** Telegram allows about one edit a second in a chat. */
const EDIT_MS = 2_000;

/**
 * What takes longer than a press may: reads the files that wait, one after the other, and tells whoever sent one what
 * became of it. A program that dies has done all of a file or nothing; the next one, or
 * another process, takes it up after its lease.
 */
export function createImportRound(deps: {
  readonly sources: SourcesService;
  readonly api: Api;
  readonly fetchFile: FetchFile;
  readonly i18n: I18n;
  readonly log: Log;
  readonly editMs?: number;
}): () => Promise<void> {
  const { sources, api, fetchFile, i18n, log, editMs = EDIT_MS } = deps;
  const speaking = (file: SentFile) => i18n.translator(isLocale(file.locale) ? file.locale : 'de');

  /** Shows how far it is, one edit at a time; what fails is only a bar. */
  function bar(file: SentFile) {
    const t = speaking(file);
    let last = performance.now();
    let editing: Promise<void> | undefined;
    return {
      show(share: number, at: { readonly read: number; readonly refused: number }) {
        if (editing !== undefined || performance.now() - last < editMs) return;
        last = performance.now();
        editing = replace(api, file.chatId, file.messageId, views.progress(t, share, at))
          .catch(() => undefined)
          .finally(() => {
            editing = undefined;
          });
      },
      end: async () => editing,
    };
  }

  async function readOne(file: SentFile): Promise<void> {
    const fetched = await fetchFile(file.fileId, LARGEST_TABLE);
    if (fetched.status !== 'whole') return sources.failFile(file, fetched.status);
    const progress = bar(file);
    try {
      await sources.readFile(file, fetched.bytes, progress.show);
    } finally {
      await progress.end();
    }
  }

  async function tell(): Promise<void> {
    for (let told = await sources.takeTold(); told !== undefined; told = await sources.takeTold()) {
      const { result } = told;
      const t = speaking(told);
      const mayConfirm = typeof result !== 'string' && result.status === 'mostly-gone';
      const view =
        typeof result === 'string'
          ? views.failure(t, result)
          : views.report(t, result, 0, mayConfirm ? buttons.sure.data({ id: told.id }) : undefined);
      try {
        await replace(api, told.chatId, told.messageId, view);
      } catch (error) {
        const refusal = refusalOf(error)?.kind;
        // After an outage it is said at another round, when this process's lease has run out.
        if (refusal === 'outage' || refusal === 'wait') throw error;
        log.warn('import.untold', safeError(error));
      }
      await sources.endTold(told, mayConfirm);
    }
  }

  return async () => {
    for (let file = await sources.takeFile(); file !== undefined; file = await sources.takeFile()) {
      try {
        await readOne(file);
      } catch (error) {
        // It is tried again a little later, three times in all.
        log.warn('import.failed', safeError(error));
        await sources.retryFile(file);
      }
      await tell();
    }
    await tell();
  };
}
