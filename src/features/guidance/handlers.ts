import { type Api, Composer } from 'grammy';
import { dayOf } from '../../platform/datetime.ts';
import type { I18n, Translator } from '../../platform/i18n.ts';
import { isLocale, type Locale } from '../../platform/locale.ts';
import { type Log, safeError } from '../../platform/log.ts';
import { buttons as standing } from '../../telegram/buttons.ts';
import { clearChat } from '../../telegram/clear.ts';
import type { Context } from '../../telegram/context.ts';
import { refusalOf } from '../../telegram/refusal.ts';
import type { Router } from '../../telegram/router.ts';
import { allDone, answer, overwrite, screenId, send, show } from '../../telegram/screen.ts';
import type { Slot, Way } from '../appointments/model.ts';
import type { AppointmentsService } from '../appointments/service.ts';
import type { CountyService } from '../county/service.ts';
import type { Actor, Coordinator, Counsellor, Manager, Refugee } from '../people/model.ts';
import { buttons } from './buttons.ts';
import type { Content, Page } from './model.ts';
import { byDistance, distanceKm, isDialable, isInTime, urgencyOf } from './rules.ts';
import type { GuidanceService } from './service.ts';
import * as views from './views.ts';
import * as calling from './views-call.ts';
import { chooseLanguage, startData } from './views-frame.ts';
import * as helping from './views-helpers.ts';
import * as letters from './views-letter.ts';
import * as staff from './views-staff.ts';
import * as talking from './views-talk.ts';

export interface GuidanceHandlersDeps {
  readonly guidance: GuidanceService;
  readonly appointments: Pick<AppointmentsService, 'offeredWays' | 'offeredDays' | 'offeredSlots'>;
  readonly county: CountyService;
  readonly content: Content;
  readonly i18n: I18n;
  /** Shows the menu of whoever writes: the answer to a button that is not hers. */
  showMenu(ctx: Context): Promise<void>;
}

const isPicture = (type: string | undefined): boolean =>
  type !== undefined && /^(?:image\/|application\/pdf$)/.test(type);

