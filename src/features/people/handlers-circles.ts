import { createConversation } from '@grammyjs/conversations';
import { Composer } from 'grammy';
import type { I18n } from '../../platform/i18n.ts';
import type { Context } from '../../telegram/context.ts';
import { DIALOGUE_MS } from '../../telegram/dialogue.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import type { CountyService } from '../county/service.ts';
import { circleButtons as buttons } from './buttons-circles.ts';
import { circleDialogue } from './conversations/circle.ts';
import type { Actor, Volunteer } from './model.ts';
import type { CirclesService, Host } from './service-circles.ts';
import * as views from './views-circles.ts';
import { inviting } from './views-staff.ts';

export interface CircleHandlersDeps {
  readonly circles: CirclesService;
  readonly county: CountyService;
  readonly i18n: I18n;
  /** Shows the menu of whoever writes, after reading again who she is. */
  menuAfresh(ctx: Context): Promise<void>;
  linkTo(token: string): string;
}

export function circleDialogues(deps: CircleHandlersDeps): Composer<Context> {
  const composer = new Composer<Context>();
  composer.use(createConversation(circleDialogue(deps), { id: 'circle', maxMillisecondsToWait: DIALOGUE_MS }));
  return composer;
}

/** Circles and their volunteers: who runs them, and what a volunteer does with her own membership. */
export function circleHandlers(deps: CircleHandlersDeps, router: Router): void {
  const { circles } = deps;

  const forHost = async (ctx: Context, act: (host: Host) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager' || actor.kind === 'coordinator') await act(actor);
    else await deps.menuAfresh(ctx);
  };
  const forVolunteer = async (ctx: Context, act: (volunteer: Volunteer) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'volunteer') await act(actor);
    else await deps.menuAfresh(ctx);
  };

  router.on(buttons.list, (ctx, { page }) =>
    forHost(ctx, async (host) => show(ctx, views.circleList(ctx.t, await circles.circles(host), Number(page)))),
  );
  router.on(buttons.circle, (ctx, { id, page }) =>
    forHost(ctx, async (host) => {
      const card = await circles.circle(host, id);
      await show(ctx, card === undefined ? views.circleGone(ctx.t) : views.circleCard(ctx.t, card, Number(page)));
    }),
  );
  router.on(buttons.open, (ctx) =>
    forHost(ctx, async () => {
      await ctx.conversation.exitAll();
      await show(ctx, views.askCircleName(ctx.t));
      await ctx.conversation.enter('circle', { locale: ctx.t.locale } as never);
    }),
  );
  router.on(buttons.invite, (ctx, { id }) =>
    forHost(ctx, async (host) => {
      if ((await circles.circle(host, id)) === undefined) return show(ctx, views.circleGone(ctx.t));
      await ctx.conversation.exitAll();
      await show(ctx, inviting.name(ctx.t));
      await ctx.conversation.enter('circle', { locale: ctx.t.locale, circleId: id } as never);
    }),
  );

  const showMember = async (ctx: Context, host: Host, id: string) => {
    const member = await circles.volunteer(host, id);
    await show(ctx, member === undefined ? views.circleGone(ctx.t) : views.memberCard(ctx.t, member));
  };
  router.on(buttons.member, (ctx, { id }) => forHost(ctx, (host) => showMember(ctx, host, id)));
  router.on(buttons.speaker, (ctx, { id, speaker }) =>
    forHost(ctx, async (host) => {
      await circles.setSpeaker(host, id, speaker === 'yes');
      await showMember(ctx, host, id);
    }),
  );
  router.on(buttons.remove, (ctx, { id, answer }) =>
    forHost(ctx, async (host) => {
      if (answer === 'yes') {
        const isGone = !(await circles.remove(host, id));
        return show(ctx, isGone ? views.circleGone(ctx.t) : views.removed(ctx.t));
      }
      const member = await circles.volunteer(host, id);
      await show(ctx, member === undefined ? views.circleGone(ctx.t) : views.askRemove(ctx.t, member));
    }),
  );

  router.on(buttons.sign, (ctx, { version }) =>
    forVolunteer(ctx, async (volunteer) => {
      await circles.sign(volunteer, version);
      await deps.menuAfresh(ctx);
    }),
  );
  router.on(buttons.leave, (ctx, { answer }) =>
    forVolunteer(ctx, async (volunteer) => {
      if (answer === 'ask') return show(ctx, views.askLeave(ctx.t, volunteer.circle));
      await ctx.conversation.exitAll();
      await circles.leave(volunteer);
      await show(ctx, views.left(ctx.t, volunteer.circle));
    }),
  );
}
