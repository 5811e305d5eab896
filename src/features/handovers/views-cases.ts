import { formatDay } from '../../platform/date-formats.ts';
import type { Day } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import type { CountyFacts, ManagerContact } from '../county/model.ts';
import { buttons, caseButtons, deskButtons, threadButtons } from './buttons.ts';
import type { Handover } from './model.ts';
import type { Team } from './service-team.ts';
import { dayText, deadlineLines, namesOf, shortDay, townName } from './views-case.ts';

// How a case goes on: reminders, passing on, done, withdrawn; and the coordinators' list of what nobody takes.

const PER_PAGE = 6;
const choice = (label: string, data: string): Button[] => [{ label, data }];
const since = (one: Handover) => one.waitsSince ?? one.createdAt;
const listed = (names: readonly string[]): string => (names.length === 0 ? '–' : names.join(' · '));

export const stuckRows = (t: Translator): readonly (readonly Button[])[] => [
  choice(t.label('cases:menu.stuck'), caseButtons.stuck.data({ page: '0' })),
];

/** What a volunteer may still do with a case that she has sent. */
export const volunteerCaseRows = (t: Translator, one: Handover): readonly (readonly Button[])[] => [
  ...threadRow(t, one),
  ...(one.status === 'sent'
    ? [choice(t.label('cases:withdraw.button'), caseButtons.withdraw.data({ id: one.id, answer: 'ask' }))]
    : []),
];

const threadRow = (t: Translator, { id, status, mayTalk }: Handover): readonly (readonly Button[])[] =>
  mayTalk && (status === 'sent' || status === 'accepted')
    ? [choice(t.label('cases:thread.open'), threadButtons.open.data({ id, page: '0' }))]
    : [];

export const managerCaseRows = (t: Translator, one: Handover): readonly (readonly Button[])[] => [
  ...threadRow(t, one),
  ...(one.status === 'accepted'
    ? [choice(t.label('cases:done.button'), caseButtons.finish.data({ id: one.id, answer: 'ask' }))]
    : []),
  choice(t.label('cases:pass.button'), caseButtons.passAsk.data({ id: one.id, page: '0' })),
];

/** To whoever a person without an account has told that she takes her yes back. */
export const overRows = (t: Translator, { id, isRecorded }: Handover): readonly (readonly Button[])[] =>
  isRecorded ? [choice(t.label('consents:over'), deskButtons.over.data({ id, answer: 'ask' }))] : [];

export const askOver = (t: Translator, { id, refugee }: Handover, back: string): View =>
  screen(t, {
    text: lines(
      refugee === undefined ? undefined : t('handovers:desk.person', { number: refugee.number }),
      t('consents:over.ask-team'),
    ),
    rows: [
      [{ label: t.label('consents:over.yes'), data: deskButtons.over.data({ id, answer: 'yes' }), style: 'danger' }],
    ],
    back,
  });
export const over = (t: Translator, back: string): View => screen(t, { text: t('consents:over.done'), back });

/** To the team, or to one of its managers by name. */
const toCase = (t: Translator, one: Handover): readonly (readonly Button[])[] => [
  choice(t.label('handovers:desk.open'), deskButtons.open.data({ id: one.id })),
  [
    { label: t.label('handovers:desk.accept'), data: deskButtons.accept.data({ id: one.id }), style: 'success' },
    { label: t.label('handovers:desk.decline'), data: deskButtons.declineAsk.data({ id: one.id }) },
  ],
];

export const remindTeam = (t: Translator, one: Handover): View =>
  screen(t, {
    text: t('cases:remind.team', { day: dayText(t, since(one)), town: townName(one) }),
    rows: toCase(t, one),
  });
export const callDuty = (t: Translator, one: Handover): View =>
  screen(t, { text: t('cases:call.duty', { town: townName(one) }), rows: toCase(t, one) });
export const passedToYou = (t: Translator, one: Handover, from: string): View =>
  screen(t, { text: t('cases:pass.new', { name: from, town: townName(one) }), rows: toCase(t, one) });
export const teamWithdrawn = (t: Translator, one: Handover): View =>
  screen(t, { text: t('cases:withdraw.team', { town: townName(one) }), stays: true });

// What the volunteer is told.

export const remindedText = (
  t: Translator,
  one: Handover,
  team: Team | undefined,
  coordinators: readonly string[],
  day: Day,
): string =>
  t('cases:told.reminded', {
    town: townName(one),
    names: namesOf(team?.managers ?? []),
    day: formatDay(t.locale, day),
    coordinators: listed(coordinators),
  });
export const calledText = (t: Translator, name: string, { office }: CountyFacts): string =>
  t('cases:told.called', { name, office: office.name, phone: office.phone });
export const escalatedText = (
  t: Translator,
  one: Handover,
  coordinators: readonly string[],
  { office }: CountyFacts,
): string =>
  t('cases:told.escalated', {
    town: townName(one),
    day: dayText(t, one.escalatedAt ?? since(one)),
    coordinators: listed(coordinators),
    office: office.name,
    phone: office.phone,
  });
