import { formatDay } from '../../platform/date-formats.ts';
import { addDays, type Day } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { coverButtons } from '../appointments/buttons-cover.ts';
import type { Client, TeamMember } from '../people/model-team.ts';
import { buttons, changeParts } from './buttons.ts';
import { dutyButtons } from './buttons-duties.ts';
import type { Change } from './model.ts';
import type { Load, LoadedMember } from './service-team.ts';

// The team: who looks after how many, who cannot be reached, who leaves.

const PER_PAGE = 5;
const PEOPLE_PER_PAGE = 7;

/** In the menu of whoever coordinates. */
export const coordinatorRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('coordination:menu.team'), data: buttons.team.data({ page: '0' }) }],
  [{ label: t.label('coordination:menu.hub'), data: buttons.hub.data({}) }],
];

const row = (label: string, data: string): Button[] => [{ label, data }];

export const hub = (t: Translator): View =>
  screen(t, {
    text: t('coordination:menu.hub'),
    rows: [
      row(t.label('coordination:hub.wishes'), dutyButtons.wishes.data({ page: '0' })),
      row(t.label('coordination:hub.moves'), buttons.moves.data({ page: '0' })),
      row(t.label('coordination:hub.gaps'), dutyButtons.gaps.data({ page: '0' })),
      row(t.label('coordination:hub.towns'), dutyButtons.towns.data({ page: '0' })),
      row(t.label('coordination:hub.places'), dutyButtons.places.data({ page: '0' })),
      row(t.label('coordination:hub.coordinator'), dutyButtons.staff.data({ page: '0' })),
      row(t.label('coordination:hub.log'), dutyButtons.log.data({ page: '0' })),
    ],
  });

export const gone = (t: Translator, back = buttons.team.data({ page: '0' })): View =>
  screen(t, { text: t('coordination:gone'), back });

const loadValues = ({ clients, appointments, workingDays, free }: Load) => ({
  people: clients,
  appointments,
  days: workingDays,
  free,
});

const marks = (t: Translator, { member }: LoadedMember): string[] => [
  ...(member.personId === undefined ? [t('coordination:team.invited')] : []),
  ...(member.unreachableSince === undefined ? [] : [t('coordination:team.unreachable')]),
  ...(member.leavesOn === undefined
    ? []
    : [t('coordination:team.leaves', { day: formatDay(t.locale, member.leavesOn) })]),
];

export function team(t: Translator, all: readonly LoadedMember[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) => buttons.team.data({ page: String(to) }));
  return screen(t, {
    text: lines(
      t(all.length === 0 ? 'coordination:team.none' : 'coordination:menu.team'),
      ...items.flatMap((one) => [
        '',
        t('coordination:team.entry', { name: one.member.name, ...loadValues(one.load) }),
        ...marks(t, one),
      ]),
      ...(all.length === 0 ? [] : ['', t('coordination:team.legend')]),
    ),
    rows: [...items.map(({ member }) => row(`👤 ${member.name}`, buttons.member.data({ id: member.id }))), turn],
  });
}

/** One manager and what can be changed about her. */
export function member(t: Translator, one: LoadedMember, towns: readonly string[]): View {
  const { id, name, carrier, phone, personId, clients } = one.member;
  const comes: Change = { reason: 'comes', managerId: id };
  return screen(t, {
    text: lines(
      t('coordination:member', { name, carrier, towns: towns.length === 0 ? '–' : towns.join(', ') }),
      phone === undefined ? undefined : t('coordination:phone', { phone }),
      '',
      t('coordination:member.load', loadValues(one.load)),
      ...marks(t, one),
    ),
    rows:
      personId === undefined
        ? [row(t.label('coordination:member.withdraw'), buttons.withdraw.data({ id }))]
        : [
            ...(clients > 0
              ? [row(t.label('coordination:member.people'), buttons.people.data({ id, page: '0' }))]
              : []),
            row(t.label('diary:absence.menu'), coverButtons.list.data({ manager: id, page: '0' })),
            row(t.label('coordination:member.days'), buttons.days.data({ id })),
            row(
              t.label('coordination:member.comes'),
              buttons.see.data({ ...changeParts(comes), target: '-', clash: 'cancel', page: '0' }),
            ),
            row(t.label('coordination:member.leave'), buttons.leave.data({ id })),
          ],
    back: buttons.team.data({ page: '0' }),
  });
}

