import type { Instant, WallTime } from '../../platform/datetime.ts';
import { wallTime } from '../../platform/datetime.ts';
import type { Way } from '../appointments/model.ts';

/** Nobody is offered, told or invited anything in these hours; over midnight. */
export const QUIET: { readonly from: WallTime; readonly to: WallTime } = {
  from: wallTime('21:00'),
  to: wallTime('08:00'),
};

/** How one may wish to meet: one way, or any. */
export type WishedWay = Way | 'any';

/** Real minutes in which an offered time can be answered. */
export const ANSWER_MINUTES = 120;
/** A time stays kept so much longer than its offers, until the next round has asked the next or freed it for all. */
export const SLACK_MINUTES = 5;
/** So many people are offered one time at once. */
export const AT_A_TIME = 3;
/** Nobody is asked about more times than this within a day. */
export const OFFERS_A_DAY = 3;
/** Who waits is asked after so many days whether to go on. */
export const WAIT_DAYS = 56;
/** At most so many times on one screen. */
export const SHOWN = 4;

/** Somebody who would like an earlier time than the one she has. */
export interface Wish {
  readonly appointmentId: string;
  readonly refugeeId: string;
  readonly way: WishedWay;
  readonly since: Instant;
  /** When and how her appointment is now. */
  readonly startsAt: Instant;
  readonly current: Way;
  /** She has not yet answered another offer. */
  readonly isAsked: boolean;
  /** Offers within the last 24 hours. */
  readonly asked: number;
}

/** Somebody who waits for anything to open. */
export interface Wait {
  readonly refugeeId: string;
  readonly way: WishedWay;
  readonly since: Instant;
  readonly toldAt: Instant | undefined;
}

/** A free time, and since when it is. */
export interface Opened {
  readonly startsAt: Instant;
  readonly way: Way;
  readonly openedAt: Instant;
}

export const OFFER_STATES = ['open', 'yes', 'no', 'silent', 'gone'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** An opened time, offered in place of an appointment's. */
export interface Offer {
  readonly id: string;
  readonly managerId: string;
  readonly appointmentId: string;
  readonly startsAt: Instant;
  readonly way: Way;
  readonly answerBy: Instant;
  readonly status: OfferState;
}

/** How a person's waiting stands. */
export interface WaitState {
  readonly way: WishedWay;
  readonly since: Instant;
  /** `asked`: the eight weeks are over and she has not said whether to go on. */
  readonly status: 'waiting' | 'paused' | 'asked';
}

/** What a manager can choose from when she invites all whom she has not seen for long, in weeks. */
export const UNSEEN_WEEKS = [4, 8, 12, 26] as const;
/** An invitation proposes at most so many times. */
export const MOST_SLOTS = 3;
/** An invitation can be answered for so many days, and no longer than its last proposed time is ahead. */
export const INVITATION_DAYS = 14;
/** Invitations, answers and offers are forgotten after so many days: nothing is counted against anybody. */
export const KEPT_DAYS = 30;
/** Between two invitations of one sending, so that not everybody looks for the same times at once. */
export const SPREAD_MINUTES = 1;

export const INVITATION_STATES = ['open', 'booked', 'later', 'expired'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** One of a manager's people, as her list shows her. */
export interface Client {
  readonly personId: string;
  readonly number: number;
  readonly nickname: string | undefined;
  /** The end of the last appointment that took place; undefined: never. */
  readonly seenAt: Instant | undefined;
  readonly next: { readonly id: string; readonly startsAt: Instant } | undefined;
  readonly isReachable: boolean;
  /** An invitation is open. */
  readonly isInvited: boolean;
  /** She wants no invitations. */
  readonly hasStopped: boolean;
}

/** A sending that is being put together. */
export interface Draft {
  readonly id: string;
  readonly way: Way | undefined;
  readonly slots: readonly Instant[];
  readonly picked: ReadonlySet<string>;
}

/** A sending, with what came of it. */
export interface Sending {
  readonly id: string;
  readonly way: Way;
  readonly slots: readonly Instant[];
  readonly sentAt: Instant;
  readonly people: readonly Invited[];
}

export interface Invited {
  readonly number: number;
  readonly nickname: string | undefined;
  readonly status: InvitationState;
  readonly isReachable: boolean;
}

/** An invitation as its reader gets it. */
export interface Invitation {
  readonly id: string;
  readonly managerId: string;
  readonly way: Way;
  readonly slots: readonly Instant[];
  readonly status: InvitationState;
  readonly expiresAt: Instant;
}
