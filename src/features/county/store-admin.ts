import type { Db } from '../../platform/database.ts';
import { type Day, day } from '../../platform/datetime.ts';
import type { Assignment, PlaceDraft, PlaceEntry } from './model-admin.ts';

// What coordinators change about the county: who serves which municipality, and places.

interface AssignmentRow {
  id: string;
  ags: string;
  carrierId: string | null;
  carrier: string | null;
  validFrom: string;
  validTo: string | null;
  confirmedOn: string | null;
  confirmedBy: string | null;
  source: string;
}

const ASSIGNMENTS = `
  SELECT a.id, a.ags, a.carrier_id AS "carrierId", c.name AS carrier, a.valid_from::text AS "validFrom",
    a.valid_to::text AS "validTo", a.confirmed_on::text AS "confirmedOn", coalesce(k.name, a.confirmed_by) AS "confirmedBy",
    a.source
  FROM carrier_assignment a LEFT JOIN carrier c ON c.id = a.carrier_id
    LEFT JOIN coordinator k ON k.person_id = a.confirmer_id`;

const dayOr = (text: string | null) => (text === null ? undefined : day(text));
const assignmentOf = (row: AssignmentRow): Assignment => ({
  id: row.id,
  ags: row.ags,
  carrierId: row.carrierId ?? undefined,
  carrier: row.carrier ?? undefined,
  validFrom: day(row.validFrom),
  validTo: dayOr(row.validTo),
  confirmedOn: dayOr(row.confirmedOn),
  confirmedBy: row.confirmedBy ?? undefined,
});

/** All there ever were of a municipality, newest first. */
export async function listHistory(db: Db, ags: string): Promise<Assignment[]> {
  const rows = await db.sql<AssignmentRow>(
    `${ASSIGNMENTS} WHERE a.ags = $1 ORDER BY a.valid_from DESC, a.valid_to DESC NULLS FIRST, a.id`,
    [ags],
  );
  return rows.map(assignmentOf);
}

/** The ones in force that day, one a municipality. */
export async function listInForce(db: Db, on: Day): Promise<Assignment[]> {
  const rows = await db.sql<AssignmentRow>(
    `${ASSIGNMENTS} WHERE a.valid_from <= $1::date AND (a.valid_to IS NULL OR a.valid_to >= $1::date)`,
    [on],
  );
  return rows.map(assignmentOf);
}

/** True when it was not confirmed yet. */
export async function confirmAssignment(tx: Db, id: string, personId: string, on: Day): Promise<boolean> {
  const { count } = await tx.prisma.carrierAssignment.updateMany({
    where: { id, confirmedOn: null },
    data: { confirmerId: personId, confirmedOn: new Date(`${on}T00:00:00Z`) },
  });
  return count > 0;
}

/** One decision about a municipality at a time. */
export async function lockMunicipality(tx: Db, ags: string): Promise<void> {
  await tx.sql('SELECT ags FROM municipality WHERE ags = $1 FOR UPDATE', [ags]);
}

/** What was in force ends the day before; what was to begin later never does. */
export async function endAssignments(tx: Db, ags: string, from: Day): Promise<void> {
  await tx.sql(
    `UPDATE carrier_assignment SET valid_to = least(valid_from, $2::date) - 1
     WHERE ags = $1 AND valid_from >= $2::date AND (valid_to IS NULL OR valid_to >= valid_from)`,
    [ags, from],
  );
  await tx.sql(
    `UPDATE carrier_assignment SET valid_to = $2::date - 1
     WHERE ags = $1 AND valid_from < $2::date AND (valid_to IS NULL OR valid_to >= $2::date)`,
    [ags, from],
  );
}

export async function insertAssignment(
  tx: Db,
  row: { id: string; ags: string; carrierId: string | undefined; from: Day; personId: string; on: Day },
): Promise<void> {
  await tx.prisma.carrierAssignment.create({
    data: {
      id: row.id,
      ags: row.ags,
      carrierId: row.carrierId ?? null,
      validFrom: new Date(`${row.from}T00:00:00Z`),
      confirmerId: row.personId,
      confirmedOn: new Date(`${row.on}T00:00:00Z`),
      source: '',
    },
  });
}

/** Also those that are closed, by town and name. */
export async function listEveryPlace(db: Db): Promise<PlaceEntry[]> {
  const rows = await db.prisma.place.findMany({ orderBy: [{ city: 'asc' }, { name: 'asc' }, { id: 'asc' }] });
  return rows.map((row) => ({ ...row, street: row.street ?? undefined }));
}

export async function insertPlace(tx: Db, id: string, place: PlaceDraft): Promise<void> {
  await tx.prisma.place.create({ data: { ...place, id, street: place.street ?? null } });
}

export async function updatePlace(
  tx: Db,
  id: string,
  data: {
    name?: string;
    kind?: string;
    street?: string | null;
    ags?: string;
    postalCode?: string;
    city?: string;
    lat?: number;
    lon?: number;
    active?: boolean;
  },
): Promise<boolean> {
  return (await tx.prisma.place.updateMany({ where: { id }, data })).count > 0;
}
