import type { Day } from '../../platform/datetime.ts';
import type { Place } from './model.ts';

/** Which carrier serves a municipality, since when and until when, confirmed by whom. */
export interface Assignment {
  readonly id: string;
  readonly ags: string;
  /** Undefined: nobody serves it. */
  readonly carrierId: string | undefined;
  readonly carrier: string | undefined;
  readonly validFrom: Day;
  /** Before `validFrom`: a later decision overtook it before it began. */
  readonly validTo: Day | undefined;
  readonly confirmedOn: Day | undefined;
  /** A coordinator's name, or the paper that says so. */
  readonly confirmedBy: string | undefined;
}

export const PLACE_KINDS = ['town-hall', 'shelter', 'circle-room', 'office'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export type PlaceDraft = Omit<Place, 'id'>;
export interface PlaceEntry extends Place {
  readonly active: boolean;
}

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

export const PLACE_NAME_LENGTH = 60;
export const STREET_LENGTH = 80;
/** A pin further from the municipality's centre is an error: the largest of them reaches this far. */
export const PIN_KM = 15;
