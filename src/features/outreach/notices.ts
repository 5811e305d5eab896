import { type DueNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Message } from '../../telegram/view.ts';
import type { Slot } from '../appointments/model.ts';
import type { AppointmentsService } from '../appointments/service.ts';
import type { CountyService } from '../county/service.ts';
import { SHOWN, type WishedWay } from './model.ts';
import { inTheMorning, type OutreachNotice, offerKey } from './owed.ts';
import { isQuiet, nextLoud } from './rules.ts';
import * as store from './store.ts';
import * as invited from './store-invitations.ts';
import * as views from './views.ts';
import * as invitations from './views-invitation.ts';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<Message | undefined>;

/** What is offered, told and asked, after reading the truth again. */
export function outreachNotices(deps: {
  readonly db: Db;
  readonly county: CountyService;
  readonly appointments: AppointmentsService;
}): Record<OutreachNotice, Renderer> {
  const { db, county, appointments } = deps;

  /** An outage may push a notice into the quiet hours: then it comes in the morning, if it is still true. */
  const loud =
    (render: Renderer): Renderer =>
    async (t, notice, now) => {
      if (!isQuiet(now)) return render(t, notice, now);
      await oweNotices(db, [inTheMorning(notice, nextLoud(now))]);
      return undefined;
    };

  return {
    'earlier-offer': async (t, notice, now) => {
      const offer = await store.findOffer(db, notice.subjectId);
      // An offer is for now: what could not be said in time is silence, and the next three are asked.
      if (offer?.status !== 'open' || !offer.stands || offer.answerBy <= now || isQuiet(now)) return undefined;
      const free = await appointments.openTimes(db, offer.managerId);
      const slot = free.find(
        ({ managerId, startsAt, ways }) =>
          managerId === offer.managerId && startsAt === offer.startsAt && ways.includes(offer.way),
      );
      if (slot === undefined || offer.current <= offer.startsAt) return undefined;
      const place = offer.way === 'place' && slot.placeId !== undefined ? await county.place(slot.placeId) : undefined;
      return views.offer(t, offer, offer.current, place?.name);
    },
    'earlier-gone': loud(async (t, notice, now) => {
      const offer = await store.findOffer(db, notice.subjectId);
      if (offer?.status !== 'gone' || !offer.stands || offer.current <= now) return undefined;
      return (await store.wasTold(db, offerKey(offer.id))) ? views.offerGone(t, offer.appointmentId) : undefined;
    }),
    'wait-open': loud(async (t, notice, now) => {
      const wait = await store.findWait(db, notice.personId, now);
      const managerId = await store.findManagerOf(db, notice.personId);
      if (wait?.status !== 'waiting' || managerId === undefined) return undefined;
      const times = suggested(await appointments.timesFor(db, managerId, notice.personId), wait.way);
      const manager = await county.manager(managerId);
      return times.length === 0 || manager === undefined
        ? undefined
        : views.slotsOpened(t, manager.name, times, `w${notice.id.padStart(4, '0')}`);
    }),
    invitation: loud(async (t, notice, now) => {
      const invitation = await invited.findInvitation(db, notice.subjectId);
      if (invitation?.status !== 'open' || invitation.hasStopped || invitation.expiresAt <= now) return undefined;
      const { managerId, way, slots } = invitation;
      const manager = await county.manager(managerId);
      if (manager === undefined || (await store.findManagerOf(db, notice.personId)) !== managerId) return undefined;
      const free = await appointments.timesFor(db, managerId, notice.personId);
      const still = free.filter(({ startsAt, ways }) => slots.includes(startsAt) && ways.includes(way));
      const proposals = await Promise.all(
        still.map(async ({ startsAt, placeId }) => ({
          startsAt,
          place: way === 'place' && placeId !== undefined ? (await county.place(placeId))?.name : undefined,
        })),
      );
      return invitations.invitation(t, invitation, manager.name, proposals);
    }),
    'wait-asked': loud(async (t, notice, now) =>
      (await store.findWait(db, notice.personId, now))?.status === 'asked' ? views.waitAsked(t) : undefined,
    ),
  };
}

/** The first free times and how one would meet. */
const suggested = (free: readonly Slot[], way: WishedWay) =>
  free
    .flatMap(({ startsAt, placeId, ways }) => {
      const possible =
        way === 'any' ? (ways.find((one) => one !== 'home') ?? ways[0]) : ways.find((one) => one === way);
      return possible === undefined ? [] : [{ startsAt, placeId, way: possible }];
    })
    .slice(0, SHOWN);
