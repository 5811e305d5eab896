import glossary from '../../locales/glossary.json' with { type: 'json' };
import type { Rule, Rules, Subject } from './locale-rules.ts';

// What can be said about the meaning without a native reader: the agreed words, and whether both say "not".

const NO_COST: Record<Subject['locale'], RegExp> = { ar: /$^/, fa: /$^/, ti: /ብዘይ ክፍሊት/g, en: /free of charge/gi };
const GERMAN_NOT = /(?<!\p{L})(?:nicht|nichts|kein\p{L}*|nie|niemand|ohne|nein)(?!\p{L})/giu;
const NOT: Record<Subject['locale'], RegExp> = {
  ar: /(?<!\p{L})(?:و|ف|أ)?(?:لا|لم|لن|ليس|ليست|لست|لستم|غير|عدم|دون|بدون|ألا)(?!\p{L})/gu,
  fa: /(?<!\p{L})(?:نه|نیست\p{L}*|بدون|ندار\p{L}*|نبودن|نمی\u200c\p{L}*|ن(?:کن|نویس|فرست|شو|شد|کرد|یافت|ده|مان)\p{L}*)(?!\p{L})/gu,
  ti: /(?<![\u1200-\u135a])(?:ኣይ(?![\u1200-\u135a]*ኮነ?$)[\u1200-\u135a]+|የለ[\u1200-\u135a]+|የብ[\u1200-\u135a]+|ዘይ[\u1200-\u135a]+|ብዘይ|ከይ[\u1200-\u135a]+)/g,
  en: /(?<!\p{L})(?:not|no|nobody|never|cannot|without|nothing)(?!\p{L})/giu,
};
/** "None sees it but …" is how Arabic says "only". */
const ONLY = /لا(?= [^.\n]* إلا )/g;
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** A lost "not" is the worst mistake that no other rule sees, so the numbers of them must agree. */
const negation: Rule = ({ locale, german, text }) => {
  const wanted = count(german, GERMAN_NOT);
  const had = count(text.replace(NO_COST[locale], '').replace(ONLY, ''), NOT[locale]);
  return wanted === had ? undefined : `says "not" ${had} times, German ${wanted} times`;
};

export interface Term extends Readonly<Record<'de' | 'en' | 'ar' | 'fa' | 'ti', string>> {
  readonly key: string;
  readonly stems: Readonly<Record<'de' | 'ar' | 'fa' | 'ti', string>>;
}
export const TERMS: readonly Term[] = glossary;

/** Where German uses a word of the glossary, the agreed word stands here, in whatever form its sentence needs. */
const terms: Rule = ({ locale, german, text }) => {
  if (locale === 'en') return undefined;
  const without = TERMS.filter(
    ({ stems }) => new RegExp(stems.de, 'u').test(german) && !new RegExp(stems[locale], 'u').test(text),
  );
  return without.length === 0
    ? undefined
    : `lacks the word of the glossary for: ${without.map(({ key }) => key).join(', ')}`;
};

/** "Back" on a button must not be read as "back to your country". */
const RETURN: Record<Subject['locale'], RegExp> = {
  ar: /عود|ارجعوا|رجوع إلى البلد/,
  fa: /بازگشت|برگشت|عودت/,
  ti: /ምምላስ|ተመለስ|ምለስ|ንምለስ/,
  en: /\breturn/i,
};
const back: Rule = ({ locale, key, german, text }) =>
  (key.startsWith('common:nav.') || german.startsWith('↩️')) && RETURN[locale].test(text)
    ? 'is a button that sounds like going back home'
    : undefined;

export const meaningRules: Rules = { negation, glossary: terms, back };
