import { expect } from 'vitest';
import type { Database } from '../../src/platform/database.ts';
import type { SimulatedTelegram } from '../../src/simulator/telegram.ts';
import type { Office } from './kill-office.ts';
import { type Believer, dataOf } from './kill-person.ts';

/** What happened during the run, against which the end is held. */
export interface Record {
  readonly office: Office;
  readonly telegram: SimulatedTelegram;
  readonly believers: readonly Believer[];
  /** Ids of all updates that Telegram had for the bot. */
  readonly updateIds: readonly number[];
  /** Epoch milliseconds at which the program was killed. */
  readonly killedAt: readonly number[];
}

/** What a killed program had already written to its sockets arrives within this; the next one cannot speak so soon. */
const LAST_WORDS_MS = 300;

/** Holds what the database has against what people were told. */
export async function prove(db: Database, run: Record): Promise<void> {
  await everyUpdateHandledOnce(db, run);
  everyPressAnswered(run);
  await everyBookingTold(db, run);
  await nobodyAtTwoPlaces(db);
  await everyNoticeDelivered(db, run);
  await nothingSentTwiceWithoutDoubt(db, run);
}

async function everyUpdateHandledOnce(db: Database, { updateIds }: Record): Promise<void> {
  const rows = await db.prisma.inbox.findMany({
    select: { updateId: true, status: true, chatId: true, payload: true },
  });
  expect(rows.filter(({ status }) => status !== 'done').map(({ status }) => status)).toEqual([]);
  expect(rows.filter(({ chatId, payload }) => chatId !== null || payload !== null)).toEqual([]);
  expect(rows.map(({ updateId }) => Number(updateId)).sort()).toEqual(updateIds.toSorted());
}

function everyPressAnswered({ telegram, office }: Record): void {
  const spinning = office.refugees.flatMap(({ id }) => telegram.view(id).spinning.map(({ data }) => `${id} ${data}`));
  expect(spinning).toEqual([]);
}

async function everyBookingTold(db: Database, { believers }: Record): Promise<void> {
  const rows = await db.sql<{ id: string; status: string; cancelledBy: string | null; chatId: number }>(
    `SELECT a.id, a.status, a.cancelled_by AS "cancelledBy", p.telegram_id::float8 AS "chatId"
     FROM appointment a JOIN person p ON p.id = a.refugee_id`,
  );
  for (const { id, booked, cancelled } of believers) {
    const own = rows.filter(({ chatId }) => chatId === id);
    expect(own.map((row) => row.id).sort(), `bookings of ${id}`).toEqual([...booked].sort());
    const off = own.filter((row) => row.status === 'cancelled');
    expect(off.map((row) => row.id).sort(), `cancellations of ${id}`).toEqual([...cancelled].sort());
    expect(own.length - off.length).toBeLessThanOrEqual(2);
  }
  expect(rows).toHaveLength(believers.reduce((sum, { booked }) => sum + booked.size, 0));
}

async function nobodyAtTwoPlaces(db: Database): Promise<void> {
  const both = await db.sql(
    `SELECT a.id FROM appointment a JOIN appointment b ON a.id < b.id AND a.status = 'booked' AND b.status = 'booked'
       AND (a.manager_id = b.manager_id OR a.refugee_id = b.refugee_id)
       AND tstzrange(a.blocks_from, a.blocks_to) && tstzrange(b.blocks_from, b.blocks_to)`,
  );
  expect(both).toEqual([]);
}

interface NoticeRow {
  readonly kind: string;
  readonly status: string;
  readonly subjectId: string;
  readonly messageId: number | null;
  readonly chatId: number;
  readonly isDue: boolean;
}

const readNotices = (db: Database) =>
  db.sql<NoticeRow>(
    `SELECT n.kind, n.status, n.subject_id AS "subjectId", n.message_id::float8 AS "messageId",
       p.telegram_id::float8 AS "chatId", n.due_at <= now() AS "isDue" FROM notice n JOIN person p ON p.id = n.person_id`,
  );

async function everyNoticeDelivered(db: Database, { telegram }: Record): Promise<void> {
  const notices = await readNotices(db);
  expect(notices.filter(({ status, isDue }) => !['sent', 'void'].includes(status) && isDue)).toEqual([]);
  const chats = new Map(telegram.people().map((person) => [person.id, person.chat]));
  const delivered = new Set<string>();
  for (const { kind, subjectId, messageId, chatId } of notices.filter(({ status }) => status === 'sent')) {
    const message = chats.get(chatId)?.find((one) => one.message_id === messageId);
    const says =
      kind === 'booked'
        ? dataOf(message).includes(`appt:${subjectId}`)
        : kind === 'pin'
          ? message?.venue !== undefined
          : message?.text !== undefined;
    expect(says, `${kind} of ${subjectId} in chat ${chatId}`).toBe(true);
    delivered.add(`${kind} ${subjectId}`);
  }
  const missing: string[] = [];
  const need = (kind: string, id: string) => delivered.has(`${kind} ${id}`) || missing.push(`${kind} ${id}`);
  for (const { id, status, way } of await db.prisma.appointment.findMany()) {
    if (status === 'cancelled') need('cancelled-by-refugee', id);
    else {
      need('booked', id);
      if (way === 'place') need('pin', id);
    }
  }
  expect(missing).toEqual([]);
}

/**
 * Managers get notices alone, refugees get pins by notice alone: a message that no notice knows was sent in doubt. Either
 * its connection dropped; or the program was killed before it had noted the sending, and then it had not gone on to the
 * next notice of that person.
 */
async function nothingSentTwiceWithoutDoubt(db: Database, run: Record): Promise<void> {
  const { telegram, office, killedAt } = run;
  const known = new Set((await readNotices(db)).map(({ chatId, messageId }) => `${chatId} ${messageId}`));
  const staff = new Set(office.staff);
  const wrong: string[] = [];
  for (const person of telegram.people()) {
    const sentAt = answeredSends(telegram, person.id, staff.has(person.id) ? /^send/ : /^sendVenue$/);
    for (const { message_id, fromBot, venue } of person.chat) {
      const isNotice = fromBot && (staff.has(person.id) || venue !== undefined);
      const at = sentAt.get(message_id);
      if (!isNotice || known.has(`${person.id} ${message_id}`) || at === undefined) continue;
      const kill = killedAt.find((moment) => moment + LAST_WORDS_MS >= at);
      const wentOn = [...sentAt].some(([id, later]) => id > message_id && later <= (kill ?? later) + LAST_WORDS_MS);
      if (kill === undefined || wentOn)
        wrong.push(`message ${message_id} to ${person.id}, killed: ${kill !== undefined}`);
    }
  }
  expect(wrong).toEqual([]);
}

/** When the messages left whose sending Telegram confirmed, by message id. */
function answeredSends(telegram: SimulatedTelegram, chatId: number, method: RegExp): ReadonlyMap<number, number> {
  const sent = new Map<number, number>();
  for (const call of telegram.calls) {
    if (call.chatId !== chatId || !method.test(call.method) || !call.answer?.ok) continue;
    sent.set((call.answer.result as { message_id: number }).message_id, call.at);
  }
  return sent;
}
