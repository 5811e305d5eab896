import type { Db } from '../../platform/database.ts';
import type { Day } from '../../platform/datetime.ts';
import type { ManagerContact, Municipality, Place } from './model.ts';

export const listMunicipalities = (db: Db): Promise<Municipality[]> =>
  db.sql(`SELECT ags, name, kind, postal_code AS "postalCode", lat, lon FROM municipality ORDER BY name`);

const asDate = (day: Day) => new Date(`${day}T00:00:00Z`);
const validOn = (day: Day) => ({
  validFrom: { lte: asDate(day) },
  OR: [{ validTo: null }, { validTo: { gte: asDate(day) } }],
});

/** The carrier of a municipality on a day; undefined where none is assigned. */
export async function findCarrier(db: Db, ags: string, day: Day) {
  const row = await db.prisma.carrierAssignment.findFirst({
    where: { ags, ...validOn(day) },
    orderBy: { validFrom: 'desc' },
    include: { carrier: true },
  });
  if (row?.carrier == null) return undefined;
  return { id: row.carrier.id, name: row.carrier.name, confirmed: row.confirmedOn !== null };
}

/** Managers who serve a municipality on a day, with what decides whom new people go to. */
export async function listManagersOf(db: Db, ags: string, day: Day) {
  const rows = await db.prisma.manager.findMany({
    where: { leftAt: null, municipalities: { some: { ags, ...validOn(day) } } },
    include: { carrier: true, _count: { select: { refugees: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => ({
    contact: contactOf(row),
    workingDaysPerWeek: row.workingDays,
    clients: row._count.refugees,
    joined: row.personId !== null,
    // Nobody is sent to a manager who has not joined: she would not hear of it.
    accepts: row.accepts && row.personId !== null,
  }));
}

export async function findManager(db: Db, id: string): Promise<ManagerContact | undefined> {
  const [row] = await db.sql<Omit<ManagerContact, 'phone'> & { phone: string | null }>(
    `SELECT m.id, m.name, c.name AS carrier, coalesce(m.phone, c.phone) AS phone
     FROM manager m JOIN carrier c ON c.id = m.carrier_id WHERE m.id = $1`,
    [id],
  );
  return row === undefined ? undefined : { ...row, phone: row.phone ?? undefined };
}

/** Whether a manager has joined and not left. */
export async function isAtWork(db: Db, id: string): Promise<boolean> {
  return (await db.prisma.manager.count({ where: { id, leftAt: null, personId: { not: null } } })) > 0;
}

function contactOf(row: {
  id: string;
  name: string;
  phone: string | null;
  carrier: { name: string; phone: string | null };
}): ManagerContact {
  return { id: row.id, name: row.name, carrier: row.carrier.name, phone: row.phone ?? row.carrier.phone ?? undefined };
}

export const listCarriers = (db: Db) => db.prisma.carrier.findMany({ orderBy: { name: 'asc' } });

type PlaceRow = Omit<Place, 'street'> & { readonly street: string | null };
const PLACE = `SELECT id, ags, kind, name, street, postal_code AS "postalCode", city, lat, lon FROM place`;
const placeOf = (row: PlaceRow): Place => ({ ...row, street: row.street ?? undefined });

export async function listPlaces(db: Db): Promise<Place[]> {
  const rows = await db.sql<PlaceRow>(`${PLACE} WHERE active ORDER BY city, name`);
  return rows.map(placeOf);
}

export async function findPlace(db: Db, id: string): Promise<Place | undefined> {
  const [row] = await db.sql<PlaceRow>(`${PLACE} WHERE id = $1`, [id]);
  return row === undefined ? undefined : placeOf(row);
}

export async function hasMunicipalities(db: Db): Promise<boolean> {
  const rows = await db.sql('SELECT ags FROM municipality LIMIT 1');
  return rows.length > 0;
}

export async function insertCounty(
  db: Db,
  county: {
    carriers: { id: string; name: string }[];
    municipalities: Municipality[];
    assignments: {
      id: string;
      ags: string;
      carrierId: string | null;
      validFrom: Date;
      confirmedBy: string | null;
      confirmedOn: Date | null;
      source: string;
    }[];
    places: Place[];
  },
): Promise<void> {
  await db.prisma.carrier.createMany({ data: county.carriers, skipDuplicates: true });
  await db.prisma.municipality.createMany({ data: county.municipalities, skipDuplicates: true });
  await db.prisma.carrierAssignment.createMany({ data: county.assignments, skipDuplicates: true });
  await db.prisma.place.createMany({
    data: county.places.map((place) => ({ ...place, street: place.street ?? null })),
    skipDuplicates: true,
  });
}
