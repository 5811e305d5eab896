import type { Clock } from '../platform/clock.ts';
import { type Instant, instant } from '../platform/datetime.ts';
import { type Log, safeError } from '../platform/log.ts';

const HOUR = 3_600_000;
const EVERY_MS = HOUR;
/** After the start: what is restarted every day forgets as well, and a start is not kept waiting. */
const FIRST_MS = 60_000;
/** As often as autovacuum looks, and twice: a conversation of many wears the embedded database within seconds. */
const TIDY_MS = 30_000;

/** How long things are kept; the county's retention table (README, "What is kept"). */
export const RETENTION = {
  /** Ids of handled updates: Telegram never repeats older ones. */
  inboxHours: 48,
  /** Unfinished forms. */
  flowHours: 24,
  /** That a notice was sent: what it said is never kept. */
  noticeDays: 90,
} as const;

export interface Keeper {
  readonly forgetInbox: (before: Instant) => Promise<void>;
  readonly forgetFlows: (before: Instant) => Promise<void>;
  readonly forgetNotices: (before: Instant) => Promise<void>;
  /** Sweeps the database up. */
  readonly tidy: () => Promise<void>;
  /** What each feature forgets by rules of its own, under the name that a log shows when it fails. */
  readonly others: Readonly<Record<string, () => Promise<unknown>>>;
}

export interface Housekeeping {
  /** Forgets now. Never rejects: what fails is logged and tried again next time, and holds nothing else up. */
  run(): Promise<void>;
  /** Finishes what it is forgetting. */
  stop(): Promise<void>;
}

/** Forgets a minute after the start, once an hour and at each jump of the clock. Every process may: forgetting twice is forgetting. */
export function startHousekeeping(options: { keeper: Keeper; clock: Clock; log: Log }): Housekeeping {
  const { keeper, clock, log } = options;
  const ago = (ms: number) => instant(clock.now() - ms);
  const tasks = {
    inbox: () => keeper.forgetInbox(ago(RETENTION.inboxHours * HOUR)),
    flows: () => keeper.forgetFlows(ago(RETENTION.flowHours * HOUR)),
    notices: () => keeper.forgetNotices(ago(RETENTION.noticeDays * 24 * HOUR)),
    ...keeper.others,
  };
  async function attempt(task: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error('housekeeping.failed', { task, ...safeError(error) });
    }
  }
  async function forgetAll(): Promise<void> {
    for (const [task, forget] of Object.entries(tasks)) await attempt(task, forget);
  }
  let last: Promise<void> = Promise.resolve();
  // One after the other: what has begun ends before the program does.
  const next = (work: () => Promise<void>) => {
    last = last.then(work);
    return last;
  };
  const run = () => next(forgetAll);
  const stopFirst = clock.every(FIRST_MS, () => {
    stopFirst();
    void run();
  });
  const stopTicking = clock.every(EVERY_MS, run);
  const stopTidying = clock.every(TIDY_MS, () => next(() => attempt('tidy', keeper.tidy)));
  const unlisten = clock.onJump(run);
  return {
    run,
    async stop() {
      stopFirst();
      stopTicking();
      stopTidying();
      unlisten();
      await last;
    },
  };
}
