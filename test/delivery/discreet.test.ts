import { HttpError } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInbox, type Inbox, withoutScreen } from '../../src/delivery/inbox.ts';
import { type InboxWorker, startInboxWorker } from '../../src/delivery/inbox-worker.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal } from '../../src/platform/crypto.ts';
import type { Database } from '../../src/platform/database.ts';
import { createLog } from '../../src/platform/log.ts';
import { buttons } from '../../src/telegram/buttons.ts';
import { leavesNoTrace } from '../../src/telegram/discreet.ts';
import { dump, emptyDatabase } from '../support/database.ts';
import { message, until } from './updates.ts';

const seal = createSeal(new Uint8Array(32));
let db: Database;
let inbox: Inbox;
let worker: InboxWorker | undefined;
let logged: string[];
beforeEach(async () => {
  db = await emptyDatabase();
  inbox = createInbox(db, seal);
  logged = [];
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

function start(handle: (update: Update) => Promise<void>, pauseMs = 5): number[] {
  const apologies: number[] = [];
  worker = startInboxWorker({
    inbox,
    clock: systemClock,
    log: createLog('debug', { write: (line) => logged.push(line) }),
    concurrency: 8,
    idleMs: 20,
    failurePauseMs: 5,
    pauseBefore: () => pauseMs,
    handle,
    apologise: async (update) => void apologies.push(update.update_id),
    unreachable: async () => {},
  });
  return apologies;
}

const pressed = (data: string, text: string): Update =>
  ({
    update_id: 5,
    callback_query: {
      id: '1',
      chat_instance: '1',
      data,
      from: { id: 7, is_bot: false, first_name: 'A', language_code: 'ar' },
      message: { ...message(9, 7, text).message, reply_markup: { inline_keyboard: [[{ text, callback_data: data }]] } },
    },
  }) as Update;

describe('what leaves no trace', () => {
  it('is known by its button or command alone', () => {
    expect(
      [buttons.help.data({ locale: 'ar' }), 'help', 'help.in:xx'].map((data) => leavesNoTrace(pressed(data, 'x'))),
    ).toEqual([true, true, true]);
    expect(['menu', 'x', 'helper:1', ''].map((data) => leavesNoTrace(pressed(data, 'x')))).toEqual(
      Array(4).fill(false),
    );
    expect(
      ['/help', '/help@a_bot', '/helper', 'help', 'x /help'].map((text) => leavesNoTrace(message(1, 7, text))),
    ).toEqual([true, true, false, false, false]);
  });

  it('is handled without a row, in turn with the chat’s stored updates', async () => {
    const order: string[] = [];
    const doors = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    start(async ({ update_id }) => {
      order.push(`${update_id} begins`);
      await doors[update_id - 1]?.promise;
      order.push(`${update_id} ends`);
    });
    await inbox.store([message(1, 7)], systemClock.now());
    worker?.wake();
    await until(() => order.length === 1);
    worker?.pass(message(2, 7));
    worker?.pass(message(3, 8));
    await until(() => order.includes('3 ends'));
    expect(order).toEqual(['1 begins', '3 begins', '3 ends']);
    await inbox.store([message(4, 7)], systemClock.now());
    for (const door of doors) door.resolve();
    await worker?.idle();
    expect(order.slice(3)).toEqual(['1 ends', '2 begins', '2 ends', '4 begins', '4 ends']);
    expect((await dump(db)).inbox).toHaveLength(2);
  });

  it('outlives an outage, in memory', async () => {
    let tries = 0;
    const apologies = start(async () => {
      tries += 1;
      if (tries < 4) throw new HttpError('no network', new Error('x'));
    });
    worker?.pass(message(1, 7));
    await worker?.idle();
    expect([tries, apologies, (await dump(db)).inbox, logged]).toEqual([4, [], [], []]);
  });

  it('does not hold up a stop, however long the outage', async () => {
    start(async () => {
      throw new HttpError('no network', new Error('x'));
    }, 60_000);
    worker?.pass(message(1, 7));
    await worker?.stop();
    worker = undefined;
    expect((await dump(db)).inbox).toEqual([]);
  });

  it('is told of an error of ours, and the log does not say where it was', async () => {
    const apologies = start(async function revealingName() {
      throw new TypeError('of this page');
    });
    worker?.pass(message(1, 7));
    await worker?.idle();
    expect(apologies).toEqual([1]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('press.lost');
    expect(logged[0]).not.toMatch(/where|revealing|of this page|:7\b/);
  });
});

describe('a stored update', () => {
  it('says nothing of what stood on the screen, whatever was pressed on it', async () => {
    await inbox.store([pressed('menu', 'Nachtigall')], systemClock.now());
    const [row] = await db.prisma.inbox.findMany();
    const opened = seal.open('update', row?.payload ?? new Uint8Array());
    expect(opened).not.toContain('Nachtigall');
    expect(JSON.parse(opened).callback_query).toMatchObject({ data: 'menu', message: { message_id: 9 } });
  });

  it('says nothing of what was replied to', () => {
    const { message: own } = message(1, 7, 'mine');
    const reply = {
      update_id: 1,
      message: { ...own, reply_to_message: message(2, 7, 'Nachtigall').message, quote: { text: 'Nachtigall' } },
    } as unknown as Update;
    expect(JSON.stringify(withoutScreen(reply))).not.toContain('Nachtigall');
    expect(withoutScreen(reply).message?.text).toBe('mine');
  });
});
