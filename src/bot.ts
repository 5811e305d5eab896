import { conversations } from '@grammyjs/conversations';
import { Bot, Composer, type Context as PlainContext } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import type { Flows } from './delivery/flows.ts';
import { appointmentsDialogues, appointmentsHandlers } from './features/appointments/handlers.ts';
import { renewCard } from './features/appointments/handlers-card.ts';
import { dayHandlers } from './features/appointments/handlers-day.ts';
import { feedHandlers } from './features/appointments/handlers-feed.ts';
import { hoursHandlers } from './features/appointments/handlers-hours.ts';
import { reminderHandlers } from './features/appointments/handlers-reminders.ts';
import { managerHandlers } from './features/appointments/handlers-staff.ts';
import { mineRows, refugeeRows } from './features/appointments/views.ts';
import { ownData } from './features/appointments/views-data.ts';
import { managerRows } from './features/appointments/views-staff.ts';
import { coordinationDialogues, coordinationHandlers } from './features/coordination/handlers.ts';
import { absenceHandlers } from './features/coordination/handlers-absence.ts';
import { dutyHandlers } from './features/coordination/handlers-duties.ts';
import { coordinatorRows as coordinationRows } from './features/coordination/views.ts';
import { contactRows, giveButton, keptWish } from './features/coordination/views-duties.ts';
import { coursesHandlers } from './features/courses/handlers.ts';
import { keptHandlers } from './features/courses/handlers-kept.ts';
import { sourcesHandlers } from './features/courses/handlers-sources.ts';
import { courseRows } from './features/courses/views.ts';
import { keptData } from './features/courses/views-kept.ts';
import { sourceRows } from './features/courses/views-sources.ts';
import { guidanceHandlers, guidanceStaffHandlers } from './features/guidance/handlers.ts';
import type { Content } from './features/guidance/model.ts';
import { askRows } from './features/guidance/views-frame.ts';
import { coordinatorRows as contentRows, counsellorRows } from './features/guidance/views-staff.ts';
import { handoversDialogues, handoversHandlers } from './features/handovers/handlers.ts';
import { caseHandlers } from './features/handovers/handlers-cases.ts';
import { consentHandlers } from './features/handovers/handlers-consent.ts';
import { deskHandlers } from './features/handovers/handlers-desk.ts';
import { threadDialogues, threadHandlers } from './features/handovers/handlers-thread.ts';
import { handoverManagerRows, volunteerRows } from './features/handovers/views.ts';
import { stuckRows } from './features/handovers/views-cases.ts';
import { ownRow } from './features/handovers/views-consent-own.ts';
import { outreachHandlers, ownWishes } from './features/outreach/handlers.ts';
import { outreachStaffHandlers } from './features/outreach/handlers-staff.ts';
import { wishesButton, wishLines } from './features/outreach/views.ts';
import { managerRows as outreachRows } from './features/outreach/views-staff.ts';
import { menuOf, peopleDialogues, peopleHandlers, showMenuAfresh } from './features/people/handlers.ts';
import { circleDialogues, circleHandlers } from './features/people/handlers-circles.ts';
import type { Actor } from './features/people/model.ts';
import type { MenuRows, MoreData } from './features/people/views.ts';
import type { OpenNotice } from './notices.ts';
import type { Clock } from './platform/clock.ts';
import { dayOf } from './platform/datetime.ts';
import type { I18n } from './platform/i18n.ts';
import { isLocale } from './platform/locale.ts';
import type { Log } from './platform/log.ts';
import type { Services } from './services.ts';
import { buttons } from './telegram/buttons.ts';
import type { Context } from './telegram/context.ts';
import { dialoguesVersion } from './telegram/dialogue.ts';
import { isDiscreetAct, isLocation } from './telegram/discreet.ts';
import { answerEveryPress, throttle, watchdog } from './telegram/guards.ts';
import { createRouter } from './telegram/router.ts';
import { answer, send, show } from './telegram/screen.ts';
import { type AnswerLedger, createTransport, type Send } from './telegram/transport.ts';
import { plain } from './telegram/views.ts';

export const COMMANDS = ['menu', 'book', 'courses', 'help', 'language', 'privacy', 'delete', 'cancel'] as const;
/** What these show is read beside a form, which goes on waiting below it. */
const READ_BESIDE: readonly string[] = ['help', 'privacy'];
const NAVIGATION = ['start', ...COMMANDS.filter((command) => !READ_BESIDE.includes(command))];
/** Their forms ask where a place of the county lies. */
const PLACE_FINDERS: readonly Actor['kind'][] = ['manager', 'coordinator'];

export interface BotDeps {
  readonly token: string;
  readonly me: UserFromGetMe;
  readonly apiRoot: string;
  readonly send: Send;
  readonly services: Services;
  readonly flows: Flows;
  readonly i18n: I18n;
  readonly clock: Clock;
  readonly log: Log;
  readonly content: Content;
  /** Where the program's pages are reached from outside, without a slash at the end. */
  readonly pagesUrl?: string | undefined;
  readonly openNotice: OpenNotice;
  /** Updates a minute from one chat. */
  readonly perMinute?: number;
}

