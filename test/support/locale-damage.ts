import type { Translated, Translation } from './locale-files.ts';
import { placeholders, withoutValues } from './locale-files.ts';
import { letters, type Subject, wordsOnly } from './locale-rules.ts';

// Ways in which translations really get broken, to prove that the checker sees it.

/** What is said in another language under the same key. */
type Elsewhere = (locale: Translated, key: string) => string | undefined;

export interface Damage {
  readonly name: string;
  readonly locales: readonly Translated[];
  /** The broken text, or the same or none where there is nothing to break. */
  readonly apply: (subject: Subject, elsewhere: Elsewhere) => string | undefined;
  /** The share that the checker must find, a little below what it found when it was measured; without it, all. */
  readonly least?: number;
}

const ALL = ['ar', 'fa', 'ti', 'en'] as const;
const FOREIGN = ['ar', 'fa', 'ti'] as const;

const firstValue = (text: string): string | undefined => {
  const name = placeholders(text)[0];
  return name === undefined ? undefined : `{{${name}}}`;
};
/** The longest German word of the source, without values and proper names. */
const germanWord = ({ german }: Subject): string | undefined =>
  (wordsOnly(german).match(/\p{L}{4,}/gu) ?? []).toSorted((a, b) => b.length - a.length)[0];

const replaceWord = (text: string, by: string): string => {
  const word = wordsOnly(text).match(/[\p{L}\u200c]+/u)?.[0];
  return word === undefined ? text : text.replace(word, by);
};
const firstHalf = (text: string): string => text.slice(0, Math.ceil(text.length / 2)).trim();
const dropLine = (text: string): string | undefined =>
  text.includes('\n') ? text.replace(/\n[^\n]*$/, '') : undefined;

const AMHARIC = [
  'እባክዎ ቋንቋ ይምረጡ።',
  'ቀጠሮዎ ተሰርዟል። እናመሰግናለን።',
  'ይህ ቀጠሮ ከእንግዲህ የለም።',
  'አድራሻዎ ምንድን ነው?',
  'መልእክት ይደርስዎታል።',
  'ነገ ቀጠሮ አለዎት።',
  'የትኛው ቀን ይስማማዎታል?',
  'ውሂብዎ ተሰርዘዋል።',
  'ቦታውን አላገኘሁትም።',
  'አማካሪዎ አድራሻውን ያያሉ።',
];

const FARSI_NOT: readonly (readonly [RegExp, string])[] = [
  [/نمی\u200c/, 'می\u200c'],
  [/نیست/, 'است'],
  [/ندارد/, 'دارد'],
  [/ندارید/, 'دارید'],
  [/بدون /, 'با '],
  [/ن(?=فرست|نویس)/, 'ب'],
];
const dropFarsiNot = (text: string): string => {
  const found = FARSI_NOT.find(([not]) => not.test(text));
  return found === undefined ? text : text.replace(found[0], found[1]);
};
const NOT: Record<(typeof FOREIGN)[number], (text: string) => string> = {
  ar: (text) => text.replace(/(?<!\p{L})(?:لا|لم|لن|ليس|ليست|لست|غير|عدم|دون) (?!.*إلا)/u, ''),
  fa: dropFarsiNot,
  ti: (text) =>
    text.replace(/የለን|የብሉን/, 'ኣሎ').replace(/(?<![\u1200-\u135a])(?:ኣይ(?=[\u1200-\u135a]{2})|ዘይ|ብዘይ (?!ክፍሊት))/, ''),
};

const SINGULAR: readonly (readonly [RegExp, string])[] = [
  [/ኢኹም/g, 'ኢኻ'],
  [/ኹም(?![\u1200-\u135a])/g, 'ኻ'],
  [/ኩም(?![\u1200-\u135a])/g, 'ካ'],
  [/ጠውቑ/g, 'ጠውቕ'],
  [/ምረጹ/g, 'ምረጽ'],
  [/ጽሓፉ/g, 'ጽሓፍ'],
  [/ደውሉ/g, 'ደውል'],
];

const OTHER_WORD: Record<(typeof FOREIGN)[number], readonly [RegExp, string]> = {
  ar: [/موعد|مواعيد/g, 'ميعاد'],
  fa: [/ذخیره/g, 'نگهداری'],
  ti: [/ኣማኻሪ/g, 'ሓጋዚ'],
};
const GOING_HOME: Record<Translated, string> = { ar: '↩️ عودة', fa: '↩️ بازگشت', ti: '↩️ ተመለስ', en: '↩️ Return' };
const DEPORTATION: Record<Translated, string> = { ar: 'الترحيل', fa: 'اخراج', ti: 'ምጥራዝ', en: 'deportation' };

const swapped = (from: string, to: string) => (text: string) =>
  text.replace(/./gu, (letter) => to[from.indexOf(letter)] ?? letter);

