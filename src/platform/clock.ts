import { type Instant, instant } from './datetime.ts';

/** The present moment. Handed in everywhere, so that tests and the simulator can move it. */
export interface Clock {
  now(): Instant;
  /** Calls back when time jumped (never by passing); returns how to stop listening. */
  onJump(listener: () => void): () => void;
  /** Calls back again and again as time passes, which keeps no process alive; returns how to stop. */
  every(ms: number, listener: () => void): () => void;
}

export interface AdjustableClock extends Clock {
  /** Moves the present; time goes on from there. The past is refused by silence: it stays where it is. */
  moveTo(to: Instant): void;
  /** Milliseconds ahead of the machine's clock. */
  offset(): number;
}

function every(ms: number, listener: () => void): () => void {
  const timer = setInterval(listener, ms);
  timer.unref();
  return () => clearInterval(timer);
}

export const systemClock: Clock = { now: () => instant(Date.now()), onJump: () => () => {}, every };

/** A clock that goes with the machine's, `offset` milliseconds ahead, and can be moved forward. */
export function adjustableClock(startOffset = 0): AdjustableClock {
  let offset = startOffset;
  const listeners = new Set<() => void>();
  const now = () => instant(Date.now() + offset);
  return {
    now,
    offset: () => offset,
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    every,
    moveTo(to) {
      if (to <= now()) return;
      offset = to - Date.now();
      for (const listener of listeners) listener();
    },
  };
}
