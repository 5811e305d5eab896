import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { dayOf, type Instant, instant } from '../../platform/datetime.ts';
import type { CountyService } from '../county/service.ts';
import type { Refugee } from '../people/model.ts';
import {
  type Catalogue,
  type FoundPage,
  type From,
  type ImportReport,
  type Loosening,
  type Offering,
  PER_PAGE,
  type Point,
  type SourceFacts,
  type Wish,
} from './model.ts';
import { distanceKm, isShown, isStale, loosenings } from './rules.ts';
import { createImporter, type ImportOptions } from './service-import.ts';
import * as store from './store.ts';
import { forgetInterrupted } from './store-import.ts';

/** What a card shows. `over`: it has ended, or its source lists it no longer. */
export interface CardFacts {
  readonly offering: Offering;
  readonly isOver: boolean;
  readonly km: number | undefined;
}

export interface SourceState extends SourceFacts {
  readonly checkedAt: Instant | undefined;
  readonly isStale: boolean;
  readonly shown: number;
}

export interface CoursesService {
  /** A page of what fits, near ones and early ones first. Nothing of the question is kept. */
  findOfferings(refugee: Refugee, wish: Wish, from: From, page: number): Promise<FoundPage>;
  /** Which wish to drop, and how many courses that gives; `all` is how many there are without any wish. */
  loosen(
    refugee: Refugee,
    wish: Wish,
    from: From,
  ): Promise<{ readonly loosenings: readonly Loosening[]; readonly all: number }>;
  /** Undefined where there never was one. */
  offering(refugee: Refugee, id: string, from: From): Promise<CardFacts | undefined>;
  /** All of a delivery or nothing of it; see createImporter. */
  importCatalogue(catalogue: Catalogue, options: ImportOptions): Promise<ImportReport>;
  /** Where courses come from, and which of them nobody has delivered for too long. */
  sources(): Promise<readonly SourceState[]>;
  /** Removes what interrupted imports left behind. */
  forget(): Promise<void>;
}

/** No import takes so long. */
const INTERRUPTED_MS = 86_400_000;

export function createCoursesService(deps: { db: Database; clock: Clock; county: CountyService }): CoursesService {
  const { db, clock, county } = deps;
  const pointOf = async (refugee: Refugee, from: From): Promise<Point | undefined> => {
    if (from === 'nowhere') return undefined;
    if (from !== 'home') return from;
    return refugee.ags === undefined ? undefined : county.municipality(refugee.ags);
  };
  const question = async (refugee: Refugee, wish: Wish, from: From) => ({
    wish,
    from: await pointOf(refugee, from),
    today: dayOf(clock.now()),
  });
  return {
    async findOfferings(refugee, wish, from, page) {
      return store.findOfferings(db, await question(refugee, wish, from), page, PER_PAGE, clock.now());
    },
    async loosen(refugee, wish, from) {
      const counts = await store.countWithout(db, await question(refugee, wish, from));
      return { loosenings: loosenings(wish, counts, counts.now), all: counts.all };
    },
    async offering(refugee, id, from) {
      const now = clock.now();
      const offering = await store.findOffering(db, id, now);
      if (offering === undefined) return undefined;
      const point = await pointOf(refugee, from);
      const { lat, lon } = offering.place;
      const isSomewhere = offering.form !== 'virtual' && point !== undefined && lat !== undefined && lon !== undefined;
      return {
        offering,
        isOver: !isShown(offering, dayOf(now)),
        km: isSomewhere ? Math.round(distanceKm(point, { lat, lon })) : undefined,
      };
    },
    importCatalogue: createImporter(deps),
    async sources() {
      const now = clock.now();
      const rows = await store.listSources(db, dayOf(now));
      return rows.map((row) => ({ ...row, isStale: isStale(row.checkedAt, row.staleAfterDays, now) }));
    },
    forget: () => forgetInterrupted(db, instant(clock.now() - INTERRUPTED_MS)),
  };
}
