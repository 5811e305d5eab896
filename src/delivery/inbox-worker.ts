import { setTimeout as pause } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/crypto.ts';
import { isOutage } from '../platform/database.ts';
import { instant } from '../platform/datetime.ts';
import { type Log, safeError } from '../platform/log.ts';
import { refusalOf } from '../telegram/refusal.ts';
import { chatOf, type Inbox, type Taken, withoutScreen } from './inbox.ts';

export interface InboxWorker {
  /** Updates were stored: look now instead of at the next second. */
  wake(): void;
  /**
   * Handles an update that is stored nowhere, in turn with what this process handles for its chat. It outlives an outage
   * of Telegram or the database, not this process.
   */
  pass(update: Update): void;
  /** Takes nothing new and resolves when what is in hand has been handled. */
  stop(): Promise<void>;
  /** Resolves when nothing waits and nothing is in hand. For tests and the benchmark. */
  idle(): Promise<void>;
}

export interface InboxWorkerOptions {
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly concurrency: number;
  /** Handles one update; what it throws decides between another try and giving up. */
  handle(update: Update): Promise<void>;
  /** Says sorry, once, to the chat of an update that was given up. */
  apologise(update: Update): Promise<void>;
  /** A chat that Telegram cannot reach any more. */
  unreachable(chatId: number): Promise<void>;
  readonly leaseMs?: number;
  readonly idleMs?: number;
  /** After a failure of the database itself. */
  readonly failurePauseMs?: number;
  /** Before an update that met an outage is tried for the next time. */
  readonly pauseBefore?: (tries: number) => number;
}

/** Ten tries with growing pauses bridge an outage of about four minutes; Telegram forgets presses sooner. */
const MAX_TRIES = 10;
/** Taken so often and never settled: what kills or blocks its process each time is given up like any error of ours. */
const MAX_TAKES = 2 * MAX_TRIES;
/** Told to stop while the database is lost: after so many failures the leases are left to run out. */
const LAST_FAILURES = 10;
const growing = (tries: number) => Math.min(500 * 2 ** (tries - 1), 60_000);

/**
 * Handles stored updates: per chat in order, chats side by side. An outage (Telegram, database) is tried again
 * later while the chat's next updates wait; an error of ours is given up at once, with an apology.
 */
