import { directedFor, escapeHtml, type Translator } from '../../platform/i18n.ts';
import { LOCALES, NATIVE_NAMES } from '../../platform/locale.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { helpButton, menuButton } from '../../telegram/views.ts';
import { buttons } from './buttons.ts';
import type { Content, Page } from './model.ts';

// What every screen of these pages has in common: ways out that speak its language, and the county's words.

export const startData = (t: Translator): string => buttons.start.data({ locale: t.locale });

/** The way into these pages, low in every menu and before there is one. */
export const askRows = (t: Translator): readonly (readonly Button[])[] => [
  [{ label: t.label('guidance:ask.menu'), data: startData(t) }],
];

export const clearButton = (t: Translator): Button => ({
  label: t.label('guidance:clear.menu'),
  data: buttons.clear.data({ locale: t.locale }),
});

export const languageButton = (t: Translator, code: string): Button => ({
  label: t.label('guidance:ask.language'),
  data: buttons.languages.data({ locale: t.locale, code }),
});

/** A screen with the way back, to the menu and to help. */
export function frame(
  t: Translator,
  view: {
    readonly text: string;
    readonly rows?: readonly (readonly Button[])[];
    readonly back?: string | undefined;
    readonly stays?: boolean;
  },
): View {
  const back = view.back === undefined ? [] : [{ label: t.label('common:nav.back'), data: view.back }];
  return {
    locale: t.locale,
    text: view.text,
    rows: [...(view.rows ?? []), [...back, menuButton(t), helpButton(t)]],
    ...(view.stays !== undefined && { stays: view.stays }),
  };
}

/** The county's words in the reader's language, else in German with a sentence that says so. */
export function told(t: Translator, content: Content, key: string): string {
  const { text, locale } = content.words(t.locale, key);
  const words = directedFor(locale, escapeHtml(text));
  return locale === t.locale ? words : lines(t('guidance:page.only-german'), '', words);
}

/** The same for a button. */
export function wordsOf(t: Translator, content: Content, key: string): string {
  const { text, locale } = content.words(t.locale, key);
  return directedFor(locale, text);
}

export const pageLabel = (t: Translator, content: Content, page: Page): string =>
  wordsOf(t, content, `${page.name}.label`);

export const pageButton = (t: Translator, content: Content, page: Page): Button => ({
  label: pageLabel(t, content, page),
  data: buttons.page.data({ locale: t.locale, code: page.code }),
});

/** The same screen in each language. */
export const chooseLanguage = (t: Translator, code: string): View =>
  frame(t, {
    text: t('guidance:ask.language-title'),
    rows: LOCALES.map((locale) => [
      {
        label: `🌐 ${NATIVE_NAMES[locale]}`,
        data: code === '-' ? buttons.start.data({ locale }) : buttons.page.data({ locale, code }),
      },
    ]),
    back: code === '-' ? startData(t) : buttons.page.data({ locale: t.locale, code }),
  });