export const withdrawn = (t: Translator): View =>
  screen(t, { text: t('coordination:member.withdrawn'), back: buttons.team.data({ page: '0' }) });

const lastOfMonth = (day: Day): Day => {
  const next = addDays(`${day.slice(0, 8)}28` as Day, 4);
  return addDays(next, -Number(next.slice(8)));
};

/** When she goes: now, at the end of this month or the next, in two weeks, or on a day that is typed. */
export function askLastDay(t: Translator, { id, name }: TeamMember, today: Day): View {
  const end = lastOfMonth(today);
  const days = [...new Set([addDays(today, 14), end, lastOfMonth(addDays(end, 1))])].sort();
  const to = (lastDay: Day | undefined) =>
    buttons.to.data({ ...changeParts({ reason: 'leaves', managerId: id, lastDay }), page: '0' });
  return screen(t, {
    text: t('coordination:leave.ask', { name }),
    rows: [
      ...days.map((day) => row(t.label('coordination:day', { day: formatDay(t.locale, day) }), to(day))),
      row(t.label('coordination:leave.other'), buttons.leaveDay.data({ id })),
      row(t.label('coordination:leave.now'), to(undefined)),
    ],
    back: buttons.member.data({ id }),
  });
}

export const typeLastDay = (t: Translator, id: string): View =>
  screen(t, { text: t('coordination:leave.type'), back: buttons.leave.data({ id }) });

export const lastDayUnread = (t: Translator, id: string): View =>
  screen(t, { text: t('coordination:leave.unread'), back: buttons.leave.data({ id }) });

/** What was typed, to go on with. */
export const lastDayRead = (t: Translator, id: string, day: Day): View =>
  screen(t, {
    text: t('coordination:day', { day: formatDay(t.locale, day) }),
    rows: [
      row(
        t.label('coordination:leave.go-on'),
        buttons.to.data({ ...changeParts({ reason: 'leaves', managerId: id, lastDay: day }), page: '0' }),
      ),
    ],
    back: buttons.leave.data({ id }),
  });

const DAYS = [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5];

export function askDays(t: Translator, { id, name, workingDays }: TeamMember): View {
  const all = DAYS.filter((days) => days !== workingDays).map((days) => ({
    label: String(days),
    data: buttons.to.data({ ...changeParts({ reason: 'share', managerId: id, workingDays: days }), page: '0' }),
  }));
  return screen(t, {
    text: t('coordination:days.ask', { name, days: workingDays }),
    rows: all.flatMap((_, index) => (index % 4 === 0 ? [all.slice(index, index + 4)] : [])),
    back: buttons.member.data({ id }),
  });
}

/** Her people, to give one of them to somebody else. */
export function people(
  t: Translator,
  { id, name }: TeamMember,
  clients: readonly Client[],
  towns: ReadonlyMap<string, string>,
  page: number,
): View {
  const { items, row: turn } = paged(t, clients, page, PEOPLE_PER_PAGE, (to) =>
    buttons.people.data({ id, page: String(to) }),
  );
  return screen(t, {
    text:
      clients.length === 0
        ? t('coordination:people.none', { name })
        : t('coordination:people', { name, people: clients.length }),
    rows: [
      ...items.map(({ personId, number, ags }) =>
        row(
          t.label('coordination:person', { number, town: towns.get(ags ?? '') ?? '–' }),
          buttons.to.data({ ...changeParts({ reason: 'one', personId }), page: '0' }),
        ),
      ),
      turn,
    ],
    back: buttons.member.data({ id }),
  });
}
