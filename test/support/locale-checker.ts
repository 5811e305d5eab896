import type { Locale } from '../../src/platform/locale.ts';
import {
  formOf,
  type German,
  sourceOf,
  stemOf,
  type Translated,
  type Translation,
  withoutValues,
} from './locale-files.ts';
import { meaningRules } from './locale-meaning.ts';
import { commonRules, type Rules, type Subject } from './locale-rules.ts';
import { scriptRules } from './locale-scripts.ts';
import { type Complaint, checkStructure } from './locale-structure.ts';

// Finds broken translations. It cannot find a wrong word or a rude tone: that takes a reader.

/** Why a rule does not hold for a key, per rule, key (without its plural form) and language. */
export type Exceptions = Readonly<Record<string, Readonly<Record<string, Partial<Record<Translated, string>>>>>>;

const isExcepted = (exceptions: Exceptions, rule: string, key: string, locale: Translated): boolean =>
  exceptions[rule]?.[stemOf(key)]?.[locale] !== undefined;

/** What is wrong with one text. */
export function checkText(subject: Subject, exceptions: Exceptions = {}): Complaint[] {
  const rules: Rules = { ...commonRules, ...scriptRules[subject.locale], ...meaningRules };
  return Object.entries(rules).flatMap(([rule, check]) => {
    const what = isExcepted(exceptions, rule, subject.key, subject.locale) ? undefined : check(subject);
    return what === undefined ? [] : [{ key: subject.key, rule, what }];
  });
}

export function subjectsOf(locale: Translated, german: German, translation: Translation): Subject[] {
  return [...translation].flatMap(([key, { text }]) => {
    const source = sourceOf(german, key);
    return source === undefined ? [] : [{ locale, key, form: formOf(key), german: source, text }];
  });
}

/** Everything about one language. */
export const checkLanguage = (
  locale: Translated,
  german: German,
  translation: Translation,
  exceptions: Exceptions = {},
): Complaint[] => [
  ...checkStructure(locale, german, translation),
  ...subjectsOf(locale, german, translation).flatMap((subject) => checkText(subject, exceptions)),
];

/** Exceptions that nothing needs any more. */
export function staleExceptions(exceptions: Exceptions, subjects: readonly Subject[]): string[] {
  return Object.entries(exceptions).flatMap(([rule, keys]) =>
    Object.entries(keys).flatMap(([key, locales]) =>
      (Object.keys(locales) as Translated[])
        .filter((locale) => {
          const concerned = subjects.filter((subject) => subject.locale === locale && stemOf(subject.key) === key);
          return !concerned.flatMap((subject) => checkText(subject)).some((complaint) => complaint.rule === rule);
        })
        .map((locale) => `${rule}: ${key} (${locale})`),
    ),
  );
}

/** Telegram's limits in characters, and ours for what stands on a button. */
const LIMITS: readonly (readonly [RegExp, number])[] = [
  [/^common:bot\.name$/, 64],
  [/^common:bot\.about$/, 120],
  [/^common:bot\.description$/, 512],
  [/^common:commands\./, 256],
  [/./, 4096],
];
const LABEL_LIMIT = 64;
/** Room for a value on average: names are longer, numbers shorter. */
const VALUE = 'x'.repeat(12);

export function checkLimits(
  locale: Locale,
  texts: Iterable<readonly [string, string]>,
  isButton: (key: string) => boolean,
): Complaint[] {
  return [...texts].flatMap(([key, text]) => {
    const size = [...withoutValues(text, VALUE)].length;
    const limit = isButton(key) ? LABEL_LIMIT : (LIMITS.find(([keys]) => keys.test(key))?.[1] ?? 0);
    return size <= limit ? [] : [{ key, rule: 'limit', what: `${locale}: ${size} characters, at most ${limit}` }];
  });
}
