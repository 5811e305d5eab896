import { type German, withoutValues } from './locale-files.ts';
import type { Complaint } from './locale-structure.ts';

// German at level A2, for adults who are addressed with Sie.

const FORBIDDEN =
  /(?<!\p{L})(?:bezüglich|gemäß|hinsichtlich|ggf\.|bzw\.|z\. ?B\.|etc\.|d\. ?h\.|unverzüglich|erforderlich|Antragsteller\p{L}*|vorsprechen|Einwilligung|Inanspruchnahme|stornier\p{L}*|Sachbearbeiter\p{L}*|diesbezüglich|seitens|obliegt|könnten|würden|wurden?|du|dein\p{L}*|Abschieb\p{L}*)(?!\p{L})|\p{L}[*:_]innen?(?!\p{L})/iu;

/** A value counts as one word. The end of a line ends a sentence, as it does for the reader. */
export const sentences = (text: string): string[][] =>
  withoutValues(text, 'Wert')
    .split(/[.!?:\n()]+/)
    .map((sentence) => sentence.match(/[\p{L}\d][\p{L}\d-]*/gu) ?? [])
    .filter((found) => found.length > 0);

/** Läsbarhetsindex: words in a sentence plus the share of words above six letters. A hyphen shortens a word. */
export function lix(text: string): number {
  const all = sentences(text);
  const words = all.flat();
  const long = words.filter((word) => word.split('-').some((piece) => piece.length > 6));
  return words.length / all.length + (100 * long.length) / words.length;
}

const LONG_TEXT = 15;
const MOST_WORDS = 12;
const LIX_LIMIT = 40;

export const checkGerman = (german: German): Complaint[] =>
  [...german].flatMap(([key, text]) => {
    const forbidden = FORBIDDEN.exec(text)?.[0];
    const long = sentences(text).find((words) => words.length > MOST_WORDS);
    const index = sentences(text).flat().length >= LONG_TEXT ? lix(text) : 0;
    return [
      ...(forbidden === undefined ? [] : [{ key, rule: 'forbidden', what: `has the word ${forbidden}` }]),
      ...(long === undefined ? [] : [{ key, rule: 'sentence', what: `${long.length} words: ${long.join(' ')}` }]),
      ...(index < LIX_LIMIT ? [] : [{ key, rule: 'lix', what: `LIX ${index.toFixed(0)}: shorter sentences or words` }]),
    ];
  });
