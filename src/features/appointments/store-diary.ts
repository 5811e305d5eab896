import type { Db } from '../../platform/database.ts';
import { type Day, day, type Instant, instant, toDate, wallTime } from '../../platform/datetime.ts';
import type { OccurrenceChange, OfficeHours, OfficeHoursDraft, Way, Weekday } from './model.ts';
import type { Hold, ManagerRange, OpenHoliday } from './rules.ts';

// Office hours and what is free in a manager's diary.

/** What decides which times of these managers are free. One query; its cost does not grow with the past. */
export interface Diary {
  readonly hours: readonly OfficeHours[];
  readonly changes: readonly OccurrenceChange[];
  readonly openHolidays: readonly OpenHoliday[];
  readonly absences: readonly (ManagerRange & { readonly deputyId: string | undefined })[];
  readonly busy: readonly ManagerRange[];
  /** Freed times that are kept for those who were asked. */
  readonly holds: readonly Hold[];
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
  travel_minutes: number;
  interpreter: boolean;
  every_weeks: number;
  valid_from: string;
  valid_to: string | null;
}

const DIARY = `
  SELECT
    (SELECT coalesce(json_agg(h), '[]') FROM office_hours h
      WHERE manager_id = ANY($1::text[]) AND (valid_to IS NULL OR valid_to >= $2::date)) AS hours,
    (SELECT coalesce(json_agg(json_build_array(hours_id, day, c."from", c."to", c.place_id)), '[]')
      FROM occurrence_change c JOIN office_hours h ON h.id = hours_id
      WHERE h.manager_id = ANY($1::text[]) AND day >= $2::date - 1) AS changes,
    (SELECT coalesce(json_agg(json_build_array(manager_id, day)), '[]') FROM open_holiday
      WHERE manager_id = ANY($1::text[]) AND day >= $2::date - 1) AS holidays,
    (SELECT coalesce(json_agg(json_build_array(manager_id, date_part('epoch', "from"), date_part('epoch', "to"), deputy_id)), '[]')
      FROM absence WHERE manager_id = ANY($1::text[]) AND "to" > $2::timestamptz AND "from" < $3::timestamptz) AS absences,
    (SELECT coalesce(json_agg(json_build_array(manager_id, date_part('epoch', blocks_from), date_part('epoch', blocks_to))), '[]')
      FROM appointment WHERE manager_id = ANY($1::text[]) AND status = 'booked' AND blocks_to > $2::timestamptz
        AND blocks_from < $3::timestamptz) AS busy,
    (SELECT coalesce(json_agg(json_build_array(o.manager_id, date_part('epoch', o.blocks_from),
        date_part('epoch', o.blocks_to), (
          SELECT coalesce(json_agg(f.refugee_id), '[]') FROM slot_offer f
          WHERE f.manager_id = o.manager_id AND f.starts_at = o.starts_at AND f.status = 'open'
            AND f.answer_by > $4::timestamptz))), '[]')
      FROM opened_slot o WHERE o.manager_id = ANY($1::text[]) AND o.held_until > $4::timestamptz
        AND o.blocks_to > $2::timestamptz AND o.blocks_from < $3::timestamptz) AS holds`;

type RangeJson = [managerId: string, from: number, to: number];
type HoldJson = [...RangeJson, asked: string[]];
type AbsenceJson = [...RangeJson, deputyId: string | null];
type ChangeJson = [hoursId: string, day: string, from: string | null, to: string | null, placeId: string | null];

/** What lies between `from` and `until`, or everything from then on. What is held is so at `now`. */
export async function readDiary(
  db: Db,
  managerIds: readonly string[],
  from: Instant,
  until?: Instant,
  now = from,
): Promise<Diary> {
  const rows = await db.sql<{
    hours: HoursJson[];
    changes: ChangeJson[];
    holidays: [managerId: string, day: string][];
    absences: AbsenceJson[];
    busy: RangeJson[];
    holds: HoldJson[];
  }>(DIARY, [managerIds, toDate(from), until === undefined ? 'infinity' : toDate(until), toDate(now)]);
  const row = rows[0] ?? { hours: [], changes: [], holidays: [], absences: [], busy: [], holds: [] };
  const range = ([managerId, from, to]: readonly [string, number, number, ...unknown[]]): ManagerRange => ({
    managerId,
    from: ofEpoch(from),
    to: ofEpoch(to),
  });
  return {
    hours: row.hours.map(hoursOf),
    changes: row.changes.map(changeOf),
    openHolidays: row.holidays.map(([managerId, date]) => ({ managerId, day: day(date) })),
    absences: row.absences.map((one) => ({ ...range(one), deputyId: one[3] ?? undefined })),
    busy: row.busy.map(range),
    holds: row.holds.map((one) => ({ ...range(one), asked: one[3] })),
  };
}

/** Seconds, as `date_part` says them: a double, which holds our milliseconds exactly enough and is read fast. */
const ofEpoch = (seconds: number): Instant => instant(Math.round(seconds * 1_000));

const changeOf = ([hoursId, date, from, to, placeId]: ChangeJson): OccurrenceChange => ({
  hoursId,
  day: day(date),
  held:
    from === null || to === null
      ? undefined
      : { from: wallTime(from), to: wallTime(to), placeId: placeId ?? undefined },
});

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
  travelMinutes: row.travel_minutes,
  interpreter: row.interpreter,
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

/** The same series with other values; what is other on single days stays. */
export async function updateOfficeHours(
  db: Db,
  managerId: string,
  id: string,
  draft: OfficeHoursDraft,
): Promise<boolean> {
  const { count } = await db.prisma.officeHours.updateMany({
    where: { id, managerId },
    data: {
      ...draft,
      placeId: draft.placeId ?? null,
      ways: [...draft.ways],
      validFrom: dateOf(draft.validFrom) ?? new Date(0),
      validTo: dateOf(draft.validTo),
    },
  });
  return count > 0;
}

/** One day of a series becomes other than the rest; `undefined` makes it usual again. The series must be hers. */
export async function writeChange(
  db: Db,
  hoursId: string,
  date: Day,
  change: Pick<OccurrenceChange, 'held'> | undefined,
): Promise<void> {
  const day = dateOf(date) ?? new Date(0);
  await db.prisma.occurrenceChange.deleteMany({ where: { hoursId, day } });
  if (change === undefined) return;
  const { held } = change;
  await db.prisma.occurrenceChange.create({
    data: { hoursId, day, from: held?.from ?? null, to: held?.to ?? null, placeId: held?.placeId ?? null },
  });
}

export async function deleteOfficeHours(db: Db, managerId: string, id: string): Promise<boolean> {
  return (await db.prisma.officeHours.deleteMany({ where: { id, managerId } })).count > 0;
}

/** Until the transaction ends, nobody else changes this manager's office hours. */
export async function lockManager(tx: Db, managerId: string): Promise<void> {
  await tx.sql('SELECT id FROM manager WHERE id = $1 FOR UPDATE', [managerId]);
}

/** Municipalities that she serves on that day. */
export async function listMunicipalitiesOf(db: Db, managerId: string, on: Day): Promise<string[]> {
  const day = dateOf(on) ?? new Date(0);
  const rows = await db.prisma.managerMunicipality.findMany({
    where: { managerId, validFrom: { lte: day }, OR: [{ validTo: null }, { validTo: { gte: day } }] },
    select: { ags: true },
  });
  return rows.map(({ ags }) => ags);
}
