import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createI18n, type Key, type Values } from '../src/platform/i18n.ts';
import { isRightToLeft, LOCALES, type Locale } from '../src/platform/locale.ts';
import { checkLanguage, checkLimits, checkText, staleExceptions, subjectsOf } from './support/locale-checker.ts';
import { DAMAGES, type Damage, elsewhere } from './support/locale-damage.ts';
import { EXCEPTIONS, GERMAN_EXCEPTIONS } from './support/locale-exceptions.ts';
import {
  FOLDER,
  placeholders,
  readGerman,
  readTranslation,
  sourceOf,
  stemOf,
  TRANSLATED,
  type Translated,
  type Translation,
} from './support/locale-files.ts';
import { checkGerman } from './support/locale-german.ts';
import { TERMS } from './support/locale-meaning.ts';
import { type Complaint, checkStructure } from './support/locale-structure.ts';
import { compareUses, findUses } from './support/locale-usage.ts';

const german = readGerman();
const translations = new Map(TRANSLATED.map((locale) => [locale, readTranslation(locale)]));
const textsOf = (locale: Translated): Translation => translations.get(locale) ?? new Map();
const sourceOfKey = (key: string): string => sourceOf(german, key) ?? '';
const say = (complaints: readonly Complaint[]): string[] =>
  complaints.map(({ key, rule, what }) => `${key}: ${rule}: ${what}`);

describe('the translations', () => {
  test.each(TRANSLATED)('%s has every text, whole and spelt as it should be', (locale) => {
    expect(say(checkLanguage(locale, german, textsOf(locale), EXCEPTIONS))).toEqual([]);
  });

  test('need each of the exceptions that are made for them', () => {
    const subjects = TRANSLATED.flatMap((locale) => subjectsOf(locale, german, textsOf(locale)));
    expect(staleExceptions(EXCEPTIONS, subjects)).toEqual([]);
  });

  test('are made from the German of today, as the tool for translators says', () => {
    const answer = execFileSync(process.execPath, [path.join(FOLDER, 'mark.js')], { encoding: 'utf8' });
    expect(answer).toBe('Every text is there and up to date.\n');
  });

  test('fit on their buttons and into Telegram', () => {
    const labels = findUses().filter((use) => use.isLabel);
    const isSentence = (key: string) => /[.!?:]$/m.test(sourceOfKey(key));
    const isButton = (key: string) => !isSentence(key) && labels.some((use) => use.covers(stemOf(key)));
    const all: [Locale, (readonly [string, string])[]][] = [
      ['de', [...german]],
      ...TRANSLATED.map((locale): [Locale, [string, string][]] => [
        locale,
        [...textsOf(locale)].map(([key, { text }]) => [key, text]),
      ]),
    ];
    expect(all.flatMap(([locale, texts]) => say(checkLimits(locale, texts, isButton)))).toEqual([]);
  });
});

describe('German, the source', () => {
  test('is short and plain', () => {
    const open = checkGerman(german).filter(({ key, rule }) => GERMAN_EXCEPTIONS[rule]?.[key] === undefined);
    expect(say(open)).toEqual([]);
  });

  test('has no text that the program does not use, and every text that it does', () => {
    expect(compareUses(findUses(), german)).toEqual({ unused: [], unknown: [] });
  });

  test('and the glossary agree: every agreed word is the one that its own language uses', () => {
    const broken = TERMS.filter(
      (term) =>
        !(['ar', 'fa', 'ti'] as const).every((locale) => new RegExp(term.stems[locale], 'u').test(term[locale])),
    );
    expect(broken.map(({ key }) => key)).toEqual([]);
  });
});

describe('the checker sees', () => {
  /** How many of the broken texts are found, and which are not. */
  function measure(damage: Damage): { broken: number; missed: string[] } {
    const broken = damage.locales.flatMap((locale) =>
      subjectsOf(locale, german, textsOf(locale)).flatMap((subject) => {
        const text = damage.apply(subject, elsewhere(translations));
        return text === undefined || text === subject.text ? [] : [{ ...subject, text }];
      }),
    );
    const missed = broken.filter((subject) => checkText(subject, EXCEPTIONS).length === 0);
    return { broken: broken.length, missed: missed.map(({ locale, key, text }) => `${locale} ${key}: ${text}`) };
  }

  test.each(DAMAGES)('$name', (damage) => {
    const { broken, missed } = measure(damage);
    expect(broken).toBeGreaterThan(0);
    if (damage.least === undefined) expect(missed).toEqual([]);
    else expect(1 - missed.length / broken).toBeGreaterThanOrEqual(damage.least);
  });
});

