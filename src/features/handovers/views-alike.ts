import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { alikeButtons as buttons } from './buttons-alike.ts';
import type { Joined, Pair } from './service-alike.ts';

// Records that might be one person: for the manager who has both, by number only.

const PER_PAGE = 6;
const choice = (label: string, data: string): Button[] => [{ label, data }];
const toList = buttons.list.data({ page: '0' });

/** The row in a manager's menu. */
export const alikeRow = (t: Translator): Button[] => choice(t.label('consents:alike.menu'), toList);

export function alikeList(
  t: Translator,
  { pairs, joined }: { readonly pairs: readonly Pair[]; readonly joined: readonly Joined[] },
  page: number,
): View {
  const entries = [
    ...pairs.map(({ id, from, into }) =>
      choice(t.label('consents:alike.entry', { from, into }), buttons.ask.data({ id, into: String(into) })),
    ),
    ...joined.map(({ id, from, into }) =>
      choice(t.label('consents:alike.undo', { from, into }), buttons.undo.data({ id })),
    ),
  ];
  const { items, row } = paged(t, entries, page, PER_PAGE, (to) => buttons.list.data({ page: String(to) }));
  return screen(t, {
    text: entries.length === 0 ? t('consents:alike.none') : t('consents:alike.title'),
    rows: [...items, row],
  });
}

export const askAlike = (t: Translator, { id, from, into, town, why }: Pair): View =>
  screen(t, {
    text: lines(
      t('consents:alike.ask', { from, into }),
      why === 'phone' ? t('consents:alike.phone') : t('consents:alike.town', { town: town ?? '–' }),
      t('consents:alike.warn'),
    ),
    rows: [choice(t.label('consents:alike.yes'), buttons.merge.data({ id, into: String(into) }))],
    back: toList,
  });

export const alikeDone = (t: Translator, id: string, into: number): View =>
  screen(t, {
    text: t('consents:alike.done', { into }),
    rows: [choice(t.label('consents:alike.part'), buttons.undo.data({ id }))],
    back: toList,
  });

export const alikeParted = (t: Translator, from: number): View =>
  screen(t, { text: t('consents:alike.parted', { from }), back: toList });
export const alikeGone = (t: Translator): View => screen(t, { text: t('consents:alike.gone'), back: toList });
