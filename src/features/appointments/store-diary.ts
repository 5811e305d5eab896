import type { Db } from '../../platform/database.ts';
import { type Day, day, type Instant, instant, toDate, wallTime } from '../../platform/datetime.ts';
import type { OfficeHours, OfficeHoursDraft, Way, Weekday } from './model.ts';
import type { ManagerRange } from './rules.ts';

// Office hours and what is free in a manager's diary.

/** What decides which times of these managers are free. One query; its cost does not grow with the past. */
export interface Diary {
  readonly hours: readonly OfficeHours[];
  readonly absences: readonly ManagerRange[];
  readonly busy: readonly ManagerRange[];
}

interface HoursJson {
  id: string;
  manager_id: string;
  weekday: number;
  from: string;
  to: string;
  place_id: string | null;
  ways: Way[];
  slot_minutes: number;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
  every_weeks: number;
  valid_from: string;
  valid_to: string | null;
}

const DIARY = `
  SELECT
    (SELECT coalesce(json_agg(h), '[]') FROM office_hours h
      WHERE manager_id = ANY($1::text[]) AND (valid_to IS NULL OR valid_to >= $2::date)) AS hours,
    (SELECT coalesce(json_agg(json_build_array(manager_id, extract(epoch FROM "from") * 1000, extract(epoch FROM "to") * 1000)), '[]')
      FROM absence WHERE manager_id = ANY($1::text[]) AND "to" > $2::timestamptz AND "from" < $3::timestamptz) AS absences,
    (SELECT coalesce(json_agg(json_build_array(manager_id, extract(epoch FROM blocks_from) * 1000, extract(epoch FROM blocks_to) * 1000)), '[]')
      FROM appointment WHERE manager_id = ANY($1::text[]) AND status = 'booked' AND blocks_to > $2::timestamptz
        AND blocks_from < $3::timestamptz) AS busy`;

type RangeJson = [managerId: string, from: number, to: number];

/** What lies between `from` and `until`, or everything from then on. */
export async function readDiary(db: Db, managerIds: readonly string[], from: Instant, until?: Instant): Promise<Diary> {
  const rows = await db.sql<{ hours: HoursJson[]; absences: RangeJson[]; busy: RangeJson[] }>(DIARY, [
    managerIds,
    toDate(from),
    until === undefined ? 'infinity' : toDate(until),
  ]);
  const row = rows[0] ?? { hours: [], absences: [], busy: [] };
  const range = ([managerId, from, to]: RangeJson): ManagerRange => ({
    managerId,
    from: instant(from),
    to: instant(to),
  });
  return { hours: row.hours.map(hoursOf), absences: row.absences.map(range), busy: row.busy.map(range) };
}

const hoursOf = (row: HoursJson): OfficeHours => ({
  id: row.id,
  managerId: row.manager_id,
  weekday: row.weekday as Weekday,
  from: wallTime(row.from),
  to: wallTime(row.to),
  placeId: row.place_id ?? undefined,
  ways: row.ways,
  slotMinutes: row.slot_minutes,
  bufferBeforeMinutes: row.buffer_before_minutes,
  bufferAfterMinutes: row.buffer_after_minutes,
  everyWeeks: row.every_weeks,
  validFrom: day(row.valid_from),
  validTo: row.valid_to === null ? undefined : day(row.valid_to),
});

export async function listOfficeHours(db: Db, managerId: string, today: Day): Promise<OfficeHours[]> {
  const rows = await db.sql<{ hours: HoursJson[] }>(
    `SELECT coalesce(json_agg(h ORDER BY weekday, "from", valid_from), '[]') AS hours FROM office_hours h
     WHERE manager_id = $1 AND (valid_to IS NULL OR valid_to >= $2::date)`,
    [managerId, today],
  );
  return (rows[0]?.hours ?? []).map(hoursOf);
}

const dateOf = (date: Day | undefined) => (date === undefined ? null : new Date(`${date}T00:00:00Z`));

export async function insertOfficeHours(db: Db, id: string, managerId: string, draft: OfficeHoursDraft): Promise<void> {
  await db.prisma.officeHours.create({
    data: {
      ...draft,
      id,
      managerId,
      placeId: draft.placeId ?? null,
      ways: [...draft.ways],
      validFrom: dateOf(draft.validFrom) ?? new Date(0),
      validTo: dateOf(draft.validTo),
    },
  });
}

export async function deleteOfficeHours(db: Db, managerId: string, id: string): Promise<boolean> {
  return (await db.prisma.officeHours.deleteMany({ where: { id, managerId } })).count > 0;
}

/** Until the transaction ends, nobody else changes this manager's office hours. */
export async function lockManager(tx: Db, managerId: string): Promise<void> {
  await tx.sql('SELECT id FROM manager WHERE id = $1 FOR UPDATE', [managerId]);
}

export async function listMunicipalitiesOf(db: Db, managerId: string): Promise<string[]> {
  const rows = await db.prisma.managerMunicipality.findMany({ where: { managerId }, select: { ags: true } });
  return rows.map(({ ags }) => ags);
}