describe('the checker sees in the files', () => {
  const texts = textsOf('ar');
  const rulesOf = (locale: Translated, changed: Translation) =>
    checkStructure(locale, german, changed).map(({ rule }) => rule);
  const first = [...texts.keys()][0] ?? '';
  const changed = (key: string, values: Partial<{ text: string; status: string; german: string }>): Translation => {
    const entry = texts.get(key);
    if (entry === undefined) throw new Error(`no text ${key}`);
    return new Map([...texts, [key, { ...entry, ...values }]]);
  };
  const without = (lost: (key: string) => boolean) => new Map([...texts].filter(([key]) => !lost(key)));

  test('a stale mark', () => expect(rulesOf('ar', changed(first, { german: '00000000' }))).toEqual(['stale']));
  test('an unknown status', () => expect(rulesOf('ar', changed(first, { status: 'done' }))).toEqual(['status']));
  test('a missing key', () =>
    expect(
      rulesOf(
        'ar',
        without((key) => key === first),
      ),
    ).toEqual(['missing']));
  test('a key that German does not have', () => {
    const entry = { text: 'نص', status: 'draft', german: '00000000' };
    expect(rulesOf('ar', new Map([...texts, ['common:nowhere', entry]]))).toEqual(['extra']);
  });
  test.each(['zero', 'one', 'two', 'few', 'many', 'other'])('a missing plural form: %s', (form) => {
    expect(
      rulesOf(
        'ar',
        without((key) => key === `diary:hours.minutes_${form}`),
      ),
    ).toEqual(['plural']);
  });
  test('a plural form that the language does not have', () => {
    const entry = textsOf('fa').get('diary:hours.minutes');
    if (entry === undefined) throw new Error('no text for minutes');
    const forms = ['one', 'few', 'other'].map((form): [string, typeof entry] => [`diary:hours.minutes_${form}`, entry]);
    const plural = new Map([...[...textsOf('fa')].filter(([key]) => key !== 'diary:hours.minutes'), ...forms]);
    expect(rulesOf('fa', plural)).toEqual(['plural']);
  });
  test('a Farsi "one" without its number, which is also said for 0', () => {
    const entry = textsOf('fa').get('diary:hours.minutes');
    if (entry === undefined) throw new Error('no text for minutes');
    const plural = new Map([
      ...[...textsOf('fa')].filter(([key]) => key !== 'diary:hours.minutes'),
      ['diary:hours.minutes_one', { ...entry, text: 'یک دقیقه' }] as const,
      ['diary:hours.minutes_other', entry] as const,
    ]);
    expect(rulesOf('fa', plural)).toEqual(['plural']);
  });
});

describe('every text as people see it', () => {
  const i18n = createI18n({ strict: true });
  const COUNTS = [0, 1, 2, 3, 11, 100];
  const SAMPLE = 'Müller & Söhne 03.12.2026 (Büro)';

  const rendered = (locale: Locale) => {
    const t = i18n.translator(locale);
    return [...new Set([...german.keys()].map(stemOf))].flatMap((stem) => {
      const source = sourceOfKey(stem) || sourceOfKey(`${stem}_other`);
      const names = placeholders(source);
      const values: Values = Object.fromEntries(names.filter((name) => name !== 'count').map((name) => [name, SAMPLE]));
      const counts = names.includes('count') ? COUNTS : [undefined];
      return counts.flatMap((count) => {
        const all = count === undefined ? values : { ...values, count };
        return [t(stem as Key, all), t.label(stem as Key, all)].map((text) => ({ stem, text }));
      });
    });
  };

  test.each(LOCALES)('%s: has all its values', (locale) => {
    expect(rendered(locale).filter(({ text }) => text === '' || /\{\{|\}\}|undefined/.test(text))).toEqual([]);
  });

  test.each(LOCALES)('%s: keeps the direction of its lines and values', (locale) => {
    const marks = isRightToLeft(locale) ? 1 : 0;
    const wrong = rendered(locale).filter(({ text }) =>
      text.split('\n').some((line) => {
        const own = line.split('\u200f').length - 1;
        const atStart = line.startsWith('\u200f') ? 1 : 0;
        const balanced = line.split(/[\u2067\u2068]/).length === line.split('\u2069').length;
        return (line !== '' && (own !== marks || atStart !== marks)) || !balanced;
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('Arabic counts in its six forms', () => {
    const t = i18n.translator('ar');
    const say = (count: number) => t.label('diary:hours.minutes', { count }).replace('\u200f', '');
    expect(COUNTS.map(say)).toEqual(['0 دقيقة', 'دقيقة واحدة', 'دقيقتان', '3 دقائق', '11 دقيقة', '100 دقيقة']);
  });

  test.each(LOCALES)('%s: says in a friendly way that nobody waits', (locale) => {
    const t = i18n.translator(locale);
    expect(t('people:waiting.title', { count: 0 })).not.toContain('0');
    expect(t('people:waiting.title', { count: 2 })).toContain('2');
  });
});
