import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { type Day, day, fromDate, type Instant, instant, toDate } from '../../platform/datetime.ts';
import { type QuietHours, readWishes } from '../people/model-wishes.ts';
import type { Point, Wish } from './model.ts';
import { ASK_DAYS, type CourseReminder, REMIND_DAYS, type SavedWish } from './model-finder.ts';
import { shrinkAt } from './rules.ts';
import { type Asked, conditionsOf, NEWS, SHOWN } from './store.ts';

// What is kept of somebody who looks for a course because she wants to hear of one: her wish, sealed, and of which courses
// she wants to hear before their registration ends.

const PURPOSE = 'course-wish';
const DAY_MS = 86_400_000;
/** Nobody is told of new courses more often: sources deliver once a day. */
const APART_MS = 20 * 3_600_000;
/** An import that takes longer was interrupted. */
const IMPORT_MS = DAY_MS;

const seal = (by: Seal, wish: Wish): Buffer => Buffer.from(by.seal(PURPOSE, JSON.stringify(wish)));
const open = (by: Seal, sealed: Uint8Array): Wish => {
  const { purpose, reached, when, childCare, km } = JSON.parse(by.open(PURPOSE, sealed)) as Wish;
  return { purpose, reached, when, childCare: childCare === true, km };
};

/** Whoever saves something of this person's waits for each other: limits are counted under it. Inside a transaction. */
export async function lockPerson(tx: Db, personId: string): Promise<void> {
  await tx.sql('SELECT id FROM person WHERE id = $1 FOR UPDATE', [personId]);
}

interface WishRow {
  readonly id: string;
  readonly wish: Uint8Array;
  readonly toldUntil: Date;
  readonly isPaused: boolean;
  readonly endsAt: Date;
}
const WISH = `w.id, w.wish, w.told_until AS "toldUntil", w.paused_at IS NOT NULL AS "isPaused", w.ends_at AS "endsAt"`;
const wishOf = (by: Seal, row: WishRow): SavedWish => ({
  id: row.id,
  wish: open(by, row.wish),
  toldUntil: fromDate(row.toldUntil),
  isPaused: row.isPaused,
  endsAt: fromDate(row.endsAt),
});

export async function listWishesOf(db: Db, by: Seal, personId: string, now: Instant): Promise<SavedWish[]> {
  const rows = await db.sql<WishRow>(
    `SELECT ${WISH} FROM course_wish w WHERE person_id = $1 AND ends_at > $2 ORDER BY created_at, id`,
    [personId, toDate(now)],
  );
  return rows.map((row) => wishOf(by, row));
}

/** Undefined when it is over, or somebody else's. */
export async function findWish(
  db: Db,
  by: Seal,
  personId: string,
  id: string,
  now: Instant,
): Promise<SavedWish | undefined> {
  const [row] = await db.sql<WishRow>(
    `SELECT ${WISH} FROM course_wish w WHERE id = $1 AND person_id = $2 AND ends_at > $3`,
    [id, personId, toDate(now)],
  );
  return row === undefined ? undefined : wishOf(by, row);
}

