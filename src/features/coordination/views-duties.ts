import { formatClock, formatDay, formatShortDay } from '../../platform/date-formats.ts';
import { addDays, type Day, dayOf } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, pageRow, screen } from '../../telegram/views.ts';
import type { ManagerContact, Municipality } from '../county/model.ts';
import type { Assignment } from '../county/model-admin.ts';
import { buttons as people } from '../people/buttons.ts';
import type { Colleague } from '../people/model-team.ts';
import { buttons, changeParts } from './buttons.ts';
import { dutyButtons, wishButtons } from './buttons-duties.ts';
import type { Town, TownDetail } from './service-county.ts';
import { LOG_PAGE, type LogEntry } from './service-staff.ts';
import { type ListedWish, WISHES_PAGE, type WishState } from './service-wishes.ts';

// Wishes for another manager, carriers of municipalities, staff without people of their own, the log.

const PER_PAGE = 7;
const HISTORY_PER_PAGE = 4;
const row = (label: string, data: string, style?: Button['style']): Button[] => [
  { label, data, ...(style !== undefined && { style }) },
];
const hubData = buttons.hub.data({});
const townOf = (towns: ReadonlyMap<string, string>, ags: string | undefined): string => towns.get(ags ?? '') ?? '–';

/** Under her manager's name. */
export const contactRows = (t: Translator): readonly (readonly Button[])[] => [
  row(t.label('coordination:wish.open'), wishButtons.open.data({})),
];

/** In "my data": what is kept of a wish. */
export const keptWish = (t: Translator, state: WishState): string | undefined =>
  state.status === 'open'
    ? t('coordination:wish.data', { day: formatDay(t.locale, dayOf(state.askedAt)) })
    : state.status === 'declined'
      ? t('coordination:wish.data-declined', { day: formatDay(t.locale, dayOf(state.declinedAt)) })
      : undefined;

/** To a person who might like another manager: where she stands. */
export function wish(t: Translator, state: WishState, note?: 'taken-back'): View {
  const back = people.contact.data({});
  const ask = row(t.label('coordination:wish.yes'), wishButtons.do.data({ action: 'ask' }));
  switch (state.status) {
    case 'none':
      return screen(t, {
        text: lines(...(note === undefined ? [] : [t('coordination:wish.taken-back'), '']), t('coordination:wish.ask')),
        rows: [ask],
        back,
      });
    case 'open':
      return screen(t, {
        text: t('coordination:wish.asked', { day: formatDay(t.locale, dayOf(state.askedAt)) }),
        rows: [row(t.label('coordination:wish.back'), wishButtons.do.data({ action: 'back' }))],
        back,
      });
    case 'declined':
      return screen(t, {
        text: lines(
          t('coordination:wish.declined', { day: formatDay(t.locale, dayOf(state.declinedAt)) }),
          '',
          t('coordination:wish.ask'),
        ),
        rows: [ask],
        back,
      });
    case 'no-manager':
      return screen(t, { text: t('coordination:wish.no-manager') });
  }
}

export function wishes(
  t: Translator,
  list: { readonly total: number; readonly wishes: readonly ListedWish[] },
  towns: ReadonlyMap<string, string>,
  page: number,
): View {
  const pages = Math.max(1, Math.ceil(list.total / WISHES_PAGE));
  return screen(t, {
    text: t(list.total === 0 ? 'coordination:wishes.none' : 'coordination:hub.wishes'),
    rows: [
      ...list.wishes.map((one) =>
        row(
          t.label('coordination:person', { number: one.number, town: townOf(towns, one.ags) }),
          dutyButtons.wish.data({ id: one.personId }),
        ),
      ),
      pageRow(t, page, pages, (to) => dutyButtons.wishes.data({ page: String(to) })),
    ],
    back: hubData,
  });
}

export const oneWish = (t: Translator, one: ListedWish, towns: ReadonlyMap<string, string>): View =>
  screen(t, {
    text: t('coordination:wishes.one', {
      number: one.number,
      town: townOf(towns, one.ags),
      name: one.manager,
      day: formatDay(t.locale, dayOf(one.askedAt)),
    }),
    rows: [
      row(
        t.label('coordination:wishes.give'),
        buttons.to.data({ ...changeParts({ reason: 'wish', personId: one.personId }), page: '0' }),
      ),
      row(t.label('coordination:wishes.no'), dutyButtons.decline.data({ id: one.personId })),
    ],
    back: dutyButtons.wishes.data({ page: '0' }),
  });

export const declined = (t: Translator): View =>
  screen(t, { text: t('coordination:wishes.answered'), back: dutyButtons.wishes.data({ page: '0' }) });

/** To coordinators: somebody would like another manager. */
export const wished = (t: Translator, one: ListedWish): View =>
  screen(t, {
    text: t('coordination:told.wished', { number: one.number }),
    rows: [row(t.label('coordination:look'), dutyButtons.wish.data({ id: one.personId }))],
    stays: true,
  });

export const wishDeclined = (t: Translator, { name }: ManagerContact): View =>
  screen(t, { text: t('coordination:told.declined', { name }), stays: true });

