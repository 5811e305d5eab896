import { beforeEach, describe, expect, it } from 'vitest';
import { createOutbox, type Outbox, oweNotices, withdrawNotices } from '../../src/delivery/outbox.ts';
import type { Database } from '../../src/platform/database.ts';
import { addMinutes, type Instant, instant, toDate } from '../../src/platform/datetime.ts';
import { berlin } from '../support/clock.ts';
import { emptyDatabase } from '../support/database.ts';

const NOW = berlin('2026-11-23', '08:00');
const LEASE = 30_000;
let db: Database;
let outbox: Outbox;
beforeEach(async () => {
  db = await emptyDatabase();
  outbox = createOutbox(db);
  for (const [index, id] of ['amal', 'maria'].entries()) {
    await db.prisma.person.create({
      data: { id, telegramId: BigInt(500 + index), locale: 'ar', role: 'refugee', createdAt: toDate(NOW) },
    });
  }
});

const owe = (key: string, own: { personId?: string; dueAt?: Instant; data?: Record<string, number> } = {}) =>
  oweNotices(db, [{ kind: 'booked', personId: 'amal', subjectId: 's', dueAt: NOW, key, ...own }]);
const take = (now = NOW, limit = 25) => outbox.take(limit, now, LEASE);
const keys = async (now = NOW, limit = 25) => {
  const ids = (await take(now, limit)).map(({ id }) => BigInt(id));
  const rows = await db.prisma.notice.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
  return rows.map(({ key }) => key);
};
const seconds = (n: number) => instant(NOW + n * 1_000);

describe('the outbox', () => {
  it('owes nothing after a rollback', async () => {
    const rolledBack = db.transaction(async (tx) => {
      await oweNotices(tx, [{ kind: 'booked', personId: 'amal', subjectId: 's', dueAt: NOW, key: 'a' }]);
      throw new Error('the rule says no');
    });
    await expect(rolledBack).rejects.toThrow('the rule says no');
    expect(await keys()).toEqual([]);
  });

  it('owes one notice per key, ever', async () => {
    await owe('a');
    const [notice] = await take();
    await outbox.sent(notice?.id ?? '', 1, NOW);
    await owe('a');
    expect(await keys()).toEqual([]);
  });

  it('tells what is needed to say it, and forgets it when it is said', async () => {
    await owe('a', { data: { before: 5 } });
    const [notice] = await take();
    expect(notice).toMatchObject({ kind: 'booked', chatId: 500, locale: 'ar', data: { before: 5 }, attempts: 1 });
    expect(notice).toMatchObject({ dueAt: NOW, unreachable: false });
    await outbox.sent(notice?.id ?? '', 77, NOW);
    const [row] = await db.prisma.notice.findMany();
    expect(row).toMatchObject({ status: 'sent', data: null, messageId: 77n });
  });

  it('gives one notice a person at a time, in the order in which they happened', async () => {
    for (const key of ['a', 'b', 'c']) await owe(key);
    await owe('m', { personId: 'maria' });
    expect(await keys()).toEqual(['a', 'm']);
    expect(await keys()).toEqual([]);
  });

  it('gives nothing before it is due', async () => {
    await owe('later', { dueAt: seconds(60) });
    expect(await keys(seconds(59))).toEqual([]);
    expect(await outbox.nextDue(NOW)).toBe(seconds(60));
    expect(await keys(seconds(60))).toEqual(['later']);
    expect(await outbox.nextDue(seconds(60))).toBeUndefined();
  });

  it('gives again what a process took and died with', async () => {
    await owe('a');
    await owe('b');
    await take();
    expect(await keys(instant(NOW + LEASE - 1))).toEqual([]);
    expect(await keys(instant(NOW + LEASE))).toEqual(['a']);
    await outbox.releaseAll();
    expect(await keys()).toEqual(['a']);
  });

  it('keeps the order while one waits for another try, and remembers when it was due', async () => {
    await owe('a');
    await owe('b');
    const [a] = await take();
    await outbox.later(a?.id ?? '', seconds(4), true);
    expect(await keys(seconds(3))).toEqual([]);
    expect(await outbox.nextDue(seconds(3))).toBe(seconds(4));
    const [again] = await take(seconds(4));
    expect(again).toMatchObject({ id: a?.id, attempts: 2, dueAt: NOW });
  });

  it('does not count a try that Telegram only asked to put off', async () => {
    await owe('a');
    const [a] = await take();
    await outbox.later(a?.id ?? '', NOW, false);
    expect(await take()).toMatchObject([{ attempts: 1 }]);
  });

  it('lets the later ones go first once one has been tried for a minute', async () => {
    await owe('a');
    await owe('b');
    await db.sql(`UPDATE notice SET attempts = 6 WHERE key = 'a'`);
    const [a] = await take();
    await outbox.later(a?.id ?? '', addMinutes(NOW, 2), true);
    expect(await keys(addMinutes(NOW, 1))).toEqual(['b']);
  });

  it('takes back what is not yet sent', async () => {
    await owe('a', { dueAt: seconds(60), data: { before: 5 } });
    await withdrawNotices(db, 's', ['booked']);
    const [row] = await db.prisma.notice.findMany();
    expect(row).toMatchObject({ status: 'void', data: null });
    expect(await keys(seconds(60))).toEqual([]);
  });

  it('goes with its person', async () => {
    await owe('a');
    await db.prisma.person.delete({ where: { id: 'amal' } });
    expect(await db.prisma.notice.count()).toBe(0);
  });

  it('forgets what is settled after its time, and never what is owed', async () => {
    await owe('a');
    await owe('b', { personId: 'maria' });
    const [a] = await take(NOW, 1);
    await outbox.sent(a?.id ?? '', 1, NOW);
    await outbox.forget(NOW);
    expect(await db.prisma.notice.count()).toBe(2);
    await outbox.forget(addMinutes(NOW, 1));
    expect(await db.prisma.notice.findMany()).toMatchObject([{ key: 'b' }]);
  });
});
