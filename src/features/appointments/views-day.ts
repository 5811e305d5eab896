import { formatClock, formatDay, formatShortDay, formatTime } from '../../platform/date-formats.ts';
import { type Day, dayOf, type WallTime } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, pageRow, screen, ticked } from '../../telegram/views.ts';
import { buttons as people } from '../people/buttons.ts';
import { buttons } from './buttons.ts';
import { dayButtons, MORNING_TIMES } from './buttons-day.ts';
import { type Appointment, OUTCOMES } from './model.ts';
import { bookAgain } from './views.ts';
import { personName } from './views-staff.ts';

// A manager's day: the list in the morning, what came of each appointment, the one question in the evening.

const when = (t: Translator, { startsAt }: Appointment) => ({
  day: formatDay(t.locale, dayOf(startsAt)),
  time: formatClock(startsAt),
});
const row = (label: string, data: string): Button[] => [{ label, data }];

/** More than this in one day does not fit into one message; the diary has all of it. */
const LISTED = 15;

/** Time and person, then where, with whose help, and what is to know of her. */
const listed = (t: Translator, one: Appointment): string =>
  lines(
    t('day:morning.entry', { time: formatClock(one.startsAt), person: personName(t, one.refugee) }),
    one.way === 'place' && one.place !== undefined
      ? t('appointments:staff.way-place', { place: one.place.name })
      : t('appointments:staff.way', { way: t.label(`appointments:way.${one.way}-staff`) }),
    one.interpreterLanguage === undefined
      ? undefined
      : t('appointments:staff.interpreter', {
          language: t.label(`people:interpreter.language.${one.interpreterLanguage}`),
        }),
    one.coming ? t('appointments:staff.comes') : undefined,
    one.cannot ? t('day:staff.cannot-come') : undefined,
    one.refugee?.unreachable === true ? t('day:staff.unreachable') : undefined,
  );

/** The list of the day: no subject, no address; those are behind the card. */
export const morning = (t: Translator, day: Day, appointments: readonly Appointment[]): View =>
  screen(t, {
    text: [
      t('day:morning.title', { day: formatDay(t.locale, day) }),
      ...appointments.slice(0, LISTED).map((one) => listed(t, one)),
      ...(appointments.length > LISTED ? [t('day:morning.more')] : []),
    ].join('\n\n'),
    rows: [
      row(t.label('day:morning.diary'), buttons.diary.data({ day, days: '1', page: '0' })),
      row(t.label('day:morning.change'), dayButtons.morning.data({ from: 'list' })),
    ],
    stays: true,
  });

const answers = (t: Translator, one: Appointment): Button[][] =>
  OUTCOMES.map((outcome) => [
    {
      label: t.label(`day:outcome.${outcome}`),
      data: dayButtons.record.data({ id: one.id, outcome }),
      ...(outcome === (one.interpreter ? 'interpreted' : 'held') && { style: 'success' as const }),
    },
  ]);

const diaryOf = (one: Appointment): string => buttons.diary.data({ day: dayOf(one.startsAt), days: '1', page: '0' });

/** After an appointment, and from its card: one tap. */
export const question = (t: Translator, one: Appointment): View =>
  screen(t, {
    text: lines(
      t('day:outcome.ask', { ...when(t, one), person: personName(t, one.refugee) }),
      one.outcome === undefined ? undefined : t('day:outcome.is', { outcome: t.label(`day:outcome.${one.outcome}`) }),
    ),
    rows: answers(t, one),
    back: diaryOf(one),
  });

/** What is recorded now, how to correct it, and what else of that day is open. */
export const recorded = (t: Translator, one: Appointment, open: number): View =>
  screen(t, {
    text: lines(
      t('appointments:staff.title', { ...when(t, one), person: personName(t, one.refugee) }),
      one.outcome === undefined ? undefined : t('day:outcome.is', { outcome: t.label(`day:outcome.${one.outcome}`) }),
      one.outcome === 'missed' && one.refugee !== undefined ? t('day:outcome.missed-next') : undefined,
      t('day:outcome.until'),
    ),
    rows: [
      open === 0
        ? []
        : row(
            t.label('day:evening.open', { count: open }),
            dayButtons.unrecorded.data({ day: dayOf(one.startsAt), page: '0' }),
          ),
      row(t.label('day:outcome.change'), dayButtons.outcome.data({ id: one.id })),
    ],
    back: diaryOf(one),
  });

/** Too early, or too late: it stays as it is. */
export const closed = (t: Translator, one: Appointment): View =>
  screen(t, {
    text: lines(
      t('appointments:staff.title', { ...when(t, one), person: personName(t, one.refugee) }),
      one.outcome === undefined ? undefined : t('day:outcome.is', { outcome: t.label(`day:outcome.${one.outcome}`) }),
      t('day:outcome.closed'),
    ),
    back: diaryOf(one),
  });

