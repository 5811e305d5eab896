import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type CountyFacts, countyFacts, type Municipality, municipality, type Place, schoolHoliday } from './model.ts';

const COUNTIES = path.join(import.meta.dirname, '../../../prisma/counties');

/** When the seed was written: the day from which its assignments count as named. */
const SEED_DAY = '2018-05-14';

const municipalityRow = z.object({
  ags: z.string(),
  name: z.string(),
  type: z.string(),
  plz: z.string(),
  lat: z.coerce.number(),
  lon: z.coerce.number(),
  carrier: z.string(),
  carrier_confirmed: z.enum(['yes', 'no']),
  source: z.string(),
});
const carrierRow = z.object({ carrier: z.string(), name: z.string() });
const placeRow = z.object({
  id: z.string(),
  ags: z.string(),
  kind: z.enum(['town-hall', 'shelter', 'circle-room', 'office']),
  name: z.string(),
  street: z.string(),
  postal_code: z.string(),
  city: z.string(),
  lat: z.coerce.number(),
  lon: z.coerce.number(),
});
/** `confirmed` says whether an authority is known to have said so, `source` where the dates are from. */
const schoolHolidayRow = z
  .object({
    name: z.string(),
    from: z.string(),
    to: z.string(),
    confirmed: z.enum(['yes', 'no']),
    source: z.string().min(1),
  })
  .transform(({ name, from, to, confirmed }) => ({ name, from, to, isConfirmed: confirmed === 'yes' }))
  .pipe(schoolHoliday);

export interface CountyFolder {
  readonly facts: CountyFacts;
  readonly carriers: { id: string; name: string }[];
  readonly municipalities: Municipality[];
  readonly assignments: {
    id: string;
    ags: string;
    carrierId: string | null;
    validFrom: Date;
    confirmedBy: string | null;
    confirmedOn: Date | null;
    source: string;
  }[];
  readonly places: Place[];
}

function rows<T>(folder: string, file: string, schema: z.ZodType<T>): T[] {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const records = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true }) as unknown[];
  return records.map((record, index) => {
    const result = schema.safeParse(record);
    if (!result.success) throw new Error(`${file}, row ${index + 2}: ${z.prettifyError(result.error)}`);
    return result.data;
  });
}

/** Where a county's data is. Throws where there is none. */
export function countyFolder(county: string): string {
  const folder = path.join(COUNTIES, county);
  if (!existsSync(folder)) throw new Error(`COUNTY: there is no county named ${county} in prisma/counties.`);
  return folder;
}

/** Throws where something is not as it must be; for the table of school holidays with its row. */
export function readFacts(county: string): CountyFacts {
  const folder = countyFolder(county);
  const said: unknown = JSON.parse(readFileSync(path.join(folder, 'county.json'), 'utf8'));
  const schoolHolidays = rows(folder, 'school-holidays.csv', schoolHolidayRow);
  return countyFacts.parse({ ...z.record(z.string(), z.unknown()).parse(said), schoolHolidays });
}

/** Reads a county's folder. Throws with file and row where something is not as it must be. */
export function readCounty(county: string): CountyFolder {
  const folder = countyFolder(county);
  const towns = rows(folder, 'municipalities.csv', municipalityRow);
  return {
    facts: readFacts(county),
    carriers: rows(folder, 'carriers.csv', carrierRow).map(({ carrier, name }) => ({ id: carrier, name })),
    municipalities: towns.map((town) => municipality.parse({ ...town, kind: town.type, postalCode: town.plz })),
    assignments: towns.map((town) => ({
      id: `seed-${town.ags}`,
      ags: town.ags,
      carrierId: town.carrier === 'none' ? null : town.carrier,
      validFrom: new Date(`${SEED_DAY}T00:00:00Z`),
      confirmedBy: town.carrier_confirmed === 'yes' ? 'Kreistagsvorlage 2018/484' : null,
      confirmedOn: town.carrier_confirmed === 'yes' ? new Date(`${SEED_DAY}T00:00:00Z`) : null,
      source: town.source,
    })),
    places: rows(folder, 'places.csv', placeRow).map(({ postal_code, street, ...place }) => ({
      ...place,
      postalCode: postal_code,
      street: street === '' ? undefined : street,
    })),
  };
}
