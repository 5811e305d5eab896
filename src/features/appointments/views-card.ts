import { formatDay, formatHomeCalendar, formatShortDay, formatTime } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type Pin, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { addressOf, type Contact, type Place } from '../county/model.ts';
import { away } from '../people/views.ts';
import { buttons, minuteOf } from './buttons.ts';
import { dayButtons } from './buttons-day.ts';
import { type Appointment, CANCEL_REASONS, type CancelReason, REFUGEE_REASONS, type Slot, type Way } from './model.ts';
import { bookAgain, nextRows } from './views.ts';
import { pinButton, wishesButton } from './views-reminders.ts';

// Her appointments: the card that is shown at the door, reminders, and what can be done with them.

/**
 * The card that is shown at the door: in her language and in German, because she shows it to people who speak
 * German. It stays in the chat; its buttons answer below it.
 */
export function card(
  t: Translator,
  german: Translator,
  appointment: Appointment,
  title?: 'booked' | 'moved',
  above?: string,
  /** Other times that are free, each one tap from the summary. */
  next: readonly Slot[] = [],
): View {
  const { id } = appointment;
  const button = (label: string, data: string): Button => ({ label, data });
  const rows: Button[][] = [
    ...nextRows(t, next, ({ startsAt }) =>
      buttons.moveConfirm.data({ id, way: appointment.way, minute: minuteOf(startsAt) }),
    ),
    ...(appointment.way === 'home'
      ? [[button(t.label('appointments:card.address'), buttons.address.data({ id }))]]
      : []),
    ...(appointment.way === 'place' ? [[button(t.label('appointments:card.lost'), buttons.lost.data({ id }))]] : []),
    ...(appointment.way === 'place' ? [[pinButton(t, id)]] : []),
    [button(t.label('appointments:card.calendar'), buttons.calendar.data({ id }))],
    [button(t.label('appointments:card.earlier'), buttons.earlier.data({ id }))],
    [wishesButton(t, id)],
    [button(t.label('appointments:card.move'), buttons.moveWay.data({ id }))],
    [button(t.label('appointments:card.cancel'), buttons.cancelAsk.data({ id }))],
  ];
  return screen(t, {
    text: lines(
      above,
      t(title === undefined ? 'appointments:card.title' : `appointments:${title}.title`),
      cardText(t, appointment),
      ...(t.locale === 'de' ? [] : ['', german('appointments:card.title'), cardText(german, appointment)]),
      '',
      t('appointments:card.free-to-change'),
      next.length === 0 ? undefined : t('appointments:moved-by-manager.next'),
    ),
    rows,
    stays: true,
  });
}

function cardText(t: Translator, appointment: Appointment): string {
  const { startsAt, manager, interpreterLanguage } = appointment;
  const home = formatHomeCalendar(t.locale, dayOf(startsAt));
  return lines(
    t('appointments:card', {
      day: formatDay(t.locale, dayOf(startsAt)),
      time: formatTime(t.locale, startsAt),
      name: manager.name,
    }),
    home === undefined ? undefined : t('appointments:card.home-calendar', { date: home }),
    whereText(t, appointment),
    interpreterLanguage === undefined
      ? undefined
      : t('appointments:card.interpreter', { language: t.label(`people:interpreter.language.${interpreterLanguage}`) }),
  );
}

function whereText(t: Translator, { way, place, manager }: Appointment): string {
  switch (way) {
    case 'place':
      return place === undefined ? '' : t('appointments:card.place', { place: place.name, address: addressOf(place) });
    case 'home':
      return t('appointments:card.home');
    case 'telephone':
      return manager.phone === undefined
        ? t('appointments:card.telephone-no-number')
        : t('appointments:card.telephone', { phone: manager.phone });
  }
}

export const pinOf = (place: Place): Pin => ({
  title: place.name,
  address: addressOf(place),
  lat: place.lat,
  lon: place.lon,
});

export const mine = (t: Translator, appointments: readonly Appointment[]): View =>
  screen(t, {
    text: appointments.length === 0 ? t('appointments:mine.none') : t('appointments:mine.title'),
    rows: [
      ...appointments.map(({ id, startsAt }) => [
        {
          label: t.label('appointments:mine.entry', {
            day: formatShortDay(t.locale, dayOf(startsAt)),
            time: formatTime(t.locale, startsAt),
          }),
          data: buttons.card.data({ id }),
        },
      ]),
      [{ label: t.label('appointments:menu.book'), data: buttons.book.data({}) }],
      [{ label: t.label('day:past.button'), data: dayButtons.past.data({ page: '0' }) }],
    ],
  });

