import { createConversation } from '@grammyjs/conversations';
import { Composer } from 'grammy';
import { newId } from '../../platform/crypto.ts';
import { day as asDay, type Day, dayOf, type Instant } from '../../platform/datetime.ts';
import type { I18n } from '../../platform/i18n.ts';
import type { Context } from '../../telegram/context.ts';
import { DIALOGUE_MS } from '../../telegram/dialogue.ts';
import type { Router } from '../../telegram/router.ts';
import { allDone, answer, screenId, send, show, showBelow } from '../../telegram/screen.ts';
import type { View } from '../../telegram/view.ts';
import type { Place } from '../county/model.ts';
import type { CountyService } from '../county/service.ts';
import type { Actor, Refugee } from '../people/model.ts';
import { buttons, instantOf } from './buttons.ts';
import { calendarEntry } from './calendar.ts';
import { absenceDialogue } from './conversations/absence.ts';
import { addressDialogue } from './conversations/address.ts';
import { hoursDialogue } from './conversations/hours.ts';
import { occurrenceDialogue } from './conversations/occurrence.ts';
import { renewCard } from './handlers-card.ts';
import type { Appointment, RefugeeReason, Slot, Topic, Way } from './model.ts';
import type { AppointmentsService } from './service.ts';
import * as views from './views.ts';
import * as cards from './views-card.ts';
import { calendarWords } from './views-feed.ts';
import * as moving from './views-move.ts';

export interface AppointmentsHandlersDeps {
  readonly appointments: AppointmentsService;
  readonly county: CountyService;
  readonly i18n: I18n;
  /** Shows the menu of whoever writes: the answer to a button that is not hers. */
  showMenu(ctx: Context): Promise<void>;
  today(): Day;
  now(): Instant;
}

export function appointmentsDialogues(deps: AppointmentsHandlersDeps): Composer<Context> {
  const composer = new Composer<Context>();
  const options = { maxMillisecondsToWait: DIALOGUE_MS };
  composer.use(createConversation(addressDialogue(deps), { id: 'address', ...options }));
  composer.use(createConversation(hoursDialogue(deps), { id: 'hours', ...options }));
  composer.use(createConversation(occurrenceDialogue(deps), { id: 'occurrence', ...options }));
  composer.use(createConversation(absenceDialogue(deps), { id: 'absence', ...options }));
  return composer;
}