/** Whom to ask. Every handler reads the same, shows a view, and keeps nothing: see `buttons.ts`. */
export function guidanceHandlers(deps: GuidanceHandlersDeps, router: Router): Composer<Context> {
  const { guidance, county, content, i18n } = deps;
  const { office } = county.facts;
  const composer = new Composer<Context>();
  const speak = (locale: Locale) => i18n.translator(locale);
  const pageOf = (code: string): Page | undefined => content.pages.find((page) => page.code === code);
  const refugeeOf = (ctx: Context): Refugee | undefined => {
    const actor = ctx.actor as Actor;
    return actor.kind === 'refugee' ? actor : undefined;
  };

  const showHelp = async (ctx: Context, t: Translator) =>
    show(ctx, views.help(t, content, office, await guidance.standing()));
  composer.command('help', (ctx) => showHelp(ctx, ctx.t));
  const refusePhoto = (ctx: Context) => send(ctx.api, ctx.chatId, views.photoRefused(ctx.t)).then(() => undefined);
  composer.on('message:photo', refusePhoto);
  // A photo or a scan may be sent as a file as well.
  composer.on('message:document', (ctx, next) =>
    isPicture(ctx.message.document.mime_type) ? refusePhoto(ctx) : next(),
  );
  router.on(standing.helpOld, (ctx) => showHelp(ctx, ctx.t));
  router.on(standing.help, (ctx, { locale }) => showHelp(ctx, speak(locale)));

  router.on(standing.helpBelow, (ctx, { locale }) => {
    ctx.keepMessage = true;
    return showHelp(ctx, speak(locale));
  });

  router.on(buttons.start, (ctx, { locale }) => show(ctx, views.start(speak(locale), content)));
  router.on(buttons.numbers, async (ctx, { locale }) =>
    show(ctx, views.moreNumbers(speak(locale), content, await guidance.standing())),
  );
  router.on(buttons.languages, (ctx, { locale, code }) => show(ctx, chooseLanguage(speak(locale), code)));
  router.on(buttons.page, async (ctx, { locale, code }) => {
    const page = pageOf(code);
    // A page that is no more leads to the first screen.
    if (page?.parent === undefined) return show(ctx, views.start(speak(locale), content));
    await show(ctx, views.page(speak(locale), content, page, await guidance.standing()));
  });

  router.on(buttons.topics, (ctx, { locale }) => show(ctx, helping.topics(speak(locale), content)));
  router.on(buttons.helpers, async (ctx, { locale, code, ags, page }) => {
    const topic = pageOf(code);
    if (topic?.isTopic !== true) return show(ctx, helping.topics(speak(locale), content));
    const towns = await county.municipalities();
    const townOf = (one: string | null | undefined) => towns.find((town) => town.ags === one);
    const from = townOf(ags === '-' ? refugeeOf(ctx)?.ags : ags);
    const found = content.helpers
      .filter(({ topics }) => topics.includes(topic.name))
      .map((helper) => {
        const town = townOf(helper.ags);
        return { helper, town, km: from === undefined || town === undefined ? undefined : distanceKm(from, town) };
      });
    const current = await guidance.standing();
    await show(ctx, helping.helpers(speak(locale), content, topic, byDistance(found), from, Number(page), current));
  });
  router.on(buttons.towns, async (ctx, { locale, code, page }) => {
    const topic = pageOf(code);
    if (topic?.isTopic !== true) return show(ctx, helping.topics(speak(locale), content));
    await show(ctx, helping.chooseTown(speak(locale), topic, await county.municipalities(), Number(page)));
  });
  router.on(buttons.card, async (ctx, { locale, code }) => {
    const topic = pageOf(code);
    if (topic?.isTopic !== true) return show(ctx, helping.topics(speak(locale), content));
    await show(ctx, helping.referralCard(speak(locale), speak('de'), content, topic, office));
  });

  router.on(buttons.letter, (ctx, { locale }) => show(ctx, letters.askSender(speak(locale))));
  router.on(buttons.letterFrom, (ctx, { locale, from }) => show(ctx, letters.askDate(speak(locale), from)));
  router.on(buttons.letterDate, (ctx, { locale, from, date }) =>
    show(ctx, letters.askEnvelope(speak(locale), from, date)),
  );
  router.on(buttons.letterEnvelope, async (ctx, { locale, ...letter }) => {
    const urgency = urgencyOf(letter);
    const refugee = refugeeOf(ctx);
    const hasManager = refugee?.managerId !== undefined;
    const slot = hasManager ? await soonest(refugee) : undefined;
    const current = await guidance.standing();
    const inTime = slot !== undefined && isInTime(urgency, dayOf(slot.startsAt), current.today);
    const next = { slot, inTime, hasManager, draft: screenId(ctx) };
    await show(ctx, letters.letterAdvice(speak(locale), content, letter, urgency, next, office, current));
  });

  /** The first free time with her manager, in whichever way. */
  async function soonest(refugee: Refugee): Promise<{ startsAt: Slot['startsAt']; way: Way } | undefined> {
    const ways = (await deps.appointments.offeredWays(refugee)) ?? [];
    const first = await Promise.all(
      ways.map(async (way) => {
        const [day] = await deps.appointments.offeredDays(refugee, way);
        const [slot] = day === undefined ? [] : await deps.appointments.offeredSlots(refugee, way, day);
        return slot === undefined ? [] : [{ startsAt: slot.startsAt, way }];
      }),
    );
    return first.flat().toSorted((a, b) => a.startsAt - b.startsAt)[0];
  }

  router.on(buttons.talk, async (ctx, { locale, answer: said }) => {
    const t = speak(locale);
    const refugee = refugeeOf(ctx);
    if (refugee === undefined) return show(ctx, talking.talkNobody(t, office));
    const partner = said === 'ask' ? await guidance.talkPartner(refugee) : await guidance.wishTalk(refugee);
    const [manager, own] =
      partner === undefined
        ? []
        : await Promise.all([county.manager(partner.managerId), county.manager(partner.ownId)]);
    if (manager === undefined) return show(ctx, talking.talkNobody(t, office));
    const names = { manager: manager.name, standsInFor: own?.id === manager.id ? undefined : own?.name };
    await show(ctx, said === 'ask' ? talking.askTalk(t, names, refugee.number) : talking.talkSent(t, names));
  });

  const callClosed = (ctx: Context, locale: Locale) =>
    show(ctx, calling.closed(speak(locale), startData(speak(locale))));
  router.on(buttons.call, async (ctx, { locale }) => {
    const t = speak(locale);
    // The last of the pages that offer it: the one about nothing but ways to get in touch.
    const above = content.pages.findLast(({ actions }) => actions.includes('call'));
    const back = above === undefined ? startData(t) : buttons.page.data({ locale, code: above.code });
    if (!(await guidance.standing()).calls) return callClosed(ctx, locale);
    await show(ctx, calling.askName(t, back));
  });
  router.on(buttons.callTime, (ctx, { locale, name }) => show(ctx, calling.askTime(speak(locale), name)));
  router.on(buttons.callPhone, (ctx, { locale, ...call }) => show(ctx, calling.askPhone(speak(locale), call)));
  router.on(buttons.callSum, (ctx, { locale, ...call }) =>
    show(
      ctx,
      isDialable(call.digits) ? calling.summary(speak(locale), call) : calling.askPhone(speak(locale), call, true),
    ),
  );
  router.on(buttons.callSend, async (ctx, { locale, name, time, digits }) => {
    const t = speak(locale);
    const status = await guidance.askCall({ name, time, phone: digits, locale });
    if (status === 'asked') return show(ctx, calling.asked(t, name));
    if (status === 'wrong') return show(ctx, calling.askPhone(t, { name, time, digits }, true));
    await callClosed(ctx, locale);
  });

  router.on(buttons.clear, async (ctx, { locale }) => {
    // What she pressed may stand far above: only a message sent now says which one is the newest.
    const line = await send(ctx.api, ctx.chatId, views.cleared(speak(locale)));
    await allDone([clearChat(ctx.api, ctx.chatId, line - 1), answer(ctx)]);
  });
  return composer;
}

