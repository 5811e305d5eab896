import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { createWeb } from '../../src/web/server.ts';

const SECRET = 'a-secret-of-the-webhook';
const update = { update_id: 1 } as Update;

const failures: unknown[] = [];

function web(receive: (updates: readonly Update[]) => Promise<void> = async () => {}, healthy = async () => {}) {
  failures.length = 0;
  return createWeb({
    healthy,
    metrics: async () => ({ open: 3 }),
    webhook: { path: '/telegram', secret: SECRET, receive, failed: (error) => failures.push(error) },
  });
}
const post = (secret: string | undefined, body: string) => ({
  method: 'POST',
  body,
  headers: {
    'content-type': 'application/json',
    ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
  },
});

describe('the webhook', () => {
  it('stores first and answers then', async () => {
    const stored: Update[] = [];
    const answer = await web(async (updates) => void stored.push(...updates)).request(
      '/telegram',
      post(SECRET, JSON.stringify(update)),
    );
    expect(answer.status).toBe(200);
    expect(stored).toEqual([update]);
  });

  it.each([undefined, '', 'wrong', `${SECRET}x`, SECRET.slice(1)])('refuses the secret %j', async (secret) => {
    const stored: Update[] = [];
    const answer = await web(async (updates) => void stored.push(...updates)).request(
      '/telegram',
      post(secret, JSON.stringify(update)),
    );
    expect(answer.status).toBe(401);
    expect(stored).toEqual([]);
  });

  it('answers 500 when it could not store, so that Telegram sends again, and whoever watches hears of it', async () => {
    const answer = await web(async () => Promise.reject(new Error('database gone'))).request(
      '/telegram',
      post(SECRET, JSON.stringify(update)),
    );
    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe('');
    expect(failures).toEqual([new Error('database gone')]);
  });

  it('refuses what is larger than any update', async () => {
    const answer = await web().request('/telegram', {
      ...post(SECRET, 'x'.repeat(300_000)),
      headers: { ...post(SECRET, '').headers, 'content-length': '300000' },
    });
    expect(answer.status).toBe(413);
  });
});

describe('health and metrics', () => {
  it('says ok while the database answers, and 503 when not', async () => {
    expect(await (await web().request('/health')).text()).toBe('ok');
    expect((await web(undefined, async () => Promise.reject(new Error('down'))).request('/health')).status).toBe(503);
  });

  it('counts nothing about a person', async () => {
    expect(await (await web().request('/metrics')).text()).toBe('open 3\n');
  });
});
