import { GrammyError, HttpError } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInbox, type Inbox } from '../../src/delivery/inbox.ts';
import { type InboxWorker, type InboxWorkerOptions, startInboxWorker } from '../../src/delivery/inbox-worker.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal } from '../../src/platform/crypto.ts';
import type { Database } from '../../src/platform/database.ts';
import { silentLog } from '../../src/platform/log.ts';
import { emptyDatabase } from '../support/database.ts';
import { message, until } from './updates.ts';

let db: Database;
let inbox: Inbox;
let worker: InboxWorker | undefined;
beforeEach(async () => {
  db = await emptyDatabase();
  inbox = createInbox(db, createSeal(new Uint8Array(32)));
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const refusal = (code: number, description: string, retryAfter?: number) =>
  new GrammyError(
    'refused',
    {
      ok: false,
      error_code: code,
      description,
      ...(retryAfter !== undefined && { parameters: { retry_after: retryAfter } }),
    },
    'sendMessage',
    {},
  );

interface Handled {
  readonly handled: number[];
  readonly apologies: number[];
  readonly unreachable: number[];
}

function start(handle: (update: Update) => Promise<void>, own: Partial<InboxWorkerOptions> = {}): Handled {
  const done: Handled = { handled: [], apologies: [], unreachable: [] };
  worker = startInboxWorker({
    inbox,
    clock: systemClock,
    log: silentLog,
    concurrency: 8,
    idleMs: 20,
    failurePauseMs: 5,
    pauseBefore: () => 10,
    handle: async (update) => {
      await handle(update);
      done.handled.push(update.update_id);
    },
    apologise: async (update) => void done.apologies.push(update.update_id),
    unreachable: async (chatId) => void done.unreachable.push(chatId),
    ...own,
  });
  return done;
}

async function deliver(...updates: Update[]): Promise<void> {
  await inbox.store(updates, systemClock.now());
  worker?.wake();
}
const settled = () => until(async () => (await inbox.open()) === 0);
const statuses = async () => (await db.prisma.inbox.findMany({ orderBy: { seq: 'asc' } })).map(({ status }) => status);

describe('the inbox worker', () => {
  it('handles a chat one by one in order, and chats side by side', async () => {
    const inHand = new Map<number, number>();
    let most = 0;
    const done = start(async (update) => {
      const chat = update.message?.chat.id ?? 0;
      expect(inHand.get(chat)).toBeUndefined();
      inHand.set(chat, update.update_id);
      most = Math.max(most, inHand.size);
      await new Promise((resolve) => setTimeout(resolve, 3));
      inHand.delete(chat);
    });
    const updates = Array.from({ length: 60 }, (_, index) => message(index, index % 6));
    await deliver(...updates);
    await settled();
    for (let chat = 0; chat < 6; chat++) {
      const own = done.handled.filter((id) => id % 6 === chat);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
    expect(done.handled).toHaveLength(60);
    expect(most).toBeGreaterThan(1);
    expect(await statuses()).toEqual(Array(60).fill('done'));
  });

  it('gives up an error of ours at once, says sorry once, and the chat goes on', async () => {
    const done = start(async ({ update_id }) => {
      if (update_id === 1) throw new TypeError('a bug');
      if (update_id === 3) throw refusal(400, 'Bad Request: BUTTON_DATA_INVALID');
    });
    await deliver(message(1, 7), message(2, 7), message(3, 7), message(4, 7));
    await settled();
    expect(done).toMatchObject({ handled: [2, 4], apologies: [1, 3] });
    expect(await statuses()).toEqual(['parked', 'done', 'parked', 'done']);
  });

  it.each<[string, () => Error]>([
    ['Telegram is out of order', () => refusal(502, 'Bad Gateway')],
    ['the connection drops', () => new HttpError('network', new Error('socket hang up'))],
    ['Telegram asks to wait', () => refusal(429, 'Too Many Requests: retry after 0', 0)],
    ['the database is lost', () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['the database ends our connection', () => new Error('Connection terminated unexpectedly')],
    ['two transactions meet', () => Object.assign(new Error('deadlock detected'), { code: '40P01' })],
  ])('tries again in order when %s', async (_, fault) => {
    let faults = 3;
    const done = start(async ({ update_id }) => {
      if (update_id === 1 && faults-- > 0) throw fault();
    });
    await deliver(message(1, 7), message(2, 7), message(3, 7));
    await settled();
    expect(done).toMatchObject({ handled: [1, 2, 3], apologies: [] });
  });

  it('gives up an outage that does not end, and the chat goes on', async () => {
    let tries = 0;
    const done = start(
      async ({ update_id }) => {
        if (update_id !== 1) return;
        tries += 1;
        throw refusal(500, 'Internal Server Error');
      },
      { pauseBefore: () => 0 },
    );
    await deliver(message(1, 7), message(2, 7));
    await settled();
    expect(tries).toBe(10);
    expect(done).toMatchObject({ handled: [2], apologies: [1] });
  });

  it('gives up what has killed its process again and again, without another try', async () => {
    await deliver(message(1, 7));
    await db.sql('UPDATE inbox SET attempts = 20');
    const done = start(async () => {});
    await settled();
    expect(done).toMatchObject({ handled: [], apologies: [1] });
    expect(await statuses()).toEqual(['parked']);
  });

  it('remembers whom Telegram cannot reach, and is done with it', async () => {
    const done = start(async () => {
      throw refusal(403, 'Forbidden: bot was blocked by the user');
    });
    await deliver(message(1, 7));
    await settled();
    expect(done).toMatchObject({ unreachable: [7], apologies: [] });
    expect(await statuses()).toEqual(['done']);
  });

  it('parks even when the apology cannot be said', async () => {
    start(
      async () => {
        throw new Error('a bug');
      },
      {
        apologise: async () => {
          throw refusal(500, 'Internal Server Error');
        },
      },
    );
    await deliver(message(1, 7));
    await settled();
    expect(await statuses()).toEqual(['parked']);
  });

  it('takes an update again that it could not settle, though it always has others in hand', async () => {
    let tries = 0;
    let isLost = true;
    const real = inbox;
    inbox = {
      ...real,
      async putBack(...args) {
        if (isLost) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
        return real.putBack(...args);
      },
    };
    const busy = Promise.withResolvers<void>();
    const done = start(
      async ({ update_id }) => {
        if (update_id === 1 && tries++ === 0) throw refusal(500, 'Internal Server Error');
        if (update_id === 2) await busy.promise;
      },
      { leaseMs: 60 },
    );
    await deliver(message(1, 7), message(2, 8));
    await until(() => done.handled.includes(1));
    isLost = false;
    expect(done.handled).toEqual([1]);
    busy.resolve();
    await settled();
    expect(done.handled).toEqual([1, 2]);
  });

  it('goes on after the database was lost', async () => {
    let isLost = true;
    const real = inbox;
    inbox = {
      ...real,
      async take(...args) {
        if (isLost) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
        return real.take(...args);
      },
    };
    const done = start(async () => {});
    await deliver(message(1, 7));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(done.handled).toEqual([]);
    isLost = false;
    await settled();
    expect(done.handled).toEqual([1]);
  });

  it('finishes what is in hand when it is stopped, takes nothing more, and loses nothing', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const done = start(async () => {
      begun.resolve();
      await end.promise;
    });
    await deliver(message(1, 7), message(2, 7));
    await begun.promise;
    const stopped = worker?.stop();
    end.resolve();
    await stopped;
    expect(done.handled).toEqual([1]);
    expect(await statuses()).toEqual(['done', 'pending']);
    const rest = start(async () => {});
    await settled();
    expect(rest.handled).toEqual([2]);
  });

  it('stops although the database is lost: the leases run out by themselves', async () => {
    const real = inbox;
    inbox = {
      ...real,
      async finish() {
        throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
      },
    };
    const done = start(async () => {}, { failurePauseMs: 1 });
    await deliver(message(1, 7));
    await until(() => done.handled.length === 1);
    await worker?.stop();
    expect(await statuses()).toEqual(['working']);
  });
});
