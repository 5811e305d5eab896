import type { WallTime } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';
import type { ReminderWishes } from './model-wishes.ts';

export const ROLES = ['refugee', 'volunteer', 'manager', 'coordinator', 'counsellor'] as const;
export type Role = (typeof ROLES)[number];

/** Where a person lives: it decides who is responsible, nothing else is asked for that. */
export const HOUSINGS = ['municipality', 'shelter'] as const;
export type Housing = (typeof HOUSINGS)[number];

/** Languages of interpreters, as two-letter codes; the first three are the bot's own. */
export const INTERPRETER_LANGUAGES = ['ar', 'fa', 'ti', 'ku', 'tr', 'uk', 'ru', 'so', 'am', 'fr', 'en'] as const;
export type InterpreterLanguage = (typeof INTERPRETER_LANGUAGES)[number];

declare const proven: unique symbol;
/** Only `people/service.ts` makes one, from the Telegram account that wrote; a use case names the actor it needs. */
interface Proven<K extends string> {
  readonly kind: K;
  readonly [proven]: true;
}

export interface Stranger extends Proven<'stranger'> {
  readonly telegramId: number;
}

interface Known {
  readonly personId: string;
  readonly telegramId: number;
  readonly locale: Locale;
  /** All roles of this account, in the order of ROLES. */
  readonly roles: readonly Role[];
}

export interface Refugee extends Known, Proven<'refugee'> {
  /** What names her towards staff. */
  readonly number: number;
  readonly nickname: string | undefined;
  readonly housing: Housing | undefined;
  readonly ags: string | undefined;
  readonly managerId: string | undefined;
  /** Undefined while not asked. */
  readonly interpreter: boolean | undefined;
  readonly interpreterLanguage: InterpreterLanguage | undefined;
  readonly reminders: ReminderWishes;
  /** Her locked screen shows no more than that there is a message. */
  readonly discreet: boolean;
}

export interface Volunteer extends Known, Proven<'volunteer'> {
  readonly volunteerId: string;
  readonly name: string;
  readonly circle: string;
  readonly circleId: string;
  /** Speaks for her circle: sees its counts. */
  readonly isSpeaker: boolean;
  /** Whether she has signed the undertaking as it reads now; before that she may do nothing else. */
  readonly signed: boolean;
}
/** A volunteer who may act. */
export type SignedVolunteer = Volunteer & { readonly signed: true };

export interface Manager extends Known, Proven<'manager'> {
  readonly managerId: string;
  readonly name: string;
  readonly carrierId: string;
  /** When her list of the day comes; undefined when she wants none. */
  readonly morningAt: WallTime | undefined;
}

export interface Coordinator extends Known, Proven<'coordinator'> {
  readonly coordinatorId: string;
  readonly name: string;
  /** Undefined for the county's own coordinator. */
  readonly carrierId: string | undefined;
}

/** Answers for a counselling centre that calls people back; knows nobody here. */
export interface Counsellor extends Known, Proven<'counsellor'> {
  readonly counsellorId: string;
  readonly name: string;
}

export type Member = Refugee | Volunteer | Manager | Coordinator | Counsellor;
export type Actor = Stranger | Member;

/** The text that a person agrees to; a change of its meaning is a new version. Proofs name the version. */
export const CONSENT_VERSION = '2026-11-30';

/** The undertaking of volunteers; a change of its meaning is a new version, which everybody signs anew. */
export const UNDERTAKING_VERSION = '2026-11-22';

export interface ConsentProof {
  readonly version: string;
  readonly locale: Locale;
  readonly givenAt: number;
}

/** An invitation as its creator writes it. */
export type InviteDraft =
  | { readonly role: 'coordinator'; readonly name: string; readonly carrierId: string | undefined }
  | {
      readonly role: 'manager';
      readonly name: string;
      readonly carrierId: string;
      readonly municipalities: readonly string[];
      readonly workingDays: number;
    }
  | { readonly role: 'volunteer'; readonly name: string; readonly circle: CircleDraft }
  | { readonly role: 'counsellor'; readonly name: string };

/** A circle is known by its name. Municipalities count where it is new. */
export interface CircleDraft {
  readonly name: string;
  readonly municipalities: readonly string[];
}

/** What an opened invitation says before it is accepted. */
export interface OpenInvite {
  readonly role: Exclude<Role, 'refugee'>;
  readonly name: string;
}

/** What an erasure did, as counts, to be shown to whoever asked for it. */
export interface Erased {
  readonly appointmentsCancelled: number;
  readonly messagesForgotten: number;
}

export const NICKNAME_LENGTH = 30;
/** An invitation works for this long. */
export const INVITE_DAYS = 7;
