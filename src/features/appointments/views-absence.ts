import { formatClock, formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { addDays, type Day, dayOf, type Instant, mondayOf, wallTimeOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { coverButtons } from './buttons-cover.ts';
import { diaryButtons, absenceButtons as form } from './buttons-hours.ts';
import { ABSENCE_KINDS, type Absence, type Appointment, CANCEL_REASONS, type Range } from './model.ts';
import type { AbsenceDraft } from './service-absences.ts';
import { appointmentList } from './views-hours.ts';

// When a manager is away: the list, one absence with the appointments in it, and the form.

const PER_PAGE = 6;
const row = (label: string, data: string): Button[] => [{ label, data }];
const toList = (): string => diaryButtons.absences.data({ page: '0' });

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whole days by their dates; otherwise with the time. The end is when she is back, so a whole day's is the day before. */
export const rangeWords = (t: Translator, { from, to }: Range): { from: string; to: string } => {
  const isWhole = wallTimeOf(from) === '00:00' && wallTimeOf(to) === '00:00';
  if (isWhole) return { from: formatDay(t.locale, dayOf(from)), to: formatDay(t.locale, addDays(dayOf(to), -1)) };
  const moment = (at: Instant) => `${formatDay(t.locale, dayOf(at))}, ${formatClock(at)}`;
  return { from: moment(from), to: dayOf(from) === dayOf(to) ? formatClock(to) : moment(to) };
};

export function absenceList(t: Translator, all: readonly Absence[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) => diaryButtons.absences.data({ page: String(to) }));
  const label = (one: Absence): string =>
    t.label('diary:absence.entry', {
      from: formatShortDay(t.locale, dayOf(one.from)),
      to: formatShortDay(t.locale, dayOf((one.to - 1) as Instant)),
    });
  return screen(t, {
    text: all.length === 0 ? t('diary:absence.none') : t('diary:absence.title'),
    rows: [
      ...items.map((one) => row(label(one), diaryButtons.absence.data({ id: one.id }))),
      turn,
      [{ label: t.label('diary:absence.add'), data: diaryButtons.absenceAdd.data({}), style: 'primary' as const }],
    ],
    back: diaryButtons.list.data({ page: '0' }),
  });
}

const absenceText = (t: Translator, one: AbsenceDraft, deputy: string | undefined): string =>
  lines(
    t('diary:absence.line.when', rangeWords(t, one)),
    t('diary:absence.line.kind', { kind: t.label(`diary:absence.kind.${one.kind}`) }),
    deputy === undefined ? t('diary:absence.line.nobody') : t('diary:absence.line.deputy', { name: deputy }),
  );

export const absenceDetail = (
  t: Translator,
  absence: Absence,
  shown: { readonly deputy: string | undefined; readonly count: number; readonly hasBegun: boolean },
): View =>
  screen(t, {
    text: lines(
      absenceText(t, absence, shown.deputy),
      shown.count === 0 ? undefined : t('diary:absence.booked', { count: shown.count }),
    ),
    rows: [
      ...(shown.count === 0 ? [] : decisions(t, absence)),
      [
        {
          label: t.label(shown.hasBegun ? 'diary:absence.end' : 'diary:absence.remove'),
          data: diaryButtons.absenceEnd.data({ id: absence.id }),
          style: shown.hasBegun ? 'success' : 'danger',
        },
      ],
    ],
    back: toList(),
  });

/** What can become of the appointments in an absence. */
const decisions = (t: Translator, { id, deputyId }: Absence): Button[][] => [
  ...(deputyId === undefined ? [] : [row(t.label('diary:absence.hand'), diaryButtons.absenceHand.data({ id }))]),
  row(t.label('diary:absence.list'), diaryButtons.absenceList.data({ id, page: '0' })),
  row(t.label('diary:absence.cancel'), diaryButtons.absenceCancelAsk.data({ id })),
];

export const absenceSaved = (t: Translator, absence: Absence, deputy: string | undefined, count: number): View =>
  screen(t, {
    text: lines(
      deputy === undefined ? t('diary:absence.saved-nobody') : t('diary:absence.saved', { name: deputy }),
      count === 0 ? undefined : t('diary:absence.booked', { count }),
    ),
    rows: count === 0 ? [] : decisions(t, absence),
    back: toList(),
  });

export const absenceSaid = (t: Translator, what: 'ended' | 'gone'): View =>
  screen(t, { text: t(`diary:absence.${what}`), back: toList() });

export const absenceHanded = (t: Translator, id: string, done: { handed: number; left: number }): View =>
  screen(t, {
    text: lines(
      t('diary:absence.handed', { handed: done.handed }),
      done.left === 0 ? undefined : t('diary:absence.left', { left: done.left }),
    ),
    rows: done.left === 0 ? [] : [row(t.label('diary:absence.list'), diaryButtons.absenceList.data({ id, page: '0' }))],
    back: diaryButtons.absence.data({ id }),
  });

export const askAbsenceCancel = (t: Translator, id: string): View =>
  screen(t, {
    text: t('diary:absence.cancel-ask'),
    rows: CANCEL_REASONS.map((reason) =>
      row(t.label(`appointments:staff.reason.${reason}`), diaryButtons.absenceCancel.data({ id, reason })),
    ),
    back: diaryButtons.absence.data({ id }),
  });

export const absenceCancelled = (t: Translator, id: string, count: number): View =>
  screen(t, { text: t('diary:absence.cancelled', { count }), back: diaryButtons.absence.data({ id }) });

export const absenceAppointments = (t: Translator, id: string, all: readonly Appointment[], page: number): View =>
  appointmentList(
    t,
    all,
    page,
    { title: t('diary:fate.ask', { count: all.length }), none: t('appointments:diary.empty') },
    (to) => diaryButtons.absenceList.data({ id, page: String(to) }),
    diaryButtons.absence.data({ id }),
  );

// The form.

const goBack = (): string => form.back.data({});

export const askKind = (t: Translator): View =>
  screen(t, {
    text: t('diary:absence.ask.kind'),
    rows: ABSENCE_KINDS.map((kind) => row(t.label(`diary:absence.kind.${kind}`), form.kind.data({ kind }))),
    back: toList(),
  });

const dayRow = (t: Translator, end: 'first' | 'last', day: Day): Button[] =>
  row(t.label('appointments:day.button', { day: formatShortDay(t.locale, day) }), form.day.data({ end, day }));

export const askFirst = (t: Translator, today: Day): View =>
  screen(t, {
    text: t('diary:absence.ask.first'),
    rows: [...new Set([today, addDays(today, 1), addDays(mondayOf(today), 7), addDays(mondayOf(today), 14)])].map(
      (day) => dayRow(t, 'first', day),
    ),
    back: goBack(),
  });

export const askLast = (t: Translator, first: Day): View => {
  const friday = addDays(mondayOf(first), 4);
  const days = [addDays(first, 1), friday, addDays(friday, 7), addDays(friday, 14)].filter((day) => day > first);
  return screen(t, {
    text: t('diary:absence.ask.last'),
    rows: [
      row(t.label('diary:absence.ask.only'), form.day.data({ end: 'last', day: first })),
      ...[...new Set(days)].sort().map((day) => dayRow(t, 'last', day)),
    ],
    back: goBack(),
  });
};

export const askLength = (t: Translator): View =>
  screen(t, {
    text: t('diary:absence.ask.length'),
    rows: (['whole', 'hours'] as const).map((length) =>
      row(t.label(`diary:absence.ask.${length}`), form.length.data({ length })),
    ),
    back: goBack(),
  });

const TIMES = {
  from: ['08:00', '09:00', '10:00', '12:00', '13:00', '14:00'],
  to: ['10:00', '12:00', '13:00', '14:00', '16:00', '18:00'],
};

export const askAwayTime = (t: Translator, end: 'from' | 'to', after?: string): View =>
  screen(t, {
    text: t(`diary:absence.ask.${end}`),
    rows: TIMES[end]
      .filter((time) => after === undefined || time > after)
      .map((time) =>
        row(t.label('appointments:time.button', { time }), form.time.data({ end, time: time.replace(':', '') })),
      ),
    back: goBack(),
  });

/** A sentence under a question that was not understood or cannot be; the question stays. */
export const awayHint = (t: Translator, what: 'not-a-time' | 'not-a-day' | 'past-day' | 'ends-before-begins'): View =>
  screen(t, {
    text: what === 'ends-before-begins' ? t('diary:absence.problem.ends-before-begins') : t(`diary:hours.${what}`),
    back: goBack(),
  });

/** Who could stand in, and who is away too. */
export const askDeputy = (t: Translator, there: readonly Named[], away: readonly Named[]): View =>
  screen(t, {
    text: lines(
      t('diary:absence.ask.deputy'),
      away.length === 0 ? undefined : t('diary:absence.ask.away', { names: away.map(({ name }) => name).join(', ') }),
    ),
    rows: [
      ...there.map(({ id, name }) => row(`👤 ${name}`, form.deputy.data({ id }))),
      row(t.label('diary:absence.ask.nobody'), form.nobody.data({})),
    ],
    back: goBack(),
  });

export type AbsenceNote =
  | { readonly kind: 'problem'; readonly problem: 'ends-before-begins' | 'is-over' | 'too-long' }
  | { readonly kind: 'overlaps'; readonly other: Range }
  | { readonly kind: 'deputy-away' };

const noteText = (t: Translator, note: AbsenceNote): string => {
  switch (note.kind) {
    case 'problem':
      return t(`diary:absence.problem.${note.problem}`);
    case 'overlaps':
      return t('diary:absence.overlaps', rangeWords(t, note.other));
    case 'deputy-away':
      return t('diary:absence.deputy-away');
  }
};

export const confirmAbsence = (
  t: Translator,
  draft: AbsenceDraft,
  deputy: string | undefined,
  note: AbsenceNote | undefined,
): View =>
  screen(t, {
    text: lines(
      note === undefined ? t('diary:absence.confirm') : `⚠️ ${noteText(t, note)}`,
      absenceText(t, draft, deputy),
    ),
    rows: [[{ label: t.label('diary:absence.save'), data: form.save.data({}), style: 'success' }]],
    back: goBack(),
  });

/** To whoever stands in, or to the coordinators where nobody does. Why she is away stays hers. */
export const standsIn = (
  t: Translator,
  what: 'stands-in' | 'nobody-stands-in' | 'stands-in-no-more',
  name: string,
  range: Range,
  /** The absence, for who can name somebody, and how many appointments are booked in it. */
  cover?: { readonly id: string; readonly booked: number },
): View =>
  screen(t, {
    text: lines(
      t(`diary:notice.${what}`, { name, ...rangeWords(t, range) }),
      cover === undefined || cover.booked === 0 ? undefined : t('diary:absence.booked', { count: cover.booked }),
    ),
    rows:
      cover === undefined
        ? []
        : [[{ label: t.label('diary:absence.menu'), data: coverButtons.one.data({ id: cover.id }) }]],
    stays: true,
  });
