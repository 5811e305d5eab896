import { formatDay, formatTime, formatWallTime } from '../../platform/date-formats.ts';
import { dayOf, type Instant, type WallTime } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen, ticked } from '../../telegram/views.ts';
import type { Contact } from '../county/model.ts';
import { buttons as people } from '../people/buttons.ts';
import { REMINDER_LEADS, type ReminderLead, type ReminderWishes } from '../people/model-wishes.ts';
import { away, type StandIn } from '../people/views.ts';
import { buttons } from './buttons.ts';
import { EVENING_TIMES, QUIET_FROM, QUIET_TO, reminderButtons } from './buttons-reminders.ts';
import type { Appointment } from './model.ts';
import { daysUntil } from './rules-reminders.ts';

// Reminders: what they say, how she wants them, and what she answers.

const when = (t: Translator, { startsAt }: Appointment) => ({
  day: formatDay(t.locale, dayOf(startsAt)),
  time: formatTime(t.locale, startsAt),
});

/** "Tomorrow" is counted when it is said: a reminder may come a day earlier than usual, or late. */
const headline = (t: Translator, kind: ReminderLead, appointment: Appointment, now: Instant): string => {
  const days = daysUntil(appointment.startsAt, now);
  if (kind === 'soon') return t('appointments:reminder.soon', when(t, appointment));
  if (days === 0) return t('day:reminder.today', when(t, appointment));
  if (days === 1) return t('appointments:reminder.day-before', when(t, appointment));
  return t('day:reminder.later', when(t, appointment));
};

/** Silent about the subject: somebody else may see the locked screen. */
export const reminder = (
  t: Translator,
  kind: ReminderLead,
  appointment: Appointment,
  now: Instant,
  nobodyThere?: StandIn & { readonly office: Contact },
): View => ({
  ...screen(t, {
    text: lines(
      headline(t, kind, appointment, now),
      appointment.way === 'place' && appointment.place !== undefined
        ? t('appointments:reminder.place', { place: appointment.place.name })
        : t(`appointments:way.${appointment.way}`),
      nobodyThere === undefined ? undefined : away(t, appointment.manager.name, nobodyThere, nobodyThere.office),
    ),
    rows: [
      [
        {
          label: t.label('appointments:reminder.yes'),
          data: buttons.coming.data({ id: appointment.id }),
          style: 'success',
        },
      ],
      [{ label: t.label('appointments:reminder.no'), data: reminderButtons.cannot.data({ id: appointment.id }) }],
    ],
    stays: true,
  }),
  discreet: t('day:discreet.reminder', { time: formatTime(t.locale, appointment.startsAt) }),
});

/** All that a locked screen may show of a message; a tap opens it. */
export const concealed = (t: Translator, message: View, notice: string): View => ({
  locale: t.locale,
  text: message.discreet ?? t('day:discreet.message'),
  rows: [[{ label: t.label('day:discreet.open'), data: reminderButtons.open.data({ notice }) }]],
});

/** A message that is opened when it is no longer true. */
export const noLongerTrue = (t: Translator): View =>
  screen(t, {
    text: t('day:discreet.over'),
    rows: [[{ label: t.label('appointments:menu.mine'), data: buttons.mine.data({}) }]],
  });

/** She cannot come: both ways on are one tap, and neither asks why. */
export const askInstead = (t: Translator, appointment: Appointment): View => {
  const { id } = appointment;
  return screen(t, {
    text: t('day:cannot.ask', when(t, appointment)),
    rows: [
      [{ label: t.label('day:cannot.move'), data: buttons.moveWay.data({ id }), style: 'primary' }],
      [{ label: t.label('day:cannot.cancel'), data: buttons.cancel.data({ id }), style: 'danger' }],
      [{ label: t.label('day:cannot.come'), data: buttons.coming.data({ id }), style: 'success' }],
    ],
    back: buttons.card.data({ id }),
  });
};

const row = (label: string, data: string): Button[] => [{ label, data }];

/** The button that leads to the wishes: from one of her appointments, or from her data. */
export const wishesButton = (t: Translator, id?: string): Button => ({
  label: t.label('day:wishes.button'),
  data: id === undefined ? reminderButtons.wishes.data({ from: '-' }) : reminderButtons.wishesBelow.data({ id }),
});

