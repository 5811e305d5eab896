import { formatDay, formatHomeCalendar, formatShortDay, formatTime } from '../../platform/date-formats.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import { type Translator, withoutDirection } from '../../platform/i18n.ts';
import { type Button, lines, type Pin, type View } from '../../telegram/view.ts';
import { pageRow, screen } from '../../telegram/views.ts';
import { addressOf, type ManagerContact, type Place } from '../county/model.ts';
import { buttons as people } from '../people/buttons.ts';
import { buttons, instantOf, minuteOf } from './buttons.ts';
import { type Appointment, type Slot, TOPICS, type Topic, WAYS, type Way } from './model.ts';

// What a refugee sees. What her manager sees is in views-staff.ts.

const PER_PAGE = 6;

/** What she has chosen so far; it travels in the buttons. */
export interface Wish {
  readonly draft: string;
  readonly topic: Topic;
  readonly way: Way;
}

type Places = ReadonlyMap<string, Place>;

export const refugeeRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('appointments:menu.book'), data: buttons.book.data({}), style: 'primary' }],
  [{ label: t.label('appointments:menu.mine'), data: buttons.mine.data({}) }],
];

const bookAgain = (t: Translator): Button => ({ label: t.label('appointments:rebook'), data: buttons.book.data({}) });

export const askTopic = (t: Translator, draft: string): View =>
  screen(t, {
    text: t('appointments:topic.ask'),
    rows: TOPICS.map((topic) => [
      { label: t.label(`appointments:topic.${topic}`), data: buttons.topic.data({ draft, topic }) },
    ]),
  });

export const askWay = (t: Translator, draft: string, topic: Topic, ways: readonly Way[]): View =>
  screen(t, {
    text: t('appointments:way.ask'),
    rows: WAYS.filter((way) => ways.includes(way)).map((way) => [
      { label: t.label(`appointments:way.${way}`), data: buttons.way.data({ draft, topic, way, page: '0' }) },
    ]),
    back: buttons.book.data({}),
  });