/** Answered beside a form, which goes on waiting. A form would keep where somebody is, and only those of places may. */
const passesForms = (ctx: Context): boolean =>
  ctx.hasCommand([...READ_BESIDE]) || (isLocation(ctx.update) && !PLACE_FINDERS.includes((ctx.actor as Actor).kind));

/** The bot: middleware in its order, features in theirs. An update goes down until somebody has answered it. */
export function createBot(deps: BotDeps): Bot<Context> {
  const { services, flows, i18n, clock, log } = deps;
  const { people, circles, county, appointments, courses, handovers, outreach, coordination, guidance } = services;
  const ledger: AnswerLedger = new Map();
  const bot = new Bot<Context>(deps.token, {
    botInfo: deps.me,
    client: {
      apiRoot: deps.apiRoot,
      fetch: createTransport(deps.send, { ledger, patient: true }) as never,
      timeoutSeconds: 50,
    },
  });
  const linkTo = (token: string) => `https://t.me/${deps.me.username}?start=i_${token}`;
  const consentLinkTo = (token: string) => `https://t.me/${deps.me.username}?start=c_${token}`;
  const menuRows: MenuRows = {
    refugee: refugeeRows,
    everyRefugee: (t) => [...mineRows(t), ...courseRows(t)],
    volunteer: (t, volunteer) => [...volunteerRows(t, volunteer), ...courseRows(t)],
    manager: (t) => [...managerRows(t), ...handoverManagerRows(t), ...outreachRows(t)],
    coordinator: (t) => [...coordinationRows(t), ...stuckRows(t), ...sourceRows(t), ...contentRows(t)],
    counsellor: counsellorRows,
    everybody: askRows,
    contact: contactRows,
    waiting: giveButton,
  };
  const moreData: MoreData = async (t, member) => {
    const { text, rows } = ownData(t, member);
    const reminders = text === undefined ? [] : [text];
    if (member.kind !== 'refugee') return { lines: reminders, rows };
    const wish = keptWish(t, await coordination.wishOf(member));
    const wishes = wishLines(t, await ownWishes(outreach, member));
    const kept = keptData(t, await courses.keptFor(member));
    return {
      lines: [...reminders, ...(wish === undefined ? [] : [wish]), ...wishes, ...kept.lines],
      rows: [...rows, [wishesButton(t)], ...kept.rows, ownRow(t)],
    };
  };
  const peopleDeps = { people, circles, county, i18n, menuRows, moreData, linkTo, standIn: appointments.standIn };
  const circleDeps = { circles, county, i18n, linkTo, menuAfresh: (ctx: Context) => showMenuAfresh(peopleDeps, ctx) };
  const showMenu = async (ctx: Context) =>
    show(ctx, await menuOf(peopleDeps, ctx.actor as Actor, ctx.t, ctx.from?.language_code));
  const appointmentsDeps = {
    appointments,
    county,
    i18n,
    showMenu,
    today: () => dayOf(clock.now()),
    now: () => clock.now(),
  };
  const coordinationDeps = { ...appointmentsDeps, coordination };
  const emergency = deps.content.numbers.find(({ id }) => id === 'emergency')?.number ?? '112';
  const handoversDeps = { handovers, county, i18n, emergency, showMenu, consentLinkTo };
  const guidanceDeps = { guidance, appointments, county, content: deps.content, i18n, showMenu };
  const version = dialoguesVersion();
  const states = new WeakMap<object, ReturnType<Flows['open']>>();
  const router = createRouter();

  // Above everything: whether somebody can be reached, and no groups.
  bot.on('my_chat_member', async (ctx) => {
    if (ctx.chat.type !== 'private') {
      if (ctx.myChatMember.new_chat_member.status !== 'left') await ctx.leaveChat().catch(() => undefined);
      return;
    }
    const reachable = ctx.myChatMember.new_chat_member.status === 'member';
    if (reachable) return people.markReachable(ctx.chat.id);
    const personId = await people.markUnreachable(ctx.chat.id);
    if (personId === undefined) return;
    await appointments.tellUnreachable(personId);
    await coordination.tellUnreachable(personId);
  });
  const chat = new Composer<Context>();
  bot.filter((ctx) => ctx.chat?.type === 'private').use(chat);
  chat.use(answerEveryPress(ledger, 1_500, log) as never, watchdog(20_000));

  // Who is writing, in which language, where in a form: one query.
  chat.use(async (ctx, next) => {
    const { actor, flow, unreachable } = await people.identify(ctx.chatId);
    ctx.actor = actor;
    const code = ctx.from?.language_code;
    ctx.t = i18n.translator(actor.kind === 'stranger' ? (isLocale(code) ? code : 'de') : actor.locale);
    states.set(ctx, openFlow(flow));
    if (unreachable) await people.markReachable(ctx.chatId);
    await next();
  });
  chat.use(
    throttle({
      perMinute: deps.perMinute ?? 60,
      now: () => Date.now(),
      tell: async (ctx) => {
        if (ctx.callbackQuery === undefined) await send(ctx.api, ctx.chatId, plain(ctx.t, 'common:too-fast'));
        else await answer(ctx, ctx.t.label('common:too-fast'));
      },
    }),
  );

  // Forms: what leaves them stands above, what enters them below.
  chat.use(
    conversations<Context, PlainContext>({
      storage: {
        type: 'context',
        version,
        adapter: {
          read: (ctx) => states.get(ctx),
          write: (ctx, state) => flows.write(ctx.chatId, state, clock.now()),
          delete: (ctx) => (states.get(ctx) === undefined ? undefined : flows.delete(ctx.chatId)),
        },
      },
    }),
  );
  chat.use(async (ctx, next) => {
    const stored = states.get(ctx);
    const pressed = ctx.callbackQuery?.data ?? '';
    const isNavigation =
      ctx.hasCommand(NAVIGATION) ||
      [buttons.menu, buttons.menuBelow].some((kind) => kind.parse(pressed)) ||
      (ctx.callbackQuery !== undefined && isDiscreetAct(ctx.update));
    if (stored !== undefined && stored.version[1] !== version) {
      await flows.delete(ctx.chatId);
      if (!isNavigation && !passesForms(ctx) && ctx.callbackQuery === undefined)
        return show(ctx, plain(ctx.t, 'common:updated'));
    }
    ctx.hadForm = stored !== undefined;
    if (stored !== undefined && isNavigation) await ctx.conversation.exitAll();
    await next();
  });
  const forms = chat.filter((ctx) => !passesForms(ctx));
  forms.use(peopleDialogues(peopleDeps));
  forms.use(circleDialogues(circleDeps));
  forms.use(appointmentsDialogues(appointmentsDeps));
  forms.use(handoversDialogues(handoversDeps));
  forms.use(coordinationDialogues(coordinationDeps));
  forms.use(threadDialogues(handoversDeps));

  router.on(buttons.menu, showMenu);
  router.on(buttons.menuBelow, (ctx) => {
    ctx.keepMessage = true;
    return showMenu(ctx);
  });
  router.on(buttons.nothing, (ctx) => answer(ctx));
  // Before people's /start, which takes any other link.
  chat.use(consentHandlers(handoversDeps, router));
  chat.use(peopleHandlers(peopleDeps, router));
  circleHandlers(circleDeps, router);
  chat.use(appointmentsHandlers(appointmentsDeps, router));
  managerHandlers(appointmentsDeps, router);
  hoursHandlers(appointmentsDeps, router);
  const coursesDeps = { ...appointmentsDeps, courses, guidance, content: deps.content };
  chat.use(coursesHandlers(coursesDeps, router));
  keptHandlers(coursesDeps, router);
  chat.use(sourcesHandlers({ sources: services.sources, showMenu }, router));
  handoversHandlers(handoversDeps, router);
  deskHandlers(handoversDeps, router);
  caseHandlers(handoversDeps, router);
  const outreachDeps = { outreach, county, i18n, showMenu, renewCard: renewCard(i18n.translator('de')) };
  outreachHandlers(outreachDeps, router);
  outreachStaffHandlers(outreachDeps, router);
  coordinationHandlers(coordinationDeps, router);
  dutyHandlers(coordinationDeps, router);
  absenceHandlers(coordinationDeps, router);
  chat.use(guidanceHandlers(guidanceDeps, router));
  guidanceStaffHandlers(guidanceDeps, router);
  feedHandlers({ feeds: services.feeds, pages: services.pages, base: deps.pagesUrl, showMenu }, router);
  dayHandlers(appointmentsDeps, router);
  reminderHandlers({ appointments, showMenu, openNotice: deps.openNotice }, router);
  threadHandlers(handoversDeps, router);
  chat.use(router.middleware);

  // Whatever nobody has answered.
  chat.on('callback_query', async (ctx) => {
    await answer(ctx, ctx.t.label('common:old-button'));
    ctx.keepMessage = true;
    await showMenu(ctx);
  });
  chat.on('message:text', async (ctx) => {
    if ((ctx.actor as Actor).kind === 'stranger') return showMenu(ctx);
    await send(ctx.api, ctx.chatId, plain(ctx.t, 'common:not-understood'));
  });
  chat.on('message', async (ctx) => {
    await send(ctx.api, ctx.chatId, plain(ctx.t, 'common:no-file'));
  });
  return bot;

  function openFlow(sealed: Uint8Array | undefined): ReturnType<Flows['open']> {
    return sealed === undefined ? undefined : flows.open(sealed);
  }
}
