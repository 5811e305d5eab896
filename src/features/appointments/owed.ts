import type { OwedNotice } from '../../delivery/outbox.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { ReminderWishes } from '../people/model-wishes.ts';
import type { Range, Way } from './model.ts';
import { type Reminder, reminderTimes } from './rules-reminders.ts';

/** Every notice that an appointment can owe. */
export const NOTICE_KINDS = [
  'booked',
  'pin',
  'reminder-week-before',
  'reminder-days-before',
  'reminder-day-before',
  'reminder-evening-before',
  'reminder-soon',
  'moved-by-refugee',
  'moved-by-manager',
  'cancelled-by-refugee',
  'cancelled-by-manager',
  'cannot-find',
  'coming',
  'cannot-come',
  'address-given',
  'refugee-unreachable',
  'off',
  'taken-over',
  'other-manager',
  'stands-in',
  'nobody-stands-in',
  'stands-in-no-more',
] as const;
export type AppointmentNotice = (typeof NOTICE_KINDS)[number];

export const REMINDERS = [
  'reminder-week-before',
  'reminder-days-before',
  'reminder-day-before',
  'reminder-evening-before',
  'reminder-soon',
] as const satisfies readonly AppointmentNotice[];

interface Standing {
  readonly id: string;
  readonly sequence: number;
  readonly startsAt: Instant;
  readonly bookedAt: Instant;
}

/** One notice to her about an appointment as it stands now; a move makes it untrue. */
const owedAbout =
  (personId: string, { id, sequence }: Pick<Standing, 'id' | 'sequence'>) =>
  (kind: AppointmentNotice, dueAt: Instant): OwedNotice => ({
    kind,
    personId,
    subjectId: id,
    dueAt,
    key: `${kind}:${id}:${sequence}`,
    data: { sequence },
  });

export const owedReminders = (
  personId: string,
  appointment: Pick<Standing, 'id' | 'sequence'>,
  reminders: readonly Reminder[],
): OwedNotice[] => reminders.map(({ kind, dueAt }) => owedAbout(personId, appointment)(`reminder-${kind}`, dueAt));

/** What a standing appointment owes the refugee: the pin of its place now, reminders later, as she wishes. */
export function owedToRefugee(
  personId: string,
  appointment: Standing & { readonly way: Way },
  wishes: ReminderWishes,
): OwedNotice[] {
  return [
    ...(appointment.way === 'place' ? [owedAbout(personId, appointment)('pin', appointment.bookedAt)] : []),
    ...owedReminders(personId, appointment, reminderTimes(appointment, wishes)),
  ];
}

/** Tells who stands in from now on; where nobody does, the coordinators that somebody is missing. */
export const owedForAbsence = (
  absenceId: string,
  deputy: string | undefined,
  coordinators: readonly string[],
  now: Instant,
): OwedNotice[] =>
  (deputy === undefined ? coordinators : [deputy]).map((personId) => ({
    kind: deputy === undefined ? 'nobody-stands-in' : 'stands-in',
    personId,
    subjectId: absenceId,
    dueAt: now,
    key: `stands-in:${absenceId}:${personId}:${deputy === undefined ? now : ''}`,
  }));

/** Tells who stood in, or would have, that it is over: from when to when it was meant, because the absence may be gone by then. */
export const owedForReturn = (
  absence: Range & { readonly id: string; readonly managerId: string },
  deputy: string,
  now: Instant,
): OwedNotice => ({
  kind: 'stands-in-no-more',
  personId: deputy,
  subjectId: absence.managerId,
  dueAt: now,
  key: `stands-in-no-more:${absence.id}:${deputy}`,
  data: { from: absence.from, to: absence.to },
});

/** One notice to the other side about what has just happened. `personId` empty: the appointment's manager. */
export const owedNow = (
  kind: AppointmentNotice,
  personId: string,
  appointment: { id: string; sequence: number },
  now: Instant,
  data?: OwedNotice['data'],
): OwedNotice => ({
  kind,
  personId,
  subjectId: appointment.id,
  dueAt: now,
  key: `${kind}:${appointment.id}:${appointment.sequence}`,
  ...(data !== undefined && { data }),
});
