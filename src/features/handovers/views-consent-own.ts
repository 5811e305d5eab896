import { formatTime } from '../../platform/date-formats.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen, ticked as withBox } from '../../telegram/views.ts';
import { buttons as peopleButtons } from '../people/buttons.ts';
import { ownButtons as buttons } from './buttons-consent.ts';
import { EXTRA_PURPOSES, type Handover } from './model.ts';
import { isOpen } from './rules-consent.ts';
import type { Made, OwnCase } from './service-consent-own.ts';
import { caseLines, dayText, namesOf, purposeName, shortDay, townName } from './views-case.ts';

// What the refugee reads about herself: who handed over what to whom, what she allows, and how to end it.

const PER_PAGE = 6;
const MESSAGES_PER_PAGE = 4;
const choice = (label: string, data: string): Button[] => [{ label, data }];
const toList = buttons.list.data({ page: '0' });
const toMyData = peopleButtons.data.data({});

/** The row on "my data". */
export const ownRow = (t: Translator): Button[] => choice(t.label('consents:own.menu'), toList);

const stateOf = (t: Translator, one: Handover): string => {
  const since = one.acceptedAt ?? one.sentAt ?? one.createdAt;
  switch (one.status) {
    case 'accepted':
      return t('consents:own.accepted', { name: one.manager?.name ?? '–', day: dayText(t, since) });
    case 'sent':
      return t('consents:own.sent', { day: dayText(t, since) });
    case 'done':
      return t('consents:own.done', { day: dayText(t, one.endedAt ?? since) });
    default:
      return t('consents:own.ended', { day: dayText(t, one.endedAt ?? since) });
  }
};

export function ownList(t: Translator, all: readonly Handover[], page: number): View {
  const { items, row } = paged(t, all, page, PER_PAGE, (to) => buttons.list.data({ page: String(to) }));
  const label = (one: Handover) =>
    t.label(isOpen(one.status) ? 'consents:own.entry' : 'consents:own.entry-over', {
      town: townName(one),
      day: shortDay(t, one.sentAt ?? one.createdAt),
    });
  return screen(t, {
    text: all.length === 0 ? t('consents:own.none') : t('consents:own.title'),
    rows: [...items.map((one) => choice(label(one), buttons.open.data({ id: one.id }))), row],
    back: toMyData,
  });
}

export function ownCard(t: Translator, own: OwnCase): View {
  const { handover: one, purposes, messages } = own;
  const { id, volunteer } = one;
  const mayChoose = isOpen(one.status) && volunteer !== undefined;
  return screen(t, {
    text: lines(
      volunteer === undefined
        ? t('consents:own.by-circle', { circle: one.circle.name })
        : t('consents:own.by', { name: volunteer.name, circle: one.circle.name }),
      ...caseLines(t, one, own.content),
      '',
      stateOf(t, one),
      one.status === 'sent' && own.team !== undefined
        ? t('handovers:line.team', { names: namesOf(own.team.managers) })
        : undefined,
      own.agreedAt === undefined ? undefined : t('consents:own.yes', { day: dayText(t, own.agreedAt) }),
      mayChoose ? t('consents:more', { name: volunteer.name }) : undefined,
    ),
    rows: [
      ...(mayChoose
        ? EXTRA_PURPOSES.map((purpose) => {
            const isOn = purposes.includes(purpose);
            const name = purposeName(t, purpose);
            return choice(withBox(name, isOn), buttons.allow.data({ id, purpose, allowed: isOn ? 'no' : 'yes' }));
          })
        : []),
      ...(messages.length > 0
        ? [choice(t.label('consents:own.messages'), buttons.messages.data({ id, page: '0' }))]
        : []),
      ...(isOpen(one.status) ? [choice(t.label('consents:own.over'), buttons.over.data({ id, answer: 'ask' }))] : []),
    ],
    back: toList,
  });
}

/** What volunteer and manager wrote to each other about her. */
export function ownMessages(t: Translator, { handover, messages }: OwnCase, page: number): View {
  const { id } = handover;
  const { items, row } = paged(t, messages, page, MESSAGES_PER_PAGE, (to) =>
    buttons.messages.data({ id, page: String(to) }),
  );
  return screen(t, {
    text: lines(
      t('consents:own.messages'),
      ...items.map(({ by, text, at }) =>
        by === 'manager'
          ? t('consents:own.from-team', { day: dayText(t, at), text })
          : t('consents:own.from-circle', { day: dayText(t, at), text }),
      ),
    ),
    rows: [row],
    back: buttons.open.data({ id }),
  });
}

export const askOwnOver = (t: Translator, { handover }: OwnCase): View =>
  screen(t, {
    text: t('consents:own.over-ask'),
    rows: [
      [
        {
          label: t.label('consents:own.over-yes'),
          data: buttons.over.data({ id: handover.id, answer: 'yes' }),
          style: 'danger',
        },
      ],
    ],
    back: buttons.open.data({ id: handover.id }),
  });

export const ownOver = (t: Translator): View => screen(t, { text: t('consents:own.over-done'), back: toList });
export const ownGone = (t: Translator): View => screen(t, { text: t('consents:own.gone'), back: toList });

/** For the volunteer: that there is an appointment; when it is only where the person allows it. */
export const madeText = (t: Translator, made: Made): string =>
  made.at === undefined
    ? t('consents:made')
    : t('consents:made.at', { day: dayText(t, made.at), time: formatTime(t.locale, made.at) });
