import { normaliseDigits } from '../../platform/digits.ts';
import { editDistance, foldWords, skeletons } from '../../platform/spelling.ts';
import type { ManagerCapacity, Municipality } from './model.ts';
import { isFiller, type Spelling, spell, typos } from './rules-spelling.ts';

/** `near` asks the person which one she means, best first; `outside` is a place or a postal code of another county. */
export type MunicipalitySearch =
  | { readonly kind: 'exact'; readonly municipality: Municipality }
  | { readonly kind: 'near'; readonly municipalities: readonly Municipality[] }
  | { readonly kind: 'outside' }
  | { readonly kind: 'none' };

const MOST_NEAR = 6;
/** Nobody's town has a longer name; what is longer is not looked at. */
const LONGEST = 80;

/** Where people who ask us often live instead: the county's neighbours and the large cities. */
const OUTSIDE = [
  ...['Aidlingen', 'Baden-Baden', 'Baiersbronn', 'Berlin', 'Birkenfeld', 'Böblingen', 'Bondorf', 'Deckenpfronn'],
  ...['Ditzingen', 'Dornstetten', 'Ehningen', 'Engelsbrand', 'Ettlingen', 'Eutingen', 'Forbach', 'Frankfurt am Main'],
  ...['Freiburg', 'Freudenstadt', 'Gaggenau', 'Gärtringen', 'Gäufelden', 'Gernsbach', 'Grafenau', 'Grömbach'],
  ...['Hamburg', 'Heidelberg', 'Heilbronn', 'Heimsheim', 'Herrenberg', 'Holzgerlingen', 'Horb am Neckar', 'Jettingen'],
  ...['Karlsruhe', 'Köln', 'Leonberg', 'Loffenau', 'Loßburg', 'Ludwigsburg', 'Magstadt', 'Mannheim', 'Marxzell'],
  ...['Mötzingen', 'Mühlacker', 'München', 'Neuenbürg', 'Neuhausen', 'Nufringen', 'Offenburg', 'Pfalzgrafenweiler'],
  ...['Pforzheim', 'Rastatt', 'Renningen', 'Reutlingen', 'Rottenburg am Neckar', 'Rottweil', 'Rutesheim', 'Seewald'],
  ...['Sindelfingen', 'Straubenhardt', 'Stuttgart', 'Tiefenbronn', 'Tübingen', 'Ulm', 'Waldachtal', 'Weil der Stadt'],
  'Wörnersberg',
];

/** Postal codes of large customers (Arbeitsagentur, Sparkasse, Landratsamt): letters go there, nobody lives there. */
const LARGE_CUSTOMERS = ['72200', '75162', '75363'];

type Spelled = Spelling & { readonly municipality: Municipality };

const outside: readonly Spelling[] = OUTSIDE.map(spell);

const shares = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));
const isLatin = (name: string): boolean => /^[a-z]+$/.test(name);

/** A rank, 0 the best, or undefined where it is not like the typed one at all. */
type Likeness = (town: Spelled) => number | undefined;

const near = (towns: readonly Spelled[], likeness: Likeness): MunicipalitySearch | undefined => {
  const ranked = towns
    .flatMap((town) => {
      const rank = likeness(town);
      return rank === undefined ? [] : [{ municipality: town.municipality, rank }];
    })
    .sort((a, b) => a.rank - b.rank || (a.municipality.name < b.municipality.name ? -1 : 1));
  const municipalities = ranked.slice(0, MOST_NEAR).map(({ municipality }) => municipality);
  return municipalities.length > 0 ? { kind: 'near', municipalities } : undefined;
};

/** Typed in Latin letters. Undefined where nothing is like it. */
const searchLatin = (towns: readonly Spelled[], name: string): MunicipalitySearch | undefined => {
  if (name.length < 2) return undefined;
  const begun = near(towns, ({ names, words }) => {
    if (names.some((one) => one.startsWith(name))) return 0;
    if (words.some((word) => word.startsWith(name))) return 1;
    return name.length > 2 && names.some((one) => one.includes(name)) ? 2 : undefined;
  });
  if (begun) return begun;
  const inside = Math.min(...towns.map((town) => typos(name, town) ?? Infinity));
  // One wrong letter in a neighbour's name; whoever could as well mean one of ours is asked.
  const isNeighbour =
    name.length > 5 && outside.some(({ names }) => names.some((n) => editDistance(name, n).whole < 2));
  if (isNeighbour && inside > 2) return { kind: 'outside' };
  return near(towns, (town) => {
    const wrong = typos(name, town);
    return wrong === undefined || wrong > inside + 1 ? undefined : wrong;
  });
};

/** Typed by ear, in any script: consonants only. Undefined where nothing sounds like it. */
const searchBySound = (
  towns: readonly Spelled[],
  typed: readonly string[],
  foreign: boolean,
): MunicipalitySearch | undefined => {
  const heard = typed.filter((skeleton) => skeleton.length > (foreign ? 1 : 2));
  const same = near(towns, (town) => (shares(heard, town.skeletons) ? 0 : undefined));
  if (same) return same;
  if (heard.some((one) => one.length > 2 && outside.some((place) => place.skeletons.includes(one)))) {
    return { kind: 'outside' };
  }
  if (!foreign) return undefined;
  return near(towns, (town) => {
    const pairs = heard.flatMap((one) => town.skeletons.map((other) => [one, other] as const));
    if (pairs.some(([one, other]) => one.length > 2 && other.startsWith(one))) return 0;
    return pairs.some(([one, other]) => one.length > 4 && editDistance(one, other).whole < 2) ? 1 : undefined;
  });
};

