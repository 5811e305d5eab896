import { isRightToLeft, type Locale } from '../../src/platform/locale.ts';
import { type Form, placeholders, withoutValues } from './locale-files.ts';

/** One text beside the German it was made from. */
export interface Subject {
  readonly locale: Exclude<Locale, 'de'>;
  readonly key: string;
  readonly form: Form | undefined;
  readonly german: string;
  readonly text: string;
}

/** Says what is wrong, or nothing. */
export type Rule = (subject: Subject) => string | undefined;
export type Rules = Readonly<Record<string, Rule>>;

/** Words that stay in Latin letters: they stand on the letter, on the door, on the button of Telegram. */
const PROPER =
  /\b(?:START|Integrationsmanagement|Integrationsmanager|Rathaus|Landkreis|Gemeinde|Helferkreis|Träger|Koordination|Integrationskurs|Alphabetisierungskurs|Zweitschriftkurs|Orientierungskurs|Erstorientierungskurs|Berufssprachkurs|MiA-Kurs|Ausländerbehörde|Aufenthaltsgestattung|Duldung|BAMF|Arbeitsagentur|Sozialamt|Diakonie|Jobcenter|JMD|MBE|VHS)\b/g;
const TAG = /<\/?[a-z][^>]*>/gi;
const EMOJI = /\p{Extended_Pictographic}\ufe0f?/gu;

/** The words of a text: without values, tags and the German words that belong there. */
export const wordsOnly = (text: string): string => withoutValues(text).replace(TAG, ' ').replace(PROPER, ' ');
export const letters = (text: string): string[] => wordsOnly(text).match(/\p{L}/gu) ?? [];
const all = (text: string, pattern: RegExp): string => (text.match(pattern) ?? []).join(' ');
const differs = (what: string, german: string, text: string): string | undefined =>
  german === text ? undefined : `${what}: German has [${german}], this has [${text}]`;

/** A sentence, a question, a list to come; a note in brackets may follow. */
const END = /[.!?:؟።፧፦]$/;
const NOTE = /\s*\([^()]*\)$/;

/** Marks that steer direction are the code's business; the others are invisible and never wanted. ZWNJ is Farsi's. */
const DIRECTION = /[\u200e\u200f\u061c]|[\u202a-\u202e\u2066-\u2069]/;
const INVISIBLE = /[\u200b\ufeff\u00ad\u2060\u00a0\t\r]|\u200d/;
/** They count as Latin letters and turn a right-to-left line round. */
const LATIN_EMOJI = /[\u2139\u24c2\u{1f170}-\u{1f19a}\u{1f1e6}-\u{1f1ff}]/u;

/** What is true in every language. */
export const commonRules: Rules = {
  empty: ({ text }) => (text.trim() === '' ? 'is empty' : undefined),

  placeholders({ german, text, form }) {
    const sorted = (names: string[]) => names.sort().join(' ');
    const wanted = placeholders(german);
    const mayOmit = form === 'zero' || form === 'one' || form === 'two';
    const had = sorted(placeholders(text));
    if (mayOmit && had === sorted(wanted.filter((name) => name !== 'count'))) return undefined;
    return differs('values', sorted(wanted), had);
  },

  braces: ({ text }) => (/[{}]/.test(withoutValues(text)) ? 'has a lost brace' : undefined),
  tags: ({ german, text }) => differs('tags', all(german, TAG), all(text, TAG)),
  lines: ({ german, text }) => differs('lines', String(german.split('\n').length), String(text.split('\n').length)),
  emoji: ({ german, text }) => differs('emoji', all(german, EMOJI), all(text, EMOJI)),
  numbers: ({ german, text }) =>
    differs('numbers', all(withoutValues(german), /\d+/g), all(withoutValues(text).normalize('NFKC'), /\d+/g)),

  direction: ({ text }) => (DIRECTION.test(text) ? 'has a direction character: the code adds them' : undefined),
  invisible: ({ locale, text }) =>
    INVISIBLE.test(text) || (locale !== 'fa' && text.includes('\u200c')) ? 'has an invisible character' : undefined,
  'latin emoji': ({ locale, text }) =>
    isRightToLeft(locale) && LATIN_EMOJI.test(text) ? 'has an emoji that counts as a Latin letter' : undefined,
  nfc: ({ text }) => (text === text.normalize('NFC') ? undefined : 'is not normalised (NFC)'),
  spaces: ({ text }) => (/ {2}|^\s|\s$| \n|\n /.test(text) ? 'has stray spaces' : undefined),
  digits: ({ text }) => (/[٠-٩۰-۹፩-፼]/.test(text) ? 'has digits other than 0-9' : undefined),
  marker: ({ text }) =>
    /\b(?:TODO|FIXME|MISSING|TRANSLATE|XXX)\b|\?\?\?|[Ll]orem/.test(text) ? 'has marker text' : undefined,

  identical: ({ german, text }) =>
    text === german && /\p{L}{4}/u.test(withoutValues(german)) ? 'is the German text' : undefined,

  /** A sentence that ends in German ends here, line by line; a button's label has no full stop in any language. */
  ends({ german, text }) {
    const ends = (whole: string) => whole.split('\n').map((line) => (END.test(line.replace(NOTE, '')) ? '.' : '-'));
    return differs('line ends', ends(german).join(''), ends(text).join(''));
  },

  /** Bounds measured on the texts of this project, German letters against theirs; short labels vary too much. */
  length({ locale, german, text }) {
    const size = letters(german).length;
    if (size < 25) return undefined;
    const [least, most] = LENGTH[locale][size < 40 ? 0 : 1];
    const ratio = letters(text).length / size;
    return ratio < least || ratio > most ? `is ${ratio.toFixed(2)} times as long as German` : undefined;
  },
};

type Bounds = readonly [number, number];
const LENGTH: Record<Subject['locale'], readonly [Bounds, Bounds]> = {
  ar: [
    [0.45, 1.7],
    [0.5, 1.2],
  ],
  fa: [
    [0.5, 1.35],
    [0.6, 1.2],
  ],
  ti: [
    [0.38, 1],
    [0.35, 0.95],
  ],
  en: [
    [0.6, 1.3],
    [0.6, 1.45],
  ],
};
