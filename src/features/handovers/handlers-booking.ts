import { day as asDay } from '../../platform/datetime.ts';
import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import { instantOf } from '../appointments/buttons.ts';
import type { Actor, SignedVolunteer } from '../people/model.ts';
import { bookingButtons as buttons } from './buttons-booking.ts';
import { type HandoversHandlersDeps, showCase } from './handlers.ts';
import * as views from './views-booking.ts';

/** A volunteer books with the person, or for her where she allows it. */
export function bookingHandlers(deps: HandoversHandlersDeps, router: Router): void {
  const { handovers } = deps;
  const forVolunteer = async (ctx: Context, act: (volunteer: SignedVolunteer) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'volunteer' && actor.signed) await act(actor as SignedVolunteer);
    else await deps.showMenu(ctx);
  };
  /** While the person allows it; anything else shows the case as it stands. */
  const allowed = (ctx: Context, id: string, act: (volunteer: SignedVolunteer) => Promise<void>) =>
    forVolunteer(ctx, async (volunteer) => {
      if ((await handovers.mayBook(volunteer, id)) === undefined) return showCase(deps, ctx, volunteer, id);
      await act(volunteer);
    });

  router.on(buttons.start, (ctx, { id }) =>
    forVolunteer(ctx, async (volunteer) => {
      const one = await handovers.mineOne(volunteer, id);
      if (one?.status !== 'accepted') return showCase(deps, ctx, volunteer, id);
      if ((await handovers.mayBook(volunteer, id)) === undefined) return show(ctx, views.bookTogether(ctx.t, id));
      await show(ctx, views.bookWay(ctx.t, id, await handovers.waysFor(volunteer, id)));
    }),
  );
  router.on(buttons.days, (ctx, { id, way, page }) =>
    allowed(ctx, id, async (volunteer) =>
      show(ctx, views.bookDay(ctx.t, id, way, await handovers.daysFor(volunteer, id, way), Number(page))),
    ),
  );
  router.on(buttons.times, (ctx, { id, way, day, page }) =>
    allowed(ctx, id, async (volunteer) => {
      const slots = await handovers.timesFor(volunteer, id, way, asDay(day));
      await show(ctx, views.bookTime(ctx.t, id, way, asDay(day), slots, Number(page)));
    }),
  );
  router.on(buttons.ask, (ctx, { id, way, minute }) =>
    allowed(ctx, id, () => show(ctx, views.askBooking(ctx.t, id, way, instantOf(minute)))),
  );
  router.on(buttons.confirm, (ctx, { id, way, minute }) =>
    allowed(ctx, id, async (volunteer) => {
      const booked = await handovers.bookFor(volunteer, id, way, instantOf(minute));
      await show(
        ctx,
        booked?.status === 'booked'
          ? views.bookedFor(ctx.t, id, booked.appointment.startsAt)
          : views.notBooked(ctx.t, id),
      );
    }),
  );
}
