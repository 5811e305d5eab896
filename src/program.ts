import { setTimeout as pause } from 'node:timers/promises';
import { Api, type Bot } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import { Hono } from 'hono';
import { createBot } from './bot.ts';
import { createFlows } from './delivery/flows.ts';
import { startHousekeeping } from './delivery/housekeeping.ts';
import { type InboxWorker, startInboxWorker } from './delivery/inbox-worker.ts';
import { type NoticeSender, startNoticeSender } from './delivery/notice-sender.ts';
import { type RoundsLoop, type RoundsOptions, startRounds } from './delivery/rounds.ts';
import { FEED_PATH } from './features/appointments/model-feed.ts';
import { WEEK_PATH } from './features/appointments/model-week.ts';
import { feedPages } from './features/appointments/pages-feed.ts';
import { weekPages } from './features/appointments/pages-week.ts';
import type { CountyFacts } from './features/county/model.ts';
import { createImportRound } from './features/courses/handlers-sources.ts';
import type { Feed } from './features/courses/model-sources.ts';
import { createCardRound } from './features/guidance/handlers.ts';
import type { Content } from './features/guidance/model.ts';
import { createOpenNotice, createRender } from './notices.ts';
import type { Clock } from './platform/clock.ts';
import type { Seal } from './platform/crypto.ts';
import type { Database } from './platform/database.ts';
import type { I18n } from './platform/i18n.ts';
import { isLocale } from './platform/locale.ts';
import type { Log } from './platform/log.ts';
import { createServices, type Services } from './services.ts';
import type { Context } from './telegram/context.ts';
import { leavesNoTrace } from './telegram/discreet.ts';
import { createFetchFile } from './telegram/files.ts';
import { send } from './telegram/screen.ts';
import { createTransport, type Download, type Send } from './telegram/transport.ts';
import { plain } from './telegram/views.ts';

export interface ProgramDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly i18n: I18n;
  readonly log: Log;
  readonly facts: CountyFacts;
  readonly content: Content;
  readonly token: string;
  readonly me: UserFromGetMe;
  readonly apiRoot: string;
  readonly send: Send;
  /** Opens what somebody has sent. */
  readonly download: Download;
  /** Lists of courses that are fetched again and again. */
  readonly feeds?: readonly Feed[];
  /** Waits between two tries to fetch one; the machine's clock without it. */
  readonly pause?: (ms: number) => Promise<void>;
  /** Between two edits of a bar. */
  readonly editPauseMs?: number;
  /** Where the pages are reached from outside, without a slash at the end; undefined where they are not. */
  readonly pagesUrl?: string | undefined;
  /** Chats handled side by side. */
  readonly concurrency?: number;
  readonly perMinute?: number;
  /** Between two notices to one chat; Telegram allows one a second. */
  readonly chatPauseMs?: number;
  /** Between two looks at what has become free. */
  readonly roundPauseMs?: number;
}

/** Under which paths the features' pages lie. */
export const PAGES = [FEED_PATH, WEEK_PATH] as const;

/** The running program without its door to Telegram: polling, webhook and tests bring updates in. */
export interface Program {
  readonly bot: Bot<Context>;
  readonly services: Services;
  /** Pages and feeds of the features, to be hung into the web server. */
  readonly pages: Hono;
  /** Stores updates and wakes the worker; resolves when they are stored. What leaves no trace is only handled. */
  receive(updates: readonly Update[]): Promise<void>;
  /** Resolves when nothing waits to be handled and no notice is due. */
  idle(): Promise<void>;
  /** Finishes what is in hand. */
  stop(): Promise<void>;
}

/** Messages of the day are planned two days and an hour ahead, so that a missed round or two do no harm. */
const PLAN_MS = 10 * 60_000;
/** An import that is in hand when the program is told to stop has so long to end. */
const LAST_MS = 5_000;

