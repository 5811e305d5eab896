import type { CourseRecord, Point } from './model.ts';

/** What is needed of a municipality to place a course in it. */
interface Town extends Point {
  readonly ags: string;
  readonly name: string;
  readonly postalCode: string;
}

/** "Nürnberg, Mittelfranken", "Bad Wildbad im Schwarzwald": names carry suffixes. */
const isNamed = (town: Town, city: string): boolean => {
  const bare = city.split(',')[0]?.trim().toLowerCase() ?? '';
  const name = town.name.toLowerCase();
  return bare === name || bare.startsWith(`${name} `) || bare.startsWith(`${name}-`);
};

/** The municipality of a course: by its key, else by postal code, else by name; undefined outside the county. */
function townOf({ ags, postalCode, city }: CourseRecord['place'], towns: readonly Town[]): Town | undefined {
  if (ags !== undefined) return towns.find((town) => town.ags === ags);
  const named = city === undefined ? [] : towns.filter((town) => isNamed(town, city));
  if (postalCode === undefined) return named[0];
  const there = towns.filter((town) => town.postalCode === postalCode);
  return there.find((town) => named.includes(town)) ?? there[0];
}

/**
 * The place of a course, completed: its municipality, and where it has no coordinates of its own, that one's centre. Outside
 * the county nothing is guessed: no distance is shown.
 */
export function placed(place: CourseRecord['place'], towns: readonly Town[]): CourseRecord['place'] {
  const town = townOf(place, towns);
  if (town === undefined) return place;
  const isLocated = place.lat !== undefined && place.lon !== undefined;
  return { ...place, ags: town.ags, ...(isLocated ? {} : { lat: town.lat, lon: town.lon }) };
}
