import type { Clock } from '../../platform/clock.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Database } from '../../platform/database.ts';
import { type Day, dayOf, type Instant, instant } from '../../platform/datetime.ts';
import type { CountyService } from '../county/service.ts';
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
import type { Searcher } from './model-finder.ts';
import { distanceKm, isShown, isStale, loosenings } from './rules.ts';
import { freePlaceOn, remindOn } from './rules-finder.ts';
import { createImporter, type ImportOptions } from './service-import.ts';
import { createKeeper, type Keeper } from './service-wishes.ts';
import * as store from './store.ts';
import { forgetInterrupted } from './store-import.ts';
import { findReminder, forgetKept } from './store-wishes.ts';

/** What a card shows. `over`: it has ended, or its source lists it no longer. */
export interface CardFacts {
  readonly offering: Offering;
  readonly isOver: boolean;
  readonly km: number | undefined;
  /** Its coordinates are those of its municipality: nobody knows the house. */
  readonly isCentre: boolean;
  /** When staff have heard that a place is free; undefined where that is long ago or nobody has. */
  readonly freePlaceOn: Day | undefined;
  /** When she will be reminded of the end of registration; undefined while she has not asked for it. */
  readonly remindsOn: Day | undefined;
  /** When she would be, if she asked for it now; undefined where it is too late, or not known, or she is staff. */
  readonly mayRemindOn: Day | undefined;
}

export interface SourceState extends SourceFacts {
  readonly checkedAt: Instant | undefined;
  readonly isStale: boolean;
  readonly shown: number;
}

export interface CoursesService extends Keeper {
  /** A page of what fits, near ones and early ones first. Nothing of the question is kept. */
  findOfferings(who: Searcher, wish: Wish, from: From, page: number): Promise<FoundPage>;
  /** Which wish to drop, and how many courses that gives; `all` is how many there are without any wish. */
  loosen(
    who: Searcher,
    wish: Wish,
    from: From,
  ): Promise<{ readonly loosenings: readonly Loosening[]; readonly all: number }>;
  /** Whether there is anything to be found at all. */
  hasAny(): Promise<boolean>;
  /** Undefined where there never was one. */
  offering(who: Searcher, id: string, from: From): Promise<CardFacts | undefined>;
  /** All of a delivery or nothing of it; see createImporter. */
  importCatalogue(catalogue: Catalogue, options: ImportOptions): Promise<ImportReport>;
  /** Where courses come from, and which of them nobody has delivered for too long. */
  sources(): Promise<readonly SourceState[]>;
  /** Removes what interrupted imports left behind, wishes that have ended, reminders of what is over. */
  forget(): Promise<void>;
}

/** No import takes so long. */
const INTERRUPTED_MS = 86_400_000;

export interface CoursesDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly county: CountyService;
  /** A notice was owed: send it now. */
  wake(): void;
}

export function createCoursesService(deps: CoursesDeps): CoursesService {
  const { db, clock, county } = deps;
  const importCatalogue = createImporter(deps);
  const pointOf = async (who: Searcher, from: From): Promise<Point | undefined> => {
    if (from === 'nowhere') return undefined;
    if (from !== 'home') return from;
    return who.kind !== 'refugee' || who.ags === undefined ? undefined : county.municipality(who.ags);
  };
  const question = async (who: Searcher, wish: Wish, from: From) => ({
    wish,
    from: await pointOf(who, from),
    today: dayOf(clock.now()),
  });
  return {
    ...createKeeper(deps),
    hasAny: () => store.hasAny(db, dayOf(clock.now())),
    async findOfferings(who, wish, from, page) {
      return store.findOfferings(db, await question(who, wish, from), page, PER_PAGE, clock.now());
    },
    async loosen(who, wish, from) {
      const counts = await store.countWithout(db, await question(who, wish, from));
      return { loosenings: loosenings(wish, counts, counts.now), all: counts.all };
    },
    async offering(who, id, from) {
      const now = clock.now();
      const offering = await store.findOffering(db, id, now);
      if (offering === undefined) return undefined;
      const point = await pointOf(who, from);
      const { lat, lon } = offering.place;
      const town = offering.place.ags === undefined ? undefined : await county.municipality(offering.place.ags);
      const { registerUntil } = offering;
      const isRefugee = who.kind === 'refugee';
      const reminder = isRefugee ? await findReminder(db, who.personId, id) : undefined;
      const remindsFrom = (since: Instant) =>
        registerUntil === undefined ? undefined : remindOn(registerUntil, dayOf(since));
      const isSomewhere = offering.form !== 'virtual' && point !== undefined && lat !== undefined && lon !== undefined;
      return {
        offering,
        isOver: !isShown(offering, dayOf(now)),
        km: isSomewhere ? Math.round(distanceKm(point, { lat, lon })) : undefined,
        isCentre: town !== undefined && town.lat === lat && town.lon === lon,
        freePlaceOn: freePlaceOn(offering.placeReportedAt, now),
        remindsOn: reminder === undefined ? undefined : remindsFrom(reminder.createdAt),
        mayRemindOn: isRefugee ? remindsFrom(now) : undefined,
      };
    },
    async importCatalogue(catalogue, options) {
      const report = await importCatalogue(catalogue, options);
      // Somebody may wait for what has come.
      if (report.added > 0) deps.wake();
      return report;
    },
    async sources() {
      const now = clock.now();
      const rows = await store.listSources(db, dayOf(now));
      return rows.map((row) => ({ ...row, isStale: isStale(row.checkedAt, row.staleAfterDays, now) }));
    },
    async forget() {
      const now = clock.now();
      await forgetInterrupted(db, instant(now - INTERRUPTED_MS));
      await forgetKept(db, now, dayOf(now));
    },
  };
}
