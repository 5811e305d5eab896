import type { Update } from '@grammyjs/types';
import { describe, expect, test } from 'vitest';
import { box, refusal, result } from './box.ts';

const ids = (updates: Update[]) => updates.map((update) => update.update_id);

describe('getUpdates', () => {
  test('gives updates again until they are confirmed by a higher offset', async () => {
    const { telegram, amina, call } = box();
    for (const text of ['a', 'b', 'c']) amina.sends(text);
    const first = ids(result(await call('getUpdates', { limit: 2 })));
    expect(ids(result(await call('getUpdates', { limit: 2 })))).toEqual(first);
    const [one = 0, two = 0] = first;
    expect(two).toBe(one + 1);
    expect(ids(result(await call('getUpdates', { offset: two + 1 })))).toEqual([two + 1]);
    expect(telegram.pending()).toBe(1);
  });

  test('a negative offset keeps only the end of the queue', async () => {
    const { telegram, amina, call } = box();
    for (const text of ['a', 'b', 'c']) amina.sends(text);
    expect(result<Update[]>(await call('getUpdates', { offset: -1 }))[0]?.message?.text).toBe('c');
    expect(telegram.pending()).toBe(1);
  });

  test('waits for the first update, and is woken by it', async () => {
    const { amina, call } = box();
    const polling = call('getUpdates', { timeout: 30 });
    amina.sends('endlich');
    expect(result<Update[]>(await polling)[0]?.message?.text).toBe('endlich');
  });

  test('sends the older of two pollers away', async () => {
    const { amina, call } = box();
    const older = call('getUpdates', { timeout: 30 });
    const newer = call('getUpdates', { timeout: 30 });
    expect(await older).toEqual({
      ok: false,
      error_code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    amina.sends('x');
    expect(result<Update[]>(await newer)).toHaveLength(1);
  });

  test('ends when the caller is gone', async () => {
    const { telegram } = box();
    const gone = new AbortController();
    const polling = telegram.call(
      '123456:AAsimulated-token_for_tests',
      'getUpdates',
      { timeout: 30 },
      undefined,
      gone.signal,
    );
    gone.abort();
    expect(result(await polling)).toEqual([]);
  });

  test('remembers the types asked for, for updates to come', async () => {
    const { amina, call } = box();
    amina.sends('vorher');
    await call('getUpdates', { allowed_updates: ['callback_query'] });
    amina.sends('nachher');
    expect(result<Update[]>(await call('getUpdates'))).toHaveLength(1);
    await call('getUpdates', { allowed_updates: [] });
    amina.blocks();
    expect(result<Update[]>(await call('getUpdates')).at(-1)).toHaveProperty(
      'my_chat_member.new_chat_member.status',
      'kicked',
    );
  });

  test('button presses are forgotten after 150 seconds, messages after a day', async () => {
    const { amina, call, pass } = box();
    amina.sends('bleibt');
    amina.presses(1, 'x');
    pass(149_999);
    expect(result<Update[]>(await call('getUpdates'))).toHaveLength(2);
    pass(1);
    expect(result<Update[]>(await call('getUpdates'))).toHaveLength(1);
    pass(86_400_000);
    expect(result<Update[]>(await call('getUpdates'))).toHaveLength(0);
  });
});

describe('the webhook', () => {
  interface Delivery {
    update: Update;
    secret: string | null;
  }

  function receiver(answers: number[]) {
    const got: Delivery[] = [];
    const pauses: number[] = [];
    const post = async (_: unknown, init?: RequestInit) => {
      got.push({
        update: JSON.parse(String(init?.body)) as Update,
        secret: new Headers(init?.headers).get('x-telegram-bot-api-secret-token'),
      });
      return new Response(null, { status: answers.shift() ?? 200 });
    };
    const sleep = async (ms: number) => {
      pauses.push(ms);
    };
    return { got, pauses, options: { fetch: post as typeof fetch, sleep } };
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const url = 'https://bot.example.org/telegram';

  test('delivers with the secret, in order, and confirms', async () => {
    const { got, options } = receiver([]);
    const { telegram, amina, call } = box(options);
    amina.sends('vorher');
    await call('setWebhook', { url, secret_token: 'geheim_1' });
    amina.sends('nachher');
    await settle();
    expect(got.map(({ update, secret }) => [update.message?.text, secret])).toEqual([
      ['vorher', 'geheim_1'],
      ['nachher', 'geheim_1'],
    ]);
    expect(telegram.pending()).toBe(0);
  });

  test('repeats what failed, waiting twice as long each time, and tells about it', async () => {
    const { got, pauses, options } = receiver([500, 502, 200]);
    const { amina, call } = box(options);
    await call('setWebhook', { url });
    amina.sends('x');
    await settle();
    expect(got.map(({ update }) => update.message?.text)).toEqual(['x', 'x', 'x']);
    expect(pauses).toEqual([1000, 2000]);
    expect(result(await call('getWebhookInfo'))).toMatchObject({
      url,
      pending_update_count: 0,
      last_error_message: expect.stringContaining('502'),
    });
  });

  test('and polling exclude each other', async () => {
    const { options } = receiver([]);
    const { call } = box(options);
    const polling = call('getUpdates', { timeout: 30 });
    await call('setWebhook', { url });
    expect(refusal(await polling)).toBe('Conflict: terminated by setWebhook request');
    expect(refusal(await call('getUpdates'))).toContain("can't use getUpdates method while webhook is active");
    await call('deleteWebhook', { drop_pending_updates: true });
    expect(result(await call('getUpdates'))).toEqual([]);
  });
});
