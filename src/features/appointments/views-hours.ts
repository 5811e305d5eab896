import { formatClock, formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { addDays, type Day, dayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import type { Place } from '../county/model.ts';
import { buttons } from './buttons.ts';
import { diaryButtons, FATES } from './buttons-hours.ts';
import type { Appointment, OfficeHours, OfficeHoursDraft, Weekday } from './model.ts';
import type { Occurrence } from './rules-diary.ts';
import type { Holiday, SeriesDay } from './service-hours.ts';
import { feedRow } from './views-feed.ts';
import { personName } from './views-staff.ts';

// Office hours as a manager reads them: the list, one series, its single days, and the holidays.

export type Places = ReadonlyMap<string, Place>;
const PER_PAGE = 5;
/** So many days of a series stand on one screen. */
export const DAYS_SHOWN = 6;

const row = (label: string, data: string): Button[] => [{ label, data }];
const toList = (): string => diaryButtons.list.data({ page: '0' });

export const weekdayName = (t: Translator, weekday: Weekday): string => t.label(`diary:weekday.${weekday}`);

export function hoursList(
  t: Translator,
  shown: {
    readonly hours: readonly OfficeHours[];
    readonly places: Places;
    readonly page: number;
    readonly uncovered: number;
  },
): View {
  const { hours: all, places } = shown;
  const { items, row: turn } = paged(t, all, shown.page, PER_PAGE, (to) =>
    diaryButtons.list.data({ page: String(to) }),
  );
  return screen(t, {
    text: all.length === 0 ? t('diary:hours.none') : t('diary:hours.title'),
    rows: [
      ...items.map((hours) => row(hoursLabel(t, hours, places), diaryButtons.one.data({ id: hours.id }))),
      turn,
      ...(shown.uncovered === 0
        ? []
        : [
            row(
              t.label('diary:uncovered.button', { count: shown.uncovered }),
              diaryButtons.uncovered.data({ page: '0' }),
            ),
          ]),
      [{ label: t.label('diary:hours.add'), data: diaryButtons.add.data({}), style: 'primary' as const }],
      row(t.label('diary:holidays.button'), diaryButtons.holidays.data({ page: '0' })),
      row(t.label('diary:absence.menu'), diaryButtons.absences.data({ page: '0' })),
      feedRow(t),
    ],
  });
}

function hoursLabel(t: Translator, hours: OfficeHours, places: Places): string {
  const values = { weekday: weekdayName(t, hours.weekday), from: hours.from, to: hours.to };
  const place = places.get(hours.placeId ?? '')?.name;
  return place === undefined
    ? t.label('diary:hours.entry', values)
    : t.label('diary:hours.entry-place', { ...values, place });
}

/** Everything about a series; a draft may have several weekdays. */
export const hoursText = (
  t: Translator,
  hours: Omit<OfficeHoursDraft, 'weekday'>,
  weekdays: readonly Weekday[],
  places: Places,
): string => {
  const place = places.get(hours.placeId ?? '')?.name;
  return lines(
    t('diary:hours.line.when', {
      weekdays: weekdays.map((weekday) => weekdayName(t, weekday)).join(', '),
      from: hours.from,
      to: hours.to,
    }),
    t('diary:hours.line.ways', { ways: hours.ways.map((way) => t.label(`appointments:way.${way}-staff`)).join(', ') }),
    place === undefined ? undefined : t('diary:hours.line.place', { place }),
    t('diary:hours.line.length', {
      slot: hours.slotMinutes,
      before: hours.bufferBeforeMinutes,
      after: hours.bufferAfterMinutes,
    }),
    hours.travelMinutes === 0 ? undefined : t('diary:hours.line.travel', { minutes: hours.travelMinutes }),
    hours.everyWeeks === 1 ? t('diary:hours.line.weekly') : t('diary:hours.line.every', { count: hours.everyWeeks }),
    t('diary:hours.line.from', { day: formatDay(t.locale, hours.validFrom) }),
    hours.validTo === undefined ? undefined : t('diary:hours.line.until', { day: formatDay(t.locale, hours.validTo) }),
    hours.interpreter ? t('diary:hours.line.interpreter') : undefined,
  );
};

export const hoursDetail = (t: Translator, hours: OfficeHours, places: Places, today: Day): View =>
  screen(t, {
    text: hoursText(t, hours, [hours.weekday], places),
    rows: [
      row(t.label('diary:hours.edit'), diaryButtons.edit.data({ id: hours.id })),
      row(t.label('diary:hours.days'), diaryButtons.days.data({ id: hours.id, from: today })),
      [{ label: t.label('diary:hours.remove'), data: diaryButtons.remove.data({ id: hours.id }), style: 'danger' }],
    ],
    back: toList(),
  });

export const hoursSaid = (t: Translator, what: 'removed' | 'gone' | 'saved' | 'changed'): View =>
  screen(t, { text: t(`diary:hours.${what}`), back: toList() });

/** Which appointments a change would leave without office hours, and what she can decide. */
export const askFate = (
  t: Translator,
  appointments: readonly Appointment[],
  data: (fate: (typeof FATES)[number]) => string,
  back: string,
): View =>
  screen(t, {
    text: lines(
      t('diary:fate.ask', { count: appointments.length }),
      ...appointments.slice(0, 8).map((one) => entryLine(t, one)),
    ),
    rows: FATES.map((fate) =>
      row(
        fate === 'keep' || fate === 'move' ? t.label(`diary:fate.${fate}`) : t.label(`diary:fate.cancel.${fate}`),
        data(fate),
      ),
    ),
    back,
  });

const entryLine = (t: Translator, one: Appointment): string =>
  t('appointments:diary.entry', {
    time: `${formatShortDay(t.locale, dayOf(one.startsAt))} ${formatClock(one.startsAt)}`,
    person: personName(t, one.refugee),
  });

/** Appointments to look at one by one. */
export function appointmentList(
  t: Translator,
  all: readonly Appointment[],
  page: number,
  texts: { readonly title: string; readonly none: string },
  turn: (page: number) => string,
  back: string,
): View {
  const { items, row: pages } = paged(t, all, page, PER_PAGE, turn);
  return screen(t, {
    text: all.length === 0 ? texts.none : texts.title,
    rows: [
      ...items.map((one) =>
        row(
          t.label('appointments:diary.entry', {
            time: `${formatShortDay(t.locale, dayOf(one.startsAt))} ${formatClock(one.startsAt)}`,
            person: personName(t, one.refugee),
          }),
          buttons.staffCard.data({ id: one.id }),
        ),
      ),
      pages,
    ],
    back,
  });
}

export const uncoveredList = (t: Translator, all: readonly Appointment[], page: number): View =>
  appointmentList(
    t,
    all,
    page,
    { title: t('diary:uncovered.title'), none: t('diary:uncovered.none') },
    (to) => diaryButtons.uncovered.data({ page: String(to) }),
    toList(),
  );

export function seriesDays(t: Translator, hours: OfficeHours, days: readonly SeriesDay[], from: Day): View {
  const last = days.at(-1)?.day;
  const { id } = hours;
  const turn: Button[] = [
    ...(last === undefined || days.length < DAYS_SHOWN
      ? []
      : [{ label: t.label('common:nav.next'), data: diaryButtons.days.data({ id, from: addDays(last, 1) }) }]),
  ];
  const label = ({ day, held, isChanged, isHoliday }: SeriesDay): string => {
    const values = { day: formatShortDay(t.locale, day), from: held?.from ?? '', to: held?.to ?? '' };
    if (held === undefined) return t.label('diary:days.dropped', values);
    if (isHoliday) return t.label('diary:days.holiday', values);
    return t.label(isChanged ? 'diary:days.other' : 'diary:days.entry', values);
  };
  return screen(t, {
    text:
      days.length === 0
        ? t('diary:days.none')
        : t('diary:days.title', { weekday: weekdayName(t, hours.weekday), from: hours.from, to: hours.to }),
    rows: [...days.map((one) => row(label(one), diaryButtons.day.data({ id, day: one.day }))), turn],
    back: from > (days[0]?.day ?? from) ? toList() : diaryButtons.one.data({ id }),
  });
}

export const seriesDay = (t: Translator, hoursId: string, { day, held, isChanged }: SeriesDay): View => {
  const which = { id: hoursId, day };
  const words = { day: formatDay(t.locale, day) };
  return screen(t, {
    text:
      held === undefined
        ? t('diary:day.title-dropped', words)
        : t('diary:day.title-held', { ...words, from: held.from, to: held.to }),
    rows: [
      ...(held === undefined ? [] : [row(t.label('diary:day.drop'), diaryButtons.dayDrop.data(which))]),
      row(t.label('diary:day.other'), diaryButtons.dayOther.data(which)),
      ...(isChanged ? [row(t.label('diary:day.usual'), diaryButtons.dayUsual.data(which))] : []),
    ],
    back: diaryButtons.days.data({ id: hoursId, from: day }),
  });
};

export const daySaved = (t: Translator, id: string, day: Day): View =>
  screen(t, { text: t('diary:day.saved'), back: diaryButtons.days.data({ id, from: day }) });

export const dayClash = (t: Translator, id: string, day: Day, other: Occurrence): View =>
  screen(t, {
    text: t('diary:day.clash', { from: other.from, to: other.to }),
    back: diaryButtons.day.data({ id, day }),
  });

export function holidayList(t: Translator, all: readonly (Holiday & { readonly name: string })[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) => diaryButtons.holidays.data({ page: String(to) }));
  return screen(t, {
    text: t('diary:holidays.title'),
    rows: [
      ...items.map(({ day, name, isOpen }) =>
        row(
          t.label(isOpen ? 'diary:holidays.open' : 'diary:holidays.closed', {
            day: formatShortDay(t.locale, day),
            name,
          }),
          diaryButtons.holiday.data({ day, open: isOpen ? '0' : '1' }),
        ),
      ),
      turn,
    ],
    back: toList(),
  });
}
