import { setTimeout as pause } from 'node:timers/promises';
import { createUpdateFetcher } from '@grammyjs/runner';
import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { type Log, safeError } from '../platform/log.ts';
import { insist } from '../telegram/insist.ts';
import { refusalOf } from '../telegram/refusal.ts';

export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

/**
 * Fetches updates by long polling and stores each batch before the next call confirms it to Telegram. Resolves when
 * `stop` aborts. Rejects when another process polls with the same token (409) or the token is wrong (401).
 */
export async function poll(
  bot: Pick<Bot, 'api'>,
  store: (updates: readonly Update[]) => Promise<void>,
  stop: AbortSignal,
  log: Log,
  failurePauseMs = 500,
): Promise<void> {
  const next = createUpdateFetcher(bot as Bot, {
    retryInterval: 2_000,
    silent: true,
    fetch: { timeout: 30, allowed_updates: [...ALLOWED_UPDATES] },
  });
  let isReady = false;
  let batch: readonly Update[] = [];
  while (!stop.aborted) {
    try {
      if (!isReady) {
        await insist(() => bot.api.deleteWebhook(), log, stop); // keeps what is waiting
        isReady = true;
        continue;
      }
      if (batch.length === 0) batch = await whileRunning(stop, (signal) => next(100, signal as never));
      if (batch.length > 0) await store(batch);
      batch = [];
    } catch (error) {
      if (stop.aborted) return;
      if (refusalOf(error)?.kind === 'our-bug') throw error;
      // The batch is kept and stored before anything else is asked for: nothing is confirmed that is not stored.
      log.error('poll.failed', safeError(error));
      await pause(failurePauseMs);
    }
  }
}

/** A signal of its own for each call: grammY never takes its listeners off again. */
async function whileRunning<T>(stop: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  const abort = () => own.abort();
  if (stop.aborted) abort();
  stop.addEventListener('abort', abort);
  try {
    return await call(own.signal);
  } finally {
    stop.removeEventListener('abort', abort);
  }
}
