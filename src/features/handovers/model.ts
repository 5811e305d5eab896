import type { Day, Instant } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';
import { INTERPRETER_LANGUAGES } from '../people/model.ts';

/** A referral asks for one thing and ends with it; a transfer makes the manager responsible for the person. */
export const KINDS = ['referral', 'transfer'] as const;
export type Kind = (typeof KINDS)[number];

/** Which languages a person speaks: those of interpreters, and German. */
export const LANGUAGES = [...INTERPRETER_LANGUAGES, 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The areas of integration management (Kreistagsvorlage 2018/484), health without details. Order is the screen's. */
export const TOPICS = [
  'language',
  'qualification',
  'work',
  'housing',
  'family',
  'school',
  'letter',
  'health',
  'participation',
  'other',
] as const;
export type Topic = (typeof TOPICS)[number];

/** `today` means: call now; the bot only helps beside that. */
export const URGENCIES = ['today', 'week', 'later'] as const;
export type Urgency = (typeof URGENCIES)[number];

export const TRIED = ['office', 'jobcenter', 'doctor', 'school', 'advice', 'letter', 'nothing'] as const;
export type Tried = (typeof TRIED)[number];

export const REACHES = ['bot', 'phone', 'volunteer', 'home'] as const;
export type Reach = (typeof REACHES)[number];

export const AVAILABLE = ['morning', 'afternoon', 'evening', 'weekend'] as const;
export type Available = (typeof AVAILABLE)[number];

/** The form's questions in their order: nine, and what is missing comes next. */
export const FIELDS = [
  'town',
  'kind',
  'languages',
  'topics',
  'urgency',
  'tried',
  'text',
  'reach',
  'available',
] as const;
export type Field = (typeof FIELDS)[number];

/** Questions with several answers, and what may be answered. */
export const CHOICES = {
  languages: LANGUAGES,
  topics: TOPICS,
  tried: TRIED,
  reach: REACHES,
  available: AVAILABLE,
} as const satisfies Partial<Record<Field, readonly string[]>>;
export type ChoiceField = keyof typeof CHOICES;

export const STATUSES = [
  'draft',
  'waiting',
  'sent',
  'accepted',
  'done',
  'declined',
  'refused',
  'withdrawn',
  'revoked',
  'lapsed',
] as const;
export type Status = (typeof STATUSES)[number];

/** What the refugee agrees to, each by itself: passing the case on, talking about it, dates, booking for her. */
export const PURPOSES = ['pass-on', 'talk', 'dates', 'book'] as const;
export type Purpose = (typeof PURPOSES)[number];
/** What may be allowed beside passing on; nobody has to. */
export const EXTRA_PURPOSES = ['talk', 'dates', 'book'] as const satisfies readonly Purpose[];
export type ExtraPurpose = (typeof EXTRA_PURPOSES)[number];
/** How she said so: with her own Telegram, on the volunteer's phone, on paper. */
export const CONSENT_WAYS = ['link', 'phone', 'paper'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];
/** The text that she agrees to; a change of its meaning is a new version. */
export const HANDOVER_CONSENT_VERSION = '2026-11-30';

/** How and to what she has agreed. */
export interface Agreement {
  readonly way: ConsentWay;
  readonly locale: Locale;
  readonly purposes: readonly ExtraPurpose[];
  /** The date on a signed paper. */
  readonly paperDay?: Day;
}

/**
 * Why a manager declines, from a list. The first three are about the case and end it for everybody; `capacity` is about
 * herself, and the others of the team still can.
 */
export const DECLINE_REASONS = ['elsewhere', 'shelter', 'other-service', 'capacity'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** Everything of a case that may be shown to somebody; what is confidential is opened by a question of its own. */
export interface Handover {
  readonly id: string;
  readonly status: Status;
  readonly answered: readonly Field[];
  readonly kind: Kind | undefined;
  readonly town: { readonly ags: string; readonly name: string } | undefined;
  readonly languages: readonly Language[];
  readonly interpreter: boolean;
  readonly topics: readonly Topic[];
  readonly urgency: Urgency | undefined;
  readonly tried: readonly Tried[];
  readonly hasText: boolean;
  readonly hasPhone: boolean;
  readonly reach: readonly Reach[];
  readonly available: readonly Available[];
  readonly createdAt: Instant;
  readonly sentAt: Instant | undefined;
  readonly acceptedAt: Instant | undefined;
  readonly endedAt: Instant | undefined;
  /** Since when it waits for the team: since it was sent, or came back to the team. */
  readonly waitsSince: Instant | undefined;
  readonly remindedAt: Instant | undefined;
  readonly escalatedAt: Instant | undefined;
  readonly reason: DeclineReason | undefined;
  /** Undefined once she has left the circle. */
  readonly volunteer: { readonly id: string; readonly name: string; readonly personId: string } | undefined;
  readonly circle: { readonly id: string; readonly name: string };
  readonly manager: { readonly id: string; readonly name: string; readonly personId: string | undefined } | undefined;
  /** To whom of the team a colleague has passed it on; undefined is the whole team. */
  readonly addressee: { readonly id: string; readonly name: string } | undefined;
  /** The refugee has agreed that volunteer and manager talk about it. */
  readonly mayTalk: boolean;
  /** Her yes was given on the volunteer's phone or on paper: she has no chat of her own in which to take it back. */
  readonly isRecorded: boolean;
  /** The carrier that was responsible on the day of sending. */
  readonly carrierId: string | undefined;
  readonly refugee:
    | { readonly personId: string; readonly number: number; readonly managerId: string | undefined }
    | undefined;
}

export const TEXT_LENGTH = 500;
/** One message of a thread. */
export const MESSAGE_LENGTH = 300;
/** Messages that one case may have. */
export const MOST_MESSAGES = 40;
export const PHONE_LENGTH = 30;
/** A draft vanishes so many days after it was begun. */
export const DRAFT_DAYS = 7;
/** What nobody has accepted goes after so many days; so does what has ended without an acceptance. */
export const UNACCEPTED_DAYS = 30;
/** A link for the refugee works for so many hours. */
export const LINK_HOURS = 24;
/** A signed paper may be so many days old when it is recorded. */
export const PAPER_DAYS = 14;
/** Drafts that one volunteer may have at once. */
export const MOST_DRAFTS = 20;
