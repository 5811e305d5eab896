import type { Translator } from '../../platform/i18n.ts';
import type { LocationRequest } from '../../telegram/location.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { buttons, EVERYTHING, type Search, writeAnswers, writeSearch } from './buttons.ts';
import { ANY, DAY_PARTS, type From, KILOMETRES, type Point, PURPOSES, type Wish, type WishPart } from './model.ts';
import { CERTIFICATES, type LevelAnswers, READS, SPEAKS } from './model-finder.ts';
import { wishesOf } from './rules.ts';

// Finding a course: a question a screen. What was chosen stands in the buttons, is marked when she comes back, and can be
// left out at every step.

/** What an answer changes; the rest stays as it was. */
const changed = (search: Search, wish: Partial<Wish>, from: From = search.from): string =>
  writeSearch({ wish: { ...search.wish, ...wish }, from, isAll: false });
const same = (search: Search): string => changed(search, {});

/** A mark on what was chosen before, after the mark with which a right-to-left label begins. */
const marked = (label: string, isChosen: boolean): string => (isChosen ? label.replace(/^\u200f?/, '$&✅ ') : label);
const choice = (label: string, isChosen: boolean, data: string): Button[] => [{ label: marked(label, isChosen), data }];

/** One tap from every question; the way back from there keeps her answers. */
const showAll = (t: Translator, search: Search): Button[] => [
  { label: t.label('finder:show-all'), data: buttons.list.data({ search: allOf(search), page: '0' }) },
];
export const allOf = (search: Search): string => writeSearch({ ...search, isAll: wishesOf(search.wish).length > 0 });

/** A wish in a word or two. */
export function partName(t: Translator, wish: Wish, part: WishPart): string {
  switch (part) {
    case 'purpose':
      return t.label(`finder:part.purpose.${wish.purpose ?? 'everyday'}`, { level: 'B1' });
    case 'reached':
      return wish.reached === undefined || wish.reached === 'A0'
        ? t.label('finder:part.start')
        : t.label('finder:part.level', { level: wish.reached });
    case 'when':
      return t.label(`finder:part.when.${wish.when ?? 'morning'}`);
    case 'childCare':
      return t.label('finder:part.child-care');
    case 'km':
      return t.label('finder:part.km', { km: wish.km ?? 0 });
  }
}

/** All of them in one line. */
export const wishesText = (t: Translator, wish: Wish): string => {
  const parts = wishesOf(wish);
  return parts.length === 0 ? t.label('finder:part.any') : parts.map((part) => partName(t, wish, part)).join(' · ');
};

export const askPurpose = (t: Translator, search: Search): View =>
  screen(t, {
    text: t('finder:purpose.ask'),
    rows: [
      ...PURPOSES.map((purpose) => {
        // Another answer than before is another question: a level that three answers suggested goes with it.
        const isChosen = search.wish.purpose === purpose;
        const wish = isChosen ? {} : { purpose, reached: undefined };
        return choice(
          t.label(`finder:purpose.${purpose}`, { level: 'B1' }),
          isChosen,
          buttons.when.data({ search: changed(search, wish) }),
        );
      }),
      choice(t.label('finder:purpose.unsure'), false, buttons.level.data({ search: same(search), answers: '-' })),
      showAll(t, search),
    ],
  });

/** The next of the three questions. Kind words: it is no test, and nothing is written down. */
export function askLevel(t: Translator, search: Search, said: Partial<LevelAnswers>): View {
  const data = (more: Partial<LevelAnswers>, from = said) =>
    buttons.level.data({ search: same(search), answers: writeAnswers({ ...from, ...more }) });
  const { reads, speaks } = said;
  if (reads === undefined) {
    return screen(t, {
      text: t('finder:reads.ask'),
      rows: [
        ...READS.map((one) => choice(t.label(`finder:reads.${one}`, { letters: 'ABC' }), false, data({ reads: one }))),
        showAll(t, search),
      ],
      back: buttons.purpose.data({ search: same(search) }),
    });
  }
  if (speaks === undefined) {
    return screen(t, {
      text: t('finder:speaks.ask'),
      rows: [
        ...SPEAKS.map((one) => choice(t.label(`finder:speaks.${one}`), false, data({ speaks: one }))),
        showAll(t, search),
      ],
      back: data({}, {}),
    });
  }
  return screen(t, {
    text: t('finder:certificate.ask'),
    rows: [
      ...CERTIFICATES.map((one) =>
        choice(t.label(`finder:certificate.${one}`, { level: one }), false, data({ certificate: one })),
      ),
      showAll(t, search),
    ],
    back: data({}, { reads }),
  });
}

