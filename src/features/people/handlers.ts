import { createConversation } from '@grammyjs/conversations';
import { Composer } from 'grammy';
import type { I18n, Translator } from '../../platform/i18n.ts';
import { isLocale, LOCALES, type Locale } from '../../platform/locale.ts';
import type { Context } from '../../telegram/context.ts';
import { DIALOGUE_MS } from '../../telegram/dialogue.ts';
import type { Router } from '../../telegram/router.ts';
import { send, show } from '../../telegram/screen.ts';
import type { View } from '../../telegram/view.ts';
import { plain } from '../../telegram/views.ts';
import type { CountyService } from '../county/service.ts';
import { buttons, type TownPurpose } from './buttons.ts';
import { invitingButtons } from './buttons-inviting.ts';
import { invitingDialogue } from './conversations/inviting.ts';
import { nicknameDialogue } from './conversations/nickname.ts';
import { townDialogue } from './conversations/town.ts';
import type { Actor, Coordinator, Member, Refugee } from './model.ts';
import type { PeopleService } from './service.ts';
import type { CirclesService } from './service-circles.ts';
import * as views from './views.ts';
import { circleList } from './views-circles.ts';
import * as staff from './views-staff.ts';

export interface PeopleHandlersDeps {
  readonly people: PeopleService;
  readonly circles: CirclesService;
  readonly county: CountyService;
  readonly i18n: I18n;
  readonly menuRows: views.MenuRows;
  /** That a manager is away now, until when, and who answers for her. */
  standIn(managerId: string): Promise<views.StandIn | undefined>;
  /** What other rooms keep of her. */
  readonly moreData: views.MoreData;
  /** The address of an invitation's link. */
  linkTo(token: string): string;
}

const actorOf = (ctx: Context): Actor => ctx.actor as Actor;

/** The menu of whoever writes; for a stranger, the choice of a language. */
export async function menuOf(
  deps: PeopleHandlersDeps,
  actor: Actor,
  t: Translator,
  languageCode?: string,
): Promise<View> {
  const { county } = deps;
  switch (actor.kind) {
    case 'stranger':
      return views.chooseLanguage(
        LOCALES.map(deps.i18n.translator),
        isLocale(languageCode) ? languageCode : undefined,
        deps.menuRows.everybody,
      );
    case 'refugee': {
      if (actor.housing === undefined && actor.ags === undefined) return views.askHousing(t, deps.menuRows.everybody);
      if (actor.ags === undefined && actor.housing === 'shelter')
        return views.shelterContact(t, county.facts.shelterService, deps.menuRows);
      const manager = actor.managerId === undefined ? undefined : await county.manager(actor.managerId);
      const standIn = actor.managerId === undefined ? undefined : await deps.standIn(actor.managerId);
      return views.refugeeMenu(t, actor, { manager, standIn }, county.facts.office, deps.menuRows);
    }
    case 'volunteer':
      return views.volunteerMenu(t, actor, deps.menuRows);
    case 'manager':
      return views.managerMenu(t, actor, deps.menuRows);
    case 'coordinator': {
      const carrier = (await county.carriers()).find(({ id }) => id === actor.carrierId);
      return views.coordinatorMenu(t, actor, carrier?.name, deps.menuRows);
    }
    case 'counsellor':
      return views.counsellorMenu(t, actor, deps.menuRows);
  }
}

/** Shows the menu after reading again who it is, because what was just done has changed it. */
export async function showMenuAfresh(deps: PeopleHandlersDeps, ctx: Context): Promise<void> {
  const { actor } = await deps.people.identify(ctx.chatId);
  ctx.actor = actor;
  if (actor.kind !== 'stranger') ctx.t = deps.i18n.translator(actor.locale);
  await show(ctx, await menuOf(deps, actor, ctx.t, ctx.from?.language_code));
}

/** Staff may, and volunteers who have signed. */
const mayAskWho = (member: Member): boolean =>
  member.kind === 'volunteer' ? member.signed : member.kind !== 'refugee';

/** The forms of this room; mounted before anything that enters them. */
export function peopleDialogues(deps: PeopleHandlersDeps): Composer<Context> {
  const composer = new Composer<Context>();
  const options = { maxMillisecondsToWait: DIALOGUE_MS };
  composer.use(createConversation(townDialogue(deps), { id: 'town', ...options }));
  composer.use(createConversation(nicknameDialogue(deps), { id: 'nickname', ...options }));
  composer.use(createConversation(invitingDialogue(deps), { id: 'inviting', ...options }));
  return composer;
}

