import { formatClock, formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, pageRow, screen } from '../../telegram/views.ts';
import { buttons, changeParts, targetText } from './buttons.ts';
import type { Change, Move, MoveFigures, Undone } from './model.ts';
import { canUndo } from './rules-plan.ts';
import { MOVES_PAGE, type Preview } from './service-caseload.ts';
import type { LoadedMember } from './service-team.ts';

// A change of managers: to whom, what would happen, what has happened, and back.

const PER_PAGE = 6;
const APPOINTMENTS_PER_PAGE = 5;

const row = (label: string, data: string, style?: Button['style']): Button[] => [
  { label, data, ...(style !== undefined && { style }) },
];

const backFrom = (change: Change): string => {
  switch (change.reason) {
    case 'leaves':
      return buttons.leave.data({ id: change.managerId });
    case 'share':
      return buttons.days.data({ id: change.managerId });
    case 'comes':
      return buttons.member.data({ id: change.managerId });
    case 'one':
    case 'wish':
      return buttons.team.data({ page: '0' });
  }
};

/** Whom it could go to. Whoever has most free capacity stands first, where several could take over. */
export function askTarget(
  t: Translator,
  change: Change,
  colleagues: readonly LoadedMember[],
  page: number,
  back = backFrom(change),
): View {
  const parts = { ...changeParts(change), clash: 'cancel', page: '0' } as const;
  const { items, row: turn } = paged(t, colleagues, page, PER_PAGE, (to) =>
    buttons.to.data({ ...changeParts(change), page: String(to) }),
  );
  return screen(t, {
    text: colleagues.length === 0 ? t('coordination:to.nobody') : t('coordination:to.ask'),
    rows: [
      // Somebody who leaves or gives people away can do so without a colleague: then they wait.
      ...(colleagues.length > 0 || change.reason === 'leaves' || change.reason === 'share'
        ? [row(t.label('coordination:to.capacity'), buttons.see.data({ ...parts, target: '-' }))]
        : []),
      ...items.map(({ member, load }) =>
        row(
          t.label('coordination:to.colleague', { name: member.name, free: load.free }),
          buttons.see.data({ ...parts, target: member.id }),
        ),
      ),
      turn,
    ],
    back,
  });
}

const whatHappens = (t: Translator, preview: Preview): string => {
  const { change, name = '–' } = preview;
  switch (change.reason) {
    case 'leaves':
      return change.lastDay === undefined
        ? t('coordination:see.leaves-now', { name })
        : t('coordination:see.leaves', { name, day: formatDay(t.locale, change.lastDay) });
    case 'share':
      return t('coordination:see.share', {
        name,
        before: preview.days?.before ?? 0,
        after: preview.days?.after ?? 0,
      });
    case 'comes':
      return t('coordination:see.comes', { name });
    case 'one':
    case 'wish':
      return t('coordination:see.one', { number: preview.number ?? 0 });
  }
};

/** Who gets how many, and what becomes of the appointments; without a keeper, of the reader's own. */
export function figures(t: Translator, one: MoveFigures, keeper: string | undefined): string[] {
  const moved = one.to.reduce((sum, { people }) => sum + people, 0) + one.waiting;
  const several = one.from.length > 1;
  return [
    moved === 0 ? t('coordination:see.nobody') : t('coordination:see.people', { people: moved }),
    ...one.to.map(({ name, people }) => t('coordination:see.to', { name, people })),
    ...(several ? one.from.map(({ name, people }) => t('coordination:see.from', { name, people })) : []),
    ...(one.waiting === 0 ? [] : [t('coordination:see.waiting', { people: one.waiting })]),
    ...(one.goes === 0 ? [] : [t('coordination:see.goes', { appointments: one.goes })]),
    ...(one.cancelled === 0 ? [] : [t('coordination:see.cancelled', { appointments: one.cancelled })]),
    ...(one.kept === 0 ? [] : [keptText(t, one.kept, keeper)]),
  ];
}

const keptText = (t: Translator, appointments: number, keeper: string | undefined): string =>
  keeper === undefined
    ? t('coordination:told.kept', { appointments })
    : t('coordination:see.kept', { name: keeper, appointments });

const when = (t: Translator, at: Instant) => `${formatShortDay(t.locale, dayOf(at))} ${formatClock(at)}`;