export const passedOnText = (t: Translator, one: Handover, from: string, team: Team | undefined): string =>
  t('cases:told.passed', {
    from,
    names: one.addressee?.name ?? namesOf(team?.managers ?? []),
    town: townName(one),
  });

// What the refugee is told.

export const backToTeam = (t: Translator, name: string): View =>
  screen(t, { text: t('cases:returned.refugee', { name }), stays: true });
export const helped = (t: Translator, one: Handover, name: string, { office }: CountyFacts): View =>
  screen(t, {
    text:
      one.kind === 'transfer'
        ? t('cases:done.transfer', { name })
        : t('cases:done.referral', { name, office: office.name, phone: office.phone }),
    stays: true,
  });
export const stopped = (t: Translator, one: Handover, { office }: CountyFacts): View =>
  screen(t, {
    text: t('cases:withdraw.refugee', {
      name: one.volunteer?.name ?? one.circle.name,
      office: office.name,
      phone: office.phone,
    }),
    stays: true,
  });

// Passing on.

export function askPass(t: Translator, one: Handover, colleagues: readonly ManagerContact[], page: number): View {
  const { id } = one;
  const { items, row } = paged(t, colleagues, page, PER_PAGE, (to) =>
    caseButtons.passAsk.data({ id, page: String(to) }),
  );
  const mayTeam = colleagues.length > 0 && (one.status === 'accepted' || one.addressee !== undefined);
  return screen(t, {
    text: colleagues.length === 0 ? t('cases:pass.alone') : t('cases:pass.ask'),
    rows: [
      ...items.map(({ id: colleague, name }) => choice(`👤 ${name}`, caseButtons.pass.data({ id, colleague }))),
      row,
      ...(mayTeam ? [choice(t.label('cases:pass.team'), caseButtons.passTeam.data({ id }))] : []),
    ],
    back: deskButtons.open.data({ id }),
  });
}
export const passed = (t: Translator, name: string | undefined): View =>
  screen(t, {
    text: name === undefined ? t('cases:pass.done-team') : t('cases:pass.done', { name }),
    back: deskButtons.list.data({ page: '0' }),
  });

export const askFinish = (t: Translator, { id }: Handover): View =>
  screen(t, {
    text: t('cases:done.ask'),
    rows: [
      [
        {
          label: t.label('cases:done.yes'),
          data: caseButtons.finish.data({ id, answer: 'yes' }),
          style: 'success',
        },
      ],
    ],
    back: deskButtons.open.data({ id }),
  });
export const finished = (t: Translator): View =>
  screen(t, { text: t('cases:done.said'), back: deskButtons.list.data({ page: '0' }) });

export const askWithdraw = (t: Translator, { id }: Handover): View =>
  screen(t, {
    text: t('cases:withdraw.ask'),
    rows: [
      [
        {
          label: t.label('cases:withdraw.yes'),
          data: caseButtons.withdraw.data({ id, answer: 'yes' }),
          style: 'danger',
        },
      ],
    ],
    back: buttons.open.data({ id }),
  });
export const withdrawLate = (t: Translator, one: Handover): View =>
  screen(t, {
    text: t('cases:withdraw.late', { name: one.manager?.name ?? '–' }),
    back: buttons.open.data({ id: one.id }),
  });

// What nobody takes, for coordinators: where, since when, who was asked. Never what it is about, never whom.

export function stuckList(t: Translator, all: readonly Handover[], page: number): View {
  const { items, row } = paged(t, all, page, PER_PAGE, (to) => caseButtons.stuck.data({ page: String(to) }));
  return screen(t, {
    text: all.length === 0 ? t('cases:stuck.none') : t('cases:stuck.title'),
    rows: [
      ...items.map((one) =>
        choice(
          t.label('cases:stuck.entry', { town: townName(one), day: shortDay(t, since(one)) }),
          caseButtons.stuckOne.data({ id: one.id }),
        ),
      ),
      row,
    ],
  });
}

export const stuckCard = (t: Translator, one: Handover, team: Team): View =>
  screen(t, {
    text: lines(
      t('cases:stuck.new', { day: dayText(t, since(one)), town: townName(one), names: namesOf(team.managers) }),
      ...team.managers.flatMap(({ name, phone }) =>
        phone === undefined ? [] : [t('cases:stuck.phone', { name, phone })],
      ),
      ...deadlineLines(t, one),
    ),
    rows: overRows(t, one),
    back: caseButtons.stuck.data({ page: '0' }),
  });
export const stuckGone = (t: Translator): View =>
  screen(t, { text: t('cases:stuck.gone'), back: caseButtons.stuck.data({ page: '0' }) });
export const stuckNotice = (t: Translator, one: Handover, team: Team | undefined): View =>
  screen(t, {
    text: t('cases:stuck.new', {
      day: dayText(t, since(one)),
      town: townName(one),
      names: namesOf(team?.managers ?? []),
    }),
    rows: [choice(t.label('cases:menu.stuck'), caseButtons.stuckOne.data({ id: one.id }))],
    stays: true,
  });