export const DAMAGES: readonly Damage[] = [
  { name: 'a value dropped', locales: ALL, apply: ({ text }) => text.replace(firstValue(text) ?? '\n\n', '') },
  {
    name: 'a value translated',
    locales: ALL,
    apply: ({ text }) => text.replace(firstValue(text) ?? '\n\n', '{{اسم}}'),
  },
  { name: 'a value misspelt', locales: ALL, apply: ({ text }) => text.replace(/\{\{(\w)/, '{{x$1') },
  { name: 'a brace lost', locales: ALL, apply: ({ text }) => text.replace('}}', '}') },
  { name: 'German left in', locales: ALL, apply: ({ german }) => german },
  {
    name: 'one German word left',
    locales: FOREIGN,
    apply: (subject) => {
      const word = germanWord(subject);
      return word === undefined ? undefined : replaceWord(subject.text, word);
    },
  },
  {
    name: 'one German word left in English',
    locales: ['en'],
    apply: (subject) => {
      const word = germanWord(subject);
      return word === undefined ? undefined : replaceWord(subject.text, word);
    },
    least: 0.95,
  },
  {
    name: 'Farsi in the place of Arabic',
    locales: ['ar'],
    apply: ({ key }, elsewhere) => elsewhere('fa', key),
    least: 0.97,
  },
  {
    name: 'Arabic in the place of Farsi',
    locales: ['fa'],
    apply: ({ key }, elsewhere) => elsewhere('ar', key),
    least: 0.97,
  },
  {
    name: 'Amharic in the place of Tigrinya',
    locales: ['ti'],
    apply: ({ text, key }) => (letters(text).length === 0 ? undefined : AMHARIC[key.length % AMHARIC.length]),
  },
  { name: 'Persian ی ک in Arabic', locales: ['ar'], apply: ({ text }) => swapped('يك', 'یک')(text) },
  { name: 'Arabic ي ك in Farsi', locales: ['fa'], apply: ({ text }) => swapped('یک', 'يك')(text) },
  { name: 'a Persian letter in Arabic', locales: ['ar'], apply: ({ text }) => swapped('بف', 'پڤ')(text) },
  { name: 'ZWNJ became a space', locales: ['fa'], apply: ({ text }) => text.replace('\u200c', ' ') },
  { name: 'ZWNJ deleted', locales: ['fa'], apply: ({ text }) => text.replace('\u200c', '') },
  { name: 'Latin question mark', locales: FOREIGN, apply: ({ text }) => text.replace(/[؟፧]/, '?') },
  { name: 'Latin comma', locales: FOREIGN, apply: ({ text }) => text.replace(/[،፣]/, ',') },
  { name: 'Latin full stop in Tigrinya', locales: ['ti'], apply: ({ text }) => text.replace('።', '.') },
  { name: 'a fake full stop', locales: ['ti'], apply: ({ text }) => text.replace('።', '፡፡') },
  { name: 'letters of Tigray', locales: ['ti'], apply: ({ text }) => swapped('ጸጽሰስ', 'ፀፅሠሥ')(text) },
  {
    name: 'Tigrinya to one friend',
    locales: ['ti'],
    apply: ({ text }) => SINGULAR.reduce((all, [polite, friend]) => all.replace(polite, friend), text),
  },
  { name: 'Eastern digits', locales: FOREIGN, apply: ({ text }) => withDigits(text) },
  {
    name: 'the second half missing',
    locales: ALL,
    apply: ({ text }) => (letters(text).length < 20 ? undefined : firstHalf(text)),
    least: 0.95,
  },
  {
    name: 'the last sentence missing',
    locales: ALL,
    apply: ({ text }) => (/[.!؟?።፧] /.test(text) ? text.replace(/([.!؟?።፧]) [^.!؟?።፧\n]*[.!؟?።፧]$/, '$1') : undefined),
    least: 0.9,
  },
  {
    name: '"not" dropped',
    locales: FOREIGN,
    apply: ({ locale, text }) => (locale === 'en' ? undefined : NOT[locale](text)),
    least: 0.98,
  },
  {
    name: 'another word than the agreed one',
    locales: FOREIGN,
    apply: ({ locale, text }) => (locale === 'en' ? undefined : text.replace(...OTHER_WORD[locale])),
    least: 0.9,
  },
  {
    name: '"back" that sounds like going home',
    locales: ALL,
    apply: ({ locale, key }) => (key === 'common:nav.back' ? GOING_HOME[locale] : undefined),
  },
  { name: 'a word of deportation', locales: ALL, apply: ({ locale, text }) => `${text} ${DEPORTATION[locale]}` },
  { name: 'an emoji changed', locales: ALL, apply: ({ text }) => text.replace(/\p{Extended_Pictographic}/u, '🍀') },
  { name: 'an emoji lost', locales: ALL, apply: ({ text }) => text.replace(/\p{Extended_Pictographic}\ufe0f? /u, '') },
  { name: 'a line lost', locales: ALL, apply: ({ text }) => dropLine(text) },
  { name: 'two lines joined', locales: ALL, apply: ({ text }) => text.replace('\n', ' ') },
  { name: 'a direction mark', locales: ALL, apply: ({ text }) => `\u200f${text}` },
  { name: 'an invisible space', locales: ALL, apply: ({ text }) => text.replace(' ', '\u200b ') },
  { name: 'a stray space', locales: ALL, apply: ({ text }) => `${text} ` },
  { name: 'letters taken apart', locales: FOREIGN, apply: ({ text }) => text.normalize('NFD') },
  { name: 'marker text', locales: ALL, apply: ({ text }) => `${text} TODO` },
  { name: 'nothing', locales: ALL, apply: () => '' },
];

/** Changes digits that stand in the text, not those in the names of values. */
function withDigits(text: string): string | undefined {
  return /\d/.test(withoutValues(text))
    ? text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit)
    : undefined;
}

export const elsewhere =
  (translations: ReadonlyMap<Translated, Translation>): Elsewhere =>
  (locale, key) =>
    translations.get(locale)?.get(key)?.text;
