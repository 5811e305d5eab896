import type { MiddlewareFn } from 'grammy';
import { type Log, safeError } from '../platform/log.ts';
import type { Context } from './context.ts';
import { refusalOf } from './refusal.ts';
import type { AnswerLedger } from './transport.ts';

/** Answered queries are remembered so long, should their handler hang, be given up and answer after all. */
const REMEMBERED = 1_000;

/**
 * Every callback query gets exactly one answer: by its handler, or here when the handler takes longer than `ms`,
 * throws, or forgets. The ledger is marked by the transport. An update that met an outage is tried again and answered
 * then; it is not answered twice.
 */
export const answerEveryPress =
  (ledger: AnswerLedger, ms: number, log: Log): MiddlewareFn<Context> =>
  async (ctx, next) => {
    const id = ctx.callbackQuery?.id;
    if (id === undefined) return next();
    if (ledger.get(id) !== true) ledger.set(id, false);
    const answer = async () => {
      if (ledger.get(id) === true) return;
      await ctx.answerCallbackQuery().catch((error: unknown) => {
        if (refusalOf(error)?.kind !== 'query-too-old') log.warn('press.unanswered', safeError(error));
      });
    };
    const timer = setTimeout(() => void answer(), ms);
    let isTriedAgain = false;
    try {
      await next();
    } catch (error) {
      const refusal = refusalOf(error)?.kind;
      isTriedAgain = refusal === 'outage' || refusal === 'wait';
      throw error;
    } finally {
      clearTimeout(timer);
      if (!isTriedAgain) await answer();
      for (const oldest of ledger.keys()) {
        if (ledger.size <= REMEMBERED) break;
        ledger.delete(oldest);
      }
    }
  };

/** A handler that hangs must not hold its chat for ever. Whatever hangs may still finish: actions are idempotent. */
export const watchdog =
  (ms: number): MiddlewareFn<Context> =>
  async (_ctx, next) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the handler took too long')), ms);
    });
    try {
      await Promise.race([next(), late]);
    } finally {
      clearTimeout(timer);
    }
  };

interface Bucket {
  tokens: number;
  at: number;
  told: boolean;
}

/**
 * At most `perMinute` updates a minute from one chat, with bursts of that size. The first one too many is told
 * by `tell`; then there is silence until a token is free again. Presses are always answered by the guard above.
 */
export function throttle(options: {
  perMinute: number;
  now(): number;
  tell(ctx: Context): Promise<void>;
}): MiddlewareFn<Context> {
  const { perMinute, now, tell } = options;
  const buckets = new Map<number, Bucket>();
  return async (ctx, next) => {
    const at = now();
    if (buckets.size > 10_000) for (const [chat, one] of buckets) if (at - one.at > 60_000) buckets.delete(chat);
    const bucket = buckets.get(ctx.chatId) ?? { tokens: perMinute, at, told: false };
    bucket.tokens = Math.min(perMinute, bucket.tokens + (Math.max(0, at - bucket.at) / 60_000) * perMinute);
    bucket.at = at;
    buckets.set(ctx.chatId, bucket);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      bucket.told = false;
      return next();
    }
    if (bucket.told) return;
    bucket.told = true;
    await tell(ctx);
  };
}
