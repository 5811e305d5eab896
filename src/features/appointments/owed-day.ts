import type { OwedNotice } from '../../delivery/outbox.ts';
import type { Day, Instant } from '../../platform/datetime.ts';

/** What a manager's day owes: her list in the morning, a question after each appointment, one in the evening. */
export const DAY_NOTICES = ['morning', 'outcome', 'evening', 'missed'] as const;
export type DayNotice = (typeof DAY_NOTICES)[number];

/** One of a kind per manager and day, ever. */
export const owedForDay = (
  kind: 'morning' | 'evening',
  manager: { readonly managerId: string; readonly personId: string },
  day: Day,
  dueAt: Instant,
): OwedNotice => ({
  kind,
  personId: manager.personId,
  subjectId: manager.managerId,
  dueAt,
  key: `${kind}:${manager.managerId}:${day}`,
  data: { day },
});

/** One question per appointment as it stood: a move asks anew, after its new time. */
export const owedQuestion = (
  personId: string,
  appointment: { readonly id: string; readonly sequence: number; readonly endsAt: Instant },
): OwedNotice => ({
  kind: 'outcome',
  personId,
  subjectId: appointment.id,
  dueAt: appointment.endsAt,
  key: `outcome:${appointment.id}:${appointment.sequence}`,
  data: { sequence: appointment.sequence },
});

/** "We missed each other", once for an appointment. */
export const owedMissed = (personId: string, id: string, dueAt: Instant): OwedNotice => ({
  kind: 'missed',
  personId,
  subjectId: id,
  dueAt,
  key: `missed:${id}`,
});
