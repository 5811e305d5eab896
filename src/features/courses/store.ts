import type { Db } from '../../platform/database.ts';
import { type Day, day, fromDate, type Instant, toDate } from '../../platform/datetime.ts';
import type { CourseRecord, DayPart, Found, Offering, Point, Purpose, SourceFacts, Wish, WishPart } from './model.ts';
import { isStale, KM_PER_DEGREE, shrinkAt } from './rules.ts';

export interface Question {
  readonly wish: Wish;
  /** Undefined: no distances. */
  readonly from: Point | undefined;
  readonly today: Day;
}

/** Where a statement finds what is asked: parameters of the search, or columns of saved wishes. */
export type Asked = Readonly<
  Record<'lat' | 'lon' | 'shrink' | 'purpose' | 'reached' | 'when' | 'childCare' | 'km', string>
>;

/** Squared degrees: a root per line of the list is enough, and `power` is slow. */
const squareFrom = ({ lat, lon, shrink }: Asked): string => {
  const [north, east] = [`(lat - ${lat})`, `((lon - ${lon}) * ${shrink})`];
  return `(${north} * ${north} + ${east} * ${east})`;
};

/** The conditions of the search, one per wish. `fulfils` in rules.ts says the same. */
export const conditionsOf = (asked: Asked): Readonly<Record<WishPart, string>> => {
  const { purpose, reached, when, childCare, km } = asked;
  return {
    purpose: `(${purpose} IS NULL OR ${purpose} = ANY(purposes))`,
    reached: `(${reached} IS NULL OR ((level_from IS NULL OR level_from COLLATE "C" <= ${reached}) AND (level_to IS NULL OR level_to COLLATE "C" > ${reached})))`,
    when: `(${when} IS NULL OR day_parts = '{}' OR ${when} = ANY(day_parts))`,
    childCare: `(NOT ${childCare} OR child_care <> 'no')`,
    km: `(${km} IS NULL OR ${asked.lat} IS NULL OR form = 'virtual' OR coalesce(${squareFrom(asked)} <= power(${km} / ${KM_PER_DEGREE}, 2), false))`,
  };
};

const PARAMETERS: Asked = {
  lat: '$2::float8',
  lon: '$3::float8',
  shrink: '$4::float8',
  purpose: '$5::text',
  reached: '$6::text',
  when: '$7::text',
  childCare: '$8::bool',
  km: '$9::float8',
};
const SQUARE = squareFrom(PARAMETERS);
export const SHOWN = `gone_at IS NULL AND visible_until >= $1::date`;
const CONDITIONS = conditionsOf(PARAMETERS);
const FITTING = [SHOWN, ...Object.values(CONDITIONS)].join(' AND ');
/** When a course was listed, or a free place in it was reported. */
export const NEWS = `greatest(listed_at, place_reported_at)`;
/** A rolling one can begin today; one that has begun, or of which it is not known, comes after all dates. */
const FIRST = `CASE WHEN start_kind = 'rolling' THEN $1::date
  WHEN start_kind = 'date' AND starts_on >= $1::date THEN starts_on ELSE 'infinity'::date END`;

const values = ({ wish, from, today }: Question) => [
  today,
  from?.lat ?? null,
  from?.lon ?? null,
  from === undefined ? null : shrinkAt(from),
  wish.purpose ?? null,
  wish.reached ?? null,
  wish.when ?? null,
  wish.childCare,
  wish.km ?? null,
];

const COLUMNS = `
  o.id, o.record_id AS "recordId", o.source_group AS "group", o.kind, o.title, o.level_from AS "levelFrom",
  o.level_to AS "levelTo", o.lessons, o.start_kind AS "startKind", o.starts_on::text AS "startsOn",
  o.ends_on::text AS "endsOn", o.register_until::text AS "registerUntil", o.days_times AS "daysTimes", o.form,
  o.time_mode AS "timeMode", o.ags, o.postal_code AS "postalCode", o.city, o.street, o.lat, o.lon,
  o.place_confirmed AS "placeConfirmed", o.provider, o.phone, o.mail, o.url, o.cost_text AS "costText", o.free,
  o.child_care AS "childCare", o.women_only AS "womenOnly", o.permit_needed AS "permitNeeded", o.audience, o.remarks,
  o.updated_at AS "updatedAt", o.checked_on::text AS "checkedOn", o.checked_by AS "checkedBy",
  nullif(o.visible_until, '9999-12-31')::text AS "shownUntil", array_to_string(o.purposes, ',') AS purposes,
  array_to_string(o.day_parts, ',') AS "dayParts", o.gone_at AS "goneAt", o.place_reported_at AS "placeReportedAt",
  s.name AS "sourceName", s.checked_at AS "sourceCheckedAt", s.stale_after_days AS "staleAfterDays"`;

