import type { Api } from 'grammy';
import type { Clock } from '../platform/clock.ts';
import { addMinutes, type Instant, instant } from '../platform/datetime.ts';
import { type Log, safeError } from '../platform/log.ts';
import { refusalOf } from '../telegram/refusal.ts';
import { send } from '../telegram/screen.ts';
import type { Message } from '../telegram/view.ts';
import type { DueNotice, Outbox } from './outbox.ts';

/** Not now but then: somebody sleeps. The truth is read again then. */
export interface Later {
  readonly later: Instant;
}

/** Reads the truth again and says it, or nothing when there is nothing to say any more. */
export type Render = (notice: DueNotice, now: Instant) => Promise<Message | Later | undefined>;

export interface NoticeSender {
  /** Something was owed just now. */
  wake(): void;
  stop(): Promise<void>;
  /** Resolves when nothing is due and nothing is being sent. */
  idle(): Promise<void>;
}

export interface NoticeSenderOptions {
  readonly outbox: Outbox;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  readonly render: Render;
  /** Telegram cannot reach this person: remember it, and tell whoever waits for her. */
  unreachable(notice: DueNotice): Promise<void>;
  readonly leaseMs?: number;
  readonly idleMs?: number;
  /** Between two messages to one chat. */
  readonly chatPauseMs?: number;
}

/** Telegram allows about thirty messages a second in all, and one a second to one chat. */
const PER_SECOND = 25;
const CHAT_PAUSE_MS = 1_000;
const MAX_TRIES = 12;

/**
 * Sends what is due: at least once, in order per person, within Telegram's rates. 429 pauses everything for as long
 * as Telegram asks; an outage is tried again for about a day with growing pauses; a doubtful send is repeated,
 * because a reminder twice is better than none.
 */
export function startNoticeSender(options: NoticeSenderOptions): NoticeSender {
  const { outbox, api, clock, log, leaseMs = 30_000, idleMs = 1_000, chatPauseMs = CHAT_PAUSE_MS } = options;
  const lastTo = new Map<number, number>();
  /** When the messages of the last second left. */
  const departures: number[] = [];
  const waiters: (() => void)[] = [];
  let pausedUntil = 0;
  let stopping = false;
  let awake = true;
  let ring = () => {};
  const wake = () => {
    awake = true;
    ring();
  };
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** How many more may leave within this second. */
  function roomNow(): number {
    const aSecondAgo = Date.now() - 1_000;
    while (departures[0] !== undefined && departures[0] <= aSecondAgo) departures.shift();
    return PER_SECOND - departures.length;
  }

  async function deliver(notice: DueNotice): Promise<void> {
    if (notice.unreachable) return giveUp(notice);
    const message = await options.render(notice, clock.now());
    if (message === undefined) {
      await outbox.voided(notice.id);
      return;
    }
    if ('later' in message) {
      await outbox.postponed(notice.id, message.later);
      return;
    }
    const now = Date.now();
    lastTo.set(notice.chatId, now);
    departures.push(now);
    await outbox.sent(notice.id, await send(api, notice.chatId, message), clock.now(), notice.discreet);
  }

  /** Whoever waits for her is told first: a crash in between tells them again, which owes nothing new. */
  async function giveUp(notice: DueNotice): Promise<void> {
    await options.unreachable(notice);
    await outbox.unreachable(notice.id);
  }

  async function settle(notice: DueNotice, error: unknown): Promise<void> {
    const refusal = refusalOf(error);
    const facts = { notice: notice.id, kind: notice.kind, tries: notice.attempts };
    if (refusal?.kind === 'unreachable') {
      await giveUp(notice);
    } else if (refusal?.kind === 'wait') {
      pausedUntil = Date.now() + refusal.seconds * 1_000;
      await outbox.later(notice.id, clock.now(), false);
    } else if (refusal?.kind === 'our-bug' || notice.attempts >= MAX_TRIES) {
      log.error('notice.failed', { ...facts, ...safeError(error) });
      await outbox.failed(notice.id);
    } else {
      log.warn('notice.again', { ...facts, ...safeError(error) });
      const ms = Math.min(1_000 * 2 ** (notice.attempts - 1), 4 * 3_600_000);
      await outbox.later(notice.id, instant(clock.now() + ms), true);
    }
  }

  async function round(): Promise<boolean> {
    const wait = pausedUntil - Date.now();
    if (wait > 0 || stopping) {
      if (wait > 0 && !stopping) await rest(Math.min(wait, 5_000));
      return wait > 0 && !stopping;
    }
    const room = roomNow();
    if (room <= 0) {
      await rest(Math.max(1, (departures[0] ?? 0) + 1_000 - Date.now()));
      return true;
    }
    const due = await outbox.take(room, clock.now(), leaseMs);
    await Promise.all(
      due.map(async (notice) => {
        const pause = (lastTo.get(notice.chatId) ?? 0) + chatPauseMs - Date.now();
        try {
          if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
          await deliver(notice);
        } catch (error) {
          await settle(notice, error);
        }
      }),
    );
    forgetOldPauses(lastTo);
    return due.length > 0;
  }

  const unlisten = clock.onJump(wake);
  const loop = (async () => {
    while (!stopping) {
      awake = false;
      let busy = false;
      try {
        busy = await round();
      } catch (error) {
        log.error('outbox.failed', safeError(error));
        await rest(500);
      }
      if (busy || awake || stopping) continue;
      for (const resolve of waiters.splice(0)) resolve();
      const ms = await untilNext();
      // Woken while that was asked: look at once.
      if (!awake && !stopping) await rest(ms);
    }
    for (const resolve of waiters.splice(0)) resolve();
  })();

  async function untilNext(): Promise<number> {
    const now = clock.now();
    const next = await outbox.nextDue(now).catch(() => undefined);
    return next === undefined ? idleMs : Math.max(20, Math.min(idleMs, next - now));
  }

  return {
    wake,
    async stop() {
      stopping = true;
      wake();
      await loop;
      unlisten();
    },
    idle: () =>
      new Promise<void>((resolve) => {
        waiters.push(resolve);
        wake();
      }),
  };
}

function forgetOldPauses(lastTo: Map<number, number>): void {
  if (lastTo.size < 1_000) return;
  const limit = Date.now() - CHAT_PAUSE_MS;
  for (const [chat, at] of lastTo) if (at < limit) lastTo.delete(chat);
}

/** A notice that is due too late to help is silence: `grace` minutes after it was due. */
export const isLate = (notice: DueNotice, now: Instant, graceMinutes: number): boolean =>
  now > addMinutes(notice.dueAt, graceMinutes);
