import { editDistance, foldWords, skeletons } from '../../platform/spelling.ts';

/** Words that people add to a name or leave out of it. */
const FILLERS = new Set(['a', 'ad', 'am', 'an', 'bad', 'bei', 'd', 'der', 'gemeinde', 'i', 'im', 'in', 'stadt']);
export const isFiller = (word: string): boolean => FILLERS.has(word);
/** From here on a name says only where it lies: "an der Enz", "im Schwarzwald". */
const PREPOSITIONS = new Set(['a', 'ad', 'am', 'an', 'bei', 'i', 'im', 'in']);

export interface Spelling {
  /** Each of these is the whole name. */
  readonly names: readonly string[];
  /** The name's words, which may also stand in longer names. */
  readonly words: readonly string[];
  readonly skeletons: readonly string[];
}

/** The ways in which a name is the same name. */
export const spell = (name: string): Spelling => {
  const words = foldWords(name).split(' ');
  const place = words.findIndex((word, i) => i > 0 && PREPOSITIONS.has(word));
  const proper = words.slice(0, place > 0 ? place : undefined);
  const withoutFillers = (some: readonly string[]) => some.filter((word) => !isFiller(word)).join('');
  const all = [words.join(''), proper.join(''), withoutFillers(words), withoutFillers(proper)];
  const names = [...new Set(all)].filter((spelling) => spelling !== '');
  return {
    names,
    words: words.filter((word) => word.length > 3 && !isFiller(word)),
    skeletons: [...new Set(names.flatMap(skeletons))].filter((skeleton) => skeleton.length > 1),
  };
};

/** How many letters may be wrong in a word of that length, and in the beginning of a name that is still being typed. */
const typosAllowed = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : length < 9 ? 2 : 3);
const typosAllowedInBeginning = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2);

/** Letters that are wrong, or undefined for too many; half a letter more for a name that is not typed to its end. */
export const typos = (typed: string, { names, words }: Spelling): number | undefined => {
  let least: number | undefined;
  for (const name of [...names, ...words]) {
    const { whole, beginning } = editDistance(typed, name);
    const found = [
      whole <= typosAllowed(typed.length) ? whole : undefined,
      beginning <= typosAllowedInBeginning(typed.length) ? beginning + 0.5 : undefined,
    ];
    for (const count of found) if (count !== undefined && count < (least ?? Infinity)) least = count;
  }
  return least;
};
