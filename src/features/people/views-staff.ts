import { formatDay } from '../../platform/date-formats.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { helpButton, menuButton, pageRow, screen } from '../../telegram/views.ts';
import type { Contact, ManagerContact, Municipality, Responsible } from '../county/model.ts';
import { buttons } from './buttons.ts';
import type { OpenInvite, Role } from './model.ts';
import { WAITING_PAGE, type WaitingPerson } from './service.ts';
import type { MenuRows } from './views.ts';

// What staff and volunteers see: invitations, people without a manager, who is responsible.

const roleName = (t: Translator, role: Role): string => t.label(`people:roles.${role}`);

export const askInvite = (t: Translator, invite: OpenInvite, token: string): View => ({
  locale: t.locale,
  text: t('people:invite.ask', { name: invite.name, role: roleName(t, invite.role) }),
  rows: [
    [
      {
        label: t.label('people:invite.yes'),
        data: buttons.acceptInvite.data({ locale: t.locale, token }),
        style: 'success',
      },
    ],
    [{ label: t.label('people:data.language'), data: buttons.chooseLanguage.data({}) }, helpButton(t)],
  ],
});

export const inviteAnswer = (t: Translator, status: 'joined' | 'waiting' | 'invalid'): View => ({
  locale: t.locale,
  text: t(`people:invite.${status}`),
  rows: [[menuButton(t), helpButton(t)]],
});

export const inviteOpened = (t: Translator, invite: { id: string; name: string; role: Role }): View => ({
  locale: t.locale,
  text: t('people:invite.opened', { name: invite.name, role: roleName(t, invite.role) }),
  rows: [
    [
      {
        label: t.label('people:invite.confirm', { name: invite.name }),
        data: buttons.confirmInvite.data({ invite: invite.id, answer: 'yes' }),
        style: 'success',
      },
    ],
    [
      {
        label: t.label('people:invite.refuse'),
        data: buttons.confirmInvite.data({ invite: invite.id, answer: 'no' }),
        style: 'danger',
      },
    ],
  ],
});

export const inviteSettled = (t: Translator, status: 'confirmed' | 'refused' | 'gone'): View =>
  screen(t, { text: t(`people:invite.${status}`) });

export const roleSettled = (t: Translator, role: Role, granted: boolean): View =>
  screen(t, { text: granted ? t('people:role.granted', { role: roleName(t, role) }) : t('people:role.refused') });

export const roleEnded = (t: Translator, role: Role): View =>
  screen(t, { text: t('people:role.ended', { role: roleName(t, role) }) });

/** People without a manager, a page at a time. */
export function waitingList(
  t: Translator,
  list: { readonly total: number; readonly people: readonly WaitingPerson[] },
  page: number,
  give: MenuRows['waiting'],
): View {
  const pages = Math.max(1, Math.ceil(list.total / WAITING_PAGE));
  const entries = list.people.map(({ number, municipality, since }) =>
    t('people:waiting.entry', { number, town: municipality ?? '–', day: formatDay(t.locale, dayOf(since)) }),
  );
  return screen(t, {
    text: lines(t('people:waiting.title', { count: list.total }), ...entries),
    rows: [
      ...list.people.map((person) => [give(t, person)]),
      pageRow(t, page, pages, (to) => buttons.waiting.data({ page: String(to) })),
    ],
  });
}

export const personWaiting = (t: Translator, number: number, town: string): View =>
  screen(t, {
    text: t('people:waiting.notice', { number, town }),
    rows: [[{ label: t.label('people:menu.waiting'), data: buttons.waiting.data({ page: '0' }) }]],
  });

/** Who is responsible for a municipality, and who answers where nobody is. */
export function responsible(t: Translator, found: Responsible, office: Contact): View {
  const back = buttons.who.data({});
  const town = found.municipality.name;
  if (found.carrier === undefined) {
    return screen(t, { text: t('people:who.nobody', { town, office: office.name, phone: office.phone }), back });
  }
  return screen(t, {
    text: lines(
      t('people:who.answer', { town, carrier: found.carrier.name }),
      found.carrier.confirmed ? undefined : t('people:who.unconfirmed'),
      ...found.managers.map((manager) => managerLine(t, manager)),
    ),
    back,
  });
}

const managerLine = (t: Translator, { name, phone }: ManagerContact): string =>
  phone === undefined ? t('people:who.manager', { name }) : t('people:who.manager-phone', { name, phone });

const choice = (label: string, data: string): Button[] => [{ label, data }];

export const inviting = {
  role: (t: Translator, roles: readonly Exclude<Role, 'refugee'>[], data: (role: Role) => string): View =>
    screen(t, {
      text: t('people:inviting.role'),
      rows: roles.map((role) => choice(t.label(`people:roles.${role}`), data(role))),
    }),
  name: (t: Translator): View => screen(t, { text: t('people:inviting.name') }),
  towns: (t: Translator): View => screen(t, { text: t('people:inviting.towns') }),
  townsUnknown: (t: Translator, towns: readonly string[]): View =>
    screen(t, { text: t('people:inviting.towns-unknown', { towns: towns.join(', ') }) }),
  carrier: (
    t: Translator,
    carriers: readonly { readonly id: string; readonly name: string }[],
    withCounty: boolean,
    data: (carrier: string) => string,
  ): View =>
    screen(t, {
      text: t('people:inviting.carrier'),
      rows: [
        ...(withCounty ? [choice(t.label('people:inviting.county-side'), data('county'))] : []),
        ...carriers.map(({ id, name }) => choice(`🏛 ${name}`, data(id))),
      ],
    }),
  days: (t: Translator, data: (days: number) => string): View =>
    screen(t, {
      text: t('people:inviting.days'),
      rows: [[1, 2, 3, 4, 5].map((days) => ({ label: String(days), data: data(days) }))],
    }),
  link: (t: Translator, invite: { readonly name: string; readonly link: string; readonly expiresAt: Instant }): View =>
    screen(t, {
      text: t('people:inviting.link', {
        name: invite.name,
        link: invite.link,
        day: formatDay(t.locale, dayOf(invite.expiresAt)),
      }),
      rows: [[{ label: t.label('people:inviting.copy'), copy: invite.link }]],
    }),
};

export const townOf = (town: Municipality | undefined): string => town?.name ?? '–';