/** Two columns of days or times, a page at a time. */
function columns(
  t: Translator,
  all: readonly Button[],
  page: number,
  perRow: number,
  turn: (page: number) => string,
): readonly (readonly Button[])[] {
  const pages = Math.max(1, Math.ceil(all.length / PER_PAGE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = all.slice(at * PER_PAGE, (at + 1) * PER_PAGE);
  const rows = shown.flatMap((_, index) => (index % perRow === 0 ? [shown.slice(index, index + perRow)] : []));
  return [...rows, pageRow(t, at, pages, turn)];
}

export function dayRows(
  t: Translator,
  days: readonly Day[],
  page: number,
  data: (day: Day) => string,
  turn: (page: number) => string,
) {
  const all = days.map((day) => ({
    label: t.label('appointments:day.button', { day: formatShortDay(t.locale, day) }),
    data: data(day),
  }));
  return columns(t, all, page, 1, turn);
}

export function timeRows(
  t: Translator,
  slots: readonly Slot[],
  places: Places,
  way: Way,
  page: number,
  data: (slot: Slot) => string,
  turn: (page: number) => string,
) {
  const several = new Set(slots.map((slot) => slot.placeId)).size > 1;
  const all = slots.map((slot) => {
    const time = formatTime(t.locale, slot.startsAt);
    const place = way === 'place' && several ? places.get(slot.placeId ?? '')?.name : undefined;
    const label =
      place === undefined
        ? t.label('appointments:time.button', { time })
        : t.label('appointments:time.button-place', { time, place });
    return { label, data: data(slot) };
  });
  return columns(t, all, page, several && way === 'place' ? 1 : 2, turn);
}

export const askDay = (t: Translator, wish: Wish, days: readonly Day[], page: number): View =>
  screen(t, {
    text: t('appointments:day.ask'),
    rows: dayRows(
      t,
      days,
      page,
      (day) => buttons.day.data({ ...wish, day, page: '0' }),
      (to) => buttons.way.data({ ...wish, page: String(to) }),
    ),
    back: buttons.topic.data({ draft: wish.draft, topic: wish.topic }),
  });

export const askTime = (
  t: Translator,
  wish: Wish,
  day: Day,
  slots: readonly Slot[],
  places: Places,
  page: number,
): View =>
  screen(t, {
    text: lines(t('appointments:time.ask', { day: formatDay(t.locale, day) }), onlyPlace(t, wish.way, slots, places)),
    rows: timeRows(
      t,
      slots,
      places,
      wish.way,
      page,
      (slot) => buttons.time.data({ ...wish, minute: minuteOf(slot.startsAt) }),
      (to) => buttons.day.data({ ...wish, day, page: String(to) }),
    ),
    back: buttons.way.data({ ...wish, page: '0' }),
  });

/** Where all times of a day are at one place, the place stands in the text instead of on each button. */
function onlyPlace(t: Translator, way: Way, slots: readonly Slot[], places: Places): string | undefined {
  const ids = [...new Set(slots.map((slot) => slot.placeId))];
  const place = way === 'place' && ids.length === 1 ? places.get(ids[0] ?? '') : undefined;
  return place === undefined ? undefined : t('appointments:summary.place', { place: place.name });
}

export const summary = (
  t: Translator,
  wish: Wish,
  minute: string,
  about: { readonly manager: string; readonly place: Place | undefined },
): View => {
  const at = instantOf(minute);
  const day = dayOf(at);
  return screen(t, {
    text: lines(
      t('appointments:summary', { day: formatDay(t.locale, day), time: formatTime(t.locale, at), name: about.manager }),
      wish.way === 'place' && about.place !== undefined
        ? t('appointments:summary.place', { place: about.place.name })
        : t(`appointments:way.${wish.way}`),
      t(`appointments:topic.${wish.topic}`),
    ),
    rows: [
      [{ label: t.label('appointments:book.yes'), data: buttons.confirm.data({ ...wish, minute }), style: 'success' }],
    ],
    back: buttons.day.data({ ...wish, day, page: '0' }),
  });
};

export const noneFree = (t: Translator, manager: ManagerContact | undefined): View =>
  screen(t, {
    text:
      manager?.phone === undefined
        ? t('appointments:none-free.no-phone')
        : t('appointments:none-free', { name: manager.name, phone: manager.phone }),
  });

/** Somebody was faster: the next free times, each one tap from the summary. */
export const taken = (t: Translator, wish: Wish, next: readonly Slot[]): View =>
  next.length === 0
    ? noneFree(t, undefined)
    : screen(t, {
        text: t('appointments:taken'),
        rows: nextRows(t, next, (slot) => buttons.time.data({ ...wish, minute: minuteOf(slot.startsAt) })),
        back: buttons.way.data({ ...wish, page: '0' }),
      });

const nextRows = (t: Translator, next: readonly Slot[], data: (slot: Slot) => string): Button[][] =>
  next.map((slot) => [
    {
      label: t.label('appointments:mine.entry', {
        day: formatShortDay(t.locale, dayOf(slot.startsAt)),
        time: formatTime(t.locale, slot.startsAt),
      }),
      data: data(slot),
    },
  ]);

export const takenForMove = (t: Translator, id: string, way: Way, next: readonly Slot[]): View =>
  next.length === 0
    ? noneFree(t, undefined)
    : screen(t, {
        text: t('appointments:taken'),
        rows: nextRows(t, next, (slot) => buttons.moveConfirm.data({ id, way, minute: minuteOf(slot.startsAt) })),
        back: buttons.card.data({ id }),
      });

export const limit = (t: Translator, open: number): View =>
  screen(t, {
    text: t('appointments:limit', { count: open }),
    rows: [[{ label: t.label('appointments:menu.mine'), data: buttons.mine.data({}) }]],
  });

export const busy = (t: Translator, back: string): View => screen(t, { text: t('appointments:busy'), back });
export const over = (t: Translator): View => screen(t, { text: t('appointments:over'), rows: [[bookAgain(t)]] });
export const gone = (t: Translator): View => screen(t, { text: t('appointments:gone'), rows: [[bookAgain(t)]] });
export const noManager = (t: Translator): View =>
  screen(t, {
    text: t('appointments:no-manager'),
    rows: [[{ label: t.label('people:menu.start'), data: people.housing.data({ housing: 'ask' }) }]],
  });

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
): View {
  const { id } = appointment;
  const button = (label: string, data: string): Button => ({ label, data });
  const rows: Button[][] = [
    ...(appointment.way === 'home'
      ? [[button(t.label('appointments:card.address'), buttons.address.data({ id }))]]
      : []),
    ...(appointment.way === 'place' ? [[button(t.label('appointments:card.lost'), buttons.lost.data({ id }))]] : []),
    [button(t.label('appointments:card.calendar'), buttons.calendar.data({ id }))],
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
    ],
  });

const when = (t: Translator, { startsAt }: Appointment) => ({
  day: formatDay(t.locale, dayOf(startsAt)),
  time: formatTime(t.locale, startsAt),
});

export const askCancel = (t: Translator, appointment: Appointment): View =>
  screen(t, {
    text: t('appointments:cancel.ask', when(t, appointment)),
    rows: [
      [
        {
          label: t.label('appointments:cancel.yes'),
          data: buttons.cancel.data({ id: appointment.id }),
          style: 'danger',
        },
      ],
      [{ label: t.label('appointments:cancel.no'), data: buttons.card.data({ id: appointment.id }) }],
    ],
  });

export const cancelled = (t: Translator): View =>
  screen(t, { text: t('appointments:cancel.done'), rows: [[bookAgain(t)]] });

export const lostTold = (t: Translator, { manager, id }: Appointment): View =>
  screen(t, {
    text:
      manager.phone === undefined
        ? t('appointments:lost.told', { name: manager.name })
        : t('appointments:lost.told-phone', { name: manager.name, phone: manager.phone }),
    back: buttons.card.data({ id }),
  });

