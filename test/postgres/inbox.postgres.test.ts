import type { Update } from 'grammy/types';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createInbox } from '../../src/delivery/inbox.ts';
import { startInboxWorker } from '../../src/delivery/inbox-worker.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal } from '../../src/platform/crypto.ts';
import { type Database, openServer } from '../../src/platform/database.ts';
import { silentLog } from '../../src/platform/log.ts';
import { message, until } from '../delivery/updates.ts';
import { emptyServerDatabase } from './server.ts';

const CHATS = 25;
const PER_CHAT = 20;
const PROGRAMS = 3;
const seal = createSeal(new Uint8Array(32));
let databases: Database[] = [];
beforeEach(async () => {
  const url = await emptyServerDatabase('test_programs');
  const opened = await Promise.all(Array.from({ length: PROGRAMS }, () => openServer(url, 3)));
  databases = opened;
  onTestFinished(async () => {
    await Promise.all(opened.map((db) => db.close()));
  });
});
const inboxes = () => databases.map((db) => createInbox(db, seal));
const everything = (): Update[] =>
  Array.from({ length: CHATS * PER_CHAT }, (_, index) => message(index, 1 + (index % CHATS)));

describe('several programs on one database', () => {
  it('handle every update once, each chat in order and by one program at a time', async () => {
    const handled: number[] = [];
    const inHand = new Set<number>();
    const collisions: number[] = [];
    const by = new Map<number, number>();
    const workers = inboxes().map((inbox, program) =>
      startInboxWorker({
        inbox,
        clock: systemClock,
        log: silentLog,
        concurrency: 6,
        idleMs: 5,
        async handle(update) {
          const chat = update.message?.chat.id ?? 0;
          if (inHand.has(chat)) collisions.push(chat);
          inHand.add(chat);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
          inHand.delete(chat);
          handled.push(update.update_id);
          by.set(program, (by.get(program) ?? 0) + 1);
        },
        apologise: async () => {},
        unreachable: async () => {},
      }),
    );
    // Every program stores everything, as if Telegram had repeated it to each.
    await Promise.all(inboxes().map((inbox) => inbox.store(everything(), systemClock.now())));
    await until(() => handled.length >= CHATS * PER_CHAT);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(collisions).toEqual([]);
    expect(handled.toSorted((a, b) => a - b)).toEqual(everything().map(({ update_id }) => update_id));
    for (let chat = 1; chat <= CHATS; chat++) {
      const own = handled.filter((id) => 1 + (id % CHATS) === chat);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
    expect(by.size).toBe(PROGRAMS);
  });

  it('never take one chat at once, however they race', async () => {
    const all = inboxes();
    await all[0]?.store(everything(), systemClock.now());
    for (let round = 0; round < PER_CHAT; round++) {
      const taken = (
        await Promise.all(
          [...all, ...all].map((inbox, index) => inbox.take(`p${index}`, CHATS, systemClock.now(), 60_000)),
        )
      ).flat();
      const chats = taken.map(({ chatId }) => chatId);
      expect(new Set(chats).size).toBe(chats.length);
      await all[0]?.finish(taken.map(({ seq }) => seq));
    }
    expect(await all[0]?.open()).toBeLessThan(CHATS * PER_CHAT);
  });

  it('let a dead program’s updates be taken by another, in order', async () => {
    const [dead, living] = inboxes();
    const now = systemClock.now();
    await dead?.store([message(1, 7), message(2, 7)], now);
    expect(await dead?.take('dead', 5, now, 6_000)).toHaveLength(1);
    expect(await living?.take('living', 5, now, 6_000)).toEqual([]);
    const later = (now + 6_000) as typeof now;
    expect(await living?.take('living', 5, later, 6_000)).toMatchObject([{ attempts: 2, update: { update_id: 1 } }]);
  });
});
