import { Bot } from 'grammy';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/platform/log.ts';
import { fakeFetch } from '../../src/simulator/fake-fetch.ts';
import { createTelegram } from '../../src/simulator/telegram.ts';
import type { Context } from '../../src/telegram/context.ts';
import { answerEveryPress, throttle, watchdog } from '../../src/telegram/guards.ts';
import { type AnswerLedger, createTransport, type Send } from '../../src/telegram/transport.ts';
import { TOKEN } from '../support/world.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 });
});
afterEach(() => vi.useRealTimers());

/** A bot with the guards of the program, and somebody who presses a button. */
function guarded(handler: (ctx: Context) => Promise<unknown>) {
  const telegram = createTelegram({ token: TOKEN, now: () => Date.now() });
  const ledger: AnswerLedger = new Map();
  const bot = new Bot<Context>(TOKEN, {
    botInfo: telegram.bot,
    client: { fetch: createTransport(fakeFetch(telegram) as Send, { ledger, patient: true }) as never },
  });
  bot.use(answerEveryPress(ledger, 1_500, silentLog), watchdog(20_000));
  bot.on('callback_query', handler);
  const amal = telegram.person({ id: 7, firstName: 'Amal', started: true });
  const press = () => {
    amal.presses(1, 'x');
    return telegram.takeUpdates();
  };
  const handle = async (updates: ReturnType<typeof press>) => {
    const outcome = Promise.all(updates.map((update) => bot.handleUpdate(update))).then(
      () => 'handled',
      (error: Error) => error.message,
    );
    await vi.advanceTimersByTimeAsync(30_000);
    return outcome;
  };
  const answers = () => telegram.calls.filter(({ method }) => method === 'answerCallbackQuery');
  return { telegram, amal, press, handle, answers, ledger };
}
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('a pressed button is answered exactly once', () => {
  it.each<[string, (ctx: Context) => Promise<unknown>, string]>([
    ['by its handler', (ctx) => ctx.answerCallbackQuery({ text: 'ja' }), 'ja'],
    ['when its handler forgets', async () => {}, ''],
    [
      'when its handler answers twice',
      (ctx) => Promise.all([ctx.answerCallbackQuery(), ctx.answerCallbackQuery()]),
      '',
    ],
    ['when its handler throws', async () => Promise.reject(new TypeError('a bug')), ''],
    ['when its handler is slow', (ctx) => after(5_000).then(() => ctx.answerCallbackQuery({ text: 'spät' })), ''],
    ['when its handler hangs', () => new Promise(() => {}), ''],
    [
      'when its handler hangs and answers after it was given up',
      (ctx) => after(25_000).then(() => ctx.answerCallbackQuery()),
      '',
    ],
  ])('%s', async (_, handler, text) => {
    const { press, handle, answers, telegram, amal } = guarded(handler);
    const began = Date.now();
    await handle(press());
    expect(answers()).toHaveLength(1);
    expect((answers()[0]?.at ?? 0) - began).toBeLessThanOrEqual(2_000);
    expect(amal.toasts.at(-1)?.text ?? '').toBe(text);
    expect(telegram.view(7).spinning).toEqual([]);
  });

  it('after an outage, when the update is tried again', async () => {
    const { press, handle, answers, telegram } = guarded((ctx) => ctx.answerCallbackQuery());
    telegram.fail({ method: 'answerCallbackQuery', times: 4, fault: { kind: 'server-error' } });
    const updates = press();
    expect(await handle(updates)).toContain('Internal Server Error');
    expect(await handle(updates)).toBe('handled');
    expect(answers().filter(({ answer }) => answer?.ok)).toHaveLength(1);
    expect(telegram.view(7).spinning).toEqual([]);
  });

  it('also when the update is tried again for another reason', async () => {
    let tries = 0;
    const { press, handle, answers, telegram } = guarded(async (ctx) => {
      await ctx.answerCallbackQuery();
      if (tries++ === 0) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    });
    const updates = press();
    await handle(updates);
    expect(await handle(updates)).toBe('handled');
    expect(answers()).toHaveLength(1);
    expect(telegram.view(7).spinning).toEqual([]);
  });

  it('without a memory that grows for ever', async () => {
    const { press, handle, ledger } = guarded(async () => {});
    for (let round = 0; round < 11; round++) await handle(Array.from({ length: 100 }, press).flat());
    expect(ledger.size).toBe(1_000);
  });
});

describe('the watchdog', () => {
  it('gives up a handler after its time', async () => {
    const { press, handle } = guarded(() => new Promise(() => {}));
    expect(await handle(press())).toContain('the handler took too long');
  });
});

describe('the throttle', () => {
  it('lets a burst pass, tells once, is silent, and lets pass again', async () => {
    const told: number[] = [];
    const passed: number[] = [];
    const guard = throttle({ perMinute: 3, now: () => Date.now(), tell: async (ctx) => void told.push(ctx.chatId) });
    const write = (chatId: number) => guard({ chatId } as Context, async () => void passed.push(chatId));
    for (let n = 0; n < 6; n++) await write(7);
    await write(8);
    expect([passed, told]).toEqual([[7, 7, 7, 8], [7]]);
    vi.setSystemTime(Date.now() + 20_000);
    await write(7);
    await write(7);
    expect([passed, told]).toEqual([
      [7, 7, 7, 8, 7],
      [7, 7],
    ]);
  });
});
