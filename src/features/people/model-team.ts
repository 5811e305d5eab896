import type { Day, Instant } from '../../platform/datetime.ts';

/** A manager as whoever coordinates sees her. */
export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly carrierId: string;
  readonly carrier: string;
  readonly phone: string | undefined;
  readonly workingDays: number;
  readonly accepts: boolean;
  /** Her account; undefined while her invitation is open. */
  readonly personId: string | undefined;
  /** Telegram cannot reach her since then. */
  readonly unreachableSince: Instant | undefined;
  /** Her last working day, once it is known. */
  readonly leavesOn: Day | undefined;
  /** How many people she looks after. */
  readonly clients: number;
  /** Municipalities that she serves today. */
  readonly serves: readonly string[];
}

/** A person who is served, as a list of people shows her: by number and town. */
export interface Client {
  readonly personId: string;
  readonly number: number;
  readonly ags: string | undefined;
  readonly managerId: string | undefined;
  /** Since when she waits for one. */
  readonly waitingSince: Instant | undefined;
}

/** Who gets whom; `from` is whose she must still be. Undefined is the waiting list. */
export interface Assignment {
  readonly personId: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Without `to`: since when she counts as waiting; now, unless she had waited before. */
  readonly waitingSince?: Instant | undefined;
}

/** Somebody else who coordinates. */
export interface Colleague {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  /** Undefined is the county. */
  readonly carrier: string | undefined;
  readonly carrierId: string | undefined;
  readonly since: Instant;
  readonly unreachable: boolean;
}