/** A sentence or a name with its quarter ("Calw-Stammheim"): the words alone. */
const searchWords = (towns: readonly Spelled[], words: readonly string[]): MunicipalitySearch | undefined => {
  const said = words.filter((word) => !isFiller(word)).map((word) => spell(word));
  const heard = words
    .filter((word) => !isLatin(word))
    .flatMap(skeletons)
    .filter((one) => one.length > 2);
  const isSaid = ({ names, words: parts }: Spelling) => said.some((one) => shares(one.names, [...names, ...parts]));
  const inside = near(towns, (town) => (isSaid(town) ? 0 : shares(heard, town.skeletons) ? 1 : undefined));
  if (inside) return inside;
  if (outside.some((place) => said.some((one) => shares(one.names, place.names)))) return { kind: 'outside' };
  return near(towns, (town) => {
    const wrong = words.filter((word) => word.length > 5).map((word) => typos(word, town) ?? Infinity);
    const least = Math.min(...wrong);
    return least < 2 ? least : undefined;
  });
};

const searchByName = (towns: readonly Spelled[], typed: string): MunicipalitySearch => {
  const words = foldWords(typed).split(' ');
  const name = words.join('');
  if (name === '' || name.length > LONGEST) return { kind: 'none' };
  const spelling = spell(typed);
  const [exact, ...others] = towns.filter((town) => shares(spelling.names, town.names));
  // "Neuweiler bei Böblingen" may be another Neuweiler: then she is asked.
  const isElsewhere = words.some((word) => outside.some(({ names }) => names.includes(word)));
  if (exact && others.length === 0 && !isElsewhere) return { kind: 'exact', municipality: exact.municipality };
  if (exact) return { kind: 'near', municipalities: [exact, ...others].map(({ municipality }) => municipality) };
  if (outside.some((place) => shares(spelling.names, place.names))) return { kind: 'outside' };
  const isForeign = /[\u0600-\u06ff\u1200-\u137f]/.test(name);
  return (
    (isLatin(name) ? searchLatin(towns, name) : undefined) ??
    (words.length > 1 ? searchWords(towns, words) : undefined) ??
    searchBySound(towns, spelling.skeletons, isForeign) ?? { kind: 'none' }
  );
};

const codesIn = (typed: string): readonly string[] => {
  const spaced = /^[\d ]+$/.test(typed) ? typed.replaceAll(' ', '') : typed;
  return [...spaced.matchAll(/(?<!\d)\d{5}(?!\d)/g)].map(([code]) => code);
};

/**
 * What a person may have meant who typed a municipality's name or postal code, in Latin, Arabic, Persian or Ethiopic
 * letters and any digits. Understands case, umlauts in three spellings, beginnings, parts, typing errors, names by
 * ear, a name within a sentence. Safe and quick for anything that can be typed; never throws.
 */
export const searchMunicipalities = (all: readonly Municipality[], typed: string): MunicipalitySearch => {
  const text = normaliseDigits(typed).trim();
  if (text === '' || text.length > LONGEST) return { kind: 'none' };
  const towns = all.map((municipality): Spelled => ({ municipality, ...spell(municipality.name) }));
  const byName = searchByName(towns, text.replace(/\d+/g, ' '));
  const codes = codesIn(text);
  if (codes.length === 0) return byName;

  const byCode = all.filter(({ postalCode }) => codes.includes(postalCode));
  const named = byName.kind === 'exact' ? [byName.municipality] : byName.kind === 'near' ? byName.municipalities : [];
  if (byCode.length === 0) {
    const isForeignCode = codes.some((code) => !LARGE_CUSTOMERS.includes(code) && code !== '00000');
    if (!isForeignCode) return byName;
    return named.length > 0 ? { kind: 'near', municipalities: named } : { kind: 'outside' };
  }
  const both = byCode.filter((town) => named.includes(town));
  const [only, ...more] = both.length > 0 ? both : byCode;
  const contradicts = both.length === 0 && byName.kind === 'exact';
  if (only && more.length === 0 && !contradicts) return { kind: 'exact', municipality: only };
  const municipalities = [...new Set([...both, ...byCode, ...(contradicts ? named : [])])].slice(0, MOST_NEAR);
  return { kind: 'near', municipalities };
};

/**
 * The manager with the fewest clients per working day, who has the most room for one more. Equals are settled by id, so
 * that the same question has the same answer. Undefined where nobody accepts or works.
 */
export const pickManager = (candidates: readonly ManagerCapacity[]): string | undefined => {
  const load = ({ clients, workingDaysPerWeek }: ManagerCapacity) => clients / workingDaysPerWeek;
  return candidates
    .filter(({ accepts, workingDaysPerWeek }) => accepts && workingDaysPerWeek > 0)
    .reduce<ManagerCapacity | undefined>((best, next) => {
      if (!best || load(next) < load(best)) return next;
      return load(next) === load(best) && next.managerId < best.managerId ? next : best;
    }, undefined)?.managerId;
};