export const pinButton = (t: Translator, id: string): Button => ({
  label: t.label('day:card.map'),
  data: reminderButtons.pin.data({ id }),
});

const leadText = (t: Translator, lead: ReminderLead, { eveningAt }: ReminderWishes): string =>
  lead === 'evening-before'
    ? t.label('day:wishes.lead.evening-before', { time: formatWallTime(t.locale, eveningAt) })
    : t.label(`day:wishes.lead.${lead}`);

/** What she has wished for, in words: for the screen and for her data. */
export const wishesText = (t: Translator, wishes: ReminderWishes, discreet: boolean): string => {
  const chosen = REMINDER_LEADS.filter((lead) => wishes.leads.includes(lead));
  const { from, to } = wishes.quiet;
  return lines(
    chosen.length === 0
      ? t('day:wishes.none')
      : t('day:wishes.some', { leads: chosen.map((lead) => leadText(t, lead, wishes)).join(' · ') }),
    from === to
      ? t('day:wishes.no-quiet')
      : t('day:wishes.quiet', { from: formatWallTime(t.locale, from), to: formatWallTime(t.locale, to) }),
    discreet ? t('day:wishes.discreet') : t('day:wishes.open'),
  );
};

export const wishesScreen = (t: Translator, wishes: ReminderWishes, discreet: boolean, from: string): View =>
  screen(t, {
    text: lines(t('day:wishes.title'), wishesText(t, wishes, discreet), t('day:wishes.hint')),
    rows: [
      ...REMINDER_LEADS.map((lead) => {
        const isOn = wishes.leads.includes(lead);
        const label = ticked(leadText(t, lead, wishes), isOn);
        return lead === 'evening-before'
          ? row(label, reminderButtons.evening.data({ from, time: 'ask' }))
          : row(label, reminderButtons.lead.data({ from, lead, on: isOn ? 'no' : 'yes' }));
      }),
      row(t.label('day:wishes.change-quiet'), reminderButtons.quietFrom.data({ from, time: 'ask' })),
      row(
        ticked(t.label('day:wishes.discreet-button'), discreet),
        reminderButtons.discreet.data({ from, on: discreet ? 'no' : 'yes' }),
      ),
      row(t.label('people:data.language'), people.chooseLanguage.data({})),
    ],
    back: from === '-' ? people.data.data({}) : buttons.card.data({ id: from }),
  });

const clock = (time: string): WallTime => `${time.slice(0, 2)}:${time.slice(2)}` as WallTime;
export const clockOf = clock;

const pairs = (all: readonly Button[]): Button[][] =>
  all.flatMap((button, index) => (index % 2 === 0 ? [[button, ...all.slice(index + 1, index + 2)]] : []));

const times = <T extends string>(t: Translator, all: readonly T[], data: (time: T) => string): Button[][] =>
  pairs(
    all.map((time) => ({
      label: t.label('appointments:time.button', { time: formatWallTime(t.locale, clock(time)) }),
      data: data(time),
    })),
  );

export const askEvening = (t: Translator, from: string): View =>
  screen(t, {
    text: t('day:wishes.evening'),
    rows: [
      ...times(t, EVENING_TIMES, (time) => reminderButtons.evening.data({ from, time })),
      row(t.label('day:wishes.evening-none'), reminderButtons.evening.data({ from, time: 'none' })),
    ],
    back: reminderButtons.wishes.data({ from }),
  });

export const askQuietFrom = (t: Translator, from: string): View =>
  screen(t, {
    text: t('day:wishes.quiet-from'),
    rows: [
      ...times(t, QUIET_FROM, (time) => reminderButtons.quietFrom.data({ from, time })),
      row(t.label('day:wishes.quiet-none'), reminderButtons.quietFrom.data({ from, time: 'none' })),
    ],
    back: reminderButtons.wishes.data({ from }),
  });

export const askQuietTo = (t: Translator, from: string, begin: string): View =>
  screen(t, {
    text: t('day:wishes.quiet-to', { from: formatWallTime(t.locale, clock(begin)) }),
    rows: times(t, QUIET_TO, (end) => reminderButtons.quietTo.data({ from, begin, end })),
    back: reminderButtons.quietFrom.data({ from, time: 'ask' }),
  });
