import type { Clock } from '../platform/clock.ts';
import { type Instant, instant } from '../platform/datetime.ts';
import { type Log, safeError } from '../platform/log.ts';

const HOUR = 3_600_000;
const EVERY_MS = HOUR;

/** How long things are kept; the county's retention table (README, "What is kept"). */
export const RETENTION = {
  /** Ids of handled updates: Telegram never repeats older ones. */
  inboxHours: 48,
  /** Unfinished forms. */
  flowHours: 24,
  /** That a notice was sent: what it said is never kept. */
  noticeDays: 90,
} as const;

export interface Housekeeper {
  readonly forgetInbox: (before: Instant) => Promise<void>;
  readonly forgetFlows: (before: Instant) => Promise<void>;
  readonly forgetNotices: (before: Instant) => Promise<void>;
  /** Topics and addresses of what is over, appointments older than a year, invitations that ran out. */
  readonly forgetOthers: () => Promise<void>;
}

/** Forgets once an hour and at each jump of the clock. Every process may: forgetting twice is forgetting. */
export function startHousekeeping(options: { keeper: Housekeeper; clock: Clock; log: Log }): {
  /** Finishes what it is forgetting. */
  stop(): Promise<void>;
  run(): Promise<void>;
} {
  const { keeper, clock, log } = options;
  async function run(): Promise<void> {
    const ago = (ms: number) => instant(clock.now() - ms);
    await keeper.forgetInbox(ago(RETENTION.inboxHours * HOUR));
    await keeper.forgetFlows(ago(RETENTION.flowHours * HOUR));
    await keeper.forgetNotices(ago(RETENTION.noticeDays * 24 * HOUR));
    await keeper.forgetOthers();
  }
  let last: Promise<void> = Promise.resolve();
  // One after the other: what has begun ends before the program does.
  const attempt = () => {
    last = last.then(run).catch((error: unknown) => log.error('housekeeping.failed', safeError(error)));
  };
  const timer = setInterval(attempt, EVERY_MS);
  timer.unref();
  const unlisten = clock.onJump(attempt);
  return {
    run,
    async stop() {
      clearInterval(timer);
      unlisten();
      await last;
    },
  };
}
