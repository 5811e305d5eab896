import type { Clock } from '../../src/platform/clock.ts';
import { at, day, type Instant, instant, wallTime } from '../../src/platform/datetime.ts';

export interface TestClock extends Clock {
  /** Sets the present and wakes whoever waits for time. */
  set(to: Instant): void;
  pass(minutes: number): void;
}

/** Stands still until it is set: nothing happens by itself, however long a test takes. */
export function testClock(start: Instant): TestClock {
  let present = start;
  const listeners = new Set<() => void>();
  const set = (to: Instant) => {
    present = to;
    for (const listener of listeners) listener();
  };
  return {
    now: () => present,
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    every: () => () => {},
    set,
    pass: (minutes) => set(instant(present + minutes * 60_000)),
  };
}

/** `berlin('2026-11-23', '10:00')`: wall time in Europe/Berlin. */
export const berlin = (date: string, time: string): Instant => at(day(date), wallTime(time));
