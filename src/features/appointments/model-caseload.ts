import type { Instant } from '../../platform/datetime.ts';
import type { Range, Way } from './model.ts';

/** An appointment that stands and has not begun, as a change of managers sees it: when, where and how, not what about. */
export interface Standing {
  readonly id: string;
  readonly personId: string;
  readonly managerId: string;
  readonly way: Way;
  readonly placeId: string | undefined;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** What it blocks in the diary, buffers included. */
  readonly blocks: Range;
  readonly sequence: number;
}

export const FITS = ['free', 'blocked', 'elsewhere'] as const;
export type Fit = (typeof FITS)[number];

/** An appointment as the plan knew it, and with whom it shall be. */
export interface Reassignment {
  readonly id: string;
  readonly sequence: number;
  readonly managerId: string;
}
