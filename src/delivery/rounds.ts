import type { Clock } from '../platform/clock.ts';
import { type Log, safeError } from '../platform/log.ts';

/** Something that looks after things again and again: when woken, when the clock jumps, and every minute. */
export interface RoundsLoop {
  wake(): void;
  stop(): Promise<void>;
  /** Resolves when no round is being made and none is wanted. */
  idle(): Promise<void>;
}

const EVERY_MS = 60_000;
const PAUSE_MS = 1_000;

export interface RoundsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly round: () => Promise<void>;
  readonly pauseMs?: number;
  /** Unwoken, after this long. */
  readonly everyMs?: number;
}

/**
 * One round at a time, at most one in `pauseMs`, the first of them so long after the start. A round that fails is made
 * again at the next occasion.
 */
export function startRounds(options: RoundsOptions): RoundsLoop {
  const { clock, log, round, pauseMs = PAUSE_MS, everyMs = EVERY_MS } = options;
  let isWanted = false;
  let isStopping = false;
  let running: Promise<void> | undefined;
  let stopResting = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      stopResting = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    while (isWanted && !isStopping) {
      isWanted = false;
      await round().catch((error: unknown) => log.error('rounds.failed', safeError(error)));
      if (pauseMs > 0 && !isStopping) await rest();
    }
    running = undefined;
  }
  function wake(): void {
    isWanted = true;
    if (!isStopping) running ??= run();
  }

  const stopTicking = clock.every(everyMs, wake);
  const unlisten = clock.onJump(wake);
  // A start is not kept waiting by what can wait as well as after any other round.
  const first = pauseMs > 0 ? setTimeout(wake, pauseMs).unref() : undefined;
  if (first === undefined) wake();
  return {
    wake,
    async stop() {
      isStopping = true;
      clearTimeout(first);
      stopTicking();
      unlisten();
      stopResting();
      await running;
    },
    async idle() {
      while (running !== undefined) await running;
    },
  };
}
