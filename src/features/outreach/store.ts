import { newId } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { addMinutes, fromDate, type Instant, instant, toDate } from '../../platform/datetime.ts';
import type { Slot, Way } from '../appointments/model.ts';
import {
  ANSWER_MINUTES,
  KEPT_DAYS,
  OFFER_STATES,
  type Offer,
  type Wait,
  type WaitState,
  type Wish,
  type WishedWay,
} from './model.ts';

// Wishes for an earlier time, the waiting list, and what has opened. Invitations are in store-invitations.ts.

const DAY_MINUTES = 24 * 60;
const wayOrNull = (way: WishedWay): Way | null => (way === 'any' ? null : way);
const wished = (way: string | null): WishedWay => (way ?? 'any') as WishedWay;

/** True when that appointment of hers still stands and lies ahead. A second wish replaces the way and keeps its place. */
export async function putWish(
  db: Db,
  refugeeId: string,
  appointmentId: string,
  way: WishedWay,
  now: Instant,
): Promise<boolean> {
  const rows = await db.sql<{ id: string }>(
    `INSERT INTO earlier_wish (appointment_id, refugee_id, way, since)
     SELECT id, refugee_id, $3::text, $4::timestamptz FROM appointment
     WHERE id = $1 AND refugee_id = $2 AND status = 'booked' AND starts_at > $4::timestamptz
     ON CONFLICT (appointment_id) DO UPDATE SET way = excluded.way RETURNING appointment_id AS id`,
    [appointmentId, refugeeId, wayOrNull(way), toDate(now)],
  );
  return rows.length > 0;
}

export async function deleteWish(db: Db, refugeeId: string, appointmentId: string): Promise<void> {
  await db.prisma.earlierWish.deleteMany({ where: { refugeeId, appointmentId } });
}

export async function findWish(db: Db, refugeeId: string, appointmentId: string): Promise<WishedWay | undefined> {
  const row = await db.prisma.earlierWish.findFirst({ where: { refugeeId, appointmentId } });
  return row === null ? undefined : wished(row.way);
}

/** Appointments of hers for which she would like an earlier time. */
export async function listWishesOf(
  db: Db,
  refugeeId: string,
  now: Instant,
): Promise<{ appointmentId: string; startsAt: Instant }[]> {
  const rows = await db.sql<{ id: string; startsAt: Date }>(
    `SELECT a.id, a.starts_at AS "startsAt" FROM earlier_wish w JOIN appointment a ON a.id = w.appointment_id
     WHERE w.refugee_id = $1 AND a.status = 'booked' AND a.starts_at > $2::timestamptz ORDER BY a.starts_at`,
    [refugeeId, toDate(now)],
  );
  return rows.map(({ id, startsAt }) => ({ appointmentId: id, startsAt: fromDate(startsAt) }));
}

interface WishRow {
  appointmentId: string;
  refugeeId: string;
  way: string | null;
  since: Date;
  startsAt: Date;
  current: Way;
  isAsked: boolean;
  asked: number;
}

/** Wishes for a manager's times, oldest first, of people whom the bot can reach. */
export async function listWishes(db: Db, managerId: string, now: Instant): Promise<Wish[]> {
  const rows = await db.sql<WishRow>(
    `SELECT w.appointment_id AS "appointmentId", w.refugee_id AS "refugeeId", w.way, w.since, a.starts_at AS "startsAt",
       a.way AS current,
       EXISTS (SELECT 1 FROM slot_offer o WHERE o.refugee_id = w.refugee_id AND o.status = 'open') AS "isAsked",
       (SELECT count(*) FROM slot_offer o WHERE o.refugee_id = w.refugee_id AND o.offered_at > $3::timestamptz)::int AS asked
     FROM earlier_wish w JOIN appointment a ON a.id = w.appointment_id AND a.refugee_id = w.refugee_id
       JOIN person p ON p.id = w.refugee_id
     WHERE a.manager_id = $1 AND a.status = 'booked' AND a.starts_at > $2::timestamptz AND p.unreachable_since IS NULL
     ORDER BY w.since, w.appointment_id`,
    [managerId, toDate(now), toDate(addMinutes(now, -DAY_MINUTES))],
  );
  return rows.map(({ way, since, startsAt, ...row }) => ({
    ...row,
    way: wished(way),
    since: fromDate(since),
    startsAt: fromDate(startsAt),
  }));
}

/** Waits anew, whatever was before. */
export async function putWait(db: Db, refugeeId: string, way: WishedWay, now: Instant): Promise<void> {
  const fresh = { way: wayOrNull(way), since: toDate(now), pausedAt: null, toldAt: null, askedAt: null };
  await db.prisma.slotWait.upsert({ where: { refugeeId }, create: { refugeeId, ...fresh }, update: fresh });
}

