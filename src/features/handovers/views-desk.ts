import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { deskButtons as buttons } from './buttons.ts';
import { DECLINE_REASONS, type Handover } from './model.ts';
import type { Content } from './service-drafts.ts';
import { alikeRow } from './views-alike.ts';
import { caseLines, dayText, deadlineLines, reasonText, shortDay, townName, urgencyName } from './views-case.ts';
import { managerCaseRows, overRows } from './views-cases.ts';

// What a manager sees of the cases that wait for her team, and of her own.

const PER_PAGE = 6;
const toList = buttons.list.data({ page: '0' });
const choice = (label: string, data: string): Button[] => [{ label, data }];

export function inbox(t: Translator, all: readonly Handover[], page: number): View {
  const { items, row } = paged(t, all, page, PER_PAGE, (to) => buttons.list.data({ page: String(to) }));
  const label = (one: Handover) =>
    t.label(one.status === 'sent' ? 'handovers:desk.entry-new' : 'handovers:desk.entry-yours', {
      town: townName(one),
      day: shortDay(t, one.sentAt ?? one.createdAt),
      urgency: one.urgency === undefined ? '–' : urgencyName(t, one.urgency),
    });
  return screen(t, {
    text: all.length === 0 ? t('handovers:desk.none') : t('handovers:desk.title'),
    rows: [...items.map((one) => choice(label(one), buttons.open.data({ id: one.id }))), row, alikeRow(t)],
  });
}

/** A case; what is confidential only when asked for. */
export function deskCard(
  t: Translator,
  one: Handover,
  more: { readonly title?: 'new' | 'yours'; readonly content?: Content } = {},
): View {
  const { id } = one;
  const hasMore = (one.hasText || one.hasPhone) && more.content === undefined;
  return screen(t, {
    text: lines(
      more.title === 'new' ? t('handovers:desk.new') : more.title === 'yours' ? t('handovers:desk.yours') : undefined,
      one.refugee === undefined ? undefined : t('handovers:desk.person', { number: one.refugee.number }),
      one.volunteer === undefined
        ? t('handovers:desk.circle', { circle: one.circle.name })
        : t('handovers:desk.by', { name: one.volunteer.name, circle: one.circle.name }),
      t('handovers:desk.day', { day: dayText(t, one.sentAt ?? one.createdAt) }),
      ...(one.status === 'sent' ? deadlineLines(t, one) : []),
      ...caseLines(t, one, more.content),
    ),
    rows: [
      ...(hasMore ? [choice(t.label('handovers:desk.text'), buttons.text.data({ id }))] : []),
      ...(one.status === 'sent'
        ? [
            [
              { label: t.label('handovers:desk.accept'), data: buttons.accept.data({ id }), style: 'success' as const },
              { label: t.label('handovers:desk.decline'), data: buttons.declineAsk.data({ id }) },
            ],
          ]
        : []),
      ...managerCaseRows(t, one),
      ...overRows(t, one),
    ],
    back: toList,
  });
}

export const askReason = (t: Translator, id: string): View =>
  screen(t, {
    text: t('handovers:desk.decline-ask'),
    rows: DECLINE_REASONS.map((reason) => choice(reasonText(t, reason), buttons.decline.data({ id, reason }))),
    back: buttons.open.data({ id }),
  });

export const declined = (t: Translator, status: 'left' | 'declined' | 'gone'): View =>
  screen(t, {
    text:
      status === 'gone'
        ? t('handovers:desk.gone')
        : status === 'left'
          ? t('handovers:desk.left')
          : t('handovers:desk.declined'),
    back: toList,
  });

export const takenBy = (t: Translator, name: string): View =>
  screen(t, { text: t('handovers:desk.taken', { name }), back: toList });
export const deskGone = (t: Translator): View => screen(t, { text: t('handovers:desk.gone'), back: toList });

/** The notice is short: it may be read on a locked screen. The case is a button away. */
export const newCase = (t: Translator, one: Handover): View =>
  screen(t, {
    text: lines(
      t('handovers:desk.new'),
      t('handovers:line.town', { town: townName(one) }),
      one.urgency === undefined ? undefined : t('handovers:line.urgency', { urgency: urgencyName(t, one.urgency) }),
    ),
    rows: [
      choice(t.label('handovers:desk.open'), buttons.open.data({ id: one.id })),
      [
        { label: t.label('handovers:desk.accept'), data: buttons.accept.data({ id: one.id }), style: 'success' },
        { label: t.label('handovers:desk.decline'), data: buttons.declineAsk.data({ id: one.id }) },
      ],
    ],
  });

export const caseOff = (t: Translator, one: Handover): View =>
  screen(t, { text: t('handovers:desk.off', { town: townName(one) }), stays: true });
export const caseMoved = (t: Translator, number: number, name: string): View =>
  screen(t, { text: t('handovers:desk.moved', { number, name }), stays: true });
export const nobodyThere = (t: Translator, one: Handover): View =>
  screen(t, { text: t('handovers:nobody', { town: townName(one) }), stays: true });
