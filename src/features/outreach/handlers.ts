import type { I18n } from '../../platform/i18n.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { send, show, showBelow } from '../../telegram/screen.ts';
import { buttons as appointmentButtons, instantOf } from '../appointments/buttons.ts';
import type { Appointment } from '../appointments/model.ts';
import { busy, gone, limit, noManager, noneFree, over } from '../appointments/views.ts';
import { askAddress, card } from '../appointments/views-card.ts';
import type { CountyService } from '../county/service.ts';
import type { Actor, Refugee } from '../people/model.ts';
import { buttons } from './buttons.ts';
import type { OutreachService } from './service.ts';
import * as views from './views.ts';
import * as invitations from './views-invitation.ts';

export interface OutreachHandlersDeps {
  readonly outreach: OutreachService;
  readonly county: CountyService;
  readonly i18n: I18n;
  /** Shows the menu of whoever writes: the answer to a button that is not hers. */
  showMenu(ctx: Context): Promise<void>;
  /** A card that is older than what became of its appointment shows it as it is now. */
  renewCard(ctx: Context, one: Appointment): Promise<void>;
}

/** What a refugee does with wishes, the waiting list and what she is offered. */
export function outreachHandlers(deps: OutreachHandlersDeps, router: Router): void {
  const { outreach, county, i18n } = deps;
  const german = i18n.translator('de');

  const forRefugee = async (ctx: Context, act: (refugee: Refugee) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'refugee') await act(actor);
    else await deps.showMenu(ctx);
  };

  router.on(appointmentButtons.earlier, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      const found = await outreach.earlier(refugee, id);
      if (found === undefined) return show(ctx, gone(ctx.t));
      await deps.renewCard(ctx, found.appointment);
      // Below: the card stays.
      await showBelow(ctx, views.askEarlier(ctx.t, found.appointment, found.wish, found.free));
    }),
  );
  router.on(buttons.earlierOn, (ctx, { id, way }) =>
    forRefugee(ctx, async (refugee) => {
      const isNoted = await outreach.wishEarlier(refugee, id, way);
      await show(ctx, isNoted ? views.earlierNoted(ctx.t, id) : gone(ctx.t));
    }),
  );
  router.on(buttons.earlierOff, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      if ((await outreach.earlier(refugee, id)) === undefined) return show(ctx, gone(ctx.t));
      await outreach.dropEarlier(refugee, id);
      await show(ctx, views.earlierDropped(ctx.t, id));
    }),
  );
  router.on(buttons.offerYes, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      const taken = await outreach.takeOffer(refugee, id);
      switch (taken.status) {
        case 'moved':
          return show(ctx, card(ctx.t, german, taken.appointment, 'moved'));
        case 'late':
          return show(ctx, views.offerLate(ctx.t, taken.appointment, taken.next));
        case 'kept':
          return show(ctx, views.offerDeclined(ctx.t, taken.appointment.id));
        case 'busy':
          return show(ctx, busy(ctx.t, appointmentButtons.mine.data({})));
        case 'gone':
          return show(ctx, gone(ctx.t));
      }
    }),
  );
  router.on(buttons.offerNo, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      const declined = await outreach.declineOffer(refugee, id);
      await show(ctx, declined === undefined ? gone(ctx.t) : views.offerDeclined(ctx.t, declined.appointmentId));
    }),
  );

  router.on(appointmentButtons.waiting, (ctx) =>
    forRefugee(ctx, async (refugee) => {
      if (refugee.managerId === undefined) return show(ctx, noManager(ctx.t));
      const wait = await outreach.waitOf(refugee);
      await show(ctx, wait === undefined ? views.askWait(ctx.t) : views.waiting(ctx.t, wait));
    }),
  );
  router.on(buttons.waitOn, (ctx, { way }) =>
    forRefugee(ctx, async (refugee) => {
      const isNoted = await outreach.waitFor(refugee, way);
      const wait = await outreach.waitOf(refugee);
      await show(ctx, isNoted && wait !== undefined ? views.waiting(ctx.t, wait) : noManager(ctx.t));
    }),
  );
  router.on(buttons.waitChange, (ctx, { to }) =>
    forRefugee(ctx, async (refugee) => {
      const wait = await outreach.changeWait(refugee, to);
      await show(ctx, wait === undefined ? views.waitStopped(ctx.t) : views.waiting(ctx.t, wait));
    }),
  );
  router.on(buttons.pick, (ctx, { id, minute }) =>
    forRefugee(ctx, async (refugee) => {
      const invitation = await outreach.invitation(refugee, id);
      if (invitation?.way !== 'home') return accept(ctx, refugee, id, minute);
      const manager = await county.manager(invitation.managerId);
      await show(ctx, invitations.askHome(ctx.t, id, instantOf(minute), manager?.name ?? ''));
    }),
  );
  router.on(buttons.otherHome, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      const invitation = await outreach.invitation(refugee, id);
      if (invitation === undefined) return show(ctx, invitations.expired(ctx.t));
      const manager = await county.manager(invitation.managerId);
      await show(ctx, invitations.askHome(ctx.t, id, undefined, manager?.name ?? ''));
    }),
  );
  router.on(buttons.pickHome, (ctx, { id, minute }) => forRefugee(ctx, (refugee) => accept(ctx, refugee, id, minute)));

  async function accept(ctx: Context, refugee: Refugee, id: string, minute: string): Promise<void> {
    const accepted = await outreach.accept(refugee, id, instantOf(minute));
    switch (accepted.status) {
      case 'booked': {
        const { appointment } = accepted;
        await show(ctx, card(ctx.t, german, appointment, 'booked'));
        if (appointment.way !== 'home' || appointment.hasAddress) return;
        // Where to: asked for each visit, kept sealed until it is over.
        // The second of two quick presses has left the form that the first one entered, whose question stands below.
        const isAsked = accepted.isRepeat === true && ctx.hadForm;
        await ctx.conversation.exitAll();
        if (!isAsked) await send(ctx.api, ctx.chatId, askAddress(ctx.t, appointment.id));
        await ctx.conversation.enter('address', { locale: ctx.t.locale, id: appointment.id } as never);
        return;
      }
      case 'taken':
        return accepted.next.length === 0
          ? show(ctx, noneFree(ctx.t, await county.manager(accepted.invitation.managerId)))
          : show(ctx, invitations.taken(ctx.t, accepted.invitation, accepted.next));
      case 'expired':
        return show(ctx, invitations.expired(ctx.t));
      case 'limit':
        return show(ctx, limit(ctx.t, accepted.open));
      case 'busy':
        return show(ctx, busy(ctx.t, appointmentButtons.mine.data({})));
      case 'over':
        return show(ctx, over(ctx.t));
      case 'no-manager':
        return show(ctx, noManager(ctx.t));
    }
  }

  router.on(buttons.decline, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      await outreach.decline(refugee, id);
      await show(ctx, invitations.declined(ctx.t));
    }),
  );
  router.on(buttons.stop, (ctx, { to }) =>
    forRefugee(ctx, async (refugee) => {
      await outreach.stopInvitations(refugee, to === 'stop');
      await show(ctx, invitations.stopped(ctx.t, to === 'stop'));
    }),
  );

  router.on(buttons.wishes, (ctx) =>
    forRefugee(ctx, async (refugee) => show(ctx, views.wishes(ctx.t, await ownWishes(outreach, refugee)))),
  );
}

export const ownWishes = async (outreach: OutreachService, refugee: Refugee): Promise<views.OwnWishes> => ({
  wait: await outreach.waitOf(refugee),
  earlier: await outreach.wishesOf(refugee),
  invitations: await outreach.invitationsOf(refugee),
});
