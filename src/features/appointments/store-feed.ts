import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { fromDate, type Instant, instant, toDate } from '../../platform/datetime.ts';
import { isLocale } from '../../platform/locale.ts';
import type { Place } from '../county/model.ts';
import type { InterpreterLanguage } from '../people/model.ts';
import type { Way } from './model.ts';
import type { Feed, FeedAppointment } from './model-feed.ts';

// The secret addresses under which managers' calendars fetch their diaries.

const milliseconds = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

// One statement, one moment: whoever moves a caseload meanwhile is seen before or after, never in between. Nothing is
// read for an address that is revoked, nor for a manager who has left or has no account.
const READ = `
  SELECT f.revoked_at IS NOT NULL AS revoked, f.created_at AS "createdAt", p.locale,
    CASE WHEN f.revoked_at IS NULL THEN
      (SELECT coalesce(json_agg(json_build_array(a.id, a.status, a.way, ${milliseconds('a.starts_at')}, ${milliseconds('a.ends_at')},
          a.sequence, ${milliseconds('greatest(a.booked_at, a.changed_at, a.cancelled_at)')}, a.interpreter_language, a.place_id,
          r.number, encode(r.nickname, 'base64')) ORDER BY a.starts_at, a.id), '[]')
        FROM appointment a LEFT JOIN refugee r ON r.person_id = a.refugee_id
        WHERE a.manager_id = m.id AND a.blocks_to > $2::timestamptz AND (a.status = 'booked' OR a.cancelled_at > $3::timestamptz))
    END AS appointments,
    CASE WHEN f.revoked_at IS NULL THEN
      (SELECT coalesce(json_agg(json_build_array(id, ${milliseconds('"from"')}, ${milliseconds('"to"')}) ORDER BY "from", id), '[]')
        FROM absence WHERE manager_id = m.id AND "to" > $2::timestamptz)
    END AS absences,
    CASE WHEN f.revoked_at IS NULL THEN
      (SELECT coalesce(json_agg(json_build_object('id', id, 'ags', ags, 'kind', kind, 'name', name, 'street', street,
          'postalCode', postal_code, 'city', city, 'lat', lat, 'lon', lon)), '[]') FROM place)
    END AS places
  FROM calendar_feed f JOIN manager m ON m.id = f.manager_id JOIN person p ON p.id = m.person_id
  WHERE f.token_hash = $1 AND m.left_at IS NULL`;

type AppointmentJson = [
  id: string,
  status: 'booked' | 'cancelled',
  way: Way,
  startsAt: number,
  endsAt: number,
  sequence: number,
  changedAt: number,
  language: InterpreterLanguage | null,
  placeId: string | null,
  number: number | null,
  nickname: string | null,
];

interface FeedRow {
  revoked: boolean;
  createdAt: Date;
  locale: string;
  appointments: AppointmentJson[] | null;
  absences: [id: string, from: number, to: number][] | null;
  places: (Omit<Place, 'street'> & { street: string | null })[] | null;
}

export async function readFeed(
  db: Db,
  seal: Seal,
  tokenHash: string,
  since: { readonly past: Instant; readonly cancelled: Instant },
): Promise<Feed | 'revoked' | undefined> {
  const [row] = await db.sql<FeedRow>(READ, [tokenHash, toDate(since.past), toDate(since.cancelled)]);
  if (row === undefined || !isLocale(row.locale)) return undefined;
  if (row.revoked) return 'revoked';
  const places = new Map(
    (row.places ?? []).map((place) => [place.id, { ...place, street: place.street ?? undefined }]),
  );
  const appointmentOf = ([
    id,
    status,
    way,
    startsAt,
    endsAt,
    sequence,
    changedAt,
    language,
    placeId,
    number,
    nickname,
  ]: AppointmentJson): FeedAppointment => ({
    id,
    status,
    way,
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
    sequence,
    changedAt: instant(changedAt),
    interpreterLanguage: language ?? undefined,
    place: placeId === null ? undefined : places.get(placeId),
    person:
      number === null
        ? undefined
        : {
            number,
            nickname: nickname === null ? undefined : seal.open('nickname', Buffer.from(nickname, 'base64')),
          },
  });
  return {
    locale: row.locale,
    createdAt: fromDate(row.createdAt),
    appointments: (row.appointments ?? []).map(appointmentOf),
    absences: (row.absences ?? []).map(([id, from, to]) => ({ id, from: instant(from), to: instant(to) })),
  };
}

/** The address that her calendar uses now. */
export async function findFeed(db: Db, managerId: string): Promise<{ id: string; createdAt: Instant } | undefined> {
  const row = await db.prisma.calendarFeed.findFirst({ where: { managerId, revokedAt: null } });
  return row === null ? undefined : { id: row.id, createdAt: fromDate(row.createdAt) };
}

export async function insertFeed(
  db: Db,
  feed: { id: string; managerId: string; tokenHash: string; now: Instant },
): Promise<void> {
  const { now, ...rest } = feed;
  await db.prisma.calendarFeed.create({ data: { ...rest, createdAt: toDate(now) } });
}

/** True when that address was in use and is no longer. */
export async function revokeFeed(db: Db, managerId: string, id: string, now: Instant): Promise<boolean> {
  const { count } = await db.prisma.calendarFeed.updateMany({
    where: { id, managerId, revokedAt: null },
    data: { revokedAt: toDate(now) },
  });
  return count > 0;
}

export async function deleteFeeds(db: Db, managerId: string): Promise<void> {
  await db.prisma.calendarFeed.deleteMany({ where: { managerId } });
}

export async function deleteRevokedFeeds(db: Db, before: Instant): Promise<void> {
  await db.prisma.calendarFeed.deleteMany({ where: { revokedAt: { lt: toDate(before) } } });
}