/** Beside a person who waits. */
export const giveButton = (t: Translator, person: { readonly personId: string; readonly number: number }): Button => ({
  label: t.label('coordination:waiting.give', { number: person.number }),
  data: buttons.to.data({ ...changeParts({ reason: 'one', personId: person.personId }), page: '0' }),
});

const markOf = ({ assignment, managers }: Town): string =>
  managers.length === 0 ? '❗' : assignment?.confirmedOn === undefined ? '❔' : '✅';

export function vacancies(t: Translator, all: readonly Town[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) => dutyButtons.gaps.data({ page: String(to) }));
  return screen(t, {
    text: lines(
      t(all.length === 0 ? 'coordination:gaps.none' : 'coordination:hub.gaps'),
      ...items.flatMap(({ municipality, waiting, since }) =>
        since === undefined
          ? []
          : [
              t('coordination:gaps.waiting', {
                town: municipality.name,
                people: waiting,
                day: formatDay(t.locale, dayOf(since)),
              }),
            ],
      ),
    ),
    rows: [
      ...items.map(({ municipality }) =>
        row(`❗ ${municipality.name}`, dutyButtons.town.data({ ags: municipality.ags, page: '0' })),
      ),
      turn,
    ],
    back: hubData,
  });
}

export function towns(t: Translator, all: readonly Town[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) => dutyButtons.towns.data({ page: String(to) }));
  return screen(t, {
    text:
      all.length === 0
        ? t('coordination:towns.none')
        : lines(t('coordination:hub.towns'), t('coordination:towns.legend')),
    rows: [
      ...items.map((town) =>
        row(
          `${markOf(town)} ${town.municipality.name}`,
          dutyButtons.town.data({ ags: town.municipality.ags, page: '0' }),
        ),
      ),
      turn,
    ],
    back: hubData,
  });
}

/** One decision of the history: who, from when until when, confirmed by whom. */
function assignmentLines(t: Translator, one: Assignment): string {
  const carrier = one.carrier ?? t.label('coordination:town.no-carrier');
  const from = formatDay(t.locale, one.validFrom);
  const { validTo } = one;
  return lines(
    validTo === undefined
      ? t('coordination:town.since', { carrier, from })
      : validTo < one.validFrom
        ? t('coordination:town.replaced', { carrier, from })
        : t('coordination:town.until', { carrier, from, to: formatDay(t.locale, validTo) }),
    one.confirmedOn === undefined
      ? t('coordination:town.unconfirmed')
      : t('coordination:town.confirmed', { day: formatDay(t.locale, one.confirmedOn), name: one.confirmedBy ?? '–' }),
  );
}

export function town(t: Translator, one: TownDetail, page: number): View {
  const { ags, name } = one.municipality;
  const { items, row: turn } = paged(t, one.history, page, HISTORY_PER_PAGE, (to) =>
    dutyButtons.town.data({ ags, page: String(to) }),
  );
  const serve = (id: string, serves: 'yes' | 'no') => dutyButtons.serve.data({ ags, id, serves });
  return screen(t, {
    text: lines(
      `📍 ${name}`,
      '',
      ...items.map((each) => assignmentLines(t, each)),
      '',
      one.managers.length === 0
        ? t('coordination:town.nobody')
        : t('coordination:town.managers', { names: one.managers.map((each) => each.name).join(', ') }),
      one.since === undefined
        ? undefined
        : t('coordination:gaps.waiting', {
            town: name,
            people: one.waiting,
            day: formatDay(t.locale, dayOf(one.since)),
          }),
    ),
    rows: [
      turn,
      ...(one.mayConfirm ? [row(t.label('coordination:town.confirm'), dutyButtons.confirm.data({ ags }))] : []),
      ...(one.mayChange ? [row(t.label('coordination:town.change'), dutyButtons.carriers.data({ ags }))] : []),
      ...one.managers.slice(0, 3).map((each) => row(`➖ ${each.name}`, serve(each.id, 'no'))),
      ...one.others.slice(0, 3).map((each) => row(`➕ ${each.name}`, serve(each.id, 'yes'))),
    ],
    back: dutyButtons.towns.data({ page: '0' }),
  });
}

type Carriers = readonly { readonly id: string; readonly name: string }[];
const carrierName = (t: Translator, carriers: Carriers, id: string): string =>
  carriers.find((one) => one.id === id)?.name ?? t.label('coordination:town.no-carrier');

export const askCarrier = (t: Translator, { ags, name }: Municipality, carriers: Carriers): View =>
  screen(t, {
    text: t('coordination:swap.carrier', { town: name }),
    rows: [
      ...carriers.map((one) => row(`🏛 ${one.name}`, dutyButtons.from.data({ ags, carrier: one.id }))),
      row(t.label('coordination:town.no-carrier'), dutyButtons.from.data({ ags, carrier: '-' })),
    ],
    back: dutyButtons.town.data({ ags, page: '0' }),
  });