/** What a refugee does with her appointments; her manager's side is in handlers-staff.ts. */
export function appointmentsHandlers(deps: AppointmentsHandlersDeps, router: Router): Composer<Context> {
  const { appointments, county, i18n } = deps;
  const composer = new Composer<Context>();
  const german = i18n.translator('de');
  const renew = renewCard(german);

  const forRefugee = async (ctx: Context, act: (refugee: Refugee) => Promise<void>) => {
    const actor = ctx.actor as Actor;
    if (actor.kind === 'refugee') await act(actor);
    else await deps.showMenu(ctx);
  };
  const placesById = async (): Promise<ReadonlyMap<string, Place>> =>
    new Map((await county.places()).map((place) => [place.id, place]));
  /** Whom she can call now: her manager or who stands in; the office where neither is there, or has a telephone. */
  const reachable = async ({ managerId }: Refugee) => {
    if (managerId === undefined) return undefined;
    const standIn = await appointments.standIn(managerId);
    const there = standIn === undefined ? managerId : standIn.managerId;
    const who = there === undefined ? undefined : await county.manager(there);
    return who?.phone === undefined ? county.facts.office : who;
  };
  const noneFree = async (ctx: Context, refugee: Refugee) => show(ctx, views.noneFree(ctx.t, await reachable(refugee)));
  const card = (ctx: Context, appointment: Appointment, title?: 'booked' | 'moved'): View =>
    cards.card(ctx.t, german, appointment, title);

  const stands = (made: Appointment) => made.status === 'booked' && made.endsAt > deps.now();
  /** A step towards a booking; whoever has booked on this screen already sees what she booked. */
  const toBook = (ctx: Context, draft: string, act: (refugee: Refugee) => Promise<void>) =>
    forRefugee(ctx, async (refugee) => {
      const made = await appointments.bookedAs(refugee, draft);
      if (made === undefined) return act(refugee);
      await show(ctx, stands(made) ? card(ctx, made, 'booked') : views.over(ctx.t));
    });
  const start = (ctx: Context) =>
    forRefugee(ctx, async (refugee) => {
      const screen = screenId(ctx);
      const made = await appointments.bookedAs(refugee, screen);
      if (made !== undefined && stands(made)) return show(ctx, card(ctx, made, 'booked'));
      if (refugee.managerId === undefined) {
        // Whoever has given her town waits for a manager: the menu says who helps until then.
        return refugee.ags === undefined ? show(ctx, views.noManager(ctx.t)) : deps.showMenu(ctx);
      }
      const open = await appointments.mine(refugee);
      const limit = county.facts.booking.openBookings;
      if (open.length >= limit) return show(ctx, views.limit(ctx.t, limit));
      await show(ctx, views.askTopic(ctx.t, made === undefined ? screen : newId(12)));
    });
  composer.command('book', start);
  router.on(buttons.book, start);

  router.on(buttons.topic, (ctx, { draft, topic }) =>
    toBook(ctx, draft, async (refugee) => {
      const ways = await appointments.offeredWays(refugee);
      if (ways === undefined) return show(ctx, views.noManager(ctx.t));
      if (ways.length === 0) return noneFree(ctx, refugee);
      await show(ctx, views.askWay(ctx.t, draft, topic, ways));
    }),
  );
  router.on(buttons.way, (ctx, { page, ...wish }) =>
    toBook(ctx, wish.draft, async (refugee) => {
      const days = await appointments.offeredDays(refugee, wish.way);
      if (days.length === 0) return noneFree(ctx, refugee);
      await show(ctx, views.askDay(ctx.t, wish, days, Number(page)));
    }),
  );
  router.on(buttons.day, (ctx, { day, page, ...wish }) =>
    toBook(ctx, wish.draft, async (refugee) => {
      const slots = await appointments.offeredSlots(refugee, wish.way, asDay(day));
      if (slots.length === 0) {
        const days = await appointments.offeredDays(refugee, wish.way);
        return days.length === 0 ? noneFree(ctx, refugee) : show(ctx, views.askDay(ctx.t, wish, days, 0));
      }
      await show(ctx, views.askTime(ctx.t, wish, asDay(day), slots, await placesById(), Number(page)));
    }),
  );
  router.on(buttons.time, (ctx, { minute, ...wish }) =>
    toBook(ctx, wish.draft, async (refugee) => {
      const slot = await slotAt(refugee, wish.way, minute);
      const manager = await nameOf(slot, refugee.managerId);
      if (manager === undefined) return show(ctx, views.noManager(ctx.t));
      const place = slot?.placeId === undefined ? undefined : await county.place(slot.placeId);
      await show(ctx, views.summary(ctx.t, wish, minute, { manager, place }));
    }),
  );
  /** Whom she will meet: her manager, or who stands in at that time. */
  const nameOf = async (slot: Slot | undefined, managerId: string | undefined): Promise<string | undefined> => {
    const id = slot?.managerId ?? managerId;
    return id === undefined ? undefined : (await county.manager(id))?.name;
  };
  const slotAt = async (refugee: Refugee, way: Way, minute: string) =>
    (await appointments.offeredSlots(refugee, way, dayOf(instantOf(minute)))).find(
      (slot) => slot.startsAt === instantOf(minute),
    );

  router.on(buttons.confirm, (ctx, { draft, topic, way, minute }) =>
    forRefugee(ctx, async (refugee) => {
      const wish: { topic: Topic; way: Way } = { topic, way };
      const booked = await appointments.book(refugee, { ...wish, startsAt: instantOf(minute) }, draft);
      const again = { ...wish, draft };
      switch (booked.status) {
        case 'booked':
          await show(ctx, card(ctx, booked.appointment, 'booked'));
          // Where to: asked for each visit, kept sealed until it is over.
          if (way !== 'home' || booked.appointment.hasAddress) return;
          // The second of two quick presses has left the form that the first one entered, whose question stands below.
          if (booked.isRepeat && ctx.hadForm) await listenForAddress(ctx, booked.appointment.id);
          else await askAddress(ctx, booked.appointment.id);
          return;
        case 'taken':
          return show(ctx, views.taken(ctx.t, again, booked.next));
        case 'limit':
          return show(ctx, views.limit(ctx.t, booked.open));
        case 'busy':
          return show(ctx, views.busy(ctx.t, buttons.way.data({ ...again, page: '0' })));
        case 'over':
          return show(ctx, views.over(ctx.t));
        case 'no-manager':
          return show(ctx, views.noManager(ctx.t));
      }
    }),
  );

  router.on(buttons.mine, (ctx) =>
    forRefugee(ctx, async (refugee) => show(ctx, cards.mine(ctx.t, await appointments.mine(refugee)))),
  );

  /** Acts on an appointment of hers that still stands; an old button says politely that it does not. */
  const withOne = (ctx: Context, id: string, act: (one: Appointment, refugee: Refugee) => Promise<void>) =>
    forRefugee(ctx, async (refugee) => {
      const one = await appointments.one(refugee, id);
      if (one === undefined || one.status !== 'booked') return show(ctx, views.gone(ctx.t));
      await act(one, refugee);
    });

  /** The same from a card, which may be older than what it shows. */
  const onCard = (ctx: Context, id: string, act: (one: Appointment, refugee: Refugee) => Promise<void>) =>
    withOne(ctx, id, async (one, refugee) => {
      await renew(ctx, one);
      await act(one, refugee);
    });

  router.on(buttons.card, (ctx, { id }) => withOne(ctx, id, (one) => show(ctx, card(ctx, one))));
  router.on(buttons.calendar, (ctx, { id }) =>
    forRefugee(ctx, async (refugee) => {
      // Also when it is cancelled: her calendar shall hear of that as well.
      const one = await appointments.one(refugee, id);
      if (one === undefined) return show(ctx, views.gone(ctx.t));
      const { caption, ...words } = calendarWords(ctx.t, one);
      if (stands(one)) await renew(ctx, one);
      const file = { name: 'termin.ics', content: calendarEntry(one, words), caption };
      await allDone([answer(ctx), send(ctx.api, ctx.chatId, { file })]);
    }),
  );
  router.on(buttons.lost, (ctx, { id }) =>
    onCard(ctx, id, async (_, refugee) => {
      const told = await appointments.cannotFind(refugee, id);
      if (told === undefined) return showBelow(ctx, views.gone(ctx.t));
      const standIn = await appointments.standIn(told.manager.id);
      const deputy = standIn?.managerId === undefined ? undefined : await county.manager(standIn.managerId);
      const who = standIn === undefined ? told.manager : deputy;
      await showBelow(
        ctx,
        who === undefined
          ? cards.lostAway(ctx.t, told, standIn?.until, county.facts.office)
          : cards.lostTold(ctx.t, told.id, who),
      );
    }),
  );
  router.on(buttons.coming, (ctx, { id }) =>
    withOne(ctx, id, async (_, refugee) => {
      const told = await appointments.confirmComing(refugee, id);
      if (told === undefined) return showBelow(ctx, views.gone(ctx.t));
      const standIn = await appointments.standIn(told.manager.id);
      await showBelow(ctx, cards.comingThanks(ctx.t, told.id, standIn?.name ?? told.manager.name));
    }),
  );
  async function askAddress(ctx: Context, id: string): Promise<void> {
    await send(ctx.api, ctx.chatId, cards.askAddress(ctx.t, id));
    await listenForAddress(ctx, id);
  }
  async function listenForAddress(ctx: Context, id: string): Promise<void> {
    await ctx.conversation.exitAll();
    await ctx.conversation.enter('address', { locale: ctx.t.locale, id } as never);
  }
  router.on(buttons.address, (ctx, { id }) =>
    onCard(ctx, id, async () => {
      await answer(ctx);
      await askAddress(ctx, id);
    }),
  );
  router.on(buttons.cancelAsk, (ctx, { id }) => onCard(ctx, id, (one) => showBelow(ctx, cards.askCancel(ctx.t, one))));
  const cancel = (ctx: Context, id: string, reason: RefugeeReason) =>
    forRefugee(ctx, async (refugee) => {
      const cancelled = await appointments.cancel(refugee, id, reason);
      if (cancelled.status === 'gone') return show(ctx, views.gone(ctx.t));
      const { way } = cancelled.appointment;
      // Who needs it no more is not asked for another time.
      const next = reason === 'solved' ? [] : await appointments.nextTimes(refugee, way);
      await show(ctx, cards.cancelled(ctx.t, way, next, id));
    });
  // Screens of the time when no reason was asked still work.
  router.on(buttons.cancel, (ctx, { id }) => cancel(ctx, id, 'unsaid'));
  router.on(buttons.cancelWhy, (ctx, { id, reason }) => cancel(ctx, id, reason));

  /** An appointment stays with its manager, also when she belongs to another by now: that one's times are offered. */
  const withMovable = (ctx: Context, id: string, act: (one: Appointment, refugee: Refugee) => Promise<void>) =>
    withOne(ctx, id, (one, refugee) => act(one, { ...refugee, managerId: one.manager.id }));
  router.on(buttons.moveWay, (ctx, { id }) =>
    withMovable(ctx, id, async (one, refugee) => {
      await renew(ctx, one);
      const ways = (await appointments.offeredWays(refugee)) ?? [];
      // Below, also when nothing is free: the card stays.
      if (ways.length === 0) return showBelow(ctx, views.noneFree(ctx.t, await reachable(refugee)));
      await showBelow(ctx, moving.askMoveWay(ctx.t, one, ways));
    }),
  );
  router.on(buttons.moveDay, (ctx, { id, way, page }) =>
    withMovable(ctx, id, async (_, refugee) => {
      const days = await appointments.offeredDays(refugee, way);
      if (days.length === 0) return noneFree(ctx, refugee);
      await show(ctx, moving.askMoveDay(ctx.t, id, way, days, Number(page)));
    }),
  );
  router.on(buttons.moveTime, (ctx, { id, way, day, page }) =>
    withMovable(ctx, id, async (_, refugee) => {
      const slots = await appointments.offeredSlots(refugee, way, asDay(day));
      if (slots.length === 0) {
        const days = await appointments.offeredDays(refugee, way);
        return days.length === 0 ? noneFree(ctx, refugee) : show(ctx, moving.askMoveDay(ctx.t, id, way, days, 0));
      }
      await show(ctx, moving.askMoveTime(ctx.t, id, way, asDay(day), slots, await placesById(), Number(page)));
    }),
  );
  router.on(buttons.moveConfirm, (ctx, { id, way, minute }) =>
    withMovable(ctx, id, async (one, refugee) => {
      const slot = await slotAt(refugee, way, minute);
      const place = slot?.placeId === undefined ? undefined : await county.place(slot.placeId);
      await show(ctx, moving.moveSummary(ctx.t, id, way, minute, (await nameOf(slot, one.manager.id)) ?? '', place));
    }),
  );
  const move = (ctx: Context, id: string, way: Way, minute: string, reason: RefugeeReason) =>
    forRefugee(ctx, async (refugee) => {
      const moved = await appointments.move(refugee, id, { way, startsAt: instantOf(minute) }, reason);
      switch (moved.status) {
        case 'moved':
          return show(ctx, card(ctx, moved.appointment, 'moved'));
        case 'taken':
          return show(ctx, moving.takenForMove(ctx.t, id, way, moved.next));
        case 'busy':
          return show(ctx, views.busy(ctx.t, buttons.moveDay.data({ id, way, page: '0' })));
        case 'gone':
          return show(ctx, views.gone(ctx.t));
      }
    });
  router.on(buttons.move, (ctx, { id, way, minute }) => move(ctx, id, way, minute, 'unsaid'));
  router.on(buttons.moveWhy, (ctx, { id, way, minute, reason }) => move(ctx, id, way, minute, reason));
  return composer;
}
