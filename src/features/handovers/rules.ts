import { addMinutes, type Instant, instant } from '../../platform/datetime.ts';
import { normaliseDigits } from '../../platform/digits.ts';
import type { Locale } from '../../platform/locale.ts';
import { INTERPRETER_LANGUAGES, type InterpreterLanguage } from '../people/model.ts';
import { type DeclineReason, DRAFT_DAYS, FIELDS, type Field, type Handover, LINK_HOURS, type Status } from './model.ts';

const DAY_MINUTES = 1_440;

/** The first question without an answer; undefined when the form is complete. */
export const nextField = ({ answered }: Pick<Handover, 'answered'>): Field | undefined =>
  FIELDS.find((field) => !answered.includes(field));

/** Where a question stands among the nine, from 1. */
export const stepOf = (field: Field): number => FIELDS.indexOf(field) + 1;

/** The question before; undefined for the first. */
export const fieldBefore = (field: Field): Field | undefined => FIELDS[FIELDS.indexOf(field) - 1];

/** Whether a question is settled by choosing none: nothing tried, no time of her own. */
export const mayBeEmpty = (field: Field): boolean => field === 'tried' || field === 'available';

/**
 * The language in which somebody is to interpret for her: the one in which she has read what she agrees to, if it is among
 * those that she speaks, else the first of them. Undefined where none is needed, or none of them is interpreted.
 */
export function interpreterFor(
  { interpreter, languages }: Pick<Handover, 'interpreter' | 'languages'>,
  read: Locale,
): InterpreterLanguage | undefined {
  const spoken = INTERPRETER_LANGUAGES.filter((one) => languages.includes(one));
  const first = languages
    .map((one) => INTERPRETER_LANGUAGES.find((each) => each === one))
    .find((one) => one !== undefined);
  return interpreter ? (spoken.find((one) => one === read) ?? first) : undefined;
}

/** Drafts and what waits for consent are the volunteer's alone and vanish. */
export const vanishesAt = (createdAt: Instant): Instant => addMinutes(createdAt, DRAFT_DAYS * DAY_MINUTES);

/** A link never outlives the draft that it is for. */
export const linkExpiresAt = (createdAt: Instant, now: Instant): Instant => {
  const hours = addMinutes(now, LINK_HOURS * 60);
  return instant(Math.min(hours, vanishesAt(createdAt)));
};

/** A reason about the case ends it for the whole team; one about the manager leaves it to the others. */
export const endsForAll = (reason: DeclineReason): boolean => reason !== 'capacity';

/** Nobody of the team is left who could take it. */
export const nobodyLeft = (team: readonly string[], declined: readonly string[]): boolean =>
  team.every((managerId) => declined.includes(managerId));

/** Whether the volunteer still writes on it. */
export const isUnsent = (status: Status): boolean => status === 'draft' || status === 'waiting';

/**
 * A telephone number as people type one, in any digits: seven to fifteen, perhaps with signs between them. Undefined for
 * anything else.
 */
export const parsePhone = (typed: string): string | undefined => {
  const phone = normaliseDigits(typed.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')).trim();
  return /^\+?\d{7,15}$/.test(phone.replace(/[\s()/.-]/g, '')) ? phone : undefined;
};
