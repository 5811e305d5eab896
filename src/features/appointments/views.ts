import { formatDay, formatShortDay, formatTime } from '../../platform/date-formats.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { pageRow, screen } from '../../telegram/views.ts';
import type { Place } from '../county/model.ts';
import { buttons as people } from '../people/buttons.ts';
import { buttons, instantOf, minuteOf } from './buttons.ts';
import { type Slot, TOPICS, type Topic, WAYS, type Way } from './model.ts';

// How a refugee books: a question a screen. Her card is in views-card.ts, moving in views-move.ts.

const PER_PAGE = 6;

/** What she has chosen so far; it travels in the buttons. */
export interface Wish {
  readonly draft: string;
  readonly topic: Topic;
  readonly way: Way;
}

export type Places = ReadonlyMap<string, Place>;

export const refugeeRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('appointments:menu.book'), data: buttons.book.data({}), style: 'primary' }],
];

/** Also of somebody who waits for a manager: an appointment with whoever stood in for the last one still stands. */
export const mineRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('appointments:menu.mine'), data: buttons.mine.data({}) }],
];

export const bookAgain = (t: Translator): Button => ({
  label: t.label('appointments:rebook'),
  data: buttons.book.data({}),
});

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
  const isAlways = slots.every(({ interpreter }) => interpreter);
  const several = new Set(slots.map((slot) => slot.placeId)).size > 1;
  const all = slots.map((slot) => {
    const time = formatTime(t.locale, slot.startsAt);
    const place = way === 'place' && several ? places.get(slot.placeId ?? '')?.name : undefined;
    const said =
      place === undefined
        ? t.label('appointments:time.button', { time })
        : t.label('appointments:time.button-place', { time, place });
    const label = slot.interpreter && !isAlways ? `${said} 🗣` : said;
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
    text: lines(
      t('appointments:time.ask', { day: formatDay(t.locale, day) }),
      onlyPlace(t, wish.way, slots, places),
      withInterpreter(t, slots),
    ),
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
export function onlyPlace(t: Translator, way: Way, slots: readonly Slot[], places: Places): string | undefined {
  const ids = [...new Set(slots.map((slot) => slot.placeId))];
  const place = way === 'place' && ids.length === 1 ? places.get(ids[0] ?? '') : undefined;
  return place === undefined ? undefined : t('appointments:summary.place', { place: place.name });
}

/** Where an interpreter is there at all times of a day, that stands in the text. */
export const withInterpreter = (t: Translator, slots: readonly Slot[]): string | undefined =>
  slots.length > 0 && slots.every(({ interpreter }) => interpreter) ? t('appointments:time.interpreter') : undefined;

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
      // Whoever was invited, or told of a free time, was not asked for a topic.
      wish.topic === 'unsaid' ? undefined : t(`appointments:topic.${wish.topic}`),
    ),
    rows: [
      [{ label: t.label('appointments:book.yes'), data: buttons.confirm.data({ ...wish, minute }), style: 'success' }],
    ],
    back: buttons.day.data({ ...wish, day, page: '0' }),
  });
};

export const noneFree = (
  t: Translator,
  manager: { readonly name: string; readonly phone?: string | undefined } | undefined,
): View =>
  screen(t, {
    text:
      manager?.phone === undefined
        ? t('appointments:none-free.no-phone')
        : t('appointments:none-free', { name: manager.name, phone: manager.phone }),
    rows: [[{ label: t.label('appointments:none-free.tell-me'), data: buttons.waiting.data({}) }]],
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

export const nextRows = (t: Translator, next: readonly Slot[], data: (slot: Slot) => string): Button[][] =>
  next.map((slot) => [
    {
      label: t.label('appointments:mine.entry', {
        day: formatShortDay(t.locale, dayOf(slot.startsAt)),
        time: formatTime(t.locale, slot.startsAt),
      }),
      data: data(slot),
    },
  ]);

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
