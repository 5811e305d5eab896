import { formatDay } from '../../platform/date-formats.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { menuButton } from '../../telegram/views.ts';
import type { Contact } from '../county/model.ts';
import { buttons } from './buttons.ts';
import { type Content, HELP_NUMBERS, type Helper, type HelpNumber, type HelpNumberId, type Page } from './model.ts';
import { lastCheck, stateOf } from './rules.ts';
import type { Standing } from './service.ts';
import { clearButton, frame, languageButton, pageButton, startData, told } from './views-frame.ts';

/** Spoken into a German phone, so it stays German in every language. */
const GERMAN_SENTENCES = '„Ich brauche Hilfe.“\n„Ich bin in …“\n„Ein Mensch ist verletzt.“';

const numberLines = (t: Translator, numbers: readonly HelpNumber[]): readonly string[] =>
  numbers.map(({ id, number }) => t(`guidance:help.number.${id}`, { number }));

const isFirst = ({ id }: HelpNumber): boolean => HELP_NUMBERS.some((one) => one === id);

/** One tap away everywhere, before language and consent too. */
export const help = (t: Translator, content: Content, office: Contact): View => ({
  locale: t.locale,
  text: lines(
    t('guidance:help.title'),
    '',
    ...numberLines(t, content.numbers.filter(isFirst)),
    '',
    t('guidance:help.sentences'),
    GERMAN_SENTENCES,
    ...(t.locale === 'de' ? [] : [t('guidance:help.sound'), t('guidance:help.meaning')]),
    '',
    t('guidance:help.office', { office: office.name, phone: office.phone }),
  ),
  rows: [
    ...content.pages.filter(({ parent }) => parent === 'help').map((page) => [pageButton(t, content, page)]),
    [{ label: t.label('guidance:help.more'), data: buttons.numbers.data({ locale: t.locale }) }],
    [clearButton(t)],
    [menuButton(t)],
  ],
});

export const moreNumbers = (t: Translator, content: Content): View =>
  frame(t, {
    text: lines(
      t('guidance:help.more-title'),
      '',
      ...numberLines(
        t,
        content.numbers.filter((one) => !isFirst(one)),
      ),
    ),
    rows: [[clearButton(t)]],
  });

/** The first screen: whom to ask. */
export const start = (t: Translator, content: Content): View =>
  frame(t, {
    text: t('guidance:ask.title'),
    rows: [
      [letterButton(t)],
      [{ label: t.label('guidance:ask.helpers'), data: buttons.topics.data({ locale: t.locale }) }],
      [talkButton(t)],
      // Last of all, and never suggested anywhere else.
      ...content.pages.filter(({ parent }) => parent === 'start').map((page) => [pageButton(t, content, page)]),
      [languageButton(t, '-')],
    ],
  });

export const letterButton = (t: Translator): Button => ({
  label: t.label('guidance:ask.letter'),
  data: buttons.letter.data({ locale: t.locale }),
});

const talkButton = (t: Translator): Button => ({
  label: t.label('guidance:talk.menu'),
  data: buttons.talk.data({ locale: t.locale, answer: 'ask' }),
});

/** Name and number; where nobody has confirmed a number, whom to ask. */
export function helperText(t: Translator, { name, phone, web }: Helper, place?: string): string {
  const contact =
    phone !== null
      ? t('guidance:helper.phone', { name, phone })
      : web !== null
        ? t('guidance:helper.web', { name, web })
        : t('guidance:helper.no-phone', { name });
  return lines(contact, place);
}

/** When it was checked; a page that is too old, or that nobody has checked, says so. */
export const checkedText = (t: Translator, content: Content, page: Page, standing: Standing): string =>
  checkedLine(t, content, `p.${page.name}`, standing);

/** The same of anything that somebody answers for. */
export function checkedLine(t: Translator, content: Content, key: string, { reviews, today }: Standing): string {
  const one = content.owned.find((each) => each.key === key);
  if (one === undefined) return '';
  const state = stateOf(one, reviews, today);
  const day = formatDay(t.locale, lastCheck(one, reviews).checkedOn);
  return lines(
    state === 'overdue'
      ? t('guidance:page.overdue', { day })
      : state === 'unchecked'
        ? t('guidance:page.unchecked', { day })
        : t('guidance:page.checked', { day }),
    t('guidance:page.source', { source: one.source }),
  );
}

const numbersOf = (content: Content, ids: readonly HelpNumberId[]) =>
  ids.flatMap((id) => content.numbers.filter((one) => one.id === id));

/** Any of the county's pages. Which one it is decides the county's data; the code is the same for all. */
export function page(t: Translator, content: Content, one: Page, standing: Standing): View {
  const helpers = one.helpers.flatMap((id) => content.helpers.filter((helper) => helper.id === id));
  const next = one.next.flatMap((name) => content.pages.filter((other) => other.name === name));
  const parts = [
    told(t, content, one.name),
    ...(one.numbers.length === 0 ? [] : [lines(...numberLines(t, numbersOf(content, one.numbers)))]),
    ...helpers.map((helper) => helperText(t, helper)),
    ...(one.actions.includes('call') && !standing.calls ? [t('guidance:call.closed')] : []),
    checkedText(t, content, one, standing),
  ];
  const actions: Record<Page['actions'][number], readonly Button[]> = {
    call: standing.calls
      ? [{ label: t.label('guidance:call.menu'), data: buttons.call.data({ locale: t.locale }) }]
      : [],
    talk: [talkButton(t)],
    letter: [letterButton(t)],
  };
  return frame(t, {
    text: parts.join('\n\n'),
    rows: [
      ...next.map((other) => [pageButton(t, content, other)]),
      ...one.actions.map((action) => actions[action]),
      [clearButton(t)],
      [languageButton(t, one.code)],
    ],
    back: backOf(t, content, one),
  });
}

/** Where a page's way back leads; the way to help stands on every screen anyway. */
function backOf(t: Translator, content: Content, { parent }: Page): string | undefined {
  if (parent === 'help') return undefined;
  const above = content.pages.find(({ name }) => name === parent);
  return above === undefined ? startData(t) : buttons.page.data({ locale: t.locale, code: above.code });
}

/** What stays in the chat after its last messages were deleted. */
export const cleared = (t: Translator): View => frame(t, { text: t('guidance:clear.done') });

/** A photo of a letter is not opened; three questions help instead. */
export const photoRefused = (t: Translator): View =>
  frame(t, { text: t('guidance:photo.refused'), rows: [[letterButton(t)]] });
