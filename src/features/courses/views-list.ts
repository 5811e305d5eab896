import type { Day } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { pageRow, screen } from '../../telegram/views.ts';
import { buttons, keepingButtons, type Search, writeSearch } from './buttons.ts';
import { ANY, type FoundPage, type Loosening, PER_PAGE, type WishPart } from './model.ts';
import type { Searcher } from './model-finder.ts';
import { wishesOf, without } from './rules.ts';
import { askManager, entry } from './views.ts';
import { allOf, partName, wishesText } from './views-finder.ts';

// What was found, and what to do when it is nothing.

/** Who looks, from where, and a draft for a booking about it. */
export interface ListFrame {
  readonly search: Search;
  readonly who: Searcher['kind'];
  /** Where distances are counted from; undefined where that is not known. */
  readonly town: string | undefined;
  readonly draft: string;
}

const openTitle = (title: string): string => (title.length > 40 ? `${title.slice(0, 39).trim()}…` : title);
const listOf = (search: Search, page = 0): string =>
  buttons.list.data({ search: writeSearch(search), page: String(page) });
const withoutPart = (search: Search, part: WishPart): string =>
  listOf({ ...search, wish: without(search.wish, part), isAll: false });
const tell = (t: Translator, search: Search): Button[] => [
  {
    label: t.label('finder:tell'),
    data: keepingButtons.tell.data({ search: writeSearch({ wish: search.wish, from: 'home', isAll: false }) }),
  },
];

function fromText(t: Translator, { search, town }: ListFrame): string {
  if (typeof search.from === 'object') return t('finder:list.shared');
  return town === undefined ? t('courses:list.no-place') : t('courses:list.near', { town });
}

/** A level goes before the purpose that it was suggested with: a screen has room for four. */
const droppable = (search: Search): WishPart[] =>
  wishesOf(search.wish).filter((part) => part !== 'purpose' || search.wish.reached === undefined);

/** So many wishes leave room for one button more. */
const ROOM = 4;

/** One tap loosens each of her wishes. On the first page: further on she has found something. */
function wishRows(t: Translator, frame: ListFrame, page: number, isLast: boolean): Button[][] {
  const { search, who } = frame;
  if (search.isAll) return [[{ label: t.label('finder:list.matching'), data: listOf({ ...search, isAll: false }) }]];
  const parts = droppable(search);
  const drops = parts.map((part) => ({
    label: t.label('finder:list.drop', { wish: partName(t, search.wish, part) }),
    data: withoutPart(search, part),
  }));
  const mayTell = who === 'refugee' && parts.length > 0 && (parts.length < ROOM || isLast);
  return [
    ...(page === 0 ? [drops.slice(0, 2), drops.slice(2)] : []),
    ...(mayTell && (page === 0 || isLast) ? [tell(t, search)] : []),
  ];
}

export function list(t: Translator, found: FoundPage, frame: ListFrame, today: Day): View {
  const { search } = frame;
  const { page } = found;
  const pages = Math.ceil(found.total / PER_PAGE);
  const first = page * PER_PAGE + 1;
  const hasWishes = wishesOf(search.wish).length > 0;
  return screen(t, {
    text: lines(
      t('courses:list.title', { count: found.total }),
      fromText(t, frame),
      search.isAll
        ? t('finder:list.all')
        : hasWishes
          ? t('finder:list.wishes', { wishes: wishesText(t, search.wish) })
          : undefined,
      ...found.found.flatMap((one, index) => ['', entry(t, one, first + index, today)]),
    ),
    rows: [
      ...found.found.map(({ offering }, index) => [
        {
          label: t.label('courses:list.open', { number: first + index, title: openTitle(offering.title) }),
          data: buttons.card.data({ id: offering.id, search: writeSearch(search), page: String(page) }),
        },
      ]),
      pageRow(t, page, pages, (to) => listOf(search, to)),
      ...wishRows(t, frame, page, page === pages - 1),
    ],
    back: buttons.where.data({ search: writeSearch({ ...search, isAll: false }) }),
  });
}

/** Nothing fits: which wish to drop and how many courses that gives. `all` are there without any wish. */
export function nothing(
  t: Translator,
  { loosenings, all }: { readonly loosenings: readonly Loosening[]; readonly all: number },
  frame: ListFrame,
): View {
  const { search, who, draft } = frame;
  if (all === 0) return none(t, frame);
  return screen(t, {
    text: lines(
      loosenings.length > 0 ? t('finder:list.nothing') : t('finder:list.nothing-near'),
      t('finder:list.wishes', { wishes: wishesText(t, search.wish) }),
    ),
    rows: [
      ...loosenings.map(({ part, count }) => [
        {
          label: t.label('finder:list.drop-count', { wish: partName(t, search.wish, part), number: count }),
          data: withoutPart(search, part),
        },
      ]),
      [
        {
          label: t.label('finder:list.all-count', { number: all }),
          data: buttons.list.data({ search: allOf(search), page: '0' }),
        },
      ],
      ...(who === 'refugee' ? [tell(t, search), askManager(t, draft)] : []),
    ],
    back: buttons.where.data({ search: writeSearch(search) }),
  });
}

/** There is no course at all. */
export const none = (t: Translator, { who, draft }: Pick<ListFrame, 'who' | 'draft'>): View =>
  screen(t, {
    text: t('courses:list.none'),
    rows: who === 'refugee' ? [tell(t, { wish: ANY, from: 'home', isAll: false }), askManager(t, draft)] : [],
  });