const firstOfNextMonth = (day: Day): Day => {
  const next = addDays(`${day.slice(0, 8)}28` as Day, 4);
  return `${next.slice(0, 8)}01` as Day;
};

export function askFrom(t: Translator, ags: string, carrier: string, today: Day): View {
  const newYear = `${Number(today.slice(0, 4)) + 1}-01-01` as Day;
  const days = [...new Set([today, firstOfNextMonth(today), newYear])];
  return screen(t, {
    text: t('coordination:swap.from'),
    rows: [
      ...days.map((date) =>
        row(
          t.label('coordination:day', { day: formatDay(t.locale, date) }),
          dutyButtons.swapAsk.data({ ags, carrier, date }),
        ),
      ),
      row(t.label('coordination:leave.other'), dutyButtons.fromDay.data({ ags, carrier })),
    ],
    back: dutyButtons.carriers.data({ ags }),
  });
}

export const askSwap = (t: Translator, place: Municipality, carriers: Carriers, carrier: string, date: Day): View =>
  screen(t, {
    text: t('coordination:swap.ask', {
      town: place.name,
      day: formatDay(t.locale, date),
      carrier: carrierName(t, carriers, carrier),
    }),
    rows: [row(t.label('coordination:see.do'), dutyButtons.swap.data({ ags: place.ags, carrier, date }), 'success')],
    back: dutyButtons.from.data({ ags: place.ags, carrier }),
  });

export const typeFrom = (t: Translator, ags: string, carrier: string): View =>
  screen(t, { text: t('coordination:swap.type'), back: dutyButtons.from.data({ ags, carrier }) });

export const fromUnread = (t: Translator, ags: string, carrier: string): View =>
  screen(t, { text: t('coordination:leave.unread'), back: dutyButtons.from.data({ ags, carrier }) });

/** What was typed, to go on with. */
export const fromRead = (t: Translator, ags: string, carrier: string, date: Day): View =>
  screen(t, {
    text: t('coordination:day', { day: formatDay(t.locale, date) }),
    rows: [row(t.label('coordination:leave.go-on'), dutyButtons.swapAsk.data({ ags, carrier, date }))],
    back: dutyButtons.from.data({ ags, carrier }),
  });

export const swapSaid = (t: Translator, what: 'assigned' | 'same' | 'past', ags: string): View =>
  screen(t, {
    text: t(what === 'assigned' ? 'coordination:saved' : `coordination:swap.${what}`),
    back: dutyButtons.town.data({ ags, page: '0' }),
  });

export function staff(t: Translator, all: readonly Colleague[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) => dutyButtons.staff.data({ page: String(to) }));
  return screen(t, {
    text: t(all.length === 0 ? 'coordination:staff.none' : 'coordination:hub.coordinator'),
    rows: [...items.map(({ id, name }) => row(`👤 ${name}`, dutyButtons.colleague.data({ id }))), turn],
    back: hubData,
  });
}

export const colleague = (t: Translator, one: Colleague): View =>
  screen(t, {
    text: lines(
      t('coordination:staff.one', {
        name: one.name,
        of: one.carrier ?? t.label('people:menu.county-side'),
        day: formatDay(t.locale, dayOf(one.since)),
      }),
      one.unreachable ? t('coordination:team.unreachable') : undefined,
    ),
    rows: [row(t.label('coordination:staff.remove'), dutyButtons.remove.data({ id: one.id }), 'danger')],
    back: dutyButtons.staff.data({ page: '0' }),
  });

export const removed = (t: Translator): View =>
  screen(t, { text: t('coordination:staff.removed'), back: dutyButtons.staff.data({ page: '0' }) });

const ROLES = { manager: 'manager', volunteer: 'volunteer', coordinator: 'coordinator' } as const;

/** The subject's name of today, else the role that it was about. */
function entryText(t: Translator, { act, name, role, counts }: LogEntry): string {
  const known = ROLES[role as keyof typeof ROLES];
  return t(`coordination:act.${act}`, {
    name: name ?? (known === undefined ? '–' : t.label(`people:roles.${known}`)),
    people: counts.people ?? 0,
    appointments: counts.appointments ?? 0,
    entries: counts.entries ?? 0,
    added: counts.added ?? 0,
    changed: counts.changed ?? 0,
    gone: counts.gone ?? 0,
  });
}

export function log(
  t: Translator,
  list: { readonly total: number; readonly entries: readonly LogEntry[] },
  page: number,
): View {
  const pages = Math.max(1, Math.ceil(list.total / LOG_PAGE));
  return screen(t, {
    text:
      list.total === 0
        ? t('coordination:log.none')
        : lines(
            t('coordination:hub.log'),
            ...list.entries.flatMap((entry) => [
              '',
              t('coordination:log.entry', {
                time: `${formatShortDay(t.locale, dayOf(entry.at))} ${formatClock(entry.at)}`,
                name: entry.actor ?? '–',
              }),
              entryText(t, entry),
            ]),
          ),
    rows: [pageRow(t, page, pages, (to) => dutyButtons.log.data({ page: String(to) }))],
    back: hubData,
  });
}