export function peopleHandlers(deps: PeopleHandlersDeps, router: Router): Composer<Context> {
  const { people, county, i18n } = deps;
  const composer = new Composer<Context>();
  const menu = async (ctx: Context) => show(ctx, await menuOf(deps, actorOf(ctx), ctx.t, ctx.from?.language_code));

  const menuAfresh = (ctx: Context) => showMenuAfresh(deps, ctx);

  const forMember = (act: (ctx: Context, member: Member) => Promise<void>) => async (ctx: Context) => {
    const actor = actorOf(ctx);
    if (actor.kind === 'stranger') await menu(ctx);
    else await act(ctx, actor);
  };
  const forRefugee = (act: (ctx: Context, refugee: Refugee) => Promise<void>) => async (ctx: Context) => {
    const actor = actorOf(ctx);
    if (actor.kind === 'refugee') await act(ctx, actor);
    else await menu(ctx);
  };
  const forCoordinator = (act: (ctx: Context, coordinator: Coordinator) => Promise<void>) => async (ctx: Context) => {
    const actor = actorOf(ctx);
    if (actor.kind === 'coordinator') await act(ctx, actor);
    else await menu(ctx);
  };

  const chooseLanguage = async (ctx: Context, token = '-') => {
    const code = ctx.from?.language_code;
    const first = isLocale(code) ? code : undefined;
    await show(ctx, views.chooseLanguage(LOCALES.map(i18n.translator), first, deps.menuRows.everybody, token));
  };

  composer.command('start', async (ctx) => {
    const payload = String(ctx.match);
    const token = /^i_([\w-]{32})$/.exec(payload)?.[1];
    const actor = actorOf(ctx);
    if (token === undefined) await menu(ctx);
    else if (actor.kind === 'stranger') await chooseLanguage(ctx, token);
    else await openInvite(ctx, ctx.t, token);
  });
  composer.command('menu', menu);
  composer.command('language', (ctx) => chooseLanguage(ctx));
  composer.command('cancel', async (ctx) => {
    if (actorOf(ctx).kind === 'stranger') return menu(ctx);
    await send(ctx.api, ctx.chatId, plain(ctx.t, 'common:cancelled'));
  });
  composer.command('privacy', async (ctx) => {
    const actor = actorOf(ctx);
    await show(ctx, views.privacy(ctx.t, county.facts, actor.kind !== 'stranger'));
  });
  composer.command(
    'delete',
    forMember((ctx, member) => show(ctx, views.askErase(ctx.t, member))),
  );

  router.on(buttons.chooseLanguage, (ctx) => chooseLanguage(ctx));
  router.on(buttons.language, async (ctx, { locale, token }) => {
    const actor = actorOf(ctx);
    const t = i18n.translator(locale);
    if (token !== '-') await openInvite(ctx, t, token);
    else if (actor.kind === 'stranger') await show(ctx, views.askConsent(t, deps.menuRows.everybody));
    else {
      await people.setLocale(actor, locale);
      await menuAfresh(ctx);
    }
  });

  async function openInvite(ctx: Context, t: Translator, token: string): Promise<void> {
    const invite = await people.openInvite(token);
    await show(ctx, invite === undefined ? staff.inviteAnswer(t, 'invalid') : staff.askInvite(t, invite, token));
  }
  router.on(buttons.acceptInvite, async (ctx, { locale, token }) => {
    const status = await people.acceptInvite(ctx.chatId, locale, token);
    if (status === 'joined') await menuAfresh(ctx);
    else await show(ctx, staff.inviteAnswer(i18n.translator(locale), status));
  });
  router.on(buttons.confirmInvite, async (ctx, { invite, answer: said }) => {
    await forCoordinator(async (_, by) => {
      await show(ctx, staff.inviteSettled(ctx.t, await people.confirmInvite(by, invite, said === 'yes')));
    })(ctx);
  });

  router.on(buttons.consent, async (ctx, { answer: said, locale }) => {
    const t = i18n.translator(locale);
    const actor = actorOf(ctx);
    if (actor.kind === 'refugee') return menu(ctx);
    if (said === 'ask') return show(ctx, views.askConsent(t, deps.menuRows.everybody));
    if (said === 'no') return show(ctx, views.consentRefused(t, county.facts.office, deps.menuRows.everybody));
    await people.agree(ctx.chatId, locale);
    await menuAfresh(ctx);
  });

  router.on(buttons.housing, (ctx, { housing }) =>
    forRefugee(async (_, refugee) => {
      if (housing === 'ask') return show(ctx, views.askHousing(ctx.t, deps.menuRows.everybody));
      if (housing === 'unsure') return show(ctx, views.explainHousing(ctx.t, county.facts.office));
      await people.setHousing(refugee, housing);
      if (housing === 'shelter') {
        const { shelterService } = county.facts;
        return show(ctx, views.shelterContact(ctx.t, shelterService, deps.menuRows));
      }
      await askTown(ctx, 'live');
    })(ctx),
  );

  /** Shows a screen that invites to type a town, and listens. */
  async function listenForTown(ctx: Context, purpose: TownPurpose, view: View): Promise<void> {
    await ctx.conversation.exitAll();
    await show(ctx, view);
    await ctx.conversation.enter('town', { locale: ctx.t.locale, purpose } as never);
  }
  const askTown = (ctx: Context, purpose: TownPurpose) => listenForTown(ctx, purpose, views.askTown(ctx.t, purpose));
  router.on(buttons.townList, (ctx, { purpose, page }) =>
    forMember(async (_, member) => {
      if (purpose === 'who' && !mayAskWho(member)) return menu(ctx);
      await listenForTown(ctx, purpose, views.townList(ctx.t, purpose, await county.municipalities(), Number(page)));
    })(ctx),
  );
  router.on(buttons.town, (ctx, { purpose, ags }) =>
    forMember(async (_, member) => {
      const found = await county.responsibleFor(ags);
      if (found === undefined) return menu(ctx);
      if (purpose === 'who' && mayAskWho(member)) {
        return show(ctx, staff.responsible(ctx.t, found, county.facts.office));
      }
      if (member.kind !== 'refugee') return menu(ctx);
      const settled = await people.settleIn(member, ags);
      const manager = settled.status === 'assigned' ? await county.manager(settled.managerId) : undefined;
      await show(
        ctx,
        manager === undefined
          ? views.settledWaiting(ctx.t, found.municipality, county.facts.office)
          : views.settledWith(ctx.t, manager),
      );
    })(ctx),
  );

  router.on(buttons.interpreter, (ctx, { language }) =>
    forRefugee(async (_, refugee) => {
      if (language === 'ask') return show(ctx, views.askInterpreter(ctx.t));
      if (language === 'other') return show(ctx, views.chooseInterpreter(ctx.t));
      await people.setInterpreter(refugee, language === 'no' ? undefined : language);
      await menuAfresh(ctx);
    })(ctx),
  );

  router.on(buttons.contact, (ctx) =>
    forRefugee(async (_, { managerId }) => {
      const manager = managerId === undefined ? undefined : await county.manager(managerId);
      const view =
        manager === undefined
          ? views.waitingContact(ctx.t, county.facts.office)
          : views.contactOf(ctx.t, manager, await deps.standIn(manager.id), county.facts.office, deps.menuRows.contact);
      await show(ctx, view);
    })(ctx),
  );

  router.on(buttons.data, (ctx) =>
    forMember(async (_, member) => {
      const more = await deps.moreData(ctx.t, member);
      if (member.kind !== 'refugee') return show(ctx, views.staffData(ctx.t, member.kind === 'volunteer', more));
      const town = member.ags === undefined ? undefined : await county.municipality(member.ags);
      await show(ctx, views.myData(ctx.t, member, town, await people.consentOf(member), more));
    })(ctx),
  );
  router.on(buttons.nickname, (ctx, { action }) =>
    forRefugee(async (_, refugee) => {
      await ctx.conversation.exitAll();
      if (action === 'remove') {
        await people.setNickname(refugee, undefined);
        return show(ctx, views.nicknameKept(ctx.t, undefined));
      }
      await show(ctx, views.askNickname(ctx.t));
      await ctx.conversation.enter('nickname', { locale: ctx.t.locale } as never);
    })(ctx),
  );
  router.on(buttons.privacy, (ctx) => show(ctx, views.privacy(ctx.t, county.facts, actorOf(ctx).kind !== 'stranger')));
  router.on(buttons.erase, (ctx, { answer: said }) =>
    forMember(async (_, member) => {
      if (said === 'ask') return show(ctx, views.askErase(ctx.t, member));
      const counts = await people.erase(member);
      await show(ctx, views.erased(ctx.t, counts));
    })(ctx),
  );
  router.on(buttons.role, (ctx, { role }) =>
    forMember(async (_, member) => {
      await people.switchRole(member, role);
      await menuAfresh(ctx);
    })(ctx),
  );

  router.on(buttons.who, (ctx) =>
    forMember(async (_, member) => (mayAskWho(member) ? askTown(ctx, 'who') : menu(ctx)))(ctx),
  );
  router.on(buttons.waiting, (ctx, { page }) =>
    forCoordinator(async (_, by) => {
      const wanted = Math.max(0, Number(page));
      await show(ctx, staff.waitingList(ctx.t, await people.waiting(by, wanted), wanted, deps.menuRows.waiting));
    })(ctx),
  );
  router.on(buttons.inviting, (ctx) =>
    forCoordinator(async () => {
      const role = (one: string) => invitingButtons.role.data({ role: one as 'manager' });
      await show(ctx, staff.inviting.role(ctx.t, ['manager', 'volunteer', 'coordinator', 'counsellor'], role));
    })(ctx),
  );
  router.on(invitingButtons.role, (ctx, { role }) =>
    forCoordinator(async (_, by) => {
      // A volunteer is invited into a circle: which one comes first.
      if (role === 'volunteer') return show(ctx, circleList(ctx.t, await deps.circles.circles(by), 0));
      const { carrierId } = by;
      await ctx.conversation.exitAll();
      await show(ctx, staff.inviting.name(ctx.t));
      const start = { locale: ctx.t.locale as Locale, role, ...(carrierId !== undefined && { carrierId }) };
      await ctx.conversation.enter('inviting', start as never);
    })(ctx),
  );
  return composer;
}
