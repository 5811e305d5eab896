import { z } from 'zod';
import { defineButton, part } from '../../telegram/button.ts';
import { ANY, type From, isInGermany, KILOMETRES, PURPOSES, REACHED, type Wish } from './model.ts';

/**
 * What somebody looks for travels in the buttons, in at most 17 characters, and is stored nowhere: purpose, level, time,
 * child care, kilometres, from where. `rxxn25h` is: reading and writing, any level, any time, no child care needed, 25 km
 * from her municipality. A place that she shared is written to two decimals, about a kilometre: `p4871.874`.
 */
const LETTERS = {
  purpose: { read: 'r', everyday: 'e', work: 'w', more: 'm' },
  when: { morning: 'm', afternoon: 'a', evening: 'e', weekend: 'w' },
} as const;
const WRITTEN = /^([rewmx])([0-6x])([maewx])([yn])(0|10|25|50)(?:([hn])|p(\d{4})\.(\d{3,4}))$/;

export interface Search {
  readonly wish: Wish;
  readonly from: From;
}

const hundredths = (degrees: number): string => String(Math.round(degrees * 100));

export function writeSearch({ wish, from }: Search): string {
  const { purpose, reached, when, childCare, km } = wish;
  return [
    purpose === undefined ? 'x' : LETTERS.purpose[purpose],
    reached === undefined ? 'x' : String(REACHED.indexOf(reached)),
    when === undefined ? 'x' : LETTERS.when[when],
    childCare ? 'y' : 'n',
    String(km ?? 0),
    from === 'home' ? 'h' : from === 'nowhere' ? 'n' : `p${hundredths(from.lat)}.${hundredths(from.lon)}`,
  ].join('');
}

/** Undefined for what was not written by `writeSearch`. */
export function readSearch(text: string): Search | undefined {
  const [, purpose, reached, when, childCare, km, where, lat, lon] = WRITTEN.exec(text) ?? [];
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
  };
}

/** Everything, from her municipality. */
export const EVERYTHING = writeSearch({ wish: ANY, from: 'home' });

const search = z.string().refine((text) => readSearch(text) !== undefined);

export const buttons = {
  courses: defineButton('co', {}),
  list: defineButton('co.list', { search, page: part.number }),
  card: defineButton('co.card', { id: part.id, search, page: part.number }),
};