export async function deleteWait(db: Db, refugeeId: string): Promise<void> {
  await db.prisma.slotWait.deleteMany({ where: { refugeeId } });
}

export async function pauseWait(db: Db, refugeeId: string, at: Instant | undefined): Promise<void> {
  await db.prisma.slotWait.updateMany({
    where: { refugeeId },
    data: { pausedAt: at === undefined ? null : toDate(at) },
  });
}

// Whoever has booked since has what she waited for.
const HAS_BOOKED = `EXISTS (SELECT 1 FROM appointment a
  WHERE a.refugee_id = w.refugee_id AND a.status = 'booked' AND a.booked_at >= w.since AND a.ends_at > $1::timestamptz)`;

export async function findWait(db: Db, refugeeId: string, now: Instant): Promise<WaitState | undefined> {
  const [row] = await db.sql<{ way: string | null; since: Date; paused: boolean; asked: boolean }>(
    `SELECT way, since, paused_at IS NOT NULL AS paused, asked_at IS NOT NULL AS asked FROM slot_wait w
     WHERE refugee_id = $2 AND NOT ${HAS_BOOKED}`,
    [toDate(now), refugeeId],
  );
  if (row === undefined) return undefined;
  const status = row.asked ? 'asked' : row.paused ? 'paused' : 'waiting';
  return { way: wished(row.way), since: fromDate(row.since), status };
}

/** Ends waits that have led to a booking. */
export async function endWaits(db: Db, now: Instant): Promise<void> {
  await db.sql(`DELETE FROM slot_wait w WHERE ${HAS_BOOKED}`, [toDate(now)]);
}

export async function isAnyOver(db: Db, before: Instant): Promise<boolean> {
  const rows = await db.sql<{ id: string }>(
    `SELECT refugee_id AS id FROM slot_wait WHERE asked_at IS NULL AND since < $1::timestamptz LIMIT 1`,
    [toDate(before)],
  );
  return rows.length > 0;
}

/** Ends waits that began before `before`; returns whose. A second call returns nobody twice. */
export async function askWaits(db: Db, before: Instant, now: Instant): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    `UPDATE slot_wait SET asked_at = $2::timestamptz WHERE asked_at IS NULL AND since < $1::timestamptz
     RETURNING refugee_id AS id`,
    [toDate(before), toDate(now)],
  );
  return rows.map(({ id }) => id);
}

/** Those who wait for a manager's times and can be reached, longest waiting first. */
export async function listWaits(db: Db, managerId: string): Promise<Wait[]> {
  const rows = await db.sql<{ refugeeId: string; way: string | null; since: Date; toldAt: Date | null }>(
    `SELECT w.refugee_id AS "refugeeId", w.way, w.since, w.told_at AS "toldAt"
     FROM slot_wait w JOIN refugee r ON r.person_id = w.refugee_id JOIN person p ON p.id = w.refugee_id
     WHERE r.manager_id = $1 AND w.paused_at IS NULL AND w.asked_at IS NULL AND p.unreachable_since IS NULL
     ORDER BY w.since, w.refugee_id`,
    [managerId],
  );
  return rows.map(({ refugeeId, way, since, toldAt }) => ({
    refugeeId,
    way: wished(way),
    since: fromDate(since),
    toldAt: toldAt === null ? undefined : fromDate(toldAt),
  }));
}

export async function markTold(db: Db, refugeeIds: readonly string[], now: Instant): Promise<void> {
  await db.prisma.slotWait.updateMany({ where: { refugeeId: { in: [...refugeeIds] } }, data: { toldAt: toDate(now) } });
}

/** Managers whose times somebody wishes or waits for. */
export async function listWatched(db: Db, now: Instant): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    `SELECT a.manager_id AS id FROM earlier_wish w JOIN appointment a ON a.id = w.appointment_id
       WHERE a.status = 'booked' AND a.starts_at > $1::timestamptz
     UNION SELECT r.manager_id FROM slot_wait w JOIN refugee r ON r.person_id = w.refugee_id
       WHERE w.paused_at IS NULL AND w.asked_at IS NULL AND r.manager_id IS NOT NULL
     UNION SELECT manager_id FROM opened_slot
     ORDER BY 1`,
    [toDate(now)],
  );
  return rows.map(({ id }) => id);
}

/** Since when what is free, in epoch milliseconds; keys are made by whoever looks. */
export type Known = Readonly<Record<string, number>>;

