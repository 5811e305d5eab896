import { formatClock, formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { addDays, type Day, dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import type { Place } from '../county/model.ts';
import { buttons, minuteOf } from './buttons.ts';
import { diaryButtons } from './buttons-hours.ts';
import {
  type Appointment,
  CANCEL_REASONS,
  REFUGEE_REASONS,
  type RefugeeReason,
  type Slot,
  type Topic,
} from './model.ts';
import { dayRows, onlyPlace, timeRows } from './views.ts';
import { formerTime } from './views-card.ts';
import { markedEntry, outcomeLine, outcomeRow } from './views-marks.ts';
import { pageRow } from './views-page.ts';

// What a manager sees.

type Places = ReadonlyMap<string, Place>;
const PER_PAGE = 7;

export const managerRows = (t: Translator): readonly (readonly Button[])[] => [
  [
    { label: t.label('appointments:menu.today'), data: buttons.today.data({ span: 'today' }) },
    { label: t.label('appointments:menu.tomorrow'), data: buttons.today.data({ span: 'tomorrow' }) },
  ],
  [{ label: t.label('appointments:menu.week'), data: buttons.today.data({ span: 'week' }) }, pageRow(t)],
  [
    { label: t.label('appointments:menu.hours'), data: diaryButtons.list.data({ page: '0' }) },
    { label: t.label('diary:absence.menu'), data: diaryButtons.absences.data({ page: '0' }) },
  ],
];

/** A number, and a nickname where she gave one; after an erasure neither. */
export const personName = (
  t: Translator,
  refugee: Pick<NonNullable<Appointment['refugee']>, 'number' | 'nickname'> | undefined,
): string => {
  if (refugee === undefined) return t.label('appointments:person.unknown');
  const { number, nickname } = refugee;
  return nickname === undefined
    ? t.label('appointments:person.number', { number })
    : t.label('appointments:person.nickname', { number, nickname });
};

const when = (t: Translator, { startsAt }: Appointment) => ({
  day: formatDay(t.locale, dayOf(startsAt)),
  time: formatClock(startsAt),
});

const wayLine = (t: Translator, { way, place }: Appointment): string =>
  way === 'place' && place !== undefined
    ? t('appointments:staff.way-place', { place: place.name })
    : t('appointments:staff.way', { way: t.label(`appointments:way.${way}-staff`) });

/** Where, with whose help, whether she has said that she comes, and whether the bot reaches her at all. */
const details = (t: Translator, appointment: Appointment): string =>
  lines(
    wayLine(t, appointment),
    appointment.interpreterLanguage === undefined
      ? undefined
      : t('appointments:staff.interpreter', {
          language: t.label(`people:interpreter.language.${appointment.interpreterLanguage}`),
        }),
    appointment.coming ? t('appointments:staff.comes') : undefined,
    appointment.cannot ? t('day:staff.cannot-come') : undefined,
    appointment.refugee?.unreachable === true ? t('day:staff.unreachable') : undefined,
  );

const openButton = (t: Translator, id: string): Button => ({
  label: t.label('appointments:staff.open'),
  data: buttons.staffCard.data({ id }),
});

const topicButton = (t: Translator, id: string): Button => ({
  label: t.label('appointments:staff.topic'),
  data: buttons.staffTopic.data({ id }),
});

/** The topic stays behind a button: others may look at the screen. */
export const newAppointment = (t: Translator, appointment: Appointment): View =>
  screen(t, {
    text: lines(
      t('appointments:staff.booked', { ...when(t, appointment), person: personName(t, appointment.refugee) }),
      details(t, appointment),
    ),
    rows: [[topicButton(t, appointment.id)], [openButton(t, appointment.id)]],
    stays: true,
  });

/** A colleague's appointment that is hers now. */
export const takenOver = (t: Translator, appointment: Appointment): View =>
  screen(t, {
    text: lines(
      t('diary:notice.taken-over', { ...when(t, appointment), person: personName(t, appointment.refugee) }),
      details(t, appointment),
    ),
    rows: [[topicButton(t, appointment.id)], [openButton(t, appointment.id)]],
    stays: true,
  });

/** From when to when, and whose. */
export const movedText = (t: Translator, appointment: Appointment, before: Appointment['startsAt']): string =>
  t('appointments:staff.moved', {
    ...when(t, appointment),
    person: personName(t, appointment.refugee),
    before: formerTime(t, before),
  });

export const movedByRefugee = (
  t: Translator,
  appointment: Appointment,
  before: Appointment['startsAt'],
  reason: RefugeeReason | undefined,
): View =>
  screen(t, {
    text: lines(movedText(t, appointment, before), reasonOfRefugee(t, reason), details(t, appointment)),
    rows: [[openButton(t, appointment.id)]],
    stays: true,
  });

type Told = 'cancelled' | 'lost' | 'coming' | 'address' | 'unreachable';

/** Why she cancelled or moved it, if she said. */
const reasonOfRefugee = (t: Translator, reason: Appointment['reason']): string | undefined => {
  const known = REFUGEE_REASONS.find((one) => one === reason && one !== 'unsaid');
  return known === undefined
    ? undefined
    : t('appointments:staff.cancelled-why', { reason: t.label(`appointments:cancel.reason.${known}`) });
};

/** A short message about an appointment that the manager knows. */
export const told = (t: Translator, what: Told, appointment: Appointment): View =>
  screen(t, {
    text: lines(
      t(`appointments:staff.${what}`, { ...when(t, appointment), person: personName(t, appointment.refugee) }),
      what === 'cancelled' ? reasonOfRefugee(t, appointment.reason) : undefined,
    ),
    rows: what === 'cancelled' ? [] : [[openButton(t, appointment.id)]],
    stays: true,
  });

/** She said so minutes ago, and has neither moved nor cancelled it since. */
export const cannotCome = (t: Translator, appointment: Appointment): View =>
  screen(t, {
    text: t('day:staff.cannot', { ...when(t, appointment), person: personName(t, appointment.refugee) }),
    rows: [[openButton(t, appointment.id)]],
    stays: true,
  });

/** After an erasure: that it is off, and nothing about whom. */
export const off = (t: Translator, appointment: Appointment): View =>
  screen(t, { text: t('appointments:staff.off', when(t, appointment)), stays: true });

export function staffCard(
  t: Translator,
  appointment: Appointment,
  now: Instant,
  shown: { readonly topic?: Topic | undefined; readonly address?: string | undefined } = {},
): View {
  const { id } = appointment;
  return screen(t, {
    text: lines(
      t('appointments:staff.title', { ...when(t, appointment), person: personName(t, appointment.refugee) }),
      details(t, appointment),
      outcomeLine(t, appointment, now),
      shown.topic === undefined
        ? undefined
        : t('appointments:staff.topic-is', { topic: t.label(`appointments:topic.${shown.topic}`) }),
      shown.address === undefined ? undefined : t('appointments:staff.address-is', { address: shown.address }),
    ),
    rows:
      appointment.status === 'cancelled'
        ? []
        : [
            outcomeRow(t, appointment, now),
            ...(shown.topic === undefined && now < appointment.endsAt ? [[topicButton(t, id)]] : []),
            ...(appointment.hasAddress && shown.address === undefined
              ? [[{ label: t.label('appointments:staff.show-address'), data: buttons.staffAddress.data({ id }) }]]
              : []),
            ...(now >= appointment.endsAt
              ? []
              : [
                  [{ label: t.label('appointments:staff.move'), data: buttons.staffMoveDay.data({ id, page: '0' }) }],
                  [{ label: t.label('appointments:staff.cancel'), data: buttons.staffCancelAsk.data({ id }) }],
                ]),
          ],
    back: buttons.diary.data({ day: dayOf(appointment.startsAt), days: '1', page: '0' }),
  });
}

/** One day or one week of the diary, a page at a time, with the way to the days around. */
export function diary(
  t: Translator,
  shown: {
    readonly day: Day;
    readonly days: 1 | 7;
    readonly appointments: readonly Appointment[];
    readonly page: number;
    readonly holiday: string | undefined;
  },
): View {
  const { day, days, appointments } = shown;
  const to = (from: Day, page = 0) =>
    buttons.diary.data({ day: from, days: days === 1 ? '1' : '7', page: String(page) });
  const { items, row } = paged(t, appointments, shown.page, PER_PAGE, (page) => to(day, page));
  return screen(t, {
    text: lines(
      days === 1
        ? t('appointments:diary.day', { day: formatDay(t.locale, day) })
        : t('appointments:diary.week', { from: formatDay(t.locale, day), to: formatDay(t.locale, addDays(day, 6)) }),
      shown.holiday === undefined ? undefined : t('appointments:diary.holiday', { name: shown.holiday }),
      appointments.length === 0 ? t('appointments:diary.empty') : undefined,
    ),
    rows: [
      ...items.map((appointment) => [entry(t, appointment, days)]),
      row,
      [
        { label: t.label('common:nav.earlier'), data: to(addDays(day, -days)) },
        { label: t.label('common:nav.later'), data: to(addDays(day, days)) },
      ],
    ],
  });
}

const entry = (t: Translator, appointment: Appointment, days: 1 | 7): Button => ({
  label: markedEntry(
    t,
    appointment,
    days === 1
      ? formatClock(appointment.startsAt)
      : `${formatShortDay(t.locale, dayOf(appointment.startsAt))} ${formatClock(appointment.startsAt)}`,
    personName(t, appointment.refugee),
  ),
  data: buttons.staffCard.data({ id: appointment.id }),
});

export const askStaffCancel = (t: Translator, id: string): View =>
  screen(t, {
    text: t('appointments:staff.cancel-ask'),
    rows: CANCEL_REASONS.map((reason) => [
      { label: t.label(`appointments:staff.reason.${reason}`), data: buttons.staffCancel.data({ id, reason }) },
    ]),
    back: buttons.staffCard.data({ id }),
  });

/** Why she moves it: the last question before it counts. */
export const askStaffMoveWhy = (t: Translator, id: string, minute: string): View =>
  screen(t, {
    text: t('appointments:staff.move-ask'),
    rows: CANCEL_REASONS.map((reason) => [
      {
        label:
          reason === 'unsaid'
            ? t.label('appointments:staff.move-unsaid')
            : t.label(`appointments:staff.reason.${reason}`),
        data: buttons.staffMoveWhy.data({ id, minute, reason }),
      },
    ]),
    back: buttons.staffMoveDay.data({ id, page: '0' }),
  });

/** When and where it is now: what she chose is on no screen any more, and other hours may be held elsewhere. */
export const staffMoved = (t: Translator, appointment: Appointment): View =>
  screen(t, {
    text: movedDone(t, appointment),
    back: buttons.staffCard.data({ id: appointment.id }),
  });

export const movedDone = (t: Translator, appointment: Appointment): string =>
  lines(t('appointments:staff.move-done'), t('appointments:mine.entry', when(t, appointment)), wayLine(t, appointment));

export const staffSaid = (
  t: Translator,
  what: 'cancel-done' | 'none-free' | 'taken' | 'busy' | 'gone',
  back?: string,
): View => screen(t, { text: t(`appointments:staff.${what}`), back });

export const askStaffMoveDay = (t: Translator, id: string, days: readonly Day[], page: number): View =>
  screen(t, {
    text: t('appointments:day.ask'),
    rows: dayRows(
      t,
      days,
      page,
      (day) => buttons.staffMoveTime.data({ id, day, page: '0' }),
      (to) => buttons.staffMoveDay.data({ id, page: String(to) }),
    ),
    back: buttons.staffCard.data({ id }),
  });

export const askStaffMoveTime = (
  t: Translator,
  appointment: Appointment,
  day: Day,
  slots: readonly Slot[],
  places: Places,
  page: number,
): View =>
  screen(t, {
    text: lines(
      t('appointments:time.ask', { day: formatDay(t.locale, day) }),
      onlyPlace(t, appointment.way, slots, places),
    ),
    rows: timeRows(
      t,
      slots,
      places,
      appointment.way,
      page,
      (slot) => buttons.staffMove.data({ id: appointment.id, minute: minuteOf(slot.startsAt) }),
      (to) => buttons.staffMoveTime.data({ id: appointment.id, day, page: String(to) }),
    ),
    back: buttons.staffMoveDay.data({ id: appointment.id, page: '0' }),
  });
