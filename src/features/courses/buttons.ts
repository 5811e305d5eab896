import { z } from 'zod';
import { defineButton, defineDiscreetButton, part } from '../../telegram/button.ts';
import { ANY, type From, isInGermany, KILOMETRES, PURPOSES, REACHED, type Wish } from './model.ts';
import { CERTIFICATES, type LevelAnswers, READS, SPEAKS } from './model-finder.ts';

/**
 * What somebody looks for travels in the buttons, in at most 17 characters, and is stored nowhere: purpose, level, time,
 * child care, kilometres, from where. `rxxn25h` is: reading and writing, any level, any time, no child care needed, 25 km
 * from her municipality. A place that she shared is written to two decimals, about a kilometre: `p4871.874`. An `a` at the
 * end: she looks at everything, and her wishes wait for her on the way back.
 */
const LETTERS = {
  purpose: { read: 'r', everyday: 'e', work: 'w', more: 'm' },
  when: { morning: 'm', afternoon: 'a', evening: 'e', weekend: 'w' },
} as const;
const WRITTEN = /^([rewmx])([0-6x])([maewx])([yn])(0|10|25|50)(?:([hn])|p(\d{4})\.(\d{3,4}))(a?)$/;

export interface Search {
  readonly wish: Wish;
  readonly from: From;
  /** Everything is shown; the wishes are only remembered. */
  readonly isAll: boolean;
}

const hundredths = (degrees: number): string => String(Math.round(degrees * 100));

export function writeSearch({ wish, from, isAll }: Search): string {
  const { purpose, reached, when, childCare, km } = wish;
  return [
    purpose === undefined ? 'x' : LETTERS.purpose[purpose],
    reached === undefined ? 'x' : String(REACHED.indexOf(reached)),
    when === undefined ? 'x' : LETTERS.when[when],
    childCare ? 'y' : 'n',
    String(km ?? 0),
    from === 'home' ? 'h' : from === 'nowhere' ? 'n' : `p${hundredths(from.lat)}.${hundredths(from.lon)}`,
    isAll ? 'a' : '',
  ].join('');
}

/** Undefined for what was not written by `writeSearch`. */
export function readSearch(text: string): Search | undefined {
  const [, purpose, reached, when, childCare, km, where, lat, lon, all] = WRITTEN.exec(text) ?? [];
  if (purpose === undefined) return undefined;
  const point = { lat: Number(lat) / 100, lon: Number(lon) / 100 };
  if (where === undefined && !isInGermany(point)) return undefined;
  return {
    wish: {
      purpose: PURPOSES.find((one) => LETTERS.purpose[one] === purpose),
      reached: reached === 'x' ? undefined : REACHED[Number(reached)],
      when: (['morning', 'afternoon', 'evening', 'weekend'] as const).find((one) => LETTERS.when[one] === when),
      childCare: childCare === 'y',
      km: KILOMETRES.find((one) => String(one) === km),
    },
    from: where === 'h' ? 'home' : where === 'n' ? 'nowhere' : point,
    isAll: all === 'a',
  };
}

/** Everything, from her municipality. */
export const EVERYTHING = writeSearch({ wish: ANY, from: 'home', isAll: false });

/** The answers to the three questions so far, one digit each: `20` is Latin letters, hardly any German. */
export const writeAnswers = ({ reads, speaks, certificate }: Partial<LevelAnswers>): string =>
  [
    reads === undefined ? '' : READS.indexOf(reads),
    speaks === undefined ? '' : SPEAKS.indexOf(speaks),
    certificate === undefined ? '' : CERTIFICATES.indexOf(certificate),
  ].join('') || '-';

export const readAnswers = (text: string): Partial<LevelAnswers> => {
  const [reads, speaks, certificate] = text === '-' ? [] : [...text].map(Number);
  return {
    ...(reads !== undefined && { reads: READS[reads] ?? 'latin' }),
    ...(speaks !== undefined && { speaks: SPEAKS[speaks] ?? 'hardly' }),
    ...(certificate !== undefined && { certificate: CERTIFICATES[certificate] ?? 'none' }),
  };
};

const search = z.string().refine((text) => readSearch(text) !== undefined);
const answers = z.string().regex(/^(?:-|[0-2](?:[0-2][0-3]?)?)$/);
const on = z.enum(['yes', 'no']);
/** A card: which course, and from which list. */
const card = { id: part.id, search, page: part.number };

/** Looking for a course is nobody's business: these leave no trace (`telegram/discreet.ts`). */
export const buttons = {
  courses: defineDiscreetButton('co', {}),
  purpose: defineDiscreetButton('co.for', { search }),
  level: defineDiscreetButton('co.level', { search, answers }),
  when: defineDiscreetButton('co.when', { search }),
  children: defineDiscreetButton('co.kids', { search }),
  where: defineDiscreetButton('co.where', { search }),
  locate: defineDiscreetButton('co.loc', { search }),
  /** Back from there: the keys below the chat disappear. */
  unlocate: defineDiscreetButton('co.noloc', { search }),
  list: defineDiscreetButton('co.list', { search, page: part.number }),
  card: defineDiscreetButton('co.card', card),
  pin: defineDiscreetButton('co.pin', { id: part.id }),
  /** Whether she can take part, by the paper that she says she has. */
  papers: defineDiscreetButton('co.can', card),
  paper: defineDiscreetButton('co.can.is', { ...card, paper: z.string().regex(/^[a-z][0-9]$/) }),
};

/**
 * What is kept because she wants it: these are stored like everything else that people do, but for those which lead back
 * to the list. A place that she shared travels in them, and is stored nowhere, not even until she is answered.
 */
export const keepingButtons = {
  remind: defineDiscreetButton('co.rem', { ...card, on }),
  /** Counted from her municipality: nothing else is written in it. */
  tell: defineButton('co.tell', { search }),
  mine: defineButton('co.mine', {}),
  wish: defineButton('co.wish', { id: part.id }),
  change: defineButton('co.wish.to', { id: part.id, to: z.enum(['pause', 'resume', 'keep', 'end']) }),
  forget: defineButton('co.forget', { id: part.id }),
  /** A manager or coordinator has heard that a place is free, or that it is not any more. */
  report: defineDiscreetButton('co.free', { ...card, on }),
};