/** Nobody wishes or waits there any more. */
export async function deleteOtherWatches(db: Db, managerIds: readonly string[]): Promise<void> {
  await db.sql('DELETE FROM slot_watch WHERE manager_id <> ALL($1::text[])', [managerIds]);
}

/** Begins to watch a manager's times with what is free now; a watch that is kept already stays as it is. */
export async function startWatch(db: Db, managerId: string, known: Known): Promise<void> {
  await db.prisma.slotWatch.createMany({ data: [{ managerId, known: { ...known } }], skipDuplicates: true });
}

/** Until the transaction ends, nobody else makes this manager's round; undefined when somebody is at it. */
export async function lockWatch(tx: Db, managerId: string): Promise<Known | undefined> {
  const [row] = await tx.sql<{ known: Known }>(
    `SELECT known FROM slot_watch WHERE manager_id = $1 FOR UPDATE SKIP LOCKED`,
    [managerId],
  );
  return row?.known;
}

export async function writeWatch(tx: Db, managerId: string, known: Known): Promise<void> {
  await tx.prisma.slotWatch.updateMany({ where: { managerId }, data: { known: { ...known } } });
}

export async function putOpened(tx: Db, managerId: string, starts: readonly Instant[], now: Instant): Promise<void> {
  await tx.prisma.openedSlot.createMany({
    data: starts.map((startsAt) => ({ managerId, startsAt: toDate(startsAt), openedAt: toDate(now) })),
    skipDuplicates: true,
  });
}

export async function listOpened(tx: Db, managerId: string): Promise<Instant[]> {
  const rows = await tx.prisma.openedSlot.findMany({ where: { managerId }, orderBy: { startsAt: 'asc' } });
  return rows.map(({ startsAt }) => fromDate(startsAt));
}

/** Until then the time is kept for those who have an open offer of it, or will have. */
export async function holdOpened(
  tx: Db,
  managerId: string,
  { startsAt, blocks }: Pick<Slot, 'startsAt' | 'blocks'>,
  until: Instant,
): Promise<void> {
  await tx.prisma.openedSlot.updateMany({
    where: { managerId, startsAt: toDate(startsAt) },
    data: { heldUntil: toDate(until), blocksFrom: toDate(blocks.from), blocksTo: toDate(blocks.to) },
  });
}

export async function deleteOpened(tx: Db, managerId: string, startsAt: Instant): Promise<void> {
  await tx.prisma.openedSlot.deleteMany({ where: { managerId, startsAt: toDate(startsAt) } });
}

interface OfferRow {
  id: string;
  managerId: string;
  appointmentId: string;
  startsAt: Date;
  way: string;
  answerBy: Date;
  status: string;
}
const offerOf = (row: OfferRow): Offer => ({
  id: row.id,
  managerId: row.managerId,
  appointmentId: row.appointmentId,
  startsAt: fromDate(row.startsAt),
  way: row.way as Way,
  answerBy: fromDate(row.answerBy),
  status: OFFER_STATES.find((one) => one === row.status) ?? 'gone',
});

