import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { helpButton, menuButton, paged, screen } from '../../telegram/views.ts';
import { circleButtons as buttons } from './buttons-circles.ts';
import { UNDERTAKING_VERSION } from './model.ts';
import type { CircleCard, CircleVolunteer } from './service-circles.ts';

const PER_PAGE = 6;

/** What every volunteer signs before she sees anything else. `rest` are the rows of her own data and roles. */
export const askUndertaking = (t: Translator, rest: readonly (readonly Button[])[]): View => ({
  locale: t.locale,
  text: t('circles:undertaking.text'),
  rows: [
    [
      {
        label: t.label('circles:undertaking.sign'),
        data: buttons.sign.data({ version: UNDERTAKING_VERSION }),
        style: 'success',
      },
    ],
    ...rest,
    [helpButton(t)],
  ],
});

export const circlesRow = (t: Translator): Button[] => [
  { label: t.label('circles:menu.circles'), data: buttons.list.data({ page: '0' }) },
];

export const leaveRow = (t: Translator): Button[] => [
  { label: t.label('circles:leave'), data: buttons.leave.data({ answer: 'ask' }) },
];

export function circleList(
  t: Translator,
  circles: readonly { readonly id: string; readonly name: string }[],
  page: number,
): View {
  const { items, row } = paged(t, circles, page, PER_PAGE, (to) => buttons.list.data({ page: String(to) }));
  return screen(t, {
    text: circles.length === 0 ? t('circles:list.none') : t('circles:list.title'),
    rows: [
      ...items.map(({ id, name }) => [{ label: `🤝 ${name}`, data: buttons.circle.data({ id, page: '0' }) }]),
      row,
      [{ label: t.label('circles:list.new'), data: buttons.open.data({}) }],
    ],
  });
}

export function circleCard(t: Translator, circle: CircleCard, page: number): View {
  const { items, row } = paged(t, circle.members, page, PER_PAGE, (to) =>
    buttons.circle.data({ id: circle.id, page: String(to) }),
  );
  const towns = circle.towns.length === 0 ? '–' : circle.towns.join(' · ');
  return screen(t, {
    text: lines(
      t('circles:card.title', { name: circle.name, towns }),
      circle.members.length === 0 ? t('circles:card.none') : undefined,
    ),
    rows: [
      ...items.map(({ id, name, isSpeaker, signed }) => [
        { label: `${isSpeaker ? '🗣' : signed ? '👤' : '✍️'} ${name}`, data: buttons.member.data({ id }) },
      ]),
      row,
      [{ label: t.label('circles:card.invite'), data: buttons.invite.data({ id: circle.id }) }],
    ],
    back: buttons.list.data({ page: '0' }),
  });
}

export const memberCard = (t: Translator, member: CircleVolunteer): View =>
  screen(t, {
    text: lines(
      t('circles:member.title', { name: member.name, circle: member.circle.name }),
      member.isSpeaker ? t('circles:member.speaks') : undefined,
      member.signed ? undefined : t('circles:member.unsigned'),
    ),
    rows: [
      [
        member.isSpeaker
          ? {
              label: t.label('circles:member.speaker.no'),
              data: buttons.speaker.data({ id: member.id, speaker: 'no' }),
            }
          : {
              label: t.label('circles:member.speaker.yes'),
              data: buttons.speaker.data({ id: member.id, speaker: 'yes' }),
            },
      ],
      [{ label: t.label('circles:member.remove'), data: buttons.remove.data({ id: member.id, answer: 'ask' }) }],
    ],
    back: buttons.circle.data({ id: member.circle.id, page: '0' }),
  });

export const askRemove = (t: Translator, member: CircleVolunteer): View =>
  screen(t, {
    text: t('circles:remove.ask', { name: member.name }),
    rows: [
      [
        {
          label: t.label('circles:remove.yes'),
          data: buttons.remove.data({ id: member.id, answer: 'yes' }),
          style: 'danger',
        },
      ],
      [{ label: t.label('circles:remove.no'), data: buttons.member.data({ id: member.id }) }],
    ],
  });

export const removed = (t: Translator): View =>
  screen(t, { text: t('circles:removed'), back: buttons.list.data({ page: '0' }) });

export const circleGone = (t: Translator): View => screen(t, { text: t('circles:gone') });

export const askLeave = (t: Translator, circle: string): View =>
  screen(t, {
    text: t('circles:leave.ask', { circle }),
    rows: [[{ label: t.label('circles:leave.yes'), data: buttons.leave.data({ answer: 'yes' }), style: 'danger' }]],
  });

/** Afterwards she is perhaps nobody here: the menu chooses what she sees next. */
export const left = (t: Translator, circle: string): View => ({
  locale: t.locale,
  text: t('circles:left', { circle }),
  rows: [[menuButton(t), helpButton(t)]],
});

/** Told to a volunteer whose access somebody else ended. */
export const accessEnded = (t: Translator, circle: string): View =>
  screen(t, { text: t('circles:ended', { circle }), stays: true });

export const askCircleName = (t: Translator): View =>
  screen(t, { text: t('people:inviting.circle'), back: buttons.list.data({ page: '0' }) });
export const askCircleTowns = (t: Translator): View => screen(t, { text: t('people:inviting.towns') });
export const circleNotOpened = (t: Translator, status: 'known' | 'elsewhere'): View =>
  screen(t, {
    text: status === 'known' ? t('circles:new.known') : t('circles:new.elsewhere'),
    back: buttons.list.data({ page: '0' }),
  });