const PER_PAGE = 6;

const openRows = (t: Translator, day: Day, open: readonly Appointment[], page: number): (readonly Button[])[] => {
  const { items, row: turn } = paged(t, open, page, PER_PAGE, (to) =>
    dayButtons.unrecorded.data({ day, page: String(to) }),
  );
  return [
    ...items.map((one) =>
      row(
        t.label('appointments:diary.entry', { time: formatClock(one.startsAt), person: personName(t, one.refugee) }),
        dayButtons.outcome.data({ id: one.id }),
      ),
    ),
    turn,
    [{ label: t.label('day:evening.as-planned'), data: dayButtons.asPlanned.data({ day }), style: 'success' }],
  ];
};

/** The one question about the whole day. */
export const evening = (t: Translator, day: Day, open: readonly Appointment[]): View =>
  screen(t, { text: t('day:evening.ask', { day: formatDay(t.locale, day) }), rows: openRows(t, day, open, 0) });

export const unrecorded = (t: Translator, day: Day, open: readonly Appointment[], page: number): View =>
  screen(t, {
    text:
      open.length === 0
        ? t('day:evening.done', { day: formatDay(t.locale, day) })
        : t('day:evening.ask', { day: formatDay(t.locale, day) }),
    rows: open.length === 0 ? [] : openRows(t, day, open, page),
    back: buttons.diary.data({ day, days: '1', page: '0' }),
  });

export const recordedAll = (t: Translator, day: Day, count: number): View =>
  screen(t, {
    text: count === 0 ? t('day:evening.done', { day: formatDay(t.locale, day) }) : t('day:evening.recorded', { count }),
    rows: [row(t.label('day:morning.diary'), buttons.diary.data({ day, days: '1', page: '0' }))],
  });

/** To the refugee. Nobody did anything wrong, and nothing follows from it. */
export const missed = (t: Translator, { startsAt }: Appointment): View =>
  screen(t, {
    text: t('day:missed', { day: formatDay(t.locale, dayOf(startsAt)), time: formatTime(t.locale, startsAt) }),
    rows: [[{ ...bookAgain(t), style: 'primary' }], row(t.label('appointments:menu.mine'), buttons.mine.data({}))],
    stays: true,
  });

export const clockOf = (time: string): WallTime => `${time.slice(0, 2)}:${time.slice(2)}` as WallTime;

/** When the list of the day comes. */
export const askMorning = (t: Translator, current: WallTime | undefined): View => {
  const times = MORNING_TIMES.map((time) => ({
    label: ticked(t.label('appointments:time.button', { time: clockOf(time) }), clockOf(time) === current),
    data: dayButtons.setMorning.data({ time }),
  }));
  return screen(t, {
    text: lines(t('day:morning.ask'), morningText(t, current)),
    rows: [
      ...[0, 2, 4].map((index) => times.slice(index, index + 2)),
      row(ticked(t.label('day:morning.never'), current === undefined), dayButtons.setMorning.data({ time: 'never' })),
    ],
    back: people.data.data({}),
  });
};

export const morningText = (t: Translator, current: WallTime | undefined): string =>
  current === undefined ? t('day:morning.off') : t('day:morning.on', { time: current });

export const morningButton = (t: Translator): Button => ({
  label: t.label('day:morning.change'),
  data: dayButtons.morning.data({ from: 'data' }),
});

const stateOf = (t: Translator, { status, cancelledBy, outcome }: Appointment): string => {
  if (status === 'cancelled') return t.label(cancelledBy === 'refugee' ? 'day:past.you' : 'day:past.called-off');
  return t.label(outcome === undefined ? 'day:past.over' : `day:past.${outcome}`);
};

/** What is kept of her appointments that are over. */
export const past = (
  t: Translator,
  shown: { readonly appointments: readonly Appointment[]; readonly isLast: boolean },
  page: number,
): View =>
  screen(t, {
    text: lines(
      shown.appointments.length === 0 ? t('day:past.none') : t('day:past.title'),
      ...shown.appointments.map((one) =>
        t('day:past.entry', {
          day: formatShortDay(t.locale, dayOf(one.startsAt)),
          time: formatClock(one.startsAt),
          state: stateOf(t, one),
        }),
      ),
    ),
    rows: [pageRow(t, page, shown.isLast ? page + 1 : page + 2, (to) => dayButtons.past.data({ page: String(to) }))],
    back: buttons.mine.data({}),
  });
