import type { Locale } from '../../src/platform/locale.ts';
import {
  FORMS,
  formOf,
  type German,
  markOf,
  placeholders,
  sourceOf,
  stemOf,
  type Translation,
} from './locale-files.ts';

export interface Complaint {
  readonly key: string;
  readonly rule: string;
  readonly what: string;
}

/** The forms of each key; the empty form is a key without a plural. */
function families(keys: Iterable<string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const key of keys) {
    const stem = stemOf(key);
    found.set(stem, (found.get(stem) ?? new Set()).add(formOf(key) ?? ''));
  }
  return found;
}

/**
 * Where German has plural forms, every language has all of its own. Where German manages without ("Termine: 3"), a
 * language may do the same or have all of its forms. A `_zero` of German ("Keine Termine") everybody has.
 */
function wantedForms(locale: Locale, german: ReadonlySet<string>): readonly ReadonlySet<string>[] {
  const all = new Set([...FORMS[locale], ...[...german].filter((form) => form === 'zero')]);
  return german.has('') ? [german, all] : [all];
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((form) => b.has(form));
const written = (forms: ReadonlySet<string>): string => [...forms].map((form) => form || '(none)').join(' ');

/** Keys, plural forms, status and the mark of the German text. */
export function checkStructure(locale: Locale, german: German, translation: Translation): Complaint[] {
  const wanted = families(german.keys());
  const have = families(translation.keys());
  const missing = [...wanted.keys()].filter((stem) => !have.has(stem));
  const extra = [...have.keys()].filter((stem) => !wanted.has(stem));
  return [
    ...missing.map((key) => ({ key, rule: 'missing', what: `${locale} has no text` })),
    ...extra.map((key) => ({ key, rule: 'extra', what: 'German has no such key' })),
    ...[...wanted].flatMap(([key, forms]) => checkForms(locale, key, forms, have.get(key), german)),
    ...[...translation].flatMap(([key, { text, status, german: mark }]) => {
      const source = sourceOf(german, key);
      return [
        ...(['draft', 'reviewed'].includes(status) ? [] : [{ key, rule: 'status', what: `status is "${status}"` }]),
        ...(source === undefined || mark === markOf(source)
          ? []
          : [
              {
                key,
                rule: 'stale',
                what: 'the German text has changed: translate again, then node locales/mark.js --write',
              },
            ]),
        ...checkOne(locale, key, text, translation),
      ];
    }),
  ];
}

function checkForms(
  locale: Locale,
  key: string,
  wanted: ReadonlySet<string>,
  have: ReadonlySet<string> | undefined,
  german: German,
): Complaint[] {
  if (have === undefined) return [];
  if (wantedForms(locale, wanted).some((forms) => same(forms, have))) {
    return have.has('') || placeholders(sourceOf(german, key) ?? '').includes('count')
      ? []
      : [{ key, rule: 'plural', what: 'has plural forms, but German has no {{count}}' }];
  }
  const allowed = wantedForms(locale, wanted).map(written).join(', or: ');
  return [{ key, rule: 'plural', what: `has the forms: ${written(have)}; wanted: ${allowed}` }];
}

/** Farsi and Tigrinya say `_one` for 0 as well: without the number the text would be wrong. */
function checkOne(locale: Locale, key: string, text: string, translation: Translation): Complaint[] {
  const risky =
    (locale === 'fa' || locale === 'ti') && formOf(key) === 'one' && !translation.has(`${stemOf(key)}_zero`);
  return risky && !placeholders(text).includes('count')
    ? [{ key, rule: 'plural', what: '_one is said for 0 as well: it needs {{count}}, or add _zero' }]
    : [];
}
