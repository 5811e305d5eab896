import { formatDay } from '../../platform/date-formats.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { buttons as people } from '../people/buttons.ts';
import { buttons, EVERYTHING, keepingButtons, writeSearch } from './buttons.ts';
import type { FoundPage, Wish } from './model.ts';
import { type CourseReminder, MOST_REMINDERS, MOST_WISHES, type SavedWish } from './model-finder.ts';
import { entry } from './views.ts';
import { wishesText } from './views-finder.ts';

// What is kept because somebody wants to hear of courses: her wishes, her reminders, and what she is told.

const row = (label: string, data: string): Button[] => [{ label, data }];
const searchOf = (wish: Wish): string => writeSearch({ wish, from: 'home', isAll: false });
const mine = (): string => keepingButtons.mine.data({});

const change = (t: Translator, { id }: Pick<SavedWish, 'id'>, to: 'pause' | 'resume' | 'keep' | 'end'): Button[] =>
  row(t.label(`finder:tell.${to}`), keepingButtons.change.data({ id, to }));
const listRow = (t: Translator, wish: Wish): Button[] =>
  row(t.label('finder:tell.list'), buttons.list.data({ search: searchOf(wish), page: '0' }));

/** One wish, and what can become of it. `town` is where its distance is counted from. */
export function wish(t: Translator, one: SavedWish, town: string | undefined, status?: 'saved' | 'known'): View {
  return screen(t, {
    text: lines(
      status === undefined ? undefined : t(`finder:tell.${status}`),
      t('finder:tell.wish', { wishes: wishesText(t, one.wish) }),
      one.wish.km === undefined || town === undefined ? undefined : t('finder:where.from', { town }),
      one.isPaused ? t('finder:tell.paused') : undefined,
      t('finder:tell.until', { day: formatDay(t.locale, dayOf(one.endsAt)) }),
    ),
    rows: [
      listRow(t, one.wish),
      change(t, one, one.isPaused ? 'resume' : 'pause'),
      change(t, one, 'end'),
      ...(status === undefined ? [] : [row(t.label('finder:mine.open'), mine())]),
    ],
    back: status === undefined ? mine() : buttons.list.data({ search: searchOf(one.wish), page: '0' }),
  });
}

export const wishLimit = (t: Translator): View =>
  screen(t, {
    text: t('finder:tell.limit', { most: MOST_WISHES }),
    rows: [row(t.label('finder:mine.open'), mine())],
  });

export const reminderLimit = (t: Translator): View =>
  screen(t, {
    text: t('finder:card.remind-limit', { most: MOST_REMINDERS }),
    rows: [row(t.label('finder:mine.open'), mine())],
  });

export const wishEnded = (t: Translator): View =>
  screen(t, {
    text: t('finder:tell.ended'),
    rows: [row(t.label('finder:tell.search'), buttons.purpose.data({ search: EVERYTHING }))],
    back: mine(),
  });

/** Behind an old button. */
export const wishOver = (t: Translator): View =>
  screen(t, {
    text: t('finder:tell.over'),
    rows: [row(t.label('finder:tell.search'), buttons.purpose.data({ search: EVERYTHING }))],
    back: mine(),
  });

export interface Kept {
  readonly wishes: readonly SavedWish[];
  readonly reminders: readonly CourseReminder[];
}

const wishLine = (t: Translator, { wish: wanted, isPaused }: SavedWish): string => {
  const values = { wishes: wishesText(t, wanted) };
  return isPaused ? t.label('finder:mine.paused', values) : t.label('finder:mine.wish', values);
};

/** What is kept, for "my data": lines, and a button where there is something. */
export const keptData = (t: Translator, { wishes, reminders }: Kept) => ({
  lines: [
    ...wishes.map(({ wish: wanted, isPaused }) => {
      const values = { wishes: wishesText(t, wanted) };
      return isPaused ? t('finder:mine.paused', values) : t('finder:mine.wish', values);
    }),
    ...reminders.map(({ offering }) => t('finder:mine.reminder', { title: offering.title })),
  ],
  rows: wishes.length + reminders.length === 0 ? [] : [row(t.label('finder:mine.open'), mine())],
});

/** All of it; a tap on a reminder forgets it. */
export const kept = (t: Translator, { wishes, reminders }: Kept): View =>
  screen(t, {
    text: lines(
      t('finder:mine.title'),
      ...(wishes.length + reminders.length === 0 ? [t('finder:mine.none')] : []),
      ...reminders.map(({ offering }) =>
        lines(
          t('finder:mine.reminder', { title: offering.title }),
          offering.registerUntil === undefined
            ? undefined
            : t('courses:fact.register-until', { value: formatDay(t.locale, offering.registerUntil) }),
        ),
      ),
    ),
    rows: [
      ...wishes.map((one) => row(wishLine(t, one), keepingButtons.wish.data({ id: one.id }))),
      ...reminders.map(({ id, offering }) =>
        row(t.label('finder:mine.forget', { title: offering.title.slice(0, 40) }), keepingButtons.forget.data({ id })),
      ),
    ],
    back: people.data.data({}),
  });

const cardRow = (t: Translator, id: string, title: string, number: number, wanted: Wish): Button[] =>
  row(
    t.label('courses:list.open', { number, title: title.length > 40 ? `${title.slice(0, 39).trim()}…` : title }),
    buttons.card.data({ id, search: searchOf(wanted), page: '0' }),
  );

/** New courses, or such with a free place, for a wish. It stays: she may look at it again. */
export const found = (t: Translator, one: SavedWish, { found: courses, total }: FoundPage, today: Day): View =>
  screen(t, {
    text: lines(
      t('finder:told.found', { count: total }),
      t('finder:tell.wish', { wishes: wishesText(t, one.wish) }),
      ...courses.flatMap((course, index) => ['', entry(t, course, index + 1, today)]),
    ),
    rows: [
      ...courses.map(({ offering }, index) => cardRow(t, offering.id, offering.title, index + 1, one.wish)),
      listRow(t, one.wish),
      change(t, one, 'pause'),
      change(t, one, 'end'),
    ],
    stays: true,
  });

/** Before a wish ends by itself. */
export const asked = (t: Translator, one: SavedWish): View =>
  screen(t, {
    text: lines(
      t('finder:told.asked', { day: formatDay(t.locale, dayOf(one.endsAt)) }),
      t('finder:tell.wish', { wishes: wishesText(t, one.wish) }),
    ),
    rows: [change(t, one, 'keep'), change(t, one, 'end')],
    stays: true,
  });

export const registrationEnds = (t: Translator, { offering }: CourseReminder): View =>
  screen(t, {
    text: t('finder:told.register', {
      title: offering.title,
      day: offering.registerUntil === undefined ? '' : formatDay(t.locale, offering.registerUntil),
    }),
    rows: [
      row(
        t.label('courses:list.open', { number: 1, title: offering.title.slice(0, 40) }),
        buttons.card.data({ id: offering.id, search: EVERYTHING, page: '0' }),
      ),
    ],
    stays: true,
  });
