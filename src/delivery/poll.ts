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
): Promise<void> {
  await insist(() => bot.api.deleteWebhook(), log, stop); // keeps what is waiting
  const next = createUpdateFetcher(bot as Bot, {
    retryInterval: 2_000,
    silent: true,
    fetch: { timeout: 30, allowed_updates: [...ALLOWED_UPDATES] },
  });
  let batch: readonly Update[] = [];
  while (!stop.aborted) {
    try {
      if (batch.length === 0) batch = await next(100, stop as never);
      if (batch.length > 0) await store(batch);
      batch = [];
    } catch (error) {
      if (stop.aborted) return;
      if (refusalOf(error)?.kind === 'our-bug') throw error;
      // The batch is kept and stored before anything else is asked for: nothing is confirmed that is not stored.
      log.error('poll.failed', safeError(error));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
