import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import type appointments from '../../locales/de/appointments.json';
import type cases from '../../locales/de/cases.json';
import type circles from '../../locales/de/circles.json';
import type common from '../../locales/de/common.json';
import type consents from '../../locales/de/consents.json';
import type coordination from '../../locales/de/coordination.json';
import type county from '../../locales/de/county.json';
import type courses from '../../locales/de/courses.json';
import type day from '../../locales/de/day.json';
import type diary from '../../locales/de/diary.json';
import type finder from '../../locales/de/finder.json';
import type guidance from '../../locales/de/guidance.json';
import type handovers from '../../locales/de/handovers.json';
import type hints from '../../locales/de/hints.json';
import type outreach from '../../locales/de/outreach.json';
import type people from '../../locales/de/people.json';
import type sources from '../../locales/de/sources.json';
import type week from '../../locales/de/week.json';
import { isRightToLeft, LOCALES, type Locale } from './locale.ts';

interface German {
  readonly common: typeof common;
  readonly people: typeof people;
  readonly appointments: typeof appointments;
  readonly coordination: typeof coordination;
  readonly county: typeof county;
  readonly cases: typeof cases;
  readonly courses: typeof courses;
  readonly sources: typeof sources;
  readonly diary: typeof diary;
  readonly day: typeof day;
  readonly finder: typeof finder;
  readonly guidance: typeof guidance;
  readonly hints: typeof hints;
  readonly circles: typeof circles;
  readonly handovers: typeof handovers;
  readonly outreach: typeof outreach;
  readonly week: typeof week;
  readonly consents: typeof consents;
}

type Singular<K extends string> = K extends `${infer Stem}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`
  ? Stem
  : K;

/** Every text of the program, by the name that German gives it. A missing one does not compile. */
export type Key = { [N in keyof German]: `${N}:${Singular<keyof German[N] & string>}` }[keyof German];

/** What stands in a sentence. `count` chooses the plural form and is written as it is. */
export type Values = Readonly<Record<string, string | number>>;

/** Speaks one reader's language. Belongs to the reader of the message, never to whoever tapped. */
export interface Translator {
  readonly locale: Locale;
  /** HTML for a message: values are escaped and isolated, each right-to-left line says so. */
  (key: Key, values?: Values): string;
  /** Plain text for buttons, toasts, titles and file names. */
  label(key: Key, values?: Values): string;
}

export interface I18n {
  translator(locale: Locale): Translator;
}

const FOLDER = path.join(import.meta.dirname, '../../locales');
const FIRST_STRONG_ISOLATE = '\u2068';
const RIGHT_TO_LEFT_ISOLATE = '\u2067';
const POP_ISOLATE = '\u2069';
const RIGHT_TO_LEFT_MARK = '\u200f';
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Who reads from right to left goes back to the right. */
const MIRRORED: Readonly<Record<string, string>> = { '↩': '↪', '↪': '↩', '⏪': '⏩', '⏩': '⏪' };

/** A text without direction characters, for what is no message: calendars, file names. */
export const withoutDirection = (text: string): string => text.replace(DIRECTION, '');

/**
 * Puts a value into a sentence of any direction: its own direction characters go, an isolate comes around it. Whoever reads
 * from right to left reads so what holds such letters, also where it begins with a foreign word ("B1 …", "Duldung …").
 */
export const isolate = (text: string, locale: Locale): string =>
  (isRightToLeft(locale) && RIGHT_TO_LEFT_LETTER.test(text) ? RIGHT_TO_LEFT_ISOLATE : FIRST_STRONG_ISOLATE) +
  withoutDirection(text) +
  POP_ISOLATE;

/**
 * Reads a language's texts from `locales/` when somebody first speaks it, and German at once. With `strict`, a key that a language lacks throws; otherwise German stands in.
 * German files hold texts; the others hold `{ text, status, german }` with the mark of the German they were made from.
 */
export function createI18n({ strict = false } = {}): I18n {
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    lng: 'de',
    fallbackLng: strict ? false : 'de',
    resources: { de: readLocale('de') },
    keySeparator: false,
    nsSeparator: ':',
    interpolation: { escapeValue: false },
    ...(strict && {
      saveMissing: true,
      missingKeyHandler: (languages: readonly string[], namespace: string, key: string) => {
        throw new Error(`no text for ${namespace}:${key} in ${languages.join(', ')}`);
      },
    }),
  });
  const translators = new Map<Locale, Translator>();
  const learn = (locale: Locale): Translator => {
    if (!LOCALES.includes(locale)) throw new Error(`no translator for ${locale}`);
    if (locale !== 'de') {
      for (const [namespace, texts] of Object.entries(readLocale(locale))) {
        instance.addResourceBundle(locale, namespace, texts);
      }
    }
    const translator = makeTranslator(instance.getFixedT(locale), locale);
    translators.set(locale, translator);
    return translator;
  };
  return { translator: (locale) => translators.get(locale) ?? learn(locale) };
}

/** Each line of a right-to-left text says that it is one, and its arrows turn around. For texts from outside `locales/`. */
export const directedFor = (locale: Locale, text: string): string =>
  isRightToLeft(locale)
    ? text.replace(/^(?=.)/gm, RIGHT_TO_LEFT_MARK).replace(/[↩↪⏪⏩]/gu, (arrow) => MIRRORED[arrow] ?? arrow)
    : text;

type FixedT = (key: string, values: Readonly<Record<string, string | number>>) => string;

function makeTranslator(fixed: unknown, locale: Locale): Translator {
  const say = fixed as FixedT;
  const directed = (text: string) => directedFor(locale, text);
  // Most texts have no values: those are put together once.
  const fixedTexts = new Map<Key, string>();
  const withoutValues = (key: Key): string => {
    const known = fixedTexts.get(key) ?? directed(say(key, {}));
    fixedTexts.set(key, known);
    return known;
  };
  const withValues = (key: Key, values: Values, wrap: (value: string) => string) =>
    directed(say(key, prepare(values, locale, wrap)));
  const text = (key: Key, values?: Values) =>
    values === undefined ? withoutValues(key) : withValues(key, values, (value) => isolate(escapeHtml(value), locale));
  const label = (key: Key, values?: Values) =>
    values === undefined ? withoutValues(key) : withValues(key, values, (value) => isolate(value, locale));
  return Object.assign(text, { label, locale });
}

function prepare(values: Values, locale: Locale, wrap: (value: string) => string): Record<string, string | number> {
  const prepared: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values))
    prepared[name] = name === 'count' ? value : wrap(written(value, locale));
  return prepared;
}

/** "2,5" in German, "2.5" elsewhere. */
const written = (value: string | number, locale: Locale): string =>
  typeof value === 'number' && locale === 'de' ? String(value).replace('.', ',') : String(value);

function readLocale(locale: Locale): Record<string, Record<string, string>> {
  const folder = path.join(FOLDER, locale);
  const bundles: Record<string, Record<string, string>> = {};
  for (const file of readdirSync(folder)) {
    const raw = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, string | { text: string }>;
    bundles[path.basename(file, '.json')] = Object.fromEntries(
      Object.entries(raw).map(([key, value]) => [key, typeof value === 'string' ? value : value.text]),
    );
  }
  return bundles;
}