/** What would happen, before it does. */
export function preview(t: Translator, one: Preview, draft: string, page: number, note?: 'changed'): View {
  const { change, clash, mayKeep } = one;
  const parts = { ...changeParts(change), target: targetText(one.target), clash };
  const see = (to: number, as = clash) => buttons.see.data({ ...parts, clash: as, page: String(to) });
  const { items, row: turn } = paged(t, one.appointments, page, APPOINTMENTS_PER_PAGE, (to) => see(to));
  const from = one.from.length === 1 ? one.from[0]?.name : one.name;
  const isEmpty = change.reason === 'one' || change.reason === 'wish' || change.reason === 'comes';
  const nothing = isEmpty && one.to.length === 0;
  return screen(t, {
    text: lines(
      ...(note === undefined ? [] : [t('coordination:see.changed'), '']),
      whatHappens(t, one),
      ...figures(t, one, from ?? '–'),
      one.takenOver === 0 ? undefined : t('coordination:see.towns', { towns: one.takenOver }),
      ...(one.appointments.length === 0 ? [] : ['']),
      ...items.map((item) =>
        t(`coordination:see.fit.${item.fit}`, {
          time: when(t, item.startsAt),
          number: item.number,
          name: item.to ?? '–',
        }),
      ),
    ),
    rows: [
      turn,
      ...(mayKeep
        ? [
            clash === 'cancel'
              ? row(t.label('coordination:see.keep', { name: from ?? '–' }), see(0, 'keep'))
              : row(t.label('coordination:see.cancel'), see(0, 'cancel')),
          ]
        : []),
      ...(nothing
        ? []
        : [row(t.label('coordination:see.do'), buttons.make.data({ draft, ...parts, print: one.print }), 'success')]),
    ],
    back: change.reason === 'comes' ? backFrom(change) : buttons.to.data({ ...changeParts(change), page: '0' }),
  });
}

const title = (t: Translator, one: Move): string =>
  t('coordination:moves.title', {
    what: t.label(`coordination:reason.${one.reason}`),
    name: one.name ?? '–',
    day: formatDay(t.locale, dayOf(one.doneAt)),
    time: formatClock(one.doneAt),
  });

/** What has happened, and the one tap that takes it back. */
export function move(t: Translator, one: Move, now: Instant, isNew = false): View {
  const undoable = one.undone === undefined && one.reason !== 'left' && canUndo(one.doneAt, now);
  return screen(t, {
    text: lines(
      isNew ? t('coordination:done') : undefined,
      title(t, one),
      ...figures(t, one, one.name ?? '–'),
      ...(one.undone === undefined ? [] : ['', ...undoneLines(t, one.undone)]),
      undoable
        ? t('coordination:undo.until', {
            day: formatDay(t.locale, dayOf(one.undoableUntil)),
            time: formatClock(one.undoableUntil),
          })
        : undefined,
    ),
    rows: undoable ? [row(t.label('coordination:undo'), buttons.undo.data({ id: one.id }), 'danger')] : [],
    back: buttons.moves.data({ page: '0' }),
  });
}

const undoneLines = (t: Translator, one: Undone): string[] => [
  t('coordination:undo.done', { people: one.people, appointments: one.appointments }),
  ...(one.peopleLeft + one.appointmentsLeft === 0
    ? []
    : [t('coordination:undo.left', { people: one.peopleLeft, appointments: one.appointmentsLeft })]),
];

export const undone = (t: Translator, one: Undone): View =>
  screen(t, {
    text: lines(t('coordination:undo.told'), ...undoneLines(t, one)),
    back: buttons.moves.data({ page: '0' }),
  });

export const tooLate = (t: Translator): View =>
  screen(t, { text: t('coordination:undo.late'), back: buttons.moves.data({ page: '0' }) });

export function moves(
  t: Translator,
  list: { readonly total: number; readonly moves: readonly Move[] },
  page: number,
): View {
  const pages = Math.max(1, Math.ceil(list.total / MOVES_PAGE));
  return screen(t, {
    text: t(list.total === 0 ? 'coordination:moves.none' : 'coordination:hub.moves'),
    rows: [
      ...list.moves.map((one) =>
        row(
          t.label('coordination:moves.entry', {
            time: when(t, one.doneAt),
            name: one.name ?? t.label('coordination:reason.one'),
          }),
          buttons.move.data({ id: one.id }),
        ),
      ),
      pageRow(t, page, pages, (to) => buttons.moves.data({ page: String(to) })),
    ],
    back: buttons.hub.data({}),
  });
}