/** What her answers suggest to look for. */
export const suggested = (t: Translator, search: Search, said: LevelAnswers): View =>
  screen(t, {
    text: t('finder:suggestion', {
      wishes: wishesText(t, { ...ANY, purpose: search.wish.purpose, reached: search.wish.reached }),
    }),
    rows: [
      [{ label: t.label('finder:suggestion.go'), data: buttons.when.data({ search: same(search) }), style: 'primary' }],
      choice(t.label('finder:tell.search'), false, buttons.purpose.data({ search: same(search) })),
      showAll(t, search),
    ],
    back: buttons.level.data({
      search: same(search),
      answers: writeAnswers({ reads: said.reads, speaks: said.speaks }),
    }),
  });

export const askWhen = (t: Translator, search: Search): View =>
  screen(t, {
    text: t('finder:when.ask'),
    rows: [
      ...[...DAY_PARTS, undefined].map((when) =>
        choice(
          t.label(`finder:when.${when ?? 'any'}`),
          when !== undefined && search.wish.when === when,
          buttons.children.data({ search: changed(search, { when }) }),
        ),
      ),
      showAll(t, search),
    ],
    back: buttons.purpose.data({ search: same(search) }),
  });

export const askChildren = (t: Translator, search: Search): View =>
  screen(t, {
    text: t('finder:kids.ask'),
    rows: [
      choice(
        t.label('finder:kids.yes'),
        search.wish.childCare,
        buttons.where.data({ search: changed(search, { childCare: true }) }),
      ),
      choice(t.label('finder:kids.no'), false, buttons.where.data({ search: changed(search, { childCare: false }) })),
      showAll(t, search),
    ],
    back: buttons.when.data({ search: same(search) }),
  });

/** `town` is her municipality; undefined where she has none here. */
export function askWhere(t: Translator, search: Search, town: string | undefined): View {
  const { from, wish } = search;
  const isShared = typeof from === 'object';
  const isCounted = isShared || (from === 'home' && town !== undefined);
  const list = (to: string) => buttons.list.data({ search: to, page: '0' });
  return screen(t, {
    text: lines(
      t('finder:where.ask'),
      isShared
        ? t('finder:where.shared')
        : town !== undefined && from === 'home'
          ? t('finder:where.from', { town })
          : t('courses:list.no-place'),
    ),
    rows: [
      ...(isCounted
        ? KILOMETRES.map((km) =>
            choice(t.label('finder:where.km', { km }), wish.km === km, list(changed(search, { km }))),
          )
        : []),
      choice(t.label('finder:where.any'), false, list(changed(search, { km: undefined }))),
      choice(t.label('finder:where.locate'), false, buttons.locate.data({ search: same(search) })),
      ...(town !== undefined && from !== 'home'
        ? [
            choice(
              t.label('finder:where.home', { town }),
              false,
              buttons.where.data({ search: changed(search, {}, 'home') }),
            ),
          ]
        : []),
      showAll(t, search),
    ],
    back: buttons.children.data({ search: same(search) }),
  });
}

/** What sharing her place means, while the keys for it are below. */
export const askLocation = (t: Translator, search: Search): View =>
  screen(t, {
    text: t('finder:locate.ask'),
    rows: [showAll(t, search)],
    back: buttons.unlocate.data({ search: same(search) }),
  });

export const locationKeys = (t: Translator): LocationRequest => ({
  text: t('finder:locate.keys'),
  share: t.label('finder:locate.share'),
  refuse: t.label('finder:locate.refuse'),
});

/** Whether this is what the second key says: keys below a chat send their label, nothing else. */
export const isRefusal = (t: Translator, typed: string): boolean =>
  withoutMarks(typed) === withoutMarks(t.label('finder:locate.refuse'));
const withoutMarks = (text: string): string => text.replace(/[\u200e\u200f]/g, '').trim();

export const thanks = (t: Translator): string => t('finder:locate.thanks');
export const without = (t: Translator): string => t('finder:locate.without');

/** A place that nobody asked for, or that came too late. */
export const locationFound = (t: Translator, point: Point): View => {
  const search = writeSearch({ wish: ANY, from: point, isAll: false });
  return screen(t, {
    text: t('finder:locate.found'),
    rows: [
      [{ label: t.label('finder:locate.near'), data: buttons.list.data({ search, page: '0' }) }],
      [{ label: t.label('finder:locate.choose'), data: buttons.purpose.data({ search }) }],
    ],
  });
};

export const abroad = (t: Translator, search: string = EVERYTHING): View =>
  screen(t, {
    text: t('finder:locate.abroad'),
    rows: [[{ label: t.label('finder:tell.search'), data: buttons.purpose.data({ search }) }]],
    back: buttons.where.data({ search }),
  });