/** In bands of so many kilometres: within one, the course that begins first comes first. */
const BAND_KM = 5;
const ORDER = `floor(km / ${BAND_KM}) NULLS LAST, first, km, group_key`;

// One statement: what fits, grouped into one line per course and place, the nearest and first lines of the page, and of
// each the first run. A page beyond the end is the last one.
const find = (fitting: string): string => `
  WITH lines AS MATERIALIZED (
    SELECT group_key, ${KM_PER_DEGREE} * sqrt(min(CASE WHEN form <> 'virtual' THEN ${SQUARE} END)) AS km,
      min(${FIRST}) AS first, count(*) - 1 AS more
    FROM offering WHERE ${fitting} GROUP BY group_key),
  whole AS (SELECT count(*)::int AS total FROM lines),
  page AS (
    SELECT * FROM lines ORDER BY ${ORDER} LIMIT $11::int
    OFFSET (SELECT greatest(0, least($10::int, (total - 1) / $11::int)) * $11::int FROM whole))
  SELECT ${COLUMNS}, page.km, page.more::int AS more, whole.total,
    greatest(0, least($10::int, (whole.total - 1) / $11::int)) AS page
  FROM whole, page, LATERAL (
    SELECT * FROM offering WHERE group_key = page.group_key AND ${fitting} ORDER BY ${FIRST}, id LIMIT 1) AS o
  JOIN course_source s ON s.id = o.source_id
  ORDER BY ${ORDER.replaceAll('km', 'page.km').replace('first', 'page.first').replace('group_key', 'page.group_key')}`;

const FIND = find(FITTING);
const FIND_NEWS = find(`${FITTING} AND ${NEWS} >= $12::timestamptz`);

export async function findOfferings(
  db: Db,
  question: Question,
  page: number,
  size: number,
  now: Instant,
  /** Only what is listed, or was reported to have a place, since then. */
  since?: Instant,
): Promise<{ readonly found: Found[]; readonly total: number; readonly page: number }> {
  type Row = OfferingRow & { km: number | null; more: number; total: number; page: number };
  const asked = [...values(question), Math.max(0, page), size];
  const rows = await (since === undefined
    ? db.sql<Row>(FIND, asked)
    : db.sql<Row>(FIND_NEWS, [...asked, toDate(since)]));
  const found = rows.map((row) => ({
    offering: offeringOf(row, now),
    km: row.km === null ? undefined : Math.round(row.km),
    more: row.more,
  }));
  return { found, total: rows[0]?.total ?? 0, page: rows[0]?.page ?? 0 };
}

const PARTS = Object.keys(CONDITIONS) as WishPart[];
const others = (part: WishPart): string =>
  PARTS.filter((one) => one !== part)
    .map((one) => `m_${one}`)
    .join(' AND ');

const COUNT = `
  SELECT ${PARTS.map((part) => `count(*) FILTER (WHERE d_${part})::int AS "${part}"`).join(', ')},
    count(*) FILTER (WHERE fits)::int AS now, count(*)::int AS "all"
  FROM (
    SELECT ${PARTS.map((part) => `bool_or(${others(part)}) AS d_${part}`).join(', ')},
      bool_or(${PARTS.map((part) => `m_${part}`).join(' AND ')}) AS fits
    FROM (SELECT group_key, ${PARTS.map((part) => `${CONDITIONS[part]} AS m_${part}`).join(', ')}
      FROM offering WHERE ${SHOWN}) AS matching
    GROUP BY group_key) AS lines`;

/** How many lines the list would have without each of the wishes, as it is now, and without any. */
export async function countWithout(
  db: Db,
  question: Question,
): Promise<Readonly<Record<WishPart | 'now' | 'all', number>>> {
  const [row] = await db.sql<Record<WishPart | 'now' | 'all', number>>(COUNT, values(question));
  return row ?? { purpose: 0, reached: 0, when: 0, childCare: 0, km: 0, now: 0, all: 0 };
}

export async function hasAny(db: Db, today: Day): Promise<boolean> {
  const [row] = await db.sql<{ is: boolean }>(`SELECT EXISTS (SELECT 1 FROM offering WHERE ${SHOWN}) AS is`, [today]);
  return row?.is === true;
}

