import { formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { addDays, type Day, mondayOf, type WallTime } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import type { Place } from '../county/model.ts';
import { hoursButtons } from './buttons-hours.ts';
import { type OfficeHours, type OfficeHoursDraft, WAYS, type Way, type Weekday } from './model.ts';
import type { Problem } from './rules-hours.ts';
import { hoursText, type Places, weekdayName } from './views-hours.ts';

// The form that makes and changes office hours: a question a screen, then one sheet on which everything can be changed.

const row = (label: string, data: string): Button[] => [{ label, data }];
const inRows = (all: readonly Button[], size: number): Button[][] =>
  all.flatMap((_, index) => (index % size === 0 ? [all.slice(index, index + size)] : []));
const goBack = (): string => hoursButtons.back.data({});

/** The box comes after the mark with which a right-to-left label begins. */
const ticked = (label: string, isChosen: boolean): string => label.replace(/^\u200f?/, `$&${isChosen ? '☑️' : '⬜'} `);

export const askWeekdays = (t: Translator, chosen: readonly Weekday[], back = goBack()): View =>
  screen(t, {
    text: t('diary:hours.ask.weekdays'),
    rows: [
      ...([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => {
        const isChosen = chosen.includes(weekday);
        const data = hoursButtons.weekday.data({ weekday: `${weekday}`, on: isChosen ? '0' : '1' });
        return row(ticked(weekdayName(t, weekday), isChosen), data);
      }),
      ...(chosen.length === 0 ? [] : [row(t.label('diary:hours.ask.done'), hoursButtons.weekdaysDone.data({}))]),
    ],
    back,
  });

const TIMES = {
  from: ['08:00', '08:30', '09:00', '10:00', '13:00', '13:30', '14:00', '15:00'],
  to: ['11:00', '12:00', '12:30', '15:00', '16:00', '17:00', '18:00', '19:00'],
};

export const askTime = (t: Translator, end: 'from' | 'to', after?: WallTime, back = goBack()): View =>
  screen(t, {
    text: t(`diary:hours.ask.${end}`),
    rows: inRows(
      TIMES[end]
        .filter((time) => after === undefined || time > after)
        .map((time) => ({
          label: t.label('appointments:time.button', { time }),
          data: hoursButtons.time.data({ end, time: time.replace(':', '') }),
        })),
      2,
    ),
    back,
  });

/** Said under a question that was not understood; the question stays. */
export const notATime = (t: Translator, back = goBack()): View =>
  screen(t, { text: t('diary:hours.not-a-time'), back });
export const notADay = (t: Translator): View => screen(t, { text: t('diary:hours.not-a-day'), back: goBack() });
export const notAfter = (t: Translator, from: WallTime, back = goBack()): View =>
  screen(t, { text: t('diary:hours.ask.after-from', { from }), back });

export const askWays = (t: Translator, chosen: readonly Way[]): View =>
  screen(t, {
    text: t('diary:hours.ask.ways'),
    rows: [
      ...WAYS.map((way) => {
        const isChosen = chosen.includes(way);
        const data = hoursButtons.way.data({ way, on: isChosen ? '0' : '1' });
        return row(ticked(t.label(`appointments:way.${way}-staff`), isChosen), data);
      }),
      ...(chosen.length === 0 ? [] : [row(t.label('diary:hours.ask.done'), hoursButtons.waysDone.data({}))]),
    ],
    back: goBack(),
  });

export const askPlace = (t: Translator, places: readonly Place[], found = true): View =>
  screen(t, {
    text: found ? t('diary:hours.ask.place') : t('diary:hours.ask.place-none'),
    rows: [
      ...places.map((place) => row(`📍 ${place.name}`, hoursButtons.place.data({ place: place.id }))),
      row(t.label('diary:hours.ask.new-place'), hoursButtons.newPlace.data({})),
    ],
    back: goBack(),
  });

const MINUTES = {
  slot: [15, 20, 30, 45, 60, 90],
  before: [0, 5, 10, 15, 20, 30],
  after: [0, 5, 10, 15, 20, 30],
  travel: [0, 15, 20, 30, 45, 60],
} as const;

export const askMinutes = (t: Translator, what: keyof typeof MINUTES): View =>
  screen(t, {
    text: t(`diary:hours.ask.${what}`),
    rows: inRows(
      MINUTES[what].map((minutes) => ({
        label: t.label('diary:hours.minutes', { count: minutes }),
        data: hoursButtons.minutes.data({ what, minutes: String(minutes) }),
      })),
      2,
    ),
    back: goBack(),
  });

const weeksLabel = (t: Translator, weeks: number): string =>
  weeks === 1 ? t.label('diary:hours.ask.weekly') : t.label('diary:hours.ask.weeks', { count: weeks });

export const askEvery = (t: Translator): View =>
  screen(t, {
    text: t('diary:hours.ask.every'),
    rows: [1, 2, 3, 4, 6, 8].map((weeks) =>
      row(weeksLabel(t, weeks), hoursButtons.every.data({ weeks: String(weeks) })),
    ),
    back: goBack(),
  });

export const askStart = (t: Translator, today: Day): View => {
  const nextWeek = addDays(mondayOf(today), 7);
  return screen(t, {
    text: t('diary:hours.ask.valid-from'),
    rows: [
      row(t.label('diary:hours.from-today'), hoursButtons.start.data({ day: today })),
      row(t.label('diary:hours.from-next-week'), hoursButtons.start.data({ day: nextWeek })),
      ...[1, 2, 3].map((weeks) => {
        const day = addDays(nextWeek, 7 * weeks);
        const label = t.label('appointments:day.button', { day: formatDay(t.locale, day) });
        return row(label, hoursButtons.start.data({ day }));
      }),
    ],
    back: goBack(),
  });
};

export const askEnd = (t: Translator, from: Day): View =>
  screen(t, {
    text: t('diary:hours.ask.valid-to'),
    rows: [
      row(t.label('diary:hours.ask.no-end'), hoursButtons.endless.data({})),
      ...[4, 8, 12, 26].map((weeks) => {
        const day = addDays(from, 7 * weeks - 1);
        const label = t.label('appointments:day.button', { day: formatShortDay(t.locale, day) });
        return row(label, hoursButtons.end.data({ day }));
      }),
    ],
    back: goBack(),
  });

/** Why it cannot be saved as it is; everything entered stays. */
export type SheetNote =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'overlaps'; readonly other: Pick<OfficeHours, 'weekday' | 'from' | 'to'> };

const noteText = (t: Translator, note: SheetNote): string =>
  note.kind === 'problem'
    ? t(`diary:hours.problem.${note.problem}`)
    : t('diary:hours.overlaps', {
        weekday: weekdayName(t, note.other.weekday),
        from: note.other.from,
        to: note.other.to,
      });

/** Everything entered, one button per part to change it, and the button that saves. */
export const sheet = (
  t: Translator,
  draft: Omit<OfficeHoursDraft, 'weekday'>,
  weekdays: readonly Weekday[],
  places: Places,
  said: { readonly note?: SheetNote | undefined; readonly hints?: string | undefined; readonly back: string },
): View =>
  screen(t, {
    text: lines(
      said.note === undefined ? t('diary:hours.sheet') : `⚠️ ${noteText(t, said.note)}`,
      hoursText(t, draft, weekdays, places),
      said.hints,
    ),
    rows: [
      [{ label: t.label('diary:hours.save'), data: hoursButtons.save.data({}), style: 'success' }],
      ...(['when', 'ways', 'length', 'rhythm'] as const).map((field) =>
        row(t.label(`diary:hours.field.${field}`), hoursButtons.field.data({ field })),
      ),
      row(
        t.label(draft.interpreter ? 'diary:hours.field.interpreter-off' : 'diary:hours.field.interpreter-on'),
        hoursButtons.interpreter.data({ on: draft.interpreter ? '0' : '1' }),
      ),
    ],
    back: said.back,
  });
