import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import { oneLine } from '../../platform/one-line.ts';
import type { Municipality } from './model.ts';
import { type Assignment, PIN_KM, type PlaceEntry, type PlaceKind, type Point } from './model-admin.ts';
import { distanceKm } from './rules-admin.ts';
import * as store from './store-admin.ts';

/** A place as a form collects it; without a point it lies at the municipality's centre. */
export interface PlaceWish {
  readonly name: string;
  readonly kind: PlaceKind;
  readonly street: string | undefined;
  readonly ags: string;
  readonly point: Point | undefined;
}

/** What coordinators change about the county. Scope and permission are the caller's; it writes the log. */
export interface CountyDesk {
  /** All there ever were of a municipality, newest first. */
  history(ags: string): Promise<readonly Assignment[]>;
  /** The ones in force today, one a municipality. */
  inForce(db: Db): Promise<readonly Assignment[]>;
  /** The one in force today is right. False when that was known, or there is none. */
  confirm(tx: Db, ags: string, personId: string): Promise<boolean>;
  /** From that day on another carrier, or nobody, serves a municipality. A row is added; what was stays as history. */
  assign(
    tx: Db,
    wish: {
      readonly ags: string;
      readonly carrierId: string | undefined;
      readonly from: Day;
      readonly personId: string;
    },
  ): Promise<'assigned' | 'same' | 'past'>;
  /** Also those that are closed. */
  everyPlace(): Promise<readonly PlaceEntry[]>;
  /** The id of the new place; undefined for an empty name, a municipality that is none, a pin that is not there. */
  addPlace(tx: Db, wish: PlaceWish): Promise<string | undefined>;
  changePlace(tx: Db, place: PlaceEntry, change: Partial<PlaceWish> & { readonly active?: boolean }): Promise<boolean>;
  /** After the transaction: what was kept of the places is read again. */
  refresh(): void;
  /** Whether a pin can be in that municipality. */
  isNear(point: Point, ags: string): Promise<boolean>;
}

export function createCountyDesk(deps: {
  db: Database;
  clock: Clock;
  municipality(ags: string): Promise<Municipality | undefined>;
  /** What was kept of the places is old from now on. */
  placesChanged(): void;
}): CountyDesk {
  const { db, clock } = deps;
  const today = () => dayOf(clock.now());

  async function isNear(point: Point, ags: string): Promise<boolean> {
    const town = await deps.municipality(ags);
    return town !== undefined && distanceKm(point, town) <= PIN_KM;
  }

  return {
    history: (ags) => store.listHistory(db, ags),
    inForce: (on) => store.listInForce(on, today()),

    async confirm(tx, ags, personId) {
      const now = (await store.listInForce(tx, today())).find((one) => one.ags === ags);
      return now !== undefined && store.confirmAssignment(tx, now.id, personId, today());
    },

    async assign(tx, { ags, carrierId, from, personId }) {
      if (from < today()) return 'past';
      await store.lockMunicipality(tx, ags);
      const standing = (await store.listHistory(tx, ags)).filter(
        ({ validFrom, validTo }) => validTo === undefined || (validTo >= validFrom && validTo >= from),
      );
      const [only, ...later] = standing;
      const isSame = only?.carrierId === carrierId && only !== undefined && only.validFrom <= from;
      if (isSame && later.length === 0 && only.validTo === undefined) return 'same';
      await store.endAssignments(tx, ags, from);
      await store.insertAssignment(tx, { id: newId(), ags, carrierId, from, personId, on: today() });
      return 'assigned';
    },

    everyPlace: () => store.listEveryPlace(db),
    refresh: deps.placesChanged,
    isNear,

    async addPlace(tx, { name, kind, street, ags, point }) {
      const town = await deps.municipality(ags);
      const title = oneLine(name);
      if (town === undefined || title === '' || (point !== undefined && !(await isNear(point, ags)))) return undefined;
      const id = newId();
      const { lat, lon } = point ?? town;
      await store.insertPlace(tx, id, {
        ags,
        kind,
        name: title,
        street: street === undefined ? undefined : oneLine(street),
        postalCode: town.postalCode,
        city: town.name,
        lat,
        lon,
      });
      return id;
    },

    async changePlace(tx, place, change) {
      const ags = change.ags ?? place.ags;
      const town = await deps.municipality(ags);
      if (town === undefined || (change.point !== undefined && !(await isNear(change.point, ags)))) return false;
      const moved = change.point ?? (change.ags === undefined ? undefined : town);
      return store.updatePlace(tx, place.id, {
        ...(change.name !== undefined && { name: oneLine(change.name) }),
        ...(change.kind !== undefined && { kind: change.kind }),
        ...('street' in change && { street: change.street === undefined ? null : oneLine(change.street) }),
        ...(change.ags !== undefined && { ags, postalCode: town.postalCode, city: town.name }),
        ...(moved !== undefined && { lat: moved.lat, lon: moved.lon }),
        ...(change.active !== undefined && { active: change.active }),
      });
    },
  };
}