export const comingThanks = (t: Translator, { manager, id }: Appointment): View =>
  screen(t, { text: t('appointments:coming.thanks', { name: manager.name }), back: buttons.card.data({ id }) });

export const askAddress = (t: Translator, id: string): View =>
  screen(t, { text: t('appointments:address.ask'), back: buttons.card.data({ id }) });

export const addressKept = (t: Translator, id: string): View =>
  screen(t, { text: t('appointments:address.kept'), back: buttons.card.data({ id }) });

export const askMoveWay = (t: Translator, id: string, ways: readonly Way[]): View =>
  screen(t, {
    text: t('appointments:way.ask'),
    rows: WAYS.filter((way) => ways.includes(way)).map((way) => [
      { label: t.label(`appointments:way.${way}`), data: buttons.moveDay.data({ id, way, page: '0' }) },
    ]),
    back: buttons.card.data({ id }),
  });

export const askMoveDay = (t: Translator, id: string, way: Way, days: readonly Day[], page: number): View =>
  screen(t, {
    text: t('appointments:day.ask'),
    rows: dayRows(
      t,
      days,
      page,
      (day) => buttons.moveTime.data({ id, way, day, page: '0' }),
      (to) => buttons.moveDay.data({ id, way, page: String(to) }),
    ),
    back: buttons.card.data({ id }),
  });

export const askMoveTime = (
  t: Translator,
  id: string,
  way: Way,
  day: Day,
  slots: readonly Slot[],
  places: Places,
  page: number,
): View =>
  screen(t, {
    text: lines(t('appointments:time.ask', { day: formatDay(t.locale, day) }), onlyPlace(t, way, slots, places)),
    rows: timeRows(
      t,
      slots,
      places,
      way,
      page,
      (slot) => buttons.moveConfirm.data({ id, way, minute: minuteOf(slot.startsAt) }),
      (to) => buttons.moveTime.data({ id, way, day, page: String(to) }),
    ),
    back: buttons.moveDay.data({ id, way, page: '0' }),
  });

export const moveSummary = (
  t: Translator,
  id: string,
  way: Way,
  minute: string,
  manager: string,
  place: Place | undefined,
): View => {
  const at = instantOf(minute);
  const day = dayOf(at);
  return screen(t, {
    text: lines(
      t('appointments:summary', { day: formatDay(t.locale, day), time: formatTime(t.locale, at), name: manager }),
      way === 'place' && place !== undefined
        ? t('appointments:summary.place', { place: place.name })
        : t(`appointments:way.${way}`),
    ),
    rows: [
      [{ label: t.label('appointments:card.move'), data: buttons.move.data({ id, way, minute }), style: 'success' }],
    ],
    back: buttons.moveTime.data({ id, way, day, page: '0' }),
  });
};

/** Silent about the subject: somebody else may see the locked screen. */
export const reminder = (t: Translator, kind: 'day-before' | 'soon', appointment: Appointment): View => ({
  locale: t.locale,
  text: lines(
    t(`appointments:reminder.${kind}`, when(t, appointment)),
    appointment.way === 'place' && appointment.place !== undefined
      ? t('appointments:reminder.place', { place: appointment.place.name })
      : t(`appointments:way.${appointment.way}`),
  ),
  rows: [
    [
      {
        label: t.label('appointments:reminder.yes'),
        data: buttons.coming.data({ id: appointment.id }),
        style: 'success',
      },
    ],
    [{ label: t.label('appointments:reminder.no'), data: buttons.cancelAsk.data({ id: appointment.id }) }],
  ],
  stays: true,
});

export const movedByManager = (t: Translator, german: Translator, appointment: Appointment, before: string): View =>
  card(
    t,
    german,
    appointment,
    undefined,
    t('appointments:moved-by-manager', { name: appointment.manager.name, before }),
  );

export const cancelledByManager = (t: Translator, appointment: Appointment): View =>
  screen(t, {
    text: lines(
      t('appointments:cancelled-by-manager', { ...when(t, appointment), name: appointment.manager.name }),
      appointment.reason === undefined || appointment.reason === 'unsaid'
        ? undefined
        : t(`appointments:reason.${appointment.reason}`),
      t('appointments:cancelled-by-manager.next'),
    ),
    rows: [[bookAgain(t)]],
    stays: true,
  });

/** The former time of a moved appointment, as a value for a sentence. */
export const formerTime = (t: Translator, before: Appointment['startsAt']): string =>
  `${formatDay(t.locale, dayOf(before))}, ${formatTime(t.locale, before)}`;

/** Words for a calendar file; direction marks belong to chats, not to calendars. */
export const calendarWords = (t: Translator, { manager }: Appointment): { title: string; caption: string } => ({
  title: withoutDirection(t.label('appointments:calendar.title', { name: manager.name })),
  caption: t.label('appointments:calendar.file'),
});
