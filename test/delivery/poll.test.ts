import { setTimeout as pause } from 'node:timers/promises';
import { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, describe, expect, it } from 'vitest';
import { poll } from '../../src/delivery/poll.ts';
import { silentLog } from '../../src/platform/log.ts';
import { fakeFetch } from '../../src/simulator/fake-fetch.ts';
import { createTelegram, type SimulatedTelegram } from '../../src/simulator/telegram.ts';
import { TOKEN } from '../support/world.ts';
import { until } from './updates.ts';

const stops: AbortController[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
});

function begin(store: (updates: readonly Update[]) => Promise<void>, telegram = simulated(), token = TOKEN) {
  const stop = new AbortController();
  stops.push(stop);
  const bot = new Bot(token, { client: { fetch: fakeFetch(telegram) as never } });
  const polling = poll(bot, store, stop.signal, silentLog, 2);
  return { telegram, stop, polling, amal: telegram.person({ id: 7, firstName: 'Amal', started: true }) };
}
const simulated = (): SimulatedTelegram => createTelegram({ token: TOKEN, now: () => Date.now() });
const textOf = (updates: readonly Update[]) => updates.map((update) => update.message?.text);

describe('polling', () => {
  it('stores each batch, then confirms it by asking for the next', async () => {
    const stored: Update[] = [];
    let unconfirmed = 0;
    const { telegram, amal } = begin(async (updates) => {
      unconfirmed = telegram.pending();
      stored.push(...updates);
    });
    amal.sends('eins');
    await until(() => stored.length === 1);
    expect(unconfirmed).toBe(1);
    amal.sends('zwei');
    await until(() => stored.length === 2 && telegram.pending() === 0);
    expect(unconfirmed).toBe(1);
    expect(textOf(stored)).toEqual(['eins', 'zwei']);
  });

  it('confirms nothing that could not be stored, and stores the same updates once that works', async () => {
    let isLost = true;
    let tries = 0;
    const stored: Update[] = [];
    const { telegram, amal } = begin(async (updates) => {
      tries += 1;
      if (isLost) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
      stored.push(...updates);
    });
    amal.sends('eins');
    await until(() => tries > 3);
    amal.sends('zwei');
    expect(telegram.pending()).toBe(2);
    expect(telegram.calls.filter(({ params }) => Number(params.offset ?? 0) > 0)).toEqual([]);
    isLost = false;
    await until(() => stored.length === 2);
    expect(textOf(stored)).toEqual(['eins', 'zwei']);
  });

  it('gets everything again that a process stored no more before it ended', async () => {
    const lost = begin(async () => {
      throw new Error('the process is about to die');
    });
    lost.amal.sends('eins');
    await pause(10);
    lost.stop.abort();
    await lost.polling;
    const stored: Update[] = [];
    begin(async (updates) => void stored.push(...updates), lost.telegram);
    await until(() => stored.length === 1);
    expect(textOf(stored)).toEqual(['eins']);
  });

  it('asks for what the program handles, and for nothing else', async () => {
    const { telegram } = begin(async () => {});
    await until(() => telegram.calls.some(({ method }) => method === 'getUpdates'));
    const asked = telegram.calls.find(({ method }) => method === 'getUpdates');
    expect(asked?.params.allowed_updates).toEqual(['message', 'callback_query', 'my_chat_member']);
  });

  it('ends with an error when another process polls, or the token is wrong', async () => {
    const first = begin(async () => {});
    await until(() => first.telegram.calls.some(({ method }) => method === 'getUpdates'));
    begin(async () => {}, first.telegram);
    await expect(first.polling).rejects.toThrow('Conflict: terminated by other getUpdates request');
    const wrong = begin(async () => {}, simulated(), '1000000002:TEST-token-1234567890-abcdefghijKLM');
    await expect(wrong.polling).rejects.toThrow('Unauthorized');
  });

  it('waits for Telegram when it begins during an outage', async () => {
    const telegram = simulated();
    telegram.fail({ method: 'deleteWebhook', times: 1, fault: { kind: 'too-many', retryAfter: 0 } });
    const stored: Update[] = [];
    const { amal } = begin(async (updates) => void stored.push(...updates), telegram);
    amal.sends('eins');
    await until(() => stored.length === 1);
  });

  it('ends at once when it is told to, also while it waits for Telegram', async () => {
    const { polling, stop } = begin(async () => {});
    await pause(5);
    stop.abort();
    await polling;
    const telegram = simulated();
    telegram.fail({ method: 'deleteWebhook', fault: { kind: 'server-error' } });
    const waiting = begin(async () => {}, telegram);
    await pause(5);
    waiting.stop.abort();
    await waiting.polling;
  });

  it('asks for nothing more when it is told to end while it begins', async () => {
    const telegram = simulated();
    const stop = new AbortController();
    const bot = new Bot(TOKEN, {
      client: {
        fetch: (async (url: string, init: never) => {
          const reply = await fakeFetch(telegram)(url, init);
          stop.abort();
          return reply;
        }) as never,
      },
    });
    await poll(bot, async () => {}, stop.signal, silentLog);
    expect(telegram.calls.map(({ method }) => method).filter((method) => method === 'getUpdates').length).toBe(0);
  });

  it('leaves no listeners behind, however long it polls', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on('warning', warn);
    const stored: Update[] = [];
    const { amal } = begin(async (updates) => void stored.push(...updates));
    for (let n = 1; n <= 15; n++) {
      amal.sends(String(n));
      await until(() => stored.length === n);
    }
    await pause(0);
    process.off('warning', warn);
    expect(warnings.map(({ name }) => name)).not.toContain('MaxListenersExceededWarning');
  });
});
