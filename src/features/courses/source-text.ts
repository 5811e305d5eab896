// What every foreign format needs: text without markup and tricks, telephone numbers, addresses.
import { isInGermany, type Point } from './model.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  ...{
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    shy: '',
    euro: '€',
    sect: '§',
    copy: '©',
    reg: '®',
  },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è' },
  ...{ agrave: 'à', aacute: 'á', ecirc: 'ê', ccedil: 'ç', ntilde: 'ñ', oacute: 'ó', iacute: 'í', uacute: 'ú' },
  ...{ ndash: '–', mdash: '—', hellip: '…', bull: '•', middot: '·', laquo: '«', raquo: '»', deg: '°', frac12: '½' },
  ...{ bdquo: '„', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', sbquo: '‚', times: '×', rarr: '→' },
};

const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z][a-zA-Z\d]{1,10}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name as string] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    const isLetter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isLetter ? String.fromCodePoint(code) : '';
  });

// No tag reaches over the next one: what opens a thousand and closes none is read once.
const HIDDEN = /<(script|style)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)|<!--[\s\S]*?(?:-->|$)/gi;
const BREAKS = /<(?:br|\/?p|\/?div|\/?li|\/?ul|\/?ol|\/?tr|\/?h[1-6])\b[^<>]*>/gi;
const TAGS = /<\/?[a-zA-Z][^<>]*>/g;
const UNSEEN = /[\p{Cc}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

/** Nothing reasonable is that long; what is longer need not be searched. */
const LONGEST_RAW = 20_000;

/**
 * The words of a text that may be HTML: tags go, entities become letters (after the tags, so that none becomes a tag and
 * stays), what steers direction or cannot be seen goes. At most `longest` characters, cut at a word. Undefined when
 * nothing is left.
 */
export function plainText(raw: string, longest: number): string | undefined {
  const bounded = raw.slice(0, LONGEST_RAW);
  const words = decode(bounded.replace(HIDDEN, ' ').replace(BREAKS, '\n').replace(TAGS, ' '))
    .normalize('NFC')
    .replace(/[\r\n\u2028\u2029]+/g, '\n')
    .replace(/[\t\u00a0]/g, ' ')
    .replace(UNSEEN, (found) => (found === '\n' ? '\n' : ''))
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim();
  if (words.length <= longest) return words === '' ? undefined : words;
  const cut = words.slice(0, longest - 1);
  const end = cut.lastIndexOf(' ');
  return `${(end > longest / 2 ? cut.slice(0, end) : cut.replace(/[\ud800-\udbff]$/, '')).trim()}…`;
}

/** One line: for titles, names and places. */
export const plainLine = (raw: string, longest: number): string | undefined =>
  plainText(raw.slice(0, LONGEST_RAW).replace(/\s+/g, ' ').replace(BREAKS, ' '), longest);

/** What a spreadsheet would calculate, or shows where a formula failed. */
const FORMULA = /^(?:[=@]|[+-](?![\d\s(])|#(?:REF|BEZUG|NAME|N\/A|NV|VALUE|WERT|DIV\/0|NUM|ZAHL|NULL)(?![\p{L}]))/u;

/** Also behind what cannot be seen, markup and entities: what is kept is what remains of them. */
export const isFormula = (raw: string): boolean => FORMULA.test(raw.trim()) || FORMULA.test(plainLine(raw, 200) ?? '');

/** `07452 / 000001`, `+49.7452.000001`, `0800 123`: to +49…; undefined for what is no telephone number. */
export function phoneNumber(raw: string): string | undefined {
  const digits = raw.replace(/\(0\)/g, '').replace(/[\s./()\-–]/g, '');
  const international = digits.replace(/^00/, '+').replace(/^0/, '+49');
  return /^\+\d{6,15}$/.test(international) ? international : undefined;
}

/** An address of the web, with https:// added where somebody left it out. Nothing but http and https. */
export function webAddress(raw: string): string | undefined {
  const written = /^[a-z][a-z\d+.-]*:/i.test(raw) ? raw : `https://${raw}`;
  const url = URL.parse(written);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname.includes('.') && url.username === ''
    ? url.href
    : undefined;
}

/**
 * A point in Germany. Sources write numbers as text, and sometimes longitude first: that is turned round. Anything else is
 * dropped, and the municipality's centre takes its place when the catalogue is imported.
 */
export function coordinates(lat: unknown, lon: unknown): Point | undefined {
  const numberOf = (raw: unknown) =>
    typeof raw === 'number' ? raw : typeof raw === 'string' && raw.trim() !== '' ? Number(raw.replace(',', '.')) : NaN;
  const as = (point: Point): Point | undefined => (isInGermany(point) ? point : undefined);
  const one = numberOf(lat);
  const other = numberOf(lon);
  return as({ lat: one, lon: other }) ?? as({ lat: other, lon: one });
}
