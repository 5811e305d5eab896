import { beforeEach, describe, expect, it } from 'vitest';
import { createInbox, type Inbox } from '../../src/delivery/inbox.ts';
import { createSeal } from '../../src/platform/crypto.ts';
import type { Database } from '../../src/platform/database.ts';
import { addMinutes } from '../../src/platform/datetime.ts';
import { berlin } from '../support/clock.ts';
import { dump, emptyDatabase } from '../support/database.ts';
import { message } from './updates.ts';

const NOW = berlin('2026-11-23', '08:00');
const LEASE = 6_000;
let db: Database;
let inbox: Inbox;
beforeEach(async () => {
  db = await emptyDatabase();
  inbox = createInbox(db, createSeal(new Uint8Array(32)));
});
const take = async (limit = 10, now = NOW, owner = 'me') =>
  (await inbox.take(owner, limit, now, LEASE)).map(({ seq, chatId, update, attempts }) => ({
    seq,
    chatId,
    attempts,
    id: update.update_id,
  }));
const ids = async (...args: Parameters<typeof take>) => (await take(...args)).map(({ id }) => id);

describe('the inbox', () => {
  it('stores an update once, however often Telegram repeats it', async () => {
    await inbox.store([message(1, 7), message(2, 7)], NOW);
    await inbox.store([message(2, 7), message(3, 7)], NOW);
    expect(await inbox.open()).toBe(3);
    const [first] = await take();
    await inbox.finish([first?.seq ?? '']);
    await inbox.store([message(1, 7)], NOW);
    expect(await inbox.open()).toBe(2);
  });

  it('gives each chat’s oldest update, and the next one when that is settled', async () => {
    await inbox.store([message(1, 7), message(2, 7), message(3, 8)], NOW);
    const taken = await take();
    expect(taken.map(({ id }) => id)).toEqual([1, 3]);
    expect(await ids()).toEqual([]);
    await inbox.finish([taken[0]?.seq ?? '']);
    expect(await ids()).toEqual([2]);
  });

  it('gives an update again when its lease ran out, and not a moment before', async () => {
    await inbox.store([message(1, 7)], NOW);
    await take();
    const before = (NOW + LEASE - 1) as typeof NOW;
    expect(await ids(10, before, 'other')).toEqual([]);
    expect(await take(10, (NOW + LEASE) as typeof NOW, 'other')).toMatchObject([{ id: 1, attempts: 2 }]);
  });

  it('holds what its owner renews, and lets go of what the owner has lost sight of', async () => {
    await inbox.store([message(1, 7), message(2, 8)], NOW);
    const [one] = await take();
    await inbox.renew('me', [one?.seq ?? ''], NOW, 60_000);
    await inbox.renew('other', [one?.seq ?? ''], NOW, 1);
    expect(await ids(10, addMinutes(NOW, 0.5) as typeof NOW, 'other')).toEqual([2]);
  });

  it('keeps neither content nor chat of what was handled or given up', async () => {
    await inbox.store([message(1, 7_001, 'geheim'), message(2, 7_002)], NOW);
    const [one, two] = await take();
    await inbox.finish([one?.seq ?? '']);
    await inbox.park(two?.seq ?? '');
    const rows = await db.prisma.inbox.findMany({ orderBy: { seq: 'asc' } });
    expect(rows).toMatchObject([
      { status: 'done', payload: null, chatId: null, owner: null },
      { status: 'parked', payload: null, chatId: null, owner: null },
    ]);
    expect(JSON.stringify(await dump(db))).not.toMatch(/700[12]/);
  });

  it('stores content sealed', async () => {
    await inbox.store([message(1, 7, 'geheim')], NOW);
    const [row] = await db.prisma.inbox.findMany();
    expect(Buffer.from(row?.payload ?? []).toString('latin1')).not.toContain('geheim');
  });

  it('lets the chat wait behind an update that is put back', async () => {
    await inbox.store([message(1, 7), message(2, 7)], NOW);
    const [one] = await take();
    await inbox.putBack(one?.seq ?? '', addMinutes(NOW, 1));
    expect(await ids()).toEqual([]);
    expect(await ids(10, addMinutes(NOW, 1))).toEqual([1]);
  });

  it('finishes the later update first where two processes stored out of order', async () => {
    await inbox.store([message(2, 7)], NOW);
    await db.sql(`UPDATE inbox SET seq = seq + 10`);
    const [later] = await take();
    await inbox.store([message(1, 7), message(3, 8)], NOW);
    expect(await ids()).toEqual([3]);
    expect(await ids(10, addMinutes(NOW, 1), 'other')).toEqual([3, 2]);
    await inbox.finish([later?.seq ?? '']);
    expect(await ids()).toEqual([1]);
  });

  it('frees everything at the start of the one process on an embedded database', async () => {
    await inbox.store([message(1, 7)], NOW);
    await take();
    await inbox.releaseAll();
    expect(await ids()).toEqual([1]);
  });

  it('forgets ids after their time, and never what is open', async () => {
    await inbox.store([message(1, 7), message(2, 8)], NOW);
    const [one] = await take(1);
    await inbox.finish([one?.seq ?? '']);
    await inbox.forget(NOW);
    expect(await db.prisma.inbox.count()).toBe(2);
    await inbox.forget(addMinutes(NOW, 1));
    expect(await db.prisma.inbox.count()).toBe(1);
  });
});
