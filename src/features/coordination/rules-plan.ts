import { type Day, dayOf, type Instant } from '../../platform/datetime.ts';
import type { Fit, Standing } from '../appointments/model-caseload.ts';
import {
  type Clash,
  type Fate,
  type MoveFigures,
  type Plan,
  type PlannedAppointment,
  type PlannedPerson,
  UNDO_HOURS,
} from './model.ts';

/** Says whether a manager can keep an appointment at its time; what one gets blocks the next. */
export interface Diaries {
  fit(managerId: string, appointment: Standing): Fit;
  take(managerId: string, appointment: Standing): void;
}

export interface PlanQuestion {
  readonly people: readonly PlannedPerson[];
  /** The appointments that are concerned, by start. */
  readonly appointments: readonly Standing[];
  /** Numbers of the people whose appointments these are, and to whom those belong who do not move. */
  readonly others: ReadonlyMap<string, { readonly number: number; readonly managerId: string | undefined }>;
  readonly diaries: Diaries;
  readonly clash: Clash;
  /** Until then the old manager can keep what nobody else can; undefined: not at all. `stays`: as long as it takes. */
  readonly keepsUntil: Day | 'stays' | undefined;
}

/**
 * What becomes of each appointment: it goes along where its new manager is free at that time; otherwise it is kept by
 * the old one, if that was chosen and she is still there, or cancelled.
 */
export function planMove(question: PlanQuestion): Plan {
  const { people, diaries, others } = question;
  const moved = new Map(people.map((person) => [person.personId, person]));
  const appointments = question.appointments.map((appointment): PlannedAppointment => {
    const person = moved.get(appointment.personId);
    const other = others.get(appointment.personId);
    const to = person === undefined ? other?.managerId : person.to;
    const isNew = to !== undefined && to !== appointment.managerId;
    const fit = isNew ? diaries.fit(to, appointment) : 'nobody';
    const fate: Fate = fit === 'free' ? 'goes' : mayStay(question, appointment) ? 'kept' : 'cancelled';
    if (fate === 'goes' && to !== undefined) diaries.take(to, appointment);
    return { appointment, number: person?.number ?? other?.number ?? 0, to: isNew ? to : undefined, fit, fate };
  });
  return { people, appointments };
}

const mayStay = ({ clash, keepsUntil }: PlanQuestion, { startsAt }: Standing): boolean =>
  clash === 'keep' && keepsUntil !== undefined && (keepsUntil === 'stays' || dayOf(startsAt) <= keepsUntil);

/** Everything about a plan that its reader agreed to: another text is another plan. */
export const planText = ({ people, appointments }: Plan): string =>
  [
    ...people.map(({ personId, from, to }) => `${personId}:${from ?? ''}:${to ?? ''}`),
    ...appointments.map(({ appointment, to, fate }) => `${appointment.id}:${appointment.sequence}:${to ?? ''}:${fate}`),
  ]
    .sort()
    .join('|');

export const canUndo = (doneAt: Instant, now: Instant): boolean => now < doneAt + UNDO_HOURS * 3_600_000;

/** How many people and appointments went where. */
export function countMove(
  people: readonly { readonly from: string | undefined; readonly to: string | undefined }[],
  fates: readonly string[],
  nameOf: (id: string) => string | undefined,
): MoveFigures {
  const tally = (end: 'from' | 'to') => {
    const ids = people.flatMap((person) => person[end] ?? []);
    return [...new Set(ids)]
      .map((managerId) => ({
        managerId,
        name: nameOf(managerId) ?? '–',
        people: ids.filter((id) => id === managerId).length,
      }))
      .sort((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1));
  };
  const count = (fate: string) => fates.filter((one) => one === fate).length;
  return {
    to: tally('to'),
    from: tally('from'),
    waiting: people.filter(({ to }) => to === undefined).length,
    goes: count('goes'),
    cancelled: count('cancelled'),
    kept: count('kept'),
  };
}