/** Also one that is over or no longer listed: its card says so. */
export async function findOffering(db: Db, id: string, now: Instant): Promise<Offering | undefined> {
  const [row] = await db.sql<OfferingRow>(
    `SELECT ${COLUMNS} FROM offering o JOIN course_source s ON s.id = o.source_id WHERE o.id = $1`,
    [id],
  );
  return row === undefined ? undefined : offeringOf(row, now);
}

export interface SourceRow extends SourceFacts {
  readonly checkedAt: Instant | undefined;
  /** Of its courses, how many are shown today. */
  readonly shown: number;
}

export async function listSources(db: Db, today: Day): Promise<SourceRow[]> {
  const rows = await db.sql<Omit<SourceRow, 'checkedAt'> & { checkedAt: Date | null }>(
    `SELECT s.id, s.name, s.checked_at AS "checkedAt", s.stale_after_days AS "staleAfterDays",
       (SELECT count(*)::int FROM offering o WHERE o.source_id = s.id AND ${SHOWN}) AS shown
     FROM course_source s ORDER BY s.name, s.id`,
    [today],
  );
  return rows.map((row) => ({ ...row, checkedAt: row.checkedAt === null ? undefined : fromDate(row.checkedAt) }));
}

type Nullable<T> = { [K in keyof T]-?: Exclude<T[K], undefined> | (undefined extends T[K] ? null : never) };
type Flat = Omit<CourseRecord, 'place' | 'provider' | 'updatedAt'> &
  Omit<CourseRecord['place'], 'confirmed'> &
  Omit<CourseRecord['provider'], 'name'>;
interface OfferingRow extends Nullable<Flat> {
  readonly id: string;
  readonly placeConfirmed: boolean;
  readonly provider: string;
  readonly updatedAt: Date | null;
  readonly purposes: string;
  readonly dayParts: string;
  readonly goneAt: Date | null;
  readonly placeReportedAt: Date | null;
  readonly sourceName: string;
  readonly sourceCheckedAt: Date | null;
  readonly staleAfterDays: number;
}

const dayOr = (text: string | null): Day | undefined => (text === null ? undefined : day(text));
const instantOr = (date: Date | null): Instant | undefined => (date === null ? undefined : fromDate(date));
const listOf = <T extends string>(joined: string): T[] => (joined === '' ? [] : (joined.split(',') as T[]));

function offeringOf(row: OfferingRow, now: Instant): Offering {
  const checkedAt = instantOr(row.sourceCheckedAt);
  return {
    id: row.id,
    recordId: row.recordId,
    group: row.group,
    kind: row.kind,
    title: row.title,
    levelFrom: row.levelFrom ?? undefined,
    levelTo: row.levelTo ?? undefined,
    lessons: row.lessons ?? undefined,
    startKind: row.startKind,
    startsOn: dayOr(row.startsOn),
    endsOn: dayOr(row.endsOn),
    registerUntil: dayOr(row.registerUntil),
    daysTimes: row.daysTimes ?? undefined,
    form: row.form,
    timeMode: row.timeMode,
    place: {
      ags: row.ags ?? undefined,
      postalCode: row.postalCode ?? undefined,
      city: row.city ?? undefined,
      street: row.street ?? undefined,
      lat: row.lat ?? undefined,
      lon: row.lon ?? undefined,
      confirmed: row.placeConfirmed,
    },
    provider: {
      name: row.provider,
      phone: row.phone ?? undefined,
      mail: row.mail ?? undefined,
      url: row.url ?? undefined,
    },
    costText: row.costText ?? undefined,
    free: row.free,
    childCare: row.childCare,
    womenOnly: row.womenOnly,
    permitNeeded: row.permitNeeded,
    audience: row.audience ?? undefined,
    remarks: row.remarks ?? undefined,
    updatedAt: instantOr(row.updatedAt),
    checkedOn: dayOr(row.checkedOn),
    checkedBy: row.checkedBy ?? undefined,
    shownUntil: dayOr(row.shownUntil),
    purposes: listOf<Purpose>(row.purposes),
    dayParts: listOf<DayPart>(row.dayParts),
    source: { name: row.sourceName, checkedAt, isStale: isStale(checkedAt, row.staleAfterDays, now) },
    goneAt: instantOr(row.goneAt),
    placeReportedAt: instantOr(row.placeReportedAt),
  };
}
