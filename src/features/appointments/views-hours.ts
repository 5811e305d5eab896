import { formatDay } from '../../platform/date-formats.ts';
import { addDays, type Day, mondayOf, type WallTime } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import type { Place } from '../county/model.ts';
import { buttons } from './buttons.ts';
import { hoursButtons } from './buttons-hours.ts';
import { type OfficeHoursDraft, WAYS, type Way } from './model.ts';
import { hoursText } from './views-staff.ts';

// The form that makes office hours, a question a screen.

const back = (): string => buttons.hours.data({ page: '0' });
const row = (label: string, data: string): Button[] => [{ label, data }];
const inRows = (all: readonly Button[], size: number): Button[][] =>
  all.flatMap((_, index) => (index % size === 0 ? [all.slice(index, index + size)] : []));

export const askWeekday = (t: Translator): View =>
  screen(t, {
    text: t('appointments:hours.weekday'),
    rows: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) =>
      row(t.label(`appointments:weekday.${weekday}`), hoursButtons.weekday.data({ weekday: `${weekday}` })),
    ),
    back: back(),
  });

const TIMES = {
  from: ['08:00', '08:30', '09:00', '10:00', '13:00', '13:30', '14:00', '15:00'],
  to: ['11:00', '12:00', '12:30', '15:00', '16:00', '17:00', '18:00', '19:00'],
};

export const askFormTime = (t: Translator, end: 'from' | 'to', after?: WallTime): View =>
  screen(t, {
    text: t(`appointments:hours.${end}`),
    rows: inRows(
      TIMES[end]
        .filter((time) => after === undefined || time > after)
        .map((time) => ({
          label: t.label('appointments:time.button', { time }),
          data: hoursButtons.time.data({ end, time: time.replace(':', '') }),
        })),
      2,
    ),
    back: back(),
  });

export const notATime = (t: Translator): View => screen(t, { text: t('appointments:hours.not-a-time'), back: back() });

/** The box comes after the mark with which a right-to-left label begins. */
const ticked = (label: string, isChosen: boolean): string => label.replace(/^\u200f?/, `$&${isChosen ? '☑️' : '⬜'} `);

export const askFormWays = (t: Translator, chosen: readonly Way[]): View =>
  screen(t, {
    text: t('appointments:hours.ways'),
    rows: [
      ...WAYS.map((way) =>
        row(ticked(t.label(`appointments:way.${way}-staff`), chosen.includes(way)), hoursButtons.way.data({ way })),
      ),
      ...(chosen.length === 0
        ? []
        : [row(t.label('appointments:hours.ways-done'), hoursButtons.way.data({ way: 'done' }))]),
    ],
    back: back(),
  });

export const askFormPlace = (t: Translator, places: readonly Place[], found = true): View =>
  screen(t, {
    text: found ? t('appointments:hours.place') : t('appointments:hours.place-none'),
    rows: places.map((place) => row(`📍 ${place.name}`, hoursButtons.place.data({ place: place.id }))),
    back: back(),
  });

export const askMinutes = (t: Translator, what: 'slot' | 'buffer'): View =>
  screen(t, {
    text: t(`appointments:hours.${what}`),
    rows: inRows(
      (what === 'slot' ? [15, 20, 30, 45, 60, 90] : [0, 5, 10, 15, 20, 30]).map((minutes) => ({
        label: t.label('appointments:hours.minutes', { count: minutes }),
        data: hoursButtons.minutes.data({ what, minutes: String(minutes) }),
      })),
      2,
    ),
    back: back(),
  });

export const askStart = (t: Translator, today: Day): View => {
  const nextWeek = addDays(mondayOf(today), 7);
  return screen(t, {
    text: t('appointments:hours.valid-from'),
    rows: [
      row(t.label('appointments:hours.from-today'), hoursButtons.start.data({ day: today })),
      row(t.label('appointments:hours.from-next-week'), hoursButtons.start.data({ day: nextWeek })),
      ...[1, 2, 3].map((weeks) => {
        const day = addDays(nextWeek, 7 * weeks);
        return row(
          t.label('appointments:day.button', { day: formatDay(t.locale, day) }),
          hoursButtons.start.data({ day }),
        );
      }),
    ],
    back: back(),
  });
};

export const confirmHours = (t: Translator, draft: OfficeHoursDraft, places: ReadonlyMap<string, Place>): View =>
  screen(t, {
    text: lines(t('appointments:hours.confirm'), hoursText(t, draft, places)),
    rows: [[{ label: t.label('appointments:hours.save'), data: hoursButtons.save.data({}), style: 'success' }]],
    back: back(),
  });
