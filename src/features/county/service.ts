import type { Clock } from '../../platform/clock.ts';
import type { Database, Db } from '../../platform/database.ts';
import { dayOf } from '../../platform/datetime.ts';
import type { CountyFacts, ManagerContact, Municipality, Place, Responsible } from './model.ts';
import { pickManager, searchMunicipalities } from './rules.ts';
import type { CountyFolder } from './source.ts';
import * as store from './store.ts';

export type FoundMunicipality = ReturnType<typeof searchMunicipalities>;

export interface CountyService {
  readonly facts: CountyFacts;
  municipalities(): Promise<readonly Municipality[]>;
  municipality(ags: string): Promise<Municipality | undefined>;
  /** What a person may have meant by the letters that she typed. */
  search(typed: string): Promise<FoundMunicipality>;
  /** Undefined for a municipality that is not of this county. */
  responsibleFor(ags: string): Promise<Responsible | undefined>;
  /** The manager with the most free capacity there; undefined where there is none. Inside the caller's transaction. */
  managerFor(tx: Db, ags: string): Promise<string | undefined>;
  manager(id: string): Promise<ManagerContact | undefined>;
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
  return {
    facts,
    municipalities,
    municipality,
    search: async (typed) => searchMunicipalities(await municipalities(), typed),
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
    manager: (id) => store.findManager(db, id),
    carriers: () => store.listCarriers(db),
    places,
    place: async (id) => (await places()).find((place) => place.id === id) ?? store.findPlace(db, id),
    async load(folder) {
      if ((await store.countMunicipalities(db)) > 0) return false;
      await db.transaction((tx) => store.insertCounty(tx, folder));
      placesRead = undefined;
      return true;
    },
  };
}
