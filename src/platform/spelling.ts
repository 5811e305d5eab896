/**
 * How alike two names are when one of them was typed by ear, in Latin, Arabic, Persian or Ethiopic letters. Nothing here
 * knows a name; all of it is meant for texts shorter than a line.
 */

/** Case, accents, umlauts (ä, ae, a are one), ß and punctuation taken away; words stay apart by one space. */
export const foldWords = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/([aou])e/g, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The same without spaces: "Bad Wildbad", "Bad-Wildbad" and "badwildbad" are one. */
const foldName = (text: string): string => foldWords(text).replaceAll(' ', '');

/**
 * Damerau-Levenshtein (a swap of neighbours counts once) between `typed` and `name`, and between `typed` and the
 * beginning of `name` that is most like it.
 */
export const editDistance = (typed: string, name: string): { readonly whole: number; readonly beginning: number } => {
  let previous: number[] = [];
  let current = Array.from({ length: name.length + 1 }, (_, i) => i);
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    for (let j = 1; j <= name.length; j++) {
      const isSame = typed[i - 1] === name[j - 1];
      const isSwap = i > 1 && j > 1 && typed[i - 1] === name[j - 2] && typed[i - 2] === name[j - 1];
      const left = (row[j - 1] ?? 0) + 1;
      const above = (current[j] ?? 0) + 1;
      const across = (current[j - 1] ?? 0) + (isSame ? 0 : 1);
      const swap = isSwap ? (previous[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(left, above, across, swap));
    }
    previous = current;
    current = row;
  }
  return { whole: current[name.length] ?? 0, beginning: Math.min(...current) };
};

/**
 * Consonants in classes that ears and scripts confuse: K for k c g q ch kh j, T for t d, P for b p, F for f v w,
 * S for s z sch ts; L M N R are themselves. W is a letter that is w or a vowel. What is missing (vowels, h, y) says
 * nothing: Arabic and Persian mostly leave it out.
 */
const CLASSES: readonly (readonly [sound: string, letters: string])[] = [
  ['P', 'bp بپ'],
  ['T', 'dt تدطض'],
  ['K', 'cgkqx كکقغجگخ'],
  ['F', 'fvw فڤ'],
  ['S', 'sz سشصزژثذظچ'],
  ['L', 'l ل'],
  ['M', 'm م'],
  ['N', 'n ن'],
  ['R', 'r ر'],
  ['W', 'و'],
];

/** Ethiopic: a consonant is a row of eight letters from U+1200 on; a dot is a row that says nothing. */
const ETHIOPIC_ROWS = ['.L.MSRSS', 'KKKKPFTS', '..NN.KKK', 'KW.SS.TT', 'KKKKTSPS', 'SFP'].join('');
const ETHIOPIC_FIRST = 0x1200;

const SOUNDS: ReadonlyMap<string, string> = new Map(
  CLASSES.flatMap(([sound, letters]) => [...letters.replace(' ', '')].map((letter) => [letter, sound] as const)),
);

const soundOf = (letter: string): string => {
  const row = Math.floor(((letter.codePointAt(0) ?? 0) - ETHIOPIC_FIRST) / 8);
  const sound = row >= 0 ? ETHIOPIC_ROWS[row] : undefined;
  if (sound !== undefined) return sound === '.' ? '' : sound;
  return SOUNDS.get(letter) ?? '';
};

const squeeze = (sounds: string): string =>
  sounds
    .replaceAll('TS', 'S')
    .replaceAll('PF', 'F')
    .replace(/(.)\1+/g, '$1');

/**
 * The consonant skeletons a name may have, `KLF` for Calw, كالف and کالو: one where every W is a vowel, one where every
 * W is a w, one where only those at the ends are.
 */
export const skeletons = (name: string): readonly string[] => {
  const latin = foldName(name).replaceAll('sch', 's').replaceAll('ch', 'k').replaceAll('ph', 'f');
  const sounds = [...latin].map(soundOf).join('');
  const ends = sounds.replace(/^W|W$/g, 'F');
  return [...new Set([ends, sounds, sounds.replaceAll('W', 'F')].map((s) => squeeze(s.replaceAll('W', ''))))];
};