/** The other side: the counselling centre, managers, coordinators. */
export function guidanceStaffHandlers(deps: GuidanceHandlersDeps, router: Router): void {
  const { guidance, content } = deps;
  type Staff = { counsellor: Counsellor; manager: Manager; coordinator: Coordinator };
  const only = async <K extends keyof Staff>(ctx: Context, kind: K, act: (by: Staff[K]) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === kind) await act(actor as Staff[K]);
    else await deps.showMenu(ctx);
  };

  const pressed = (ctx: Context): number | undefined => ctx.callbackQuery?.message?.message_id;
  const list = async (ctx: Context, by: Counsellor, page: number) => {
    await show(ctx, staff.calls(ctx.t, await guidance.calls(by, page), page));
    await guidance.leaveCard(by, pressed(ctx));
  };
  router.on(buttons.calls, (ctx, { page }) =>
    only(ctx, 'counsellor', (by) => list(ctx, by, Math.min(999, Math.max(0, Number(page))))),
  );
  router.on(buttons.oneCall, (ctx, { id }) =>
    only(ctx, 'counsellor', async (by) => {
      const call = await guidance.call(by, id, pressed(ctx));
      await show(ctx, call === undefined ? staff.callDeleted(ctx.t) : staff.oneCall(ctx.t, call));
      if (call === undefined) await guidance.leaveCard(by, pressed(ctx));
    }),
  );
  router.on(buttons.callDone, (ctx, { id }) =>
    only(ctx, 'counsellor', async (by) => {
      await guidance.leaveCard(by, pressed(ctx));
      await guidance.settleCall(by, id);
      await show(ctx, staff.callDeleted(ctx.t));
    }),
  );
  router.on(buttons.talkRead, (ctx, { person }) =>
    only(ctx, 'manager', async (by) => {
      const read = await guidance.readTalk(by, person);
      if (read === undefined) return deps.showMenu(ctx);
      await show(ctx, talking.talkTold(ctx.t, read));
    }),
  );

  router.on(buttons.contents, (ctx, { page }) =>
    only(ctx, 'coordinator', async () =>
      show(ctx, staff.contents(ctx.t, content, await guidance.standing(), Number(page))),
    ),
  );
  router.on(buttons.content, (ctx, { key }) => only(ctx, 'coordinator', (by) => showOne(ctx, by, key)));
  router.on(buttons.contentOk, (ctx, { key, mark }) =>
    only(ctx, 'coordinator', async (by) => {
      const one = content.owned.find((each) => each.key === key);
      const until = one === undefined ? undefined : await guidance.confirm(by, one, mark);
      // The words have changed since, or she may not: she sees them as they are.
      if (until === undefined) return showOne(ctx, by, key);
      await show(ctx, staff.confirmed(ctx.t, until));
    }),
  );
  async function showOne(ctx: Context, by: Coordinator, key: string): Promise<void> {
    const current = await guidance.standing();
    const one = content.owned.find((each) => each.key === key);
    const mayConfirm = by.carrierId === undefined;
    await show(
      ctx,
      one === undefined
        ? staff.contents(ctx.t, content, current, 0)
        : staff.oneContent(ctx.t, content, one, current, mayConfirm),
    );
  }
}

/**
 * A telephone number must not stay in a counsellor's chat when its request was deleted: after its days, by her or by a
 * colleague. Messages that showed it are overwritten; those that are gone, or cannot be reached, are let be.
 */
export function createCardRound(deps: {
  readonly guidance: Pick<GuidanceService, 'deadCards' | 'endCard'>;
  readonly api: Api;
  readonly i18n: I18n;
  readonly log: Log;
}): () => Promise<void> {
  const { guidance, api, i18n, log } = deps;
  return async () => {
    for (let dead = await guidance.deadCards(); dead.length > 0; dead = await guidance.deadCards()) {
      for (const card of dead) {
        const t = i18n.translator(isLocale(card.locale) ? card.locale : 'de');
        try {
          await overwrite(api, card.chatId, card.messageId, staff.callDeleted(t));
        } catch (error) {
          const refusal = refusalOf(error)?.kind;
          // After an outage it is done at another round.
          if (refusal === undefined || refusal === 'outage' || refusal === 'wait') throw error;
          if (refusal !== 'unreachable') log.warn('card.stays', safeError(error));
        }
        await guidance.endCard(card);
      }
    }
  };
}
