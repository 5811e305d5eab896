import type { OwedNotice } from '../../delivery/outbox.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Way } from './model.ts';
import { QUIET_HOURS, reminderTimes } from './rules-reminders.ts';

/** Every notice that an appointment can owe. */
export const NOTICE_KINDS = [
  'booked',
  'pin',
  'reminder-day-before',
  'reminder-soon',
  'moved-by-refugee',
  'moved-by-manager',
  'cancelled-by-refugee',
  'cancelled-by-manager',
  'cannot-find',
  'coming',
  'address-given',
  'refugee-unreachable',
  'off',
  'taken-over',
  'other-manager',
  'stands-in',
  'nobody-stands-in',
] as const;
export type AppointmentNotice = (typeof NOTICE_KINDS)[number];

export const REMINDERS = ['reminder-day-before', 'reminder-soon'] as const satisfies readonly AppointmentNotice[];

/** What a standing appointment owes the refugee: the pin of its place now, reminders later. */
export function owedToRefugee(
  personId: string,
  appointment: { id: string; sequence: number; way: Way; startsAt: Instant; bookedAt: Instant },
): OwedNotice[] {
  const { id, sequence, startsAt, bookedAt } = appointment;
  const owed = (kind: AppointmentNotice, dueAt: Instant): OwedNotice => ({
    kind,
    personId,
    subjectId: id,
    dueAt,
    key: `${kind}:${id}:${sequence}`,
    data: { sequence },
  });
  const reminders = reminderTimes({ startsAt, bookedAt, quiet: QUIET_HOURS });
  return [
    ...(appointment.way === 'place' ? [owed('pin', bookedAt)] : []),
    ...reminders.map(({ kind, dueAt }) => owed(`reminder-${kind}`, dueAt)),
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
