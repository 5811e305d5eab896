import type { Context } from '../../telegram/context.ts';
import type { Router } from '../../telegram/router.ts';
import { show } from '../../telegram/screen.ts';
import { instantOf } from '../appointments/buttons.ts';
import type { Place } from '../county/model.ts';
import type { Actor, Manager } from '../people/model.ts';
import { staffButtons as buttons } from './buttons.ts';
import type { OutreachHandlersDeps } from './handlers.ts';
import type { OpenDraft } from './service-inviting.ts';
import * as views from './views-staff.ts';

/** What a manager does with her people: the list, and invitations from the first tick to the last answer. */
export function outreachStaffHandlers(deps: OutreachHandlersDeps, router: Router): void {
  const { outreach, county } = deps;

  const forManager = async (ctx: Context, act: (manager: Manager) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'manager') await act(actor);
    else await deps.showMenu(ctx);
  };
  const placesById = async (): Promise<ReadonlyMap<string, Place>> =>
    new Map((await county.places()).map((place) => [place.id, place]));
  const pageOf = (page: string): number => Math.max(0, Number(page));

  router.on(buttons.people, (ctx, { page }) =>
    forManager(ctx, async (manager) =>
      show(ctx, views.peopleList(ctx.t, await outreach.clients(manager), pageOf(page))),
    ),
  );
  router.on(buttons.person, (ctx, { number }) =>
    forManager(ctx, async (manager) => {
      const client = await outreach.client(manager, Number(number));
      await show(ctx, client === undefined ? views.gone(ctx.t) : views.personCard(ctx.t, client));
    }),
  );

  router.on(buttons.start, (ctx) =>
    forManager(ctx, async (manager) => show(ctx, views.askWhom(ctx.t, await outreach.newDraft(manager)))),
  );
  router.on(buttons.startFor, (ctx, { number }) =>
    forManager(ctx, async (manager) => {
      if ((await outreach.client(manager, Number(number))) === undefined) return show(ctx, views.gone(ctx.t));
      await show(ctx, views.askWay(ctx.t, await outreach.newDraft(manager, Number(number))));
    }),
  );

  /** Acts on a draft of hers that has not been sent. */
  const withDraft = (
    ctx: Context,
    find: (manager: Manager) => Promise<OpenDraft | undefined>,
    act: (draft: OpenDraft, manager: Manager) => Promise<void>,
  ) =>
    forManager(ctx, async (manager) => {
      const draft = await find(manager);
      if (draft === undefined) return show(ctx, views.gone(ctx.t));
      await act(draft, manager);
    });
  const theDraft = (id: string) => (manager: Manager) => outreach.draft(manager, id);

  router.on(buttons.whom, (ctx, { draft }) =>
    withDraft(ctx, theDraft(draft), ({ id }) => show(ctx, views.askWhom(ctx.t, id))),
  );
  router.on(buttons.weeks, (ctx, { draft, weeks }) =>
    withDraft(
      ctx,
      (manager) =>
        weeks === '0' ? outreach.draft(manager, draft) : outreach.pickUnseen(manager, draft, Number(weeks)),
      (open) => show(ctx, views.tickList(ctx.t, open, 0)),
    ),
  );
  router.on(buttons.list, (ctx, { draft, page }) =>
    withDraft(ctx, theDraft(draft), (open) => show(ctx, views.tickList(ctx.t, open, pageOf(page)))),
  );
  router.on(buttons.tick, (ctx, { draft, number, page }) =>
    withDraft(
      ctx,
      (manager) => outreach.togglePick(manager, draft, Number(number)),
      (open) => show(ctx, views.tickList(ctx.t, open, pageOf(page))),
    ),
  );
  router.on(buttons.askWay, (ctx, { draft }) =>
    withDraft(ctx, theDraft(draft), ({ id }) => show(ctx, views.askWay(ctx.t, id))),
  );

  async function askSlots(ctx: Context, open: OpenDraft, manager: Manager, page: number): Promise<void> {
    if (open.way === undefined) return show(ctx, views.askWay(ctx.t, open.id));
    const free = await outreach.proposable(manager, open.way);
    const places = open.way === 'place' ? await placesById() : new Map<string, Place>();
    await show(ctx, views.askSlots(ctx.t, open, free, places, page));
  }
  router.on(buttons.way, (ctx, { draft, way }) =>
    withDraft(
      ctx,
      (manager) => outreach.chooseWay(manager, draft, way),
      (open, manager) => askSlots(ctx, open, manager, 0),
    ),
  );
  router.on(buttons.times, (ctx, { draft, page }) =>
    withDraft(ctx, theDraft(draft), (open, manager) => askSlots(ctx, open, manager, pageOf(page))),
  );
  router.on(buttons.slot, (ctx, { draft, minute, page }) =>
    withDraft(
      ctx,
      (manager) => outreach.toggleSlot(manager, draft, instantOf(minute)),
      (open, manager) => askSlots(ctx, open, manager, pageOf(page)),
    ),
  );

  router.on(buttons.preview, (ctx, { draft }) =>
    withDraft(ctx, theDraft(draft), async (open, manager) => {
      const shown = await outreach.preview(manager, draft);
      if (shown === undefined) return show(ctx, views.askWay(ctx.t, open.id));
      const free = await outreach.proposable(manager, shown.way);
      await show(ctx, views.preview(ctx.t, manager.name, shown, free, await placesById()));
    }),
  );
  router.on(buttons.send, (ctx, { draft }) =>
    forManager(ctx, async (manager) => {
      const sent = await outreach.send(manager, draft);
      if (sent.status === 'sent') return show(ctx, views.sent(ctx.t, draft, sent.count, sent.from));
      if (sent.status === 'nobody') return show(ctx, views.nobody(ctx.t, draft));
      // Pressed twice: it is on its way, and this is how it stands.
      const known = await outreach.sending(manager, draft);
      await show(ctx, known === undefined ? views.gone(ctx.t) : views.sendingState(ctx.t, known));
    }),
  );
  router.on(buttons.sendings, (ctx, { page }) =>
    forManager(ctx, async (manager) =>
      show(ctx, views.sendingList(ctx.t, await outreach.sendings(manager), pageOf(page))),
    ),
  );
  router.on(buttons.sending, (ctx, { id }) =>
    forManager(ctx, async (manager) => {
      const known = await outreach.sending(manager, id);
      await show(ctx, known === undefined ? views.gone(ctx.t) : views.sendingState(ctx.t, known));
    }),
  );
}
