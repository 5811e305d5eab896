import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { buttons, deskButtons, threadButtons } from './buttons.ts';
import { type Handover, MESSAGE_LENGTH } from './model.ts';
import type { Finding } from './rules-text.ts';
import type { Thread } from './service-thread.ts';
import { BETWEEN, shortDay, townName } from './views-case.ts';

// The thread of a case, for its volunteer and for managers alike: each screen says which case it is.

const PER_PAGE = 4;
export type Side = 'volunteer' | 'manager';
const toCase = (side: Side, id: string): string =>
  side === 'volunteer' ? buttons.open.data({ id }) : deskButtons.open.data({ id });
const choice = (label: string, data: string): Button[] => [{ label, data }];
const titleOf = (t: Translator, one: Handover): string =>
  t('cases:thread.title', { town: townName(one), day: shortDay(t, one.sentAt ?? one.createdAt) });

/** The newest first: who opens it wants the last word. */
export function threadPage(t: Translator, side: Side, thread: Thread, page: number, isSaid = false): View {
  const { handover, messages } = thread;
  const { id } = handover;
  const { items, row } = paged(t, messages.toReversed(), page, PER_PAGE, (to) =>
    threadButtons.open.data({ id, page: String(to) }),
  );
  return screen(t, {
    text: lines(
      isSaid ? t('cases:thread.said') : undefined,
      titleOf(t, handover),
      ...(items.length === 0
        ? [t('cases:thread.none')]
        : items.map(({ isMine, name, text, sentAt }) =>
            isMine
              ? t('cases:thread.mine', { day: shortDay(t, sentAt), text })
              : t('cases:thread.theirs', { name, day: shortDay(t, sentAt), text }),
          )),
    ),
    rows: [row, ...(thread.mayWrite ? [choice(t.label('cases:thread.write'), threadButtons.write.data({ id }))] : [])],
    back: toCase(side, id),
  });
}

export const askMessage = (t: Translator, one: Handover): View =>
  screen(t, {
    text: lines(titleOf(t, one), t('cases:thread.ask', { count: MESSAGE_LENGTH })),
    back: threadButtons.open.data({ id: one.id, page: '0' }),
  });

export const messageAsks = (t: Translator, id: string, findings: readonly Finding[]): View =>
  screen(t, {
    text: t('handovers:text.found', {
      found: findings.map((finding) => t.label(`handovers:found.${finding}`)).join(BETWEEN),
    }),
    rows: [choice(t.label('cases:thread.anyway'), threadButtons.anyway.data({ id }))],
    back: threadButtons.open.data({ id, page: '0' }),
  });

export const threadClosed = (t: Translator, side: Side, id: string): View =>
  screen(t, { text: t('cases:thread.closed'), back: toCase(side, id) });
export const threadFull = (t: Translator, side: Side, id: string): View =>
  screen(t, { text: t('cases:thread.full'), back: toCase(side, id) });
export const noFileHere = (t: Translator, id: string): View =>
  screen(t, { text: t('handovers:no-file'), back: threadButtons.open.data({ id, page: '0' }) });

/** Short, because it may be read on a locked screen: the words are a button away. */
export const newMessage = (t: Translator, one: Handover): View =>
  screen(t, {
    text: lines(t('cases:thread.new'), titleOf(t, one)),
    rows: [choice(t.label('cases:thread.read'), threadButtons.open.data({ id: one.id, page: '0' }))],
    stays: true,
  });