const when = (t: Translator, { startsAt }: Appointment) => ({
  day: formatDay(t.locale, dayOf(startsAt)),
  time: formatTime(t.locale, startsAt),
});

export const askCancel = (t: Translator, appointment: Appointment): View =>
  screen(t, {
    text: lines(t('appointments:cancel.ask', when(t, appointment)), t('appointments:cancel.why')),
    rows: [
      ...REFUGEE_REASONS.map((reason): Button[] => [
        {
          label: t.label(`appointments:cancel.reason.${reason}`),
          data: buttons.cancelWhy.data({ id: appointment.id, reason }),
          ...(reason === 'unsaid' && { style: 'danger' }),
        },
      ]),
      [{ label: t.label('appointments:cancel.no'), data: buttons.card.data({ id: appointment.id }) }],
    ],
  });

/** With the next free times, each one tap from the summary. `draft` becomes the key of what she books. */
export const cancelled = (t: Translator, way: Way, next: readonly Slot[], draft: string): View =>
  screen(t, {
    text: t('appointments:cancel.done'),
    rows: [
      ...nextRows(t, next, ({ startsAt }) =>
        buttons.time.data({ draft, topic: 'unsaid', way, minute: minuteOf(startsAt) }),
      ),
      [bookAgain(t)],
    ],
  });

/** `who` has been told: her manager, or who stands in. */
export const lostTold = (
  t: Translator,
  id: string,
  { name, phone }: { readonly name: string; readonly phone: string | undefined },
): View =>
  screen(t, {
    text:
      phone === undefined ? t('appointments:lost.told', { name }) : t('appointments:lost.told-phone', { name, phone }),
    back: buttons.card.data({ id }),
  });

/** Nobody who was told is there: the office helps. */
export const lostAway = (
  t: Translator,
  { id, manager, endsAt }: Appointment,
  until: Instant | undefined,
  office: Contact,
): View =>
  screen(t, {
    text: away(t, manager.name, { name: undefined, until: until ?? endsAt }, office),
    back: buttons.card.data({ id }),
  });

export const comingThanks = (t: Translator, id: string, name: string): View =>
  screen(t, { text: t('appointments:coming.thanks', { name }), back: buttons.card.data({ id }) });

export const askAddress = (t: Translator, id: string): View =>
  screen(t, { text: t('appointments:address.ask'), back: buttons.card.data({ id }) });

export const addressKept = (t: Translator, id: string): View =>
  screen(t, { text: t('appointments:address.kept'), back: buttons.card.data({ id }) });

/** Why her manager moved or cancelled it, where she said. */
const reasonOfManager = (t: Translator, reason: string | undefined): string | undefined => {
  const known = CANCEL_REASONS.find((one) => one === reason);
  return known === undefined || known === 'unsaid' ? undefined : t(`appointments:reason.${known}`);
};

export const movedByManager = (
  t: Translator,
  german: Translator,
  appointment: Appointment,
  told: { readonly before: string; readonly reason: CancelReason | undefined; readonly next: readonly Slot[] },
): View =>
  card(
    t,
    german,
    appointment,
    undefined,
    lines(
      reasonOfManager(t, told.reason),
      t('appointments:moved-by-manager', { name: appointment.manager.name, before: told.before }),
    ),
    told.next,
  );

/** Who stands in comes instead; the rest of the card stays. */
export const otherManager = (t: Translator, german: Translator, appointment: Appointment): View =>
  card(t, german, appointment, undefined, t('diary:notice.other-manager', { name: appointment.manager.name }));

/** With the next free times, each one tap from the summary. `draft` becomes the key of what she books. */
export const cancelledByManager = (
  t: Translator,
  appointment: Appointment,
  next: readonly Slot[],
  draft: string,
): View =>
  screen(t, {
    text: lines(
      t('appointments:cancelled-by-manager', { ...when(t, appointment), name: appointment.manager.name }),
      reasonOfManager(t, appointment.reason),
      t('appointments:cancelled-by-manager.next'),
    ),
    rows: [
      ...nextRows(t, next, (slot) =>
        buttons.time.data({ draft, topic: 'unsaid', way: appointment.way, minute: minuteOf(slot.startsAt) }),
      ),
      [bookAgain(t)],
    ],
    stays: true,
  });

/** The former time of a moved appointment, as a value for a sentence. */
export const formerTime = (t: Translator, before: Appointment['startsAt']): string =>
  `${formatDay(t.locale, dayOf(before))}, ${formatTime(t.locale, before)}`;