/** Wires everything once and starts the workers. */
export async function startProgram(deps: ProgramDeps): Promise<Program> {
  const { db, clock, seal, i18n, log } = deps;
  let sender: NoticeSender | undefined;
  let rounds: RoundsLoop | undefined;
  let courseRounds: RoundsLoop | undefined;
  const wake = () => {
    sender?.wake();
    rounds?.wake();
    courseRounds?.wake();
  };
  let wakeImports = () => {};
  let wakeCards = () => {};
  const services = createServices({
    ...deps,
    wake,
    wakeImports: () => wakeImports(),
    wakeCards: () => wakeCards(),
  });
  const { people, appointments, courses, outreach, coordination, guidance, feeds, pages, inbox, outbox } = services;
  const flows = createFlows(db, seal);
  const render = createRender({ ...deps, services });
  const openNotice = createOpenNotice({ outbox, render, clock });
  const bot = createBot({ ...deps, services, flows, openNotice });
  // Notices and apologies decide for themselves what to repeat: their transport repeats nothing.
  const api = new Api(deps.token, {
    apiRoot: deps.apiRoot,
    fetch: createTransport(deps.send, { patient: false }) as never,
    timeoutSeconds: 20,
  });

  const lost = async (chatId: number) => {
    const personId = await people.markUnreachable(chatId);
    if (personId === undefined) return;
    await appointments.tellUnreachable(personId);
    await coordination.tellUnreachable(personId);
  };
  // One process owns an embedded database: whatever was in hand when it died is free again.
  if (db.engine === 'embedded') await Promise.all([inbox.releaseAll(), outbox.releaseAll()]);
  sender = startNoticeSender({
    outbox,
    api,
    clock,
    log,
    render,
    unreachable: (notice) => lost(notice.chatId),
    ...(deps.chatPauseMs !== undefined && { chatPauseMs: deps.chatPauseMs }),
  });
  const worker: InboxWorker = startInboxWorker({
    inbox,
    clock,
    log,
    concurrency: deps.concurrency ?? 32,
    handle: (update) => bot.handleUpdate(update),
    apologise: async (update) => {
      const chatId = update.message?.chat.id ?? update.callback_query?.from.id;
      if (chatId === undefined) return;
      const { actor } = await people.identify(chatId);
      const code = update.message?.from.language_code ?? update.callback_query?.from.language_code;
      const locale = actor.kind === 'stranger' ? (isLocale(code) ? code : 'de') : actor.locale;
      await send(api, chatId, plain(i18n.translator(locale), 'common:error'));
    },
    unreachable: lost,
  });
  const housekeeping = startHousekeeping({
    clock,
    log,
    keeper: {
      forgetInbox: inbox.forget,
      forgetFlows: flows.forget,
      forgetNotices: outbox.forget,
      tidy: db.tidy,
      others: {
        appointments: appointments.forgetPast,
        handovers: services.handovers.forgetPast,
        coordination: coordination.tidy,
        missed: appointments.forgetMissed,
        invites: people.forgetInvites,
        courses: courses.forget,
        sources: services.sources.forget,
        outreach: outreach.forget,
        calls: guidance.forgetCalls,
        feeds: feeds.forgetFeeds,
        pages: pages.forgetPages,
      },
    },
  });
  const waking = sender;
  const again = (round: RoundsOptions['round'], everyMs?: number): RoundsLoop =>
    startRounds({
      clock,
      log,
      round,
      ...(everyMs !== undefined && { everyMs }),
      ...(deps.roundPauseMs !== undefined && { pauseMs: deps.roundPauseMs }),
    });
  const looking = again(outreach.makeRounds);
  rounds = looking;
  const matching = again(courses.makeRounds);
  courseRounds = matching;
  const chasing = again(services.handovers.chase);
  // A bar, a report and what overwrites a card are edits: what may be repeated is.
  const editApi = new Api(deps.token, {
    apiRoot: deps.apiRoot,
    fetch: createTransport(deps.send, { patient: true }) as never,
    timeoutSeconds: 20,
  });
  const importing = again(
    createImportRound({
      sources: services.sources,
      api: editApi,
      fetchFile: createFetchFile({ api: editApi, apiRoot: deps.apiRoot, token: deps.token, download: deps.download }),
      i18n,
      log,
      ...(deps.editPauseMs !== undefined && { editMs: deps.editPauseMs }),
    }),
  );
  const fetching = again(services.sources.fetchDue);
  wakeImports = () => {
    importing.wake();
    fetching.wake();
  };
  const clearing = again(createCardRound({ guidance, api: editApi, i18n, log }));
  wakeCards = clearing.wake;
  const planning = again(appointments.planDays, PLAN_MS);

  return {
    bot,
    services,
    pages: new Hono().route('/', feedPages({ feeds, i18n, clock, log })).route(
      '/',
      weekPages({
        pages,
        appointments,
        county: services.county,
        i18n,
        clock,
        log,
        base: deps.pagesUrl,
        token: deps.token,
      }),
    ),
    async receive(updates) {
      // Stored first: what fails here is delivered again, and what is passed on is not.
      await inbox.store(
        updates.filter((update) => !leavesNoTrace(update)),
        clock.now(),
      );
      worker.wake();
      for (const update of updates.filter(leavesNoTrace)) worker.pass(update);
    },
    async idle() {
      // Handling owes notices, and their failures may owe others.
      for (let round = 0; round < 2; round++) {
        await worker.idle();
        await looking.idle();
        await planning.idle();
        await chasing.idle();
        await importing.idle();
        await fetching.idle();
        await matching.idle();
        await clearing.idle();
        await waking.idle();
      }
    },
    async stop() {
      await housekeeping.stop();
      await planning.stop();
      await worker.stop();
      await looking.stop();
      await chasing.stop();
      // A list that is being read may take minutes: what it has read is forgotten, and read again after its lease.
      await Promise.race([Promise.all([importing.stop(), fetching.stop()]), pause(LAST_MS, undefined, { ref: false })]);
      await matching.stop();
      await clearing.stop();
      await waking.stop();
    },
  };
}
