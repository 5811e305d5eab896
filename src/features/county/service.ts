import type { Clock } from '../../platform/clock.ts';
import type { Database, Db } from '../../platform/database.ts';
import { dayOf } from '../../platform/datetime.ts';
import type { CountyFacts, ManagerCapacity, ManagerContact, Municipality, Place, Responsible } from './model.ts';
import { pickManager, searchMunicipalities } from './rules.ts';
import { type CountyDesk, createCountyDesk } from './service-admin.ts';
import type { CountyFolder } from './source.ts';
import * as store from './store.ts';

export type FoundMunicipality = ReturnType<typeof searchMunicipalities>;

export interface CountyService {
  /** For whoever coordinates: carriers of municipalities, places. */
  readonly desk: CountyDesk;
  readonly facts: CountyFacts;
  municipalities(): Promise<readonly Municipality[]>;
  municipality(ags: string): Promise<Municipality | undefined>;
  /** What a person may have meant by the letters that she typed. */
  search(typed: string): Promise<FoundMunicipality>;
  /** The same for a list of names, each of which must be clear. Where no name is in it, the whole is unknown. */
  searchAll(typed: string): Promise<{ readonly ags: readonly string[]; readonly unknown: readonly string[] }>;
  /** Undefined for a municipality that is not of this county. */
  responsibleFor(ags: string): Promise<Responsible | undefined>;
  /** The manager with the most free capacity there; undefined where there is none. Inside the caller's transaction. */
  managerFor(tx: Db, ags: string): Promise<string | undefined>;
  /** The county's rule for whoever must choose among several: most free capacity, of those who accept. */
  pickManager(candidates: readonly ManagerCapacity[]): string | undefined;
  manager(id: string): Promise<ManagerContact | undefined>;
  /** The same inside the caller's transaction; undefined also for one who has left or never joined. */
  managerWithin(tx: Db, id: string): Promise<ManagerContact | undefined>;
  /**
   * The carrier of a municipality and its managers who take new people, whoever has most room first; all who have
   * joined where none takes any. Inside the caller's transaction.
   */
  team(
    tx: Db,
    ags: string,
  ): Promise<{
    readonly carrier: { readonly id: string; readonly name: string } | undefined;
    readonly managers: readonly ManagerContact[];
  }>;
  carriers(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  places(): Promise<readonly Place[]>;
  place(id: string): Promise<Place | undefined>;
  /** Loads a county's folder into an empty database; later starts change nothing. */
  load(folder: CountyFolder): Promise<boolean>;
}

/** Places hardly ever change; whoever corrects one sees it after this long. */
const PLACES_KEPT_MS = 60_000;

export function createCountyService(deps: { db: Database; clock: Clock; facts: CountyFacts }): CountyService {
  const { db, clock, facts } = deps;
  const today = () => dayOf(clock.now());
  let known: readonly Municipality[] = [];
  const municipalities = async () => {
    if (known.length === 0) known = await store.listMunicipalities(db);
    return known;
  };
  let placesRead: { readonly at: number; readonly places: readonly Place[] } | undefined;
  const places = async () => {
    const now = clock.now();
    if (placesRead === undefined || Math.abs(now - placesRead.at) > PLACES_KEPT_MS) {
      placesRead = { at: now, places: await store.listPlaces(db) };
    }
    return placesRead.places;
  };
  const municipality = async (ags: string) => (await municipalities()).find((town) => town.ags === ags);
  const placesChanged = () => {
    placesRead = undefined;
  };
  return {
    desk: createCountyDesk({ ...deps, municipality, placesChanged }),
    facts,
    municipalities,
    municipality,
    search: async (typed) => searchMunicipalities(await municipalities(), typed),
    async searchAll(typed) {
      const names = typed.split(/[,;،؛፣፤\n]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
      const all = await municipalities();
      const results = names.map((one) => searchMunicipalities(all, one));
      const unknown = names.filter((_, index) => results[index]?.kind !== 'exact');
      const ags = results.flatMap((result) => (result.kind === 'exact' ? [result.municipality.ags] : []));
      return { ags: [...new Set(ags)], unknown: names.length === 0 ? [typed] : unknown };
    },
    async responsibleFor(ags) {
      const town = await municipality(ags);
      if (town === undefined) return undefined;
      const carrier = await store.findCarrier(db, ags, today());
      const managers = await store.listManagersOf(db, ags, today());
      return {
        municipality: town,
        carrier,
        managers: managers.filter(({ joined }) => joined).map(({ contact }) => contact),
      };
    },
    async managerFor(tx, ags) {
      const managers = await store.listManagersOf(tx, ags, today());
      return pickManager(managers.map(({ contact, ...capacity }) => ({ ...capacity, managerId: contact.id })));
    },
    pickManager,
    manager: (id) => store.findManager(db, id),
    managerWithin: async (tx, id) => ((await store.isAtWork(tx, id)) ? store.findManager(tx, id) : undefined),
    async team(tx, ags) {
      const carrier = await store.findCarrier(tx, ags, today());
      const joined = (await store.listManagersOf(tx, ags, today())).filter((one) => one.joined);
      const taking = joined.filter(({ accepts }) => accepts);
      const load = (one: (typeof joined)[number]) => one.clients / Math.max(one.workingDaysPerWeek, 0.1);
      const sorted = (taking.length > 0 ? taking : joined).toSorted((a, b) => load(a) - load(b));
      return { carrier, managers: carrier === undefined ? [] : sorted.map(({ contact }) => contact) };
    },
    carriers: () => store.listCarriers(db),
    places,
    place: async (id) => (await places()).find((place) => place.id === id) ?? store.findPlace(db, id),
    async load(folder) {
      if (await store.hasMunicipalities(db)) return false;
      await db.transaction((tx) => store.insertCounty(tx, folder));
      placesChanged();
      return true;
    },
  };
}
