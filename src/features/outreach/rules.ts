import { addDays, addMinutes, at, dayOf, type Instant, wallTimeOf } from '../../platform/datetime.ts';
import type { Slot, Way } from '../appointments/model.ts';
import {
  ANSWER_MINUTES,
  AT_A_TIME,
  type Client,
  INVITATION_DAYS,
  OFFERS_A_DAY,
  type Opened,
  QUIET,
  SPREAD_MINUTES,
  type Wait,
  type Wish,
  type WishedWay,
} from './model.ts';

export const isQuiet = (now: Instant): boolean => {
  const time = wallTimeOf(now);
  return time >= QUIET.from || time < QUIET.to;
};

/** The first moment from then on that is not quiet. */
export const nextLoud = (now: Instant): Instant => {
  if (!isQuiet(now)) return now;
  return at(wallTimeOf(now) >= QUIET.from ? addDays(dayOf(now), 1) : dayOf(now), QUIET.to);
};

/** Whether an offer made now can be answered before the quiet hours: whoever sleeps loses nothing. */
export const canOffer = (now: Instant): boolean => !isQuiet(now) && !isQuiet(addMinutes(now, ANSWER_MINUTES - 1));

/** When somebody can be asked next: now, or when the quiet hours are over. */
export const nextAsking = (now: Instant): Instant =>
  canOffer(now) ? now : nextLoud(isQuiet(now) ? now : addMinutes(now, ANSWER_MINUTES - 1));

const suits = (wished: WishedWay, way: Way): boolean => wished === 'any' || wished === way;

/** How she would meet at that time: as her appointment is, if that may be; at home only if she asked for it. */
export const wayFor = ({ way, current }: Pick<Wish, 'way' | 'current'>, ways: readonly Way[]): Way | undefined => {
  const possible = ways.filter((one) => suits(way, one) && (one !== 'home' || way === 'home' || current === 'home'));
  return possible.includes(current) ? current : possible[0];
};

/** Whether an opened time is worth offering: after the answer there must be the notice that every booking needs. */
export const isInTime = (startsAt: Instant, now: Instant, noticeMinutes: number): boolean =>
  startsAt >= addMinutes(now, ANSWER_MINUTES + noticeMinutes);

/**
 * Who is offered an opened time next, oldest wish first, and how they would meet: at most three at a time; nobody who was
 * asked about this time already, who has another offer to answer, or who had three within a day.
 */
export const nextToAsk = (
  wishes: readonly Wish[],
  slot: Pick<Slot, 'startsAt' | 'ways'>,
  hadTheirSay: ReadonlySet<string>,
): readonly { readonly wish: Wish; readonly way: Way }[] =>
  wishes
    .filter(
      ({ appointmentId, startsAt, isAsked, asked }) =>
        startsAt > slot.startsAt && !isAsked && asked < OFFERS_A_DAY && !hadTheirSay.has(appointmentId),
    )
    .toSorted((a, b) => a.since - b.since || (a.appointmentId < b.appointmentId ? -1 : 1))
    .flatMap((wish) => {
      const way = wayFor(wish, slot.ways);
      return way === undefined ? [] : [{ wish, way }];
    })
    // One person with two wishes is one person.
    .filter(({ wish }, index, all) => all.findIndex((one) => one.wish.refugeeId === wish.refugeeId) === index)
    .slice(0, AT_A_TIME);

/** Whether any wish could use such a time, asked already or not. */
export const isWished = (wishes: readonly Wish[], slot: Pick<Slot, 'startsAt' | 'ways'>): boolean =>
  wishes.some((wish) => wish.startsAt > slot.startsAt && wayFor(wish, slot.ways) !== undefined);

/**
 * Who of those who wait is told now, longest waiting first. Each free time is told to at most three at a time: whoever
 * was told within the last two hours has her chance first. Nobody is told twice of the same opening.
 */
export const whomToTell = (waits: readonly Wait[], free: readonly Opened[], now: Instant): readonly string[] => {
  const room = new Map<Instant, number>();
  const take = ({ way }: Wait, isNews: (openedAt: Instant) => boolean): boolean => {
    const time = free.find(
      (one) => suits(way, one.way) && isNews(one.openedAt) && (room.get(one.startsAt) ?? AT_A_TIME) > 0,
    );
    if (time === undefined) return false;
    room.set(time.startsAt, (room.get(time.startsAt) ?? AT_A_TIME) - 1);
    return true;
  };
  const isChoosing = ({ toldAt }: Wait) => toldAt !== undefined && toldAt > addMinutes(now, -ANSWER_MINUTES);
  for (const wait of waits) if (isChoosing(wait)) take(wait, () => true);
  return waits
    .toSorted((a, b) => a.since - b.since || (a.refugeeId < b.refugeeId ? -1 : 1))
    .filter((wait) => {
      const { since, toldAt = 0 } = wait;
      return !isChoosing(wait) && take(wait, (openedAt) => openedAt >= since && openedAt > toldAt);
    })
    .map(({ refugeeId }) => refugeeId);
};

/** When each of `count` invitations leaves: one a minute from `from` on, none in the quiet hours. */
export const spread = (from: Instant, count: number): Instant[] => {
  const times: Instant[] = [];
  for (let next = nextLoud(from); times.length < count; next = nextLoud(addMinutes(next, SPREAD_MINUTES))) {
    times.push(next);
  }
  return times;
};

/** Until when an invitation can be answered: 14 days, or until its last proposed time can no longer be booked. */
export const expiryOf = (sentAt: Instant, slots: readonly Instant[], noticeMinutes: number): Instant => {
  const most = addMinutes(sentAt, INVITATION_DAYS * 24 * 60);
  const last = slots.reduce<Instant | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
  return last === undefined ? most : (Math.min(most, addMinutes(last, -noticeMinutes)) as Instant);
};

/** Why somebody cannot be invited now; undefined when she can. */
export const obstacleOf = (client: Client): 'unreachable' | 'stopped' | 'invited' | undefined => {
  if (!client.isReachable) return 'unreachable';
  if (client.hasStopped) return 'stopped';
  return client.isInvited ? 'invited' : undefined;
};

/** Whom a manager has not seen for so many weeks, never included, and who has no appointment ahead. */
export const isUnseen = ({ seenAt, next }: Client, weeks: number, now: Instant): boolean =>
  next === undefined && (seenAt === undefined || seenAt < addMinutes(now, -weeks * 7 * 24 * 60));
