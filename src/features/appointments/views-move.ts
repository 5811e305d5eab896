import { formatDay, formatTime } from '../../platform/date-formats.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import type { Place } from '../county/model.ts';
import { buttons, instantOf, minuteOf } from './buttons.ts';
import { type Appointment, MOVE_REASONS, type Slot, WAYS, type Way } from './model.ts';
import { dayRows, nextRows, noneFree, onlyPlace, type Places, timeRows } from './views.ts';

// How a refugee moves an appointment.

export const takenForMove = (t: Translator, id: string, way: Way, next: readonly Slot[]): View =>
  next.length === 0
    ? noneFree(t, undefined)
    : screen(t, {
        text: t('appointments:taken'),
        rows: nextRows(t, next, (slot) => buttons.moveConfirm.data({ id, way, minute: minuteOf(slot.startsAt) })),
        back: buttons.card.data({ id }),
      });

/** Which one is moved stands above: she may have more than one. */
export const askMoveWay = (t: Translator, { id, startsAt }: Appointment, ways: readonly Way[]): View =>
  screen(t, {
    text: lines(
      t('appointments:mine.entry', { day: formatDay(t.locale, dayOf(startsAt)), time: formatTime(t.locale, startsAt) }),
      t('appointments:way.ask'),
    ),
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

/** Whatever she presses moves it: with a reason, or without one. */
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
      t('appointments:cancel.why'),
    ),
    rows: [
      ...MOVE_REASONS.map((reason): Button[] => [
        {
          label: t.label(`appointments:cancel.reason.${reason}`),
          data: buttons.moveWhy.data({ id, way, minute, reason }),
        },
      ]),
      [{ label: t.label('appointments:move.unsaid'), data: buttons.move.data({ id, way, minute }), style: 'success' }],
    ],
    back: buttons.moveTime.data({ id, way, day, page: '0' }),
  });
};
