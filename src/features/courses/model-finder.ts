import type { Instant } from '../../platform/datetime.ts';
import type { Coordinator, Manager, Refugee, SignedVolunteer } from '../people/model.ts';
import type { Kind, Offering, Wish } from './model.ts';

/** Who may look for courses: for herself, or for somebody whom she helps. Only a refugee has a "home" here. */
export type Searcher = Refugee | SignedVolunteer | Manager | Coordinator;

/** Three questions for whoever does not know her level. */
export const READS = ['not', 'other', 'latin'] as const;
export const SPEAKS = ['hardly', 'little', 'well'] as const;
export const CERTIFICATES = ['none', 'A1', 'A2', 'B1'] as const;
export interface LevelAnswers {
  readonly reads: (typeof READS)[number];
  readonly speaks: (typeof SPEAKS)[number];
  readonly certificate: (typeof CERTIFICATES)[number];
}

/** Kinds of courses as the rules on who may take part sort them. */
export const COURSE_GROUPS = ['integration', 'work', 'first', 'women', 'county', 'open'] as const;
export type CourseGroup = (typeof COURSE_GROUPS)[number];
export const GROUP_OF = {
  IK_ALLG: 'integration',
  IK_ALPHA: 'integration',
  IK_ZWEITSCHRIFT: 'integration',
  IK_FOERDER: 'integration',
  IK_INTENSIV: 'integration',
  IK_LEGACY_JUGEND: 'integration',
  IK_LEGACY_ELTERN: 'integration',
  IK_LEGACY_FRAUEN: 'integration',
  OK: 'integration',
  BSK_A2: 'work',
  BSK_B1: 'work',
  BSK_B2: 'work',
  BSK_C1: 'work',
  BSK_C2: 'work',
  BSK_FACH: 'work',
  BSK_ANERK: 'work',
  JOB_BSK: 'work',
  EOK: 'first',
  MIA: 'women',
  VWV_DEUTSCH: 'county',
  EHRENAMT: 'open',
  SONST: 'open',
} as const satisfies Record<Kind, CourseGroup>;

/** Somebody waits for at most so many wishes. */
export const MOST_WISHES = 3;
/** And is reminded of at most so many courses at a time. */
export const MOST_REMINDERS = 5;
/** A wish ends after so many months, unless she wants it longer. */
export const WISH_MONTHS = 6;
/** So long before its end she is asked. */
export const ASK_DAYS = 14;
/** A message names at most so many courses; the list has the others. */
export const MOST_TOLD = 5;
/** That a place is free is news for so many days. */
export const FREE_PLACE_DAYS = 14;
/** She is reminded so many days before registration ends, the first that still lies ahead. */
export const REMIND_DAYS = [3, 1] as const;

/** A saved wish, counted from her municipality. */
export interface SavedWish {
  readonly id: string;
  readonly wish: Wish;
  readonly toldUntil: Instant;
  readonly isPaused: boolean;
  readonly endsAt: Instant;
}

/** A course of whose end of registration she wants to hear. */
export interface CourseReminder {
  readonly id: string;
  readonly offering: Pick<Offering, 'id' | 'title' | 'registerUntil'>;
  readonly createdAt: Instant;
}
