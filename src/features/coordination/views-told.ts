import { formatDay, formatTime } from '../../platform/date-formats.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { buttons as appointments, minuteOf } from '../appointments/buttons.ts';
import type { Appointment, Slot } from '../appointments/model.ts';
import { bookAgain, nextRows } from '../appointments/views.ts';
import type { Contact, ManagerContact } from '../county/model.ts';
import { buttons } from './buttons.ts';
import type { MoveFigures } from './model.ts';
import { figures } from './views-caseload.ts';

// What everybody is told about a change: people served in their own language, managers and coordinators as figures.

const when = (t: Translator, { startsAt }: Appointment) => ({
  day: formatDay(t.locale, dayOf(startsAt)),
  time: formatTime(t.locale, startsAt),
});

/** What became of one appointment of hers. */
export interface ToldAppointment {
  readonly appointment: Appointment;
  /** The next free times instead, where it was cancelled. */
  readonly next: readonly Slot[];
}

const contactLines = (t: Translator, key: 'new' | 'again', { name, carrier, phone }: ManagerContact): string =>
  lines(
    t(`coordination:told.${key}`, { name, carrier }),
    phone === undefined ? undefined : t('coordination:phone', { phone }),
  );

const appointmentText = (t: Translator, { appointment }: ToldAppointment): string =>
  appointment.status === 'booked'
    ? t('coordination:told.stays', { ...when(t, appointment), name: appointment.manager.name })
    : t('coordination:told.off', when(t, appointment));

/** Her first press on a time books it once: the appointment that was cancelled stands for the screen. */
function appointmentRows(t: Translator, { appointment, next }: ToldAppointment): Button[][] {
  if (appointment.status === 'booked') {
    return [[{ label: t.label('coordination:told.card'), data: appointments.card.data({ id: appointment.id }) }]];
  }
  return [
    ...nextRows(t, next, (slot) => {
      const way = slot.ways.find((one) => one === appointment.way) ?? slot.ways[0] ?? 'place';
      return appointments.time.data({ draft: appointment.id, topic: 'unsaid', way, minute: minuteOf(slot.startsAt) });
    }),
    [bookAgain(t)],
  ];
}

/** To a person who is served: whose she is now, and what became of her appointments. */
export function toldPerson(
  t: Translator,
  told: {
    /** Undefined where only an appointment is concerned. */
    readonly manager: ManagerContact | 'waiting' | undefined;
    readonly isBack: boolean;
    readonly appointments: readonly ToldAppointment[];
    readonly office: Contact;
  },
): View {
  const { manager, office } = told;
  const offers = told.appointments.some(({ next }) => next.length > 0);
  return screen(t, {
    text: lines(
      manager === undefined
        ? undefined
        : manager === 'waiting'
          ? t('coordination:told.waiting', { office: office.name, phone: office.phone })
          : contactLines(t, told.isBack ? 'again' : 'new', manager),
      ...told.appointments.flatMap((one) => ['', appointmentText(t, one)]),
      offers ? t('coordination:told.choose') : undefined,
    ),
    rows: told.appointments.flatMap((one) => appointmentRows(t, one)),
    stays: true,
  });
}

/** What a change means for one manager. */
export interface ToldManager {
  readonly isBack: boolean;
  /** People who are hers now, their numbers. */
  readonly came: readonly number[];
  readonly went: number;
  readonly figures: MoveFigures;
  readonly appointmentsCame: number;
  readonly workingDays: number | undefined;
  readonly lastDay: Day | undefined;
}

const SHOWN_NUMBERS = 25;

/** A short summary; the people by number, as everywhere. */
export function toldManager(t: Translator, told: ToldManager): View {
  const { came, lastDay, workingDays } = told;
  const shown = came.slice(0, SHOWN_NUMBERS).join(', ');
  return screen(t, {
    text: lines(
      t(told.isBack ? 'coordination:told.manager-back' : 'coordination:told.manager'),
      ...(came.length === 0 ? [] : [t('coordination:told.came', { people: came.length })]),
      ...(came.length === 0
        ? []
        : [t('coordination:told.numbers', { numbers: came.length > SHOWN_NUMBERS ? `${shown} …` : shown })]),
      ...(told.appointmentsCame === 0
        ? []
        : [t('coordination:told.appointments-came', { appointments: told.appointmentsCame })]),
      ...wentLines(t, told),
      workingDays === undefined ? undefined : t('coordination:told.days', { days: workingDays }),
      lastDay === undefined ? undefined : t('coordination:told.last-day', { day: formatDay(t.locale, lastDay) }),
    ),
    rows: [[{ label: t.label('appointments:menu.week'), data: appointments.today.data({ span: 'week' }) }]],
    stays: true,
  });
}

const wentLines = (t: Translator, told: ToldManager): string[] => {
  if (told.went === 0 && told.figures.kept + told.figures.cancelled === 0) return [];
  return told.isBack ? [t('coordination:told.went-back', { people: told.went })] : figures(t, told.figures, undefined);
};

/** To coordinators: a manager has gone by herself, and where her people are. */
export const managerLeft = (t: Translator, name: string, id: string, one: MoveFigures): View =>
  screen(t, {
    text: lines(t('coordination:told.left', { name }), ...figures(t, one, name)),
    rows: [[{ label: t.label('coordination:look'), data: buttons.move.data({ id }) }]],
    stays: true,
  });

export const managerUnreachable = (t: Translator, { id, name, phone }: ManagerContact): View =>
  screen(t, {
    text: lines(
      t('coordination:unreachable', { name }),
      phone === undefined ? undefined : t('coordination:phone', { phone }),
    ),
    rows: [[{ label: t.label('coordination:look'), data: buttons.member.data({ id }) }]],
    stays: true,
  });
