import { formatDay } from '../../platform/date-formats.ts';
import type { Day } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { menuButton } from '../../telegram/views.ts';
import type { Contact } from '../county/model.ts';
import { buttons } from './buttons.ts';
import {
  type Content,
  type ContentState,
  HELP_NUMBERS,
  type Helper,
  type HelpNumber,
  isHelpNumber,
  type Page,
} from './model.ts';
import { checkLists, lastCheck, stateOf } from './rules.ts';
import type { Standing } from './service.ts';
import { clearButton, frame, languageButton, pageButton, startData, told } from './views-frame.ts';

/** Spoken into a German phone, so it stays German in every language. */
const GERMAN_SENTENCES = '„Ich brauche Hilfe.“\n„Ich bin in …“\n„Ein Mensch ist verletzt.“';

/** What a number is, in the program's words or, of one of its own, in the county's, and the number. */
export const numberLine = (t: Translator, content: Content, { id, number }: HelpNumber): string =>
  isHelpNumber(id)
    ? t(`guidance:help.number.${id}`, { number })
    : t('guidance:help.number.local', { label: content.words(t.locale, `number.${id}`).text, number });

/** Numbers line by line, and below them that one of them is old, if so. */
export function numberLines(
  t: Translator,
  content: Content,
  numbers: readonly HelpNumber[],
  standing: Standing,
): readonly string[] {
  const old = oldestOverdue(
    content,
    numbers.map(({ id }) => `n.${id}`),
    standing,
  );
  const isGerman = ({ id }: HelpNumber) =>
    !isHelpNumber(id) && content.words(t.locale, `number.${id}`).locale !== t.locale;
  const german = numbers.filter(isGerman);
  return [
    ...numbers.filter((one) => !isGerman(one)).map((one) => numberLine(t, content, one)),
    ...(german.length === 0
      ? []
      : [t('guidance:page.only-german'), ...german.map((one) => numberLine(t, content, one))]),
    ...(old === undefined ? [] : [t('guidance:help.overdue', { day: formatDay(t.locale, old) })]),
  ];
}

const isFirst = ({ id }: HelpNumber): boolean => HELP_NUMBERS.some((one) => one === id);

/** One tap away everywhere, before language and consent too. */
export const help = (t: Translator, content: Content, office: Contact, standing: Standing): View => ({
  locale: t.locale,
  text: lines(
    t('guidance:help.title'),
    '',
    ...numberLines(t, content, content.numbers.filter(isFirst), standing),
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

export const moreNumbers = (t: Translator, content: Content, standing: Standing): View =>
  frame(t, {
    text: lines(
      t('guidance:help.more-title'),
      '',
      ...numberLines(
        t,
        content,
        content.numbers.filter((one) => !isFirst(one)),
        standing,
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

/** Name and number; where nobody has confirmed a number, what she can do instead. What is old says so. */
export function helperText(
  t: Translator,
  content: Content,
  helper: Helper,
  standing: Standing,
  page: { readonly place?: string | undefined; readonly hasNumbers: boolean },
): string {
  const { id, name, phone, web } = helper;
  const old = phone === null && web === null ? undefined : oldestOverdue(content, [`h.${id}`], standing);
  const contact =
    phone !== null
      ? t('guidance:helper.phone', { name, phone })
      : web !== null
        ? t('guidance:helper.web', { name, web })
        : missingNumber(t, helper, standing, page.hasNumbers);
  return lines(
    contact,
    page.place,
    old === undefined ? undefined : t('guidance:helper.overdue', { day: formatDay(t.locale, old) }),
  );
}

function missingNumber(t: Translator, { name, insteadOfNumber }: Helper, { calls }: Standing, hasNumbers: boolean) {
  if (insteadOfNumber === 'manager') return t('guidance:helper.no-phone', { name });
  if (insteadOfNumber === 'call-back' && calls) return t('guidance:helper.no-phone-call', { name });
  if (insteadOfNumber === 'page-number' && hasNumbers) return t('guidance:helper.no-phone-above', { name });
  return t('guidance:helper.no-phone-yet', { name });
}

/** When the oldest of them was checked that has to be checked again; undefined where none has. */
function oldestOverdue(content: Content, keys: readonly string[], { reviews, today }: Standing): Day | undefined {
  const days = content.owned
    .filter((one) => keys.includes(one.key) && stateOf(one, reviews, today) === 'overdue')
    .map((one) => lastCheck(one, reviews).checkedOn);
  return days.toSorted()[0];
}

/** When it was checked; a page that is too old, or that nobody has checked, says so. */
export const checkedText = (t: Translator, content: Content, page: Page, standing: Standing): string =>
  checkedLine(t, content, `p.${page.name}`, standing);

/** The same of anything that somebody answers for. */
export function checkedLine(t: Translator, content: Content, key: string, standing: Standing): string {
  const one = content.owned.find((each) => each.key === key);
  if (one === undefined) return '';
  return lines(checkedOf(t, content, [key], standing), t('guidance:page.source', { source: one.source }));
}

/** When several words on one screen were checked: the most pressing state of them, and its oldest day. */
export function checkedOf(t: Translator, content: Content, keys: readonly string[], standing: Standing): string {
  const { due, fine } = checkLists(
    content.owned.filter(({ key }) => keys.includes(key)),
    standing.reviews,
    standing.today,
  );
  const all = [...due, ...fine];
  const of = (states: readonly ContentState[]) =>
    all
      .filter(({ state }) => states.includes(state))
      .map(({ check }) => check.checkedOn)
      .toSorted()[0];
  const overdue = of(['overdue']);
  if (overdue !== undefined) return t('guidance:page.overdue', { day: formatDay(t.locale, overdue) });
  const unchecked = of(['unchecked']);
  if (unchecked !== undefined) return t('guidance:page.unchecked', { day: formatDay(t.locale, unchecked) });
  const checked = of(['soon', 'fine']);
  return checked === undefined ? '' : t('guidance:page.checked', { day: formatDay(t.locale, checked) });
}

const numbersOf = (content: Content, ids: readonly string[]) =>
  ids.flatMap((id) => content.numbers.filter((one) => one.id === id));

/** Any of the county's pages. Which one it is decides the county's data; the code is the same for all. */
export function page(t: Translator, content: Content, one: Page, standing: Standing): View {
  const helpers = one.helpers.flatMap((id) => content.helpers.filter((helper) => helper.id === id));
  const next = one.next.flatMap((name) => content.pages.filter((other) => other.name === name));
  const parts = [
    told(t, content, one.name),
    ...(one.numbers.length === 0 ? [] : [lines(...numberLines(t, content, numbersOf(content, one.numbers), standing))]),
    ...helpers.map((helper) => helperText(t, content, helper, standing, { hasNumbers: one.numbers.length > 0 })),
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
