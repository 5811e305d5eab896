import type { Day, Instant } from '../../platform/datetime.ts';
import type { Fit, Standing } from '../appointments/model-caseload.ts';

/** What a coordinator wants to change. */
export type Change =
  /** A manager leaves; without a last day at once. */
  | { readonly reason: 'leaves'; readonly managerId: string; readonly lastDay: Day | undefined }
  /** Her working days change; she gives people away, or takes some over. */
  | { readonly reason: 'share'; readonly managerId: string; readonly workingDays: number }
  /** She is new and takes people over from her colleagues. */
  | { readonly reason: 'comes'; readonly managerId: string }
  /** One person gets another manager, or a first one. */
  | { readonly reason: 'one'; readonly personId: string }
  /** The same because she asked for it. */
  | { readonly reason: 'wish'; readonly personId: string };

/** `left`: a manager took her account away herself. */
export type Reason = Change['reason'] | 'left';

/** To whom people go: one colleague, or whoever has most free capacity in their municipality. */
export type Target = { readonly kind: 'capacity' } | { readonly kind: 'colleague'; readonly managerId: string };

/** What becomes of appointments that the new manager cannot keep: cancelled with an offer, or kept by the old one. */
export const CLASHES = ['cancel', 'keep'] as const;
export type Clash = (typeof CLASHES)[number];

export const FATES = ['goes', 'cancelled', 'kept'] as const;
export type Fate = (typeof FATES)[number];

/** One person of a plan. Without `to` she waits. */
export interface PlannedPerson {
  readonly personId: string;
  readonly number: number;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface PlannedAppointment {
  readonly appointment: Standing;
  readonly number: number;
  /** With whom it would be; undefined while she waits for a manager. */
  readonly to: string | undefined;
  /** `nobody`: there is no new manager. */
  readonly fit: Fit | 'nobody';
  readonly fate: Fate;
}

/** Who would get whom, and what would become of their appointments. */
export interface Plan {
  readonly people: readonly PlannedPerson[];
  readonly appointments: readonly PlannedAppointment[];
}

/** How many people and appointments went where; names are read when it is shown. */
export interface MoveFigures {
  /** People by new manager, in order of their number. */
  readonly to: readonly { readonly managerId: string; readonly name: string; readonly people: number }[];
  /** People by former manager. */
  readonly from: readonly { readonly managerId: string; readonly name: string; readonly people: number }[];
  /** People who wait for a manager. */
  readonly waiting: number;
  readonly goes: number;
  readonly cancelled: number;
  readonly kept: number;
}

export interface Undone {
  readonly people: number;
  readonly peopleLeft: number;
  readonly appointments: number;
  readonly appointmentsLeft: number;
}

/** A change that was made. */
export interface Move extends MoveFigures {
  readonly id: string;
  readonly reason: Reason;
  /** Whom it is about; undefined for one person who had no manager. */
  readonly name: string | undefined;
  readonly lastDay: Day | undefined;
  readonly doneAt: Instant;
  readonly undoableUntil: Instant;
  readonly undone: Undone | undefined;
}

/** A change can be taken back for so long. */
export const UNDO_HOURS = 24;
/** What a change moved is remembered for so long: until everybody has been told, also after an outage. */
export const MOVE_KEPT_DAYS = 7;

/** What a person may get who asked for another manager and was told that it is not possible now. */
export const WISH_KEPT_DAYS = 30;

/** What coordinators do, as the audit log names it. */
export const ACTS = [
  'invited',
  'confirmed',
  'refused',
  'withdrawn',
  'moved',
  'undone',
  'declined',
  'removed',
  'circle-opened',
  'speaker',
  'serves',
  'serves-not',
  'carrier-confirmed',
  'carrier-changed',
  'place-added',
  'place-changed',
  'place-closed',
  'place-opened',
  'courses-imported',
  'absence-added',
  'absence-deputy',
  'absence-ended',
  'absence-handed',
  'absence-moved',
  'absence-off',
  'forgotten',
] as const;
export type Act = (typeof ACTS)[number];

/** One act to be written down. The subject is an id of staff, a municipality, a place, a move or a list of courses. */
export interface AuditDraft {
  readonly act: Act;
  readonly subject: string;
  /** Whose coordinators may read it beside the county's. */
  readonly carrierId: string | undefined;
  readonly counts?: Readonly<Record<string, number>>;
}

/** The log is kept for so long (retention table of the domain); the database refuses to forget earlier. */
export const AUDIT_KEPT_MONTHS = 12;

/** How far ahead a manager's appointments are counted as her load. */
export const LOAD_DAYS = 28;

/** What a coordinator has done within a manager's absence that the manager hears of. */
export const CHANGES = ['deputy', 'handed', 'off'] as const;
export type Changed = (typeof CHANGES)[number];
