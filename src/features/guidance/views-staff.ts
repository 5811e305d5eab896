import { formatDay, formatShortDay } from '../../platform/date-formats.ts';
import type { Day } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { isLocale, NATIVE_NAMES } from '../../platform/locale.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, pageRow, screen } from '../../telegram/views.ts';
import { buttons } from './buttons.ts';
import { BY_COUNTY, type Content, type ContentState, type Owned } from './model.ts';
import { CALL_NAMES } from './model-call.ts';
import { checkLists, lastCheck, stateOf } from './rules.ts';
import { CALLS_PAGE, type OpenCall, type Standing } from './service.ts';
import { numberLine } from './views.ts';

// What the counselling centre sees of requests, and a coordinator of contents that nobody has checked.

export const counsellorRows = (t: Translator): readonly (readonly Button[])[] => [[callsButton(t)]];
export const coordinatorRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('guidance:content.menu'), data: buttons.contents.data({ page: '0' }) }],
];

const callsButton = (t: Translator): Button => ({
  label: t.label('guidance:centre.menu'),
  data: buttons.calls.data({ page: '0' }),
});

/** Says nothing on a locked screen but that there is something. */
export const newCall = (t: Translator): View =>
  screen(t, { text: t('guidance:centre.notice'), rows: [[callsButton(t)]] });

export function calls(
  t: Translator,
  list: { readonly total: number; readonly calls: readonly OpenCall[] },
  page: number,
): View {
  const pages = Math.max(1, Math.ceil(list.total / CALLS_PAGE));
  return screen(t, {
    text: t('guidance:centre.title', { count: list.total }),
    rows: [
      ...list.calls.map(({ id, name, deleteOn }) => [
        {
          label: t.label('guidance:centre.entry', { name: CALL_NAMES[name], day: formatDay(t.locale, deleteOn) }),
          data: buttons.oneCall.data({ id }),
        },
      ]),
      pageRow(t, page, pages, (to) => buttons.calls.data({ page: String(to) })),
    ],
  });
}

export const oneCall = (t: Translator, { id, name, phone, locale, time, deleteOn }: OpenCall): View =>
  screen(t, {
    text: t('guidance:centre.card', {
      name: CALL_NAMES[name],
      phone,
      language: isLocale(locale) ? NATIVE_NAMES[locale] : locale,
      time: t.label(`guidance:call.time.${time}`),
      day: formatDay(t.locale, deleteOn),
    }),
    rows: [[{ label: t.label('guidance:centre.done'), data: buttons.callDone.data({ id }), style: 'success' }]],
    back: buttons.calls.data({ page: '0' }),
    // Its message shows nothing else but the list: so it is known which one to overwrite.
    stays: true,
  });

export const callDeleted = (t: Translator): View =>
  screen(t, { text: t('guidance:centre.deleted'), back: buttons.calls.data({ page: '0' }) });

const SIGNS: Readonly<Record<ContentState, string>> = { overdue: '🔴', unchecked: '🟠', soon: '🟡', fine: '🟢' };
const CONTENTS_PER_PAGE = 6;

/** Everything that somebody answers for: what has to be checked, the most pressing first, then what is fine. */
export function contents(t: Translator, content: Content, { reviews, today }: Standing, page: number): View {
  const { due, fine } = checkLists(content.owned, reviews, today);
  const { items, row } = paged(t, [...due, ...fine], page, CONTENTS_PER_PAGE, (to) =>
    buttons.contents.data({ page: String(to) }),
  );
  return screen(t, {
    text: lines(
      t('guidance:content.title', { count: due.length }),
      fine.length === 0 ? undefined : t('guidance:content.fine', { number: fine.length }),
    ),
    rows: [
      ...items.map(({ one, state, check }) => [
        {
          label: t.label('guidance:content.entry', {
            sign: SIGNS[state],
            day: formatShortDay(t.locale, check.checkedOn),
            title: one.title,
          }),
          data: buttons.content.data({ key: one.key }),
        },
      ]),
      row,
    ],
  });
}

/** Of a number, whose it is: the words that people read beside it. */
function numberText(t: Translator, content: Content, { key }: Owned): string | undefined {
  const known = content.numbers.find(({ id }) => key === `n.${id}`);
  return known === undefined ? undefined : numberLine(t, content, known);
}

const named = (locales: Owned['missing']): string => locales.map((locale) => NATIVE_NAMES[locale]).join(', ');

/** One of them: where it comes from, who checked it when, and which languages lack it. */
export function oneContent(
  t: Translator,
  content: Content,
  one: Owned,
  { reviews, today }: Standing,
  mayConfirm: boolean,
): View {
  const check = lastCheck(one, reviews);
  const page = content.pages.find(({ name }) => one.key === `p.${name}`);
  const isScreen = page?.parent !== undefined;
  return screen(t, {
    text: lines(
      t('guidance:content.card', {
        title: one.title,
        source: one.source,
        checked: formatDay(t.locale, check.checkedOn),
        by:
          check.checkedBy === BY_COUNTY
            ? t.label('people:menu.county-side')
            : (check.checkedBy ?? t.label('guidance:content.nobody')),
        until: formatDay(t.locale, check.validUntil),
      }),
      numberText(t, content, one),
      t(`guidance:content.state.${stateOf(one, reviews, today)}`),
      one.missing.length === 0 ? undefined : t('guidance:content.missing', { languages: named(one.missing) }),
      one.stale.length === 0 ? undefined : t('guidance:content.stale', { languages: named(one.stale) }),
      one.drafts.length === 0 ? undefined : t('guidance:content.drafts', { languages: named(one.drafts) }),
    ),
    rows: [
      ...(isScreen && page !== undefined
        ? [
            [
              {
                label: t.label('guidance:content.read'),
                data: buttons.page.data({ locale: t.locale, code: page.code }),
              },
            ],
          ]
        : []),
      ...(mayConfirm
        ? [
            [
              {
                label: t.label('guidance:content.confirm'),
                data: buttons.contentOk.data({ key: one.key, mark: one.mark }),
                style: 'success' as const,
              },
            ],
          ]
        : []),
    ],
    back: buttons.contents.data({ page: '0' }),
  });
}

export const confirmed = (t: Translator, until: Day): View =>
  screen(t, {
    text: t('guidance:content.confirmed', { day: formatDay(t.locale, until) }),
    back: buttons.contents.data({ page: '0' }),
  });