/** Makes an open offer; undefined when she has another to answer. */
export async function insertOffer(
  tx: Db,
  offer: Omit<Offer, 'id' | 'status' | 'answerBy'> & { readonly refugeeId: string; readonly now: Instant },
): Promise<string | undefined> {
  const id = newId();
  const rows = await tx.sql<{ id: string }>(
    `INSERT INTO slot_offer (id, manager_id, starts_at, appointment_id, refugee_id, way, offered_at, answer_by, status)
     VALUES ($1, $2, $3::timestamptz, $4, $5, $6, $7::timestamptz, $8::timestamptz, 'open')
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      id,
      offer.managerId,
      toDate(offer.startsAt),
      offer.appointmentId,
      offer.refugeeId,
      offer.way,
      toDate(offer.now),
      toDate(addMinutes(offer.now, ANSWER_MINUTES)),
    ],
  );
  return rows[0]?.id;
}

/** An offer beside the appointment that it would replace; for its reader only where `refugeeId` is given. */
export async function findOffer(
  db: Db,
  id: string,
  refugeeId?: string,
): Promise<(Offer & { readonly current: Instant; readonly stands: boolean }) | undefined> {
  const [row] = await db.sql<OfferRow & { current: Date; stands: boolean }>(
    `SELECT o.id, o.manager_id AS "managerId", o.appointment_id AS "appointmentId", o.starts_at AS "startsAt", o.way,
       o.answer_by AS "answerBy", o.status, a.starts_at AS current, a.status = 'booked' AS stands
     FROM slot_offer o JOIN appointment a ON a.id = o.appointment_id
     WHERE o.id = $1 AND ($2::text IS NULL OR o.refugee_id = $2::text)`,
    [id, refugeeId ?? null],
  );
  return row === undefined ? undefined : { ...offerOf(row), current: fromDate(row.current), stands: row.stands };
}

/** Whose appointments were asked about this time and have said no, said nothing, or may still answer. */
export async function listAsked(tx: Db, managerId: string, startsAt: Instant) {
  const rows = await tx.prisma.slotOffer.findMany({
    where: { managerId, startsAt: toDate(startsAt), status: { in: ['open', 'no', 'silent'] } },
    select: { appointmentId: true, status: true },
  });
  return {
    everybody: new Set(rows.map((row) => row.appointmentId)),
    open: rows.some(({ status }) => status === 'open'),
  };
}

/** Settles an open offer; true when it was open until now. */
export async function settleOffer(db: Db, id: string, status: 'yes' | 'no'): Promise<boolean> {
  return (await db.prisma.slotOffer.updateMany({ where: { id, status: 'open' }, data: { status } })).count > 0;
}

/**
 * A time is taken. Whoever has it now by her offer has what she wished for; the other open offers are gone. Each is
 * returned once, whoever asks first.
 */
export async function closeOffers(
  tx: Db,
  managerId: string,
  startsAt: Instant,
): Promise<{ id: string; refugeeId: string }[]> {
  return tx.sql(
    `WITH closed AS (
       UPDATE slot_offer o
       SET status = CASE WHEN a.status = 'booked' AND a.starts_at = o.starts_at THEN 'yes' ELSE 'gone' END
       FROM appointment a
       WHERE a.id = o.appointment_id AND o.manager_id = $1 AND o.starts_at = $2::timestamptz AND o.status = 'open'
       RETURNING o.id, o.refugee_id, o.appointment_id, o.status),
     fulfilled AS (
       DELETE FROM earlier_wish w USING closed WHERE closed.status = 'yes' AND w.appointment_id = closed.appointment_id)
     SELECT id, refugee_id AS "refugeeId" FROM closed WHERE status = 'gone'`,
    [managerId, toDate(startsAt)],
  );
}

/** Offers of hers that have become pointless: she wishes no more. */
export async function dropOffers(db: Db, refugeeId: string, appointmentId: string): Promise<void> {
  await db.prisma.slotOffer.updateMany({ where: { refugeeId, appointmentId, status: 'open' }, data: { status: 'no' } });
}

/** Whoever has not answered in time has let it pass; an appointment that is off or over has no offers. */
export async function lapseOffers(tx: Db, managerId: string, now: Instant): Promise<void> {
  await tx.sql(
    `UPDATE slot_offer o SET status = 'silent' FROM appointment a
     WHERE a.id = o.appointment_id AND o.manager_id = $1 AND o.status = 'open'
       AND (o.answer_by <= $2::timestamptz OR a.status <> 'booked' OR a.starts_at <= $2::timestamptz)`,
    [managerId, toDate(now)],
  );
}

/** Whether she was told of an offer: who never heard of it need not hear that it has gone. */
export async function wasTold(db: Db, noticeKey: string): Promise<boolean> {
  return (await db.prisma.notice.count({ where: { key: noticeKey, status: 'sent' } })) > 0;
}

/** What is over is forgotten; so are wishes of appointments that are off or over. */
export async function forgetWishes(db: Db, now: Instant): Promise<void> {
  const old = toDate(instant(addMinutes(now, -KEPT_DAYS * DAY_MINUTES)));
  await db.prisma.slotOffer.deleteMany({ where: { offeredAt: { lt: old }, status: { not: 'open' } } });
  await db.prisma.slotWait.deleteMany({ where: { askedAt: { lt: old } } });
  await db.sql(
    `DELETE FROM earlier_wish w USING appointment a
     WHERE a.id = w.appointment_id AND (a.status <> 'booked' OR a.starts_at <= $1::timestamptz)`,
    [toDate(now)],
  );
}

/** A manager has left: nothing of hers is offered any more. */
export async function deleteOfManager(tx: Db, managerId: string): Promise<void> {
  await tx.prisma.slotOffer.deleteMany({ where: { managerId } });
  await tx.prisma.openedSlot.deleteMany({ where: { managerId } });
  await tx.prisma.slotWatch.deleteMany({ where: { managerId } });
  await tx.prisma.outreach.deleteMany({ where: { managerId } });
}

export async function findManagerOf(db: Db, refugeeId: string): Promise<string | undefined> {
  const row = await db.prisma.refugee.findUnique({ where: { personId: refugeeId }, select: { managerId: true } });
  return row?.managerId ?? undefined;
}
