import { formatTime } from '../../platform/date-formats.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import type { Contact, CountyFacts } from '../county/model.ts';
import type { Volunteer } from '../people/model.ts';
import { buttons, deskButtons } from './buttons.ts';
import { presentButtons } from './buttons-consent.ts';
import { FIELDS, type Handover, STATUSES, type Status } from './model.ts';
import { vanishesAt } from './rules.ts';
import type { Content } from './service-drafts.ts';
import type { Team } from './service-team.ts';
import {
  caseLines,
  dayText,
  deadlineLines,
  elsewhereOf,
  namesOf,
  reasonText,
  shortDay,
  townName,
} from './views-case.ts';
import { qrRow } from './views-consent-present.ts';

// What a volunteer sees of her cases: the summary, the way to consent, the list, where each stands.

const PER_PAGE = 6;
const choice = (label: string, data: string): Button[] => [{ label, data }];
const toList = buttons.list.data({ page: '0' });

/** The rows of this room in the menus. */
export const volunteerRows = (t: Translator, volunteer: Volunteer): readonly (readonly Button[])[] => [
  choice(t.label('handovers:menu.new'), buttons.start.data({})),
  choice(t.label('handovers:menu.mine'), toList),
  ...(volunteer.isSpeaker ? [choice(t.label('handovers:menu.counts'), buttons.counts.data({}))] : []),
];
export const handoverManagerRows = (t: Translator): readonly (readonly Button[])[] => [
  choice(t.label('handovers:menu.inbox'), deskButtons.list.data({ page: '0' })),
];

const statusName = (t: Translator, status: Status): string => t.label(`handovers:status.${status}`);

export function caseList(t: Translator, all: readonly Handover[], page: number): View {
  const { items, row } = paged(t, all, page, PER_PAGE, (to) => buttons.list.data({ page: String(to) }));
  const label = (one: Handover) =>
    t.label('handovers:list.entry', {
      status: statusName(t, one.status),
      town: townName(one),
      day: shortDay(t, one.sentAt ?? one.createdAt),
    });
  return screen(t, {
    text: all.length === 0 ? t('handovers:list.none') : t('handovers:list.title'),
    rows: [
      ...items.map((one) => choice(label(one), buttons.open.data({ id: one.id }))),
      row,
      choice(t.label('handovers:menu.new'), buttons.start.data({})),
    ],
  });
}

/** Everything that she wrote, before anybody else sees it. */
export const summary = (t: Translator, one: Handover, content: Content, team: Team): View =>
  screen(t, {
    text: lines(
      t('handovers:summary.title'),
      ...caseLines(t, one, content),
      t('handovers:line.team', { names: namesOf(team.managers) }),
      t('handovers:summary.vanish', { day: dayText(t, vanishesAt(one.createdAt)) }),
    ),
    rows: [
      [
        {
          label: t.label('handovers:summary.consent'),
          data: presentButtons.ways.data({ id: one.id }),
          style: 'success',
        },
      ],
      choice(t.label('handovers:summary.correct'), buttons.correct.data({ id: one.id })),
      choice(t.label('handovers:summary.drop'), buttons.drop.data({ id: one.id, answer: 'ask' })),
    ],
    back: toList,
  });

export const askCorrect = (t: Translator, id: string): View =>
  screen(t, {
    text: t('handovers:correct.ask'),
    rows: FIELDS.map((field) =>
      choice(t.label(`handovers:field.${field}`), buttons.ask.data({ id, field, page: '0' })),
    ),
    back: buttons.open.data({ id }),
  });

export const askDrop = (t: Translator, id: string): View =>
  screen(t, {
    text: t('handovers:drop.ask'),
    rows: [[{ label: t.label('handovers:drop.yes'), data: buttons.drop.data({ id, answer: 'yes' }), style: 'danger' }]],
    back: buttons.open.data({ id }),
  });
export const dropped = (t: Translator): View => screen(t, { text: t('handovers:dropped'), back: toList });

