import { formatClock, formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { type Day, dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { minuteOf, buttons as staffButtons } from '../appointments/buttons.ts';
import { coverButtons as cover } from '../appointments/buttons-cover.ts';
import { diaryButtons, absenceButtons as form } from '../appointments/buttons-hours.ts';
import { type Absence, type Appointment, type Range, type Slot, wholeDays } from '../appointments/model.ts';
import { dayRows, onlyPlace, type Places, timeRows } from '../appointments/views.ts';
import { rangeWords } from '../appointments/views-absence.ts';
import { movedDone, movedText, personName } from '../appointments/views-staff.ts';
import type { TeamMember } from '../people/model-team.ts';
import { buttons } from './buttons.ts';
import type { Changed } from './model.ts';
import type { Candidate, Cover } from './service-absence.ts';

// A manager is ill, and her coordinator enters it: when, who stands in, and what becomes of what is booked. Never why.

const PER_PAGE = 6;
const row = (label: string, data: string, style?: Button['style']): Button[] => [
  { label, data, ...(style !== undefined && { style }) },
];
const listOf = (managerId: string): string => cover.list.data({ manager: managerId, page: '0' });

export function absences(t: Translator, { id, name }: TeamMember, all: readonly Absence[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) =>
    cover.list.data({ manager: id, page: String(to) }),
  );
  const label = (one: Absence): string =>
    t.label('diary:absence.entry', {
      from: formatShortDay(t.locale, dayOf(one.from)),
      to: formatShortDay(t.locale, dayOf((one.to - 1) as Instant)),
    });
  return screen(t, {
    text: t(all.length === 0 ? 'coordination:absence.none' : 'coordination:absence.title', { name }),
    rows: [
      ...items.map((one) => row(label(one), cover.one.data({ id: one.id }))),
      turn,
      row(t.label('diary:absence.add'), cover.add.data({ manager: id }), 'primary'),
    ],
    back: buttons.member.data({ id }),
  });
}

const absenceText = (t: Translator, name: string, range: Range, deputy: string | undefined): string =>
  lines(
    t('coordination:absence.title', { name }),
    t('diary:absence.line.when', rangeWords(t, range)),
    deputy === undefined ? t('diary:absence.line.nobody') : t('diary:absence.line.deputy', { name: deputy }),
  );

/** What can become of the absence and of what is booked in it. */
function decisions(t: Translator, { absence, appointments }: Pick<Cover, 'absence' | 'appointments'>): Button[][] {
  const { id, deputyId } = absence;
  const isBooked = appointments.length > 0;
  return [
    ...(deputyId === undefined
      ? [row(t.label('coordination:absence.name-deputy'), cover.deputy.data({ id, page: '0' }))]
      : isBooked
        ? [row(t.label('diary:absence.hand'), cover.hand.data({ id }))]
        : []),
    ...(isBooked
      ? [
          row(t.label('diary:absence.list'), cover.booked.data({ id, page: '0' })),
          row(t.label('diary:absence.cancel'), cover.cancelAsk.data({ id })),
        ]
      : []),
  ];
}

export const absence = (t: Translator, one: Cover, hasBegun: boolean): View =>
  screen(t, {
    text: lines(
      absenceText(t, one.member.name, one.absence, one.deputy),
      one.appointments.length === 0 ? undefined : t('diary:absence.booked', { count: one.appointments.length }),
    ),
    rows: [
      ...decisions(t, one),
      row(
        t.label(hasBegun ? 'coordination:absence.back' : 'diary:absence.remove'),
        cover.end.data({ id: one.absence.id }),
        hasBegun ? 'success' : 'danger',
      ),
    ],
    back: listOf(one.member.id),
  });

export const absenceGone = (t: Translator): View =>
  screen(t, { text: t('diary:absence.gone'), back: buttons.team.data({ page: '0' }) });

export const absenceEnded = (t: Translator, managerId: string): View =>
  screen(t, { text: t('coordination:absence.ended'), back: listOf(managerId) });

export const absenceSaved = (t: Translator, one: Cover): View =>
  screen(t, {
    text: lines(
      one.deputy === undefined
        ? t('coordination:absence.saved-nobody')
        : t('diary:absence.saved', { name: one.deputy }),
      t('coordination:absence.tells', { name: one.member.name }),
      one.appointments.length === 0 ? undefined : t('diary:absence.booked', { count: one.appointments.length }),
    ),
    rows: decisions(t, one),
    back: cover.one.data({ id: one.absence.id }),
  });

/** Who could stand in from now on, for an absence that has nobody. */
export function pickDeputy(t: Translator, one: Cover, all: readonly Candidate[], page: number): View {
  const { id } = one.absence;
  const there = all.filter(({ isAway }) => !isAway);
  const { items, row: turn } = paged(t, there, page, PER_PAGE, (to) => cover.deputy.data({ id, page: String(to) }));
  return screen(t, {
    text: deputyText(t, one.member.name, all),
    rows: [...items.map((who) => row(`👤 ${who.name}`, cover.setDeputy.data({ id, deputy: who.id }))), turn],
    back: cover.one.data({ id }),
  });
}

export const deputyAway = (t: Translator, id: string): View =>
  screen(t, { text: t('coordination:absence.deputy-away'), back: cover.deputy.data({ id, page: '0' }) });

const deputyText = (t: Translator, name: string, all: readonly Candidate[]): string => {
  const away = all.filter(({ isAway }) => isAway);
  return lines(
    t('coordination:absence.deputy-ask', { name }),
    away.length === 0 ? undefined : t('diary:absence.ask.away', { names: away.map((one) => one.name).join(', ') }),
  );
};

/** The person by her number: a nickname is between her and her manager. */
const numberOf = (t: Translator, { refugee }: Appointment): string =>
  personName(t, refugee === undefined ? undefined : { number: refugee.number, nickname: undefined });

export function booked(t: Translator, one: Cover, page: number): View {
  const { id } = one.absence;
  const { items, row: turn } = paged(t, one.appointments, page, PER_PAGE, (to) =>
    cover.booked.data({ id, page: String(to) }),
  );
  return screen(t, {
    text: lines(
      t('coordination:absence.title', { name: one.member.name }),
      one.appointments.length === 0 ? t('appointments:diary.empty') : undefined,
    ),
    rows: [
      ...items.map((each) =>
        row(
          `${formatShortDay(t.locale, dayOf(each.startsAt))} ${formatClock(each.startsAt)} · ${numberOf(t, each)}`,
          cover.appointment.data({ id, one: each.id }),
        ),
      ),
      turn,
    ],
    back: cover.one.data({ id }),
  });
}

const bookedData = (id: string): string => cover.booked.data({ id, page: '0' });

export const appointment = (t: Translator, { absence: { id, deputyId } }: Cover, one: Appointment): View => {
  const ids = { id, one: one.id };
  return screen(t, {
    text: lines(
      t('appointments:staff.title', {
        day: formatDay(t.locale, dayOf(one.startsAt)),
        time: formatClock(one.startsAt),
        person: numberOf(t, one),
      }),
      t('appointments:staff.way', { way: t.label(`appointments:way.${one.way}-staff`) }),
    ),
    rows: [
      ...(deputyId === undefined ? [] : [row(t.label('coordination:absence.hand-one'), cover.handOne.data(ids))]),
      row(t.label('appointments:staff.move'), cover.moveDay.data({ ...ids, page: '0' })),
      row(t.label('appointments:staff.cancel'), cover.cancelOneAsk.data(ids)),
    ],
    back: bookedData(id),
  });
};

export const handed = (t: Translator, id: string, done: { readonly handed: number; readonly left: number }): View =>
  screen(t, {
    text: lines(
      t('diary:absence.handed', { handed: done.handed }),
      done.left === 0 ? undefined : t('diary:absence.left', { left: done.left }),
    ),
    rows: done.left === 0 ? [] : [row(t.label('diary:absence.list'), bookedData(id))],
    back: cover.one.data({ id }),
  });

/** Before it counts: all of them, or one. */
export const askCancel = (t: Translator, id: string, one?: string): View =>
  screen(t, {
    text: t('coordination:absence.off-ask'),
    rows: [
      one === undefined
        ? row(t.label('diary:absence.cancel'), cover.cancel.data({ id }), 'danger')
        : row(t.label('appointments:staff.cancel'), cover.cancelOne.data({ id, one }), 'danger'),
    ],
    back: one === undefined ? cover.one.data({ id }) : cover.appointment.data({ id, one }),
  });

export const cancelled = (t: Translator, id: string, count: number): View =>
  screen(t, { text: t('diary:absence.cancelled', { count }), back: cover.one.data({ id }) });

export const askDay = (t: Translator, id: string, one: string, days: readonly Day[], page: number): View =>
  screen(t, {
    text: t('appointments:day.ask'),
    rows: dayRows(
      t,
      days,
      page,
      (day) => cover.moveTime.data({ id, one, day, page: '0' }),
      (to) => cover.moveDay.data({ id, one, page: String(to) }),
    ),
    back: cover.appointment.data({ id, one }),
  });

export const askTime = (
  t: Translator,
  id: string,
  one: Appointment,
  shown: { readonly day: Day; readonly slots: readonly Slot[]; readonly places: Places; readonly page: number },
): View =>
  screen(t, {
    text: lines(
      t('appointments:time.ask', { day: formatDay(t.locale, shown.day) }),
      onlyPlace(t, one.way, shown.slots, shown.places),
    ),
    rows: timeRows(
      t,
      shown.slots,
      shown.places,
      one.way,
      shown.page,
      ({ startsAt }) => cover.move.data({ id, one: one.id, minute: minuteOf(startsAt) }),
      (to) => cover.moveTime.data({ id, one: one.id, day: shown.day, page: String(to) }),
    ),
    back: cover.moveDay.data({ id, one: one.id, page: '0' }),
  });

/** When and where it is now, and with whom: what was chosen is on no screen any more. */
export const moved = (t: Translator, id: string, one: Appointment, isHers: boolean): View =>
  screen(t, {
    text: lines(movedDone(t, one), isHers ? undefined : t('diary:absence.line.deputy', { name: one.manager.name })),
    back: bookedData(id),
  });

export const appointmentGone = (t: Translator, id: string): View =>
  screen(t, { text: t('appointments:staff.gone'), back: bookedData(id) });

/** Somebody was faster, or the person has another appointment then: back to the days. */
export const otherTime = (t: Translator, what: 'taken' | 'busy', id: string, one: string): View =>
  screen(t, { text: t(`appointments:staff.${what}`), back: cover.moveDay.data({ id, one, page: '0' }) });

export const noneFree = (t: Translator, id: string, one: string): View =>
  screen(t, { text: t('coordination:absence.none-free'), back: cover.appointment.data({ id, one }) });

// The form.

/** Whole days, from the first to the last. */
export const range = ([first, last]: readonly [Day, Day]): Range => wholeDays(first, last);

export const askDeputy = (t: Translator, name: string, all: readonly Candidate[]): View =>
  screen(t, {
    text: deputyText(t, name, all),
    rows: [
      ...all.filter(({ isAway }) => !isAway).map((one) => row(`👤 ${one.name}`, form.deputy.data({ id: one.id }))),
      row(t.label('coordination:absence.nobody'), form.nobody.data({})),
    ],
    back: form.back.data({}),
  });

export type Note =
  | { readonly kind: 'problem'; readonly problem: 'ends-before-begins' | 'is-over' | 'too-long' }
  | { readonly kind: 'overlaps'; readonly other: Range }
  | { readonly kind: 'deputy-away' };

const noteText = (t: Translator, note: Note): string => {
  switch (note.kind) {
    case 'problem':
      return t(`diary:absence.problem.${note.problem}`);
    case 'overlaps':
      return t('coordination:absence.overlaps', rangeWords(t, note.other));
    case 'deputy-away':
      return t('coordination:absence.deputy-away');
  }
};

export const confirm = (
  t: Translator,
  name: string,
  range: Range,
  deputy: string | undefined,
  note: Note | undefined,
): View =>
  screen(t, {
    text: lines(
      note === undefined ? t('diary:absence.confirm') : `⚠️ ${noteText(t, note)}`,
      absenceText(t, name, range, deputy),
    ),
    rows: [row(t.label('diary:absence.save'), form.save.data({}), 'success')],
    back: form.back.data({}),
  });

// What the manager is told.

export const absenceSet = (t: Translator, one: Absence, deputy: string | undefined): View =>
  screen(t, {
    text: lines(
      t('coordination:absence.told'),
      t('diary:absence.line.when', rangeWords(t, one)),
      deputy === undefined ? t('diary:absence.line.nobody') : t('diary:absence.line.deputy', { name: deputy }),
      t('coordination:absence.told-wrong'),
    ),
    rows: [row(t.label('diary:absence.menu'), diaryButtons.absence.data({ id: one.id }))],
    stays: true,
  });

/** Who stands in now, or what became of what is booked in it. */
export const absenceChanged = (
  t: Translator,
  one: Absence,
  what: Changed,
  deputy: string | undefined,
  appointments: number,
): View =>
  screen(t, {
    text: lines(
      t('coordination:absence.did'),
      t('diary:absence.line.when', rangeWords(t, one)),
      what === 'deputy'
        ? t('diary:absence.line.deputy', { name: deputy ?? '–' })
        : t(`coordination:absence.did-${what}`, { appointments }),
    ),
    rows: [row(t.label('diary:absence.menu'), diaryButtons.absence.data({ id: one.id }))],
    stays: true,
  });

/** An appointment of hers at another time: still hers, or now with whoever stands in. */
export const appointmentMoved = (t: Translator, one: Appointment, before: Instant, isHers: boolean): View =>
  screen(t, {
    text: lines(
      t('coordination:absence.did'),
      movedText(t, one, before),
      isHers ? undefined : t('diary:absence.line.deputy', { name: one.manager.name }),
    ),
    rows: isHers ? [row(t.label('appointments:staff.open'), staffButtons.staffCard.data({ id: one.id }))] : [],
    stays: true,
  });

export const absenceLifted = (t: Translator): View =>
  screen(t, {
    text: t('coordination:absence.lifted'),
    rows: [row(t.label('diary:absence.menu'), diaryButtons.absences.data({ page: '0' }))],
    stays: true,
  });
