import { type Instant, instant } from './datetime.ts';

/** The present moment. Handed in everywhere, so that tests and the simulator can move it. */
export interface Clock {
  now(): Instant;
  /** Calls back when time jumped (never by passing); returns how to stop listening. */
  onJump(listener: () => void): () => void;
}

export interface AdjustableClock extends Clock {
  /** Moves the present; time goes on from there. The past is refused by silence: it stays where it is. */
  moveTo(to: Instant): void;
  /** Milliseconds ahead of the machine's clock. */
  offset(): number;
}

export const systemClock: Clock = { now: () => instant(Date.now()), onJump: () => () => {} };

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
    moveTo(to) {
      if (to <= now()) return;
      offset = to - Date.now();
      for (const listener of listeners) listener();
    },
  };
}