export async function insertWish(
  tx: Db,
  by: Seal,
  one: { readonly id: string; readonly personId: string; readonly wish: Wish; readonly endsAt: Instant },
  now: Instant,
): Promise<void> {
  await tx.sql(
    `INSERT INTO course_wish (id, person_id, wish, created_at, told_until, ends_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [one.id, one.personId, seal(by, one.wish), toDate(now), toDate(await horizon(tx, now)), toDate(one.endsAt)],
  );
}

/** What is listed during a pause is no news after it. */
export async function pauseWish(db: Db, personId: string, id: string, isPaused: boolean, now: Instant): Promise<void> {
  const told = isPaused ? undefined : toDate(await horizon(db, now));
  await db.sql(
    `UPDATE course_wish SET paused_at = CASE WHEN $3::bool THEN coalesce(paused_at, $4::timestamptz) END,
       told_until = CASE WHEN paused_at IS NULL THEN told_until ELSE coalesce($5::timestamptz, told_until) END
     WHERE id = $1 AND person_id = $2`,
    [id, personId, isPaused, toDate(now), told ?? null],
  );
}

export async function keepWish(db: Db, personId: string, id: string, endsAt: Instant): Promise<void> {
  await db.sql(`UPDATE course_wish SET ends_at = $3, asked_at = NULL WHERE id = $1 AND person_id = $2`, [
    id,
    personId,
    toDate(endsAt),
  ]);
}

export async function deleteWish(db: Db, personId: string, id: string): Promise<void> {
  await db.sql(`DELETE FROM course_wish WHERE id = $1 AND person_id = $2`, [id, personId]);
}

/**
 * Up to when the catalogue is complete: an import that still runs will list its courses under the moment at which it
 * began, and they are not to be missed. One after which its list was delivered whole has died, and nobody waits for it.
 */
async function horizon(db: Db, now: Instant): Promise<Instant> {
  const [row] = await db.sql<{ at: Date | null }>(
    `SELECT min(i.started_at) AS at FROM course_import i WHERE i.finished_at IS NULL AND i.started_at > $1
       AND NOT EXISTS (SELECT 1 FROM course_import o
         WHERE o.source_id = i.source_id AND o.started_at > i.started_at AND o.finished_at IS NOT NULL)`,
    [toDate(instant(now - IMPORT_MS))],
  );
  return row?.at == null || fromDate(row.at) > now ? now : fromDate(row.at);
}

/** A wish with what its owner is told by. */
export interface Waiting extends SavedWish {
  readonly personId: string;
  readonly home: Point | undefined;
  readonly quiet: QuietHours;
}

const OWNER = `w.person_id AS "personId", m.lat, m.lon, r.reminders`;
const FROM_OWNER = `course_wish w JOIN person p ON p.id = w.person_id JOIN refugee r ON r.person_id = p.id
  LEFT JOIN municipality m ON m.ags = r.ags`;
interface WaitingRow extends WishRow {
  readonly personId: string;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly reminders: unknown;
}
const waitingOf = (by: Seal, row: WaitingRow): Waiting => ({
  ...wishOf(by, row),
  personId: row.personId,
  home: row.lat === null || row.lon === null ? undefined : { lat: row.lat, lon: row.lon },
  quiet: readWishes(row.reminders).quiet,
});

/**
 * Wishes since whose last look something was listed or reported, and up to when this look reaches. Nobody who cannot be
 * reached, makes a pause, or was told within the last 20 hours: their looks reach back to where they stopped.
 */
export async function listWaiting(
  db: Db,
  by: Seal,
  now: Instant,
): Promise<{ readonly until: Instant; readonly waiting: readonly Waiting[] }> {
  const until = await horizon(db, now);
  const rows = await db.sql<WaitingRow>(
    `SELECT ${WISH}, ${OWNER} FROM ${FROM_OWNER}
     WHERE w.paused_at IS NULL AND w.ends_at > $1 AND p.unreachable_since IS NULL AND w.told_until < $2
       AND w.told_until <= greatest((SELECT max(listed_at) FROM offering), (SELECT max(place_reported_at) FROM offering))
       AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.subject_id = w.id AND n.kind = 'course-found' AND n.due_at > $3)`,
    [toDate(now), toDate(until), toDate(instant(now - APART_MS))],
  );
  return { until, waiting: rows.map((row) => waitingOf(by, row)) };
}

export async function findWaiting(db: Db, by: Seal, id: string, now: Instant): Promise<Waiting | undefined> {
  const [row] = await db.sql<WaitingRow>(
    `SELECT ${WISH}, ${OWNER} FROM ${FROM_OWNER} WHERE w.id = $1 AND w.ends_at > $2`,
    [id, toDate(now)],
  );
  return row === undefined ? undefined : waitingOf(by, row);
}

const COLUMNS: Asked = {
  lat: 'a.a_lat',
  lon: 'a.a_lon',
  shrink: 'a.a_shrink',
  purpose: 'a.a_purpose',
  reached: 'a.a_reached',
  when: 'a.a_when',
  childCare: 'a.a_child_care',
  km: 'a.a_km',
};
// One statement for all of them: what is new is read once, and each question stops at the first course that fits.
const MATCH = `
  WITH news AS MATERIALIZED (
    SELECT lat, lon, form, child_care, level_from, level_to, purposes, day_parts, ${NEWS} AS news
    FROM offering
    WHERE ${SHOWN} AND (listed_at >= $2::timestamptz OR place_reported_at >= $2::timestamptz) AND ${NEWS} < $3::timestamptz)
  SELECT a.n::int AS n
  FROM unnest($4::float8[], $5::float8[], $6::float8[], $7::text[], $8::text[], $9::text[], $10::bool[], $11::float8[],
    $12::timestamptz[]) WITH ORDINALITY
    AS a(a_lat, a_lon, a_shrink, a_purpose, a_reached, a_when, a_child_care, a_km, a_since, n)
  WHERE EXISTS (
    SELECT 1 FROM news WHERE news.news >= a.a_since AND ${Object.values(conditionsOf(COLUMNS)).join(' AND ')})`;

/** Which of these wishes something new fits. Equal ones are asked once. */
export async function matchNews(
  db: Db,
  waiting: readonly Waiting[],
  today: Day,
  until: Instant,
): Promise<ReadonlySet<string>> {
  const keyOf = ({ wish, home, toldUntil }: Waiting) => JSON.stringify([wish, home, toldUntil]);
  const asked = [...new Map(waiting.map((one) => [keyOf(one), one])).values()];
  const since = Math.min(...asked.map(({ toldUntil }) => toldUntil));
  const column = <T>(value: (one: Waiting) => T | undefined) => asked.map((one) => value(one) ?? null);
  const rows = await db.sql<{ n: number }>(MATCH, [
    today,
    toDate(instant(since)),
    toDate(until),
    column(({ home }) => home?.lat),
    column(({ home }) => home?.lon),
    column(({ home }) => (home === undefined ? undefined : shrinkAt(home))),
    column(({ wish }) => wish.purpose),
    column(({ wish }) => wish.reached),
    column(({ wish }) => wish.when),
    asked.map(({ wish }) => wish.childCare),
    column(({ wish }) => wish.km),
    asked.map(({ toldUntil }) => toDate(toldUntil)),
  ]);
  const fitting = new Set(rows.flatMap(({ n }) => asked.slice(n - 1, n)).map(keyOf));
  return new Set(waiting.filter((one) => fitting.has(keyOf(one))).map(({ id }) => id));
}

/** Says of each that the look has reached `until`. Whom another process has looked after meanwhile is not among them. */
export async function markLooked(tx: Db, waiting: readonly Waiting[], until: Instant): Promise<ReadonlySet<string>> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE course_wish w SET told_until = $3
     FROM unnest($1::text[], $2::timestamptz[]) AS looked(id, since)
     WHERE w.id = looked.id AND w.told_until = looked.since RETURNING w.id`,
    [waiting.map(({ id }) => id), waiting.map(({ toldUntil }) => toDate(toldUntil)), toDate(until)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Marks whom to ask whether the wish shall go on, each once. */
export async function askEnding(tx: Db, by: Seal, now: Instant): Promise<readonly Waiting[]> {
  const rows = await tx.sql<{ id: string }>(
    `UPDATE course_wish SET asked_at = $1 WHERE asked_at IS NULL AND ends_at > $1 AND ends_at <= $2 RETURNING id`,
    [toDate(now), toDate(instant(now + ASK_DAYS * DAY_MS))],
  );
  if (rows.length === 0) return [];
  const found = await tx.sql<WaitingRow>(`SELECT ${WISH}, ${OWNER} FROM ${FROM_OWNER} WHERE w.id = ANY($1::text[])`, [
    rows.map(({ id }) => id),
  ]);
  return found.map((row) => waitingOf(by, row));
}

interface ReminderRow {
  readonly id: string;
  readonly offeringId: string;
  readonly title: string;
  readonly registerUntil: string | null;
  readonly createdAt: Date;
}
const REMINDER = `c.id, c.offering_id AS "offeringId", o.title, o.register_until::text AS "registerUntil",
  c.created_at AS "createdAt"`;
const reminderOf = (row: ReminderRow): CourseReminder => ({
  id: row.id,
  offering: {
    id: row.offeringId,
    title: row.title,
    registerUntil: row.registerUntil === null ? undefined : day(row.registerUntil),
  },
  createdAt: fromDate(row.createdAt),
});

export async function findReminder(db: Db, personId: string, offeringId: string): Promise<CourseReminder | undefined> {
  const [row] = await db.sql<ReminderRow>(
    `SELECT ${REMINDER} FROM course_reminder c JOIN offering o ON o.id = c.offering_id
     WHERE c.person_id = $1 AND c.offering_id = $2`,
    [personId, offeringId],
  );
  return row === undefined ? undefined : reminderOf(row);
}

export async function listRemindersOf(db: Db, personId: string, today: Day): Promise<CourseReminder[]> {
  const rows = await db.sql<ReminderRow>(
    `SELECT ${REMINDER} FROM course_reminder c JOIN offering o ON o.id = c.offering_id
     WHERE c.person_id = $1 AND o.gone_at IS NULL AND o.register_until >= $2::date ORDER BY o.register_until, c.id`,
    [personId, today],
  );
  return rows.map(reminderOf);
}

export async function insertReminder(
  tx: Db,
  one: { readonly id: string; readonly personId: string; readonly offeringId: string },
  now: Instant,
): Promise<void> {
  await tx.sql(
    `INSERT INTO course_reminder (id, person_id, offering_id, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (person_id, offering_id) DO NOTHING`,
    [one.id, one.personId, one.offeringId, toDate(now)],
  );
}

export async function deleteReminder(db: Db, personId: string, offeringId: string): Promise<void> {
  await db.sql(`DELETE FROM course_reminder WHERE person_id = $1 AND offering_id = $2`, [personId, offeringId]);
}

export async function deleteReminderById(db: Db, personId: string, id: string): Promise<void> {
  await db.sql(`DELETE FROM course_reminder WHERE id = $1 AND person_id = $2`, [id, personId]);
}

export interface DueReminder extends CourseReminder {
  readonly personId: string;
  readonly quiet: QuietHours;
}

const UNTOLD = `NOT EXISTS (SELECT 1 FROM notice n
  WHERE n.subject_id = c.id AND n.key = 'course-register:' || c.id || ':' || o.register_until)`;

/** Reminders of registrations that end within the next days: the one of this id, or all about which nothing is owed. */
export async function listReminders(db: Db, today: Day, id?: string): Promise<DueReminder[]> {
  const rows = await db.sql<ReminderRow & { readonly personId: string; readonly reminders: unknown }>(
    `SELECT ${REMINDER}, c.person_id AS "personId", r.reminders
     FROM course_reminder c JOIN offering o ON o.id = c.offering_id JOIN refugee r ON r.person_id = c.person_id
     WHERE o.register_until BETWEEN $1::date AND $1::date + $2::int AND o.gone_at IS NULL
       AND o.visible_until >= $1::date AND CASE WHEN $3::text IS NULL THEN ${UNTOLD} ELSE c.id = $3 END`,
    [today, Math.max(...REMIND_DAYS), id ?? null],
  );
  return rows.map((row) => ({ ...reminderOf(row), personId: row.personId, quiet: readWishes(row.reminders).quiet }));
}

/** Undefined is: not any more. False where the course is not shown. */
export async function reportPlace(db: Db, offeringId: string, at: Instant | undefined, today: Day): Promise<boolean> {
  const rows = await db.sql<{ id: string }>(
    `UPDATE offering SET place_reported_at = $2
     WHERE id = $1 AND gone_at IS NULL AND visible_until >= $3::date RETURNING id`,
    [offeringId, at === undefined ? null : toDate(at), today],
  );
  return rows.length > 0;
}

/** Wishes that have ended; reminders whose course is gone, or whose registration is over. */
export async function forgetKept(db: Db, now: Instant, today: Day): Promise<void> {
  await db.sql(`DELETE FROM course_wish WHERE ends_at <= $1`, [toDate(now)]);
  await db.sql(
    `DELETE FROM course_reminder c USING offering o
     WHERE o.id = c.offering_id AND (o.gone_at IS NOT NULL OR o.register_until IS NULL OR o.register_until < $1::date)`,
    [today],
  );
}
