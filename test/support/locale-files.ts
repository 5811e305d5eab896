import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LOCALES, type Locale } from '../../src/platform/locale.ts';

// The texts as they lie in `locales/`, by their full name: `appointments:card.move`.

export type Translated = Exclude<Locale, 'de'>;
export const TRANSLATED = LOCALES.filter((locale): locale is Translated => locale !== 'de');

export interface Entry {
  readonly text: string;
  readonly status: string;
  readonly german: string;
}
export type German = ReadonlyMap<string, string>;
export type Translation = ReadonlyMap<string, Entry>;

export type Form = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
/** The plural forms that a language needs wherever it has any. */
export const FORMS: Record<Locale, readonly Form[]> = {
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
  fa: ['one', 'other'],
  ti: ['one', 'other'],
  de: ['one', 'other'],
  en: ['one', 'other'],
};

const SUFFIX = /_(zero|one|two|few|many|other)$/;
export const stemOf = (key: string): string => key.replace(SUFFIX, '');
export const formOf = (key: string): Form | undefined => SUFFIX.exec(key)?.[1] as Form | undefined;

export const FOLDER = path.join(import.meta.dirname, '../../locales');

function read(locale: Locale): [string, unknown][] {
  return readdirSync(path.join(FOLDER, locale)).flatMap((file) => {
    const texts = JSON.parse(readFileSync(path.join(FOLDER, locale, file), 'utf8')) as Record<string, unknown>;
    return Object.entries(texts).map(([key, value]): [string, unknown] => [
      `${path.basename(file, '.json')}:${key}`,
      value,
    ]);
  });
}

export const readGerman = (): German => new Map(read('de') as [string, string][]);
export const readTranslation = (locale: Translated): Translation => new Map(read(locale) as [string, Entry][]);

/** The German text that a key is made from: its own form, else the general form, else the only one. */
export const sourceOf = (german: German, key: string): string | undefined =>
  german.get(key) ?? german.get(`${stemOf(key)}_other`) ?? german.get(stemOf(key));

export const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

const PLACEHOLDER = /\{\{-?\s*([\w.]+)\s*\}\}/g;
export const placeholders = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map((found) => found[1] ?? '');
/** The text with something else in place of its values. */
export const withoutValues = (text: string, instead = ' '): string => text.replace(PLACEHOLDER, instead);