/** The link for the refugee; its secret is on this screen and nowhere else. */
export const consentLink = (
  t: Translator,
  id: string,
  { link, token, expiresAt }: { readonly link: string; readonly token: string; readonly expiresAt: Instant },
): View =>
  screen(t, {
    text: t('handovers:link', { link, day: dayText(t, expiresAt), time: formatTime(t.locale, expiresAt) }),
    rows: [[{ label: t.label('people:inviting.copy'), copy: link }], qrRow(t, token)],
    back: buttons.open.data({ id }),
  });

export const waiting = (t: Translator, one: Handover): View =>
  screen(t, {
    text: lines(
      t('handovers:waiting'),
      t('handovers:line.town', { town: townName(one) }),
      t('handovers:summary.vanish', { day: dayText(t, vanishesAt(one.createdAt)) }),
    ),
    rows: [
      choice(t.label('handovers:waiting.again'), buttons.link.data({ id: one.id })),
      choice(t.label('consents:ways.other'), presentButtons.ways.data({ id: one.id })),
      choice(t.label('handovers:waiting.back'), buttons.takeBack.data({ id: one.id })),
      choice(t.label('handovers:summary.drop'), buttons.drop.data({ id: one.id, answer: 'ask' })),
    ],
    back: toList,
  });

/** The team has become empty while she waits: the link opens nothing, and the draft can be taken back to say another place. */
export const waitingForNobody = (t: Translator, one: Handover, office: Contact): View =>
  screen(t, {
    text: t('handovers:town.nobody', { town: townName(one), office: office.name, phone: office.phone }),
    rows: [
      choice(t.label('handovers:waiting.back'), buttons.takeBack.data({ id: one.id })),
      choice(t.label('handovers:summary.drop'), buttons.drop.data({ id: one.id, answer: 'ask' })),
    ],
    back: toList,
  });

/** Where a case stands after it has left her: never what is in it, never the plan. */
export function statusText(t: Translator, one: Handover, facts: CountyFacts, team: Team | undefined): string {
  const town = townName(one);
  const name = one.manager?.name ?? '–';
  switch (one.status) {
    case 'draft':
    case 'waiting':
      return statusName(t, one.status);
    case 'sent':
      return lines(
        t('handovers:card.sent', {
          town,
          day: dayText(t, one.sentAt ?? one.createdAt),
          names: namesOf(team?.managers ?? []),
        }),
        ...deadlineLines(t, one),
      );
    case 'accepted':
      return t('handovers:card.accepted', { name, town, day: dayText(t, one.acceptedAt ?? one.createdAt) });
    case 'done':
      return t('handovers:card.done', { name, town });
    case 'declined':
    case 'lapsed': {
      const reason = reasonText(t, one.reason ?? 'capacity');
      return t('handovers:card.declined', { town, reason, ...elsewhereOf(one.reason, facts) });
    }
    case 'refused':
      return t('handovers:card.refused', { day: dayText(t, one.endedAt ?? one.createdAt) });
    case 'withdrawn':
      return t('handovers:card.withdrawn', { town });
    case 'revoked':
      return t('handovers:card.revoked', { town });
  }
}

export const statusCard = (t: Translator, text: string, rows: readonly (readonly Button[])[] = []): View =>
  screen(t, { text, rows, back: toList });
export const caseGone = (t: Translator): View => screen(t, { text: t('handovers:card.gone'), back: toList });

/** What a volunteer is told without asking: her list is a button away, the message stays. */
export const told = (t: Translator, ...text: readonly string[]): View =>
  screen(t, {
    text: lines(...text),
    rows: [choice(t.label('handovers:menu.mine'), toList)],
    stays: true,
  });
export const agreedText = (t: Translator): string => t('handovers:card.agreed');
export const returnedText = (t: Translator, one: Handover, name: string): string =>
  t('handovers:card.returned', { name, town: townName(one) });

/** For a circle's speaker: how many cases stand where, and nothing about any of them. */
export function counts(t: Translator, circle: string, numbers: ReadonlyMap<Status, number>): View {
  const rows = STATUSES.flatMap((status) => {
    const number = numbers.get(status);
    return number === undefined ? [] : [t('handovers:counts.line', { status: statusName(t, status), number })];
  });
  return screen(t, {
    text: lines(t('handovers:counts.title', { circle }), ...(rows.length > 0 ? rows : [t('handovers:counts.none')])),
  });
}