export function startInboxWorker(options: InboxWorkerOptions): InboxWorker {
  const { inbox, clock, log, concurrency, leaseMs = 6_000, idleMs = 1_000, failurePauseMs = 500 } = options;
  const pauseBefore = options.pauseBefore ?? growing;
  const owner = newId();
  const running = new Map<string, Promise<void>>();
  let finished: string[] = [];
  let stopping = false;
  const stopped = new AbortController();
  /** Updates in hand that are stored nowhere. */
  let passing = 0;
  let awake = true;
  let ring = () => {};
  const waiters: (() => void)[] = [];

  const wake = () => {
    awake = true;
    ring();
  };

  const tails = new Map<number, Promise<void>>();
  /** After whatever this process has in hand for the chat. */
  function inTurn(chatId: number, work: () => Promise<void>): Promise<void> {
    const turn = (tails.get(chatId) ?? Promise.resolve()).then(work);
    const tail = turn.then(
      () => {},
      () => {},
    );
    tails.set(chatId, tail);
    void tail.then(() => {
      if (tails.get(chatId) === tail) tails.delete(chatId);
    });
    return turn;
  }

  async function handle(taken: Taken): Promise<void> {
    try {
      if (taken.attempts > MAX_TAKES) throw new Error('taken again and again and never settled');
      await inTurn(taken.chatId, () => options.handle(taken.update));
      finished.push(taken.seq);
    } catch (error) {
      await settle(taken, error);
    }
  }

  /** How long to wait before another try; undefined when another try does not help. */
  function pauseAfter(error: unknown, tries: number): number | undefined {
    const refusal = refusalOf(error);
    const again = refusal?.kind === 'outage' || refusal?.kind === 'wait' || isOutage(error);
    if (!again || tries >= MAX_TRIES) return undefined;
    return refusal?.kind === 'wait' ? refusal.seconds * 1_000 : pauseBefore(tries);
  }

  async function settle(taken: Taken, thrown: unknown): Promise<void> {
    const error = unwrap(thrown);
    if (refusalOf(error)?.kind === 'unreachable') {
      await options.unreachable(taken.chatId);
      finished.push(taken.seq);
      return;
    }
    const ms = pauseAfter(error, taken.attempts);
    if (ms !== undefined) {
      log.warn('update.again', { seq: taken.seq, tries: taken.attempts, ms, ...safeError(error) });
      await inbox.putBack(taken.seq, instant(clock.now() + ms));
      setTimeout(wake, ms).unref();
      return;
    }
    log.error('update.parked', { seq: taken.seq, tries: taken.attempts, ...safeError(error) });
    await options.apologise(taken.update).catch((failed: unknown) => log.warn('apology.failed', safeError(failed)));
    await inbox.park(taken.seq);
  }

  /** As long as it is in hand here, its tries as well: the chat's stored updates wait behind it. */
  async function passOn(update: Update): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await options.handle(update);
      } catch (error) {
        const ms = pauseAfter(unwrap(error), tries);
        if (ms === undefined || stopping) throw unwrap(error);
        await pause(ms, undefined, { signal: stopped.signal }).catch(() => {});
      }
    }
  }

  async function pass(update: Update): Promise<void> {
    passing += 1;
    const chatId = chatOf(update);
    try {
      await inTurn(chatId, () => passOn(withoutScreen(update)));
    } catch (error) {
      if (refusalOf(error)?.kind === 'unreachable') await options.unreachable(chatId);
      else {
        // Not where it happened: the names of our own functions could say what it was about.
        log.error('press.lost', { error: error instanceof Error ? error.name : typeof error });
        await options.apologise(update);
      }
    } finally {
      passing -= 1;
      wake();
    }
  }

  async function round(): Promise<boolean> {
    const done = finished;
    finished = [];
    try {
      if (done.length > 0) await inbox.finish(done);
    } catch (error) {
      finished.push(...done);
      throw error;
    }
    const room = stopping ? 0 : concurrency - running.size;
    const taken = room > 0 ? await inbox.take(owner, room, clock.now(), leaseMs) : [];
    for (const one of taken) {
      if (running.has(one.seq)) continue; // its lease ran out, but it is here, in hand
      const work: Promise<void> = handle(one)
        .catch((error: unknown) => log.error('update.unsettled', { seq: one.seq, ...safeError(error) }))
        .finally(() => {
          running.delete(one.seq);
          wake();
        });
      running.set(one.seq, work);
    }
    return taken.length > 0;
  }

  const renewal = setInterval(() => {
    const inHand = [...running.keys(), ...finished];
    if (inHand.length > 0) inbox.renew(owner, inHand, clock.now(), leaseMs).catch(() => {});
  }, leaseMs / 3);
  renewal.unref();
  const unlisten = clock.onJump(wake);

  const loop = (async () => {
    let lastFailures = 0;
    while (
      !(stopping && running.size === 0 && passing === 0 && (finished.length === 0 || lastFailures >= LAST_FAILURES))
    ) {
      awake = false;
      try {
        if (await round()) continue;
        const isQuiet = () => running.size === 0 && finished.length === 0 && passing === 0;
        if (isQuiet() && waiters.length > 0 && (await inbox.open()) === 0 && isQuiet()) {
          for (const resolve of waiters.splice(0)) resolve();
        }
      } catch (error) {
        log.error('inbox.failed', safeError(error));
        if (stopping) lastFailures += 1;
        await pause(failurePauseMs);
      }
      if (awake) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, idleMs);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();

  return {
    wake,
    pass(update) {
      pass(update).catch(() => log.warn('apology.failed'));
    },
    async stop() {
      stopping = true;
      stopped.abort();
      wake();
      await loop;
      clearInterval(renewal);
      unlisten();
    },
    idle: () =>
      new Promise<void>((resolve) => {
        waiters.push(resolve);
        wake();
      }),
  };
}

/** grammY wraps what a handler threw. */
const unwrap = (error: unknown): unknown =>
  error instanceof Error && error.name === 'BotError' && 'error' in error ? error.error : error;
