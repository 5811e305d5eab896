import type { Clock } from '../../platform/clock.ts';
import { hashToken, newToken } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import { addDays, addMinutes, at, type Day, dayOf, type Instant, wallTime } from '../../platform/datetime.ts';
import { isLocale, type Locale } from '../../platform/locale.ts';
import type { CountyService } from '../county/service.ts';
import type { Manager } from '../people/model.ts';
import { type Board, LINK_MINUTES, SESSION_MINUTES } from './model-week.ts';
import { freeSlots } from './offers.ts';
import type { AppointmentsService } from './service.ts';
import { readDiary } from './store-diary.ts';
import * as store from './store-pages.ts';

/** A browser that may show a manager's page, until `expiresAt`. */
export interface OpenPage {
  readonly manager: Manager;
  readonly expiresAt: Instant;
}

export interface PagesService {
  /** The secret of a link that opens her page once; a former link of hers ends. */
  makeLink(manager: Manager): Promise<string>;
  /** The language of a link that can still be used. Asking uses nothing up: previews may ask. */
  linkLocale(secret: string): Promise<Locale | undefined>;
  /** Uses the link; the secret of the session, or undefined when it was used or is too old. */
  openByLink(secret: string): Promise<string | undefined>;
  /** For an account that Telegram vouches for; undefined when it is no manager's. */
  openForAccount(telegramId: number): Promise<string | undefined>;
  pageOf(sessionSecret: string): Promise<OpenPage | undefined>;
  close(sessionSecret: string): Promise<void>;
  /** What stands in her diary on `days` days, with the free times of whoever's appointments shall be moved. */
  board(manager: Manager, from: Day, days: number, slotsOf: string | undefined): Promise<Board>;
  /** A manager has left: her pages close at once. */
  eraseManager(tx: Db, managerId: string): Promise<void>;
  forgetPages(): Promise<void>;
}

export interface PagesDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly county: CountyService;
  readonly appointments: AppointmentsService;
  /** The manager behind an account, whichever role's menu she sees. */
  managerOf(telegramId: number): Promise<Manager | undefined>;
  holidayOn(day: Day): string | undefined;
}

const MIDNIGHT = wallTime('00:00');

export function createPagesService(deps: PagesDeps): PagesService {
  const { db, clock, county, appointments } = deps;
  const isHoliday = (day: Day) => deps.holidayOn(day) !== undefined;
  // As in the chat: she may move to any free time, also a near one.
  const rules = { window: { ...county.facts.booking, noticeMinutes: 0 }, isHoliday };
  const session = () => {
    const secret = newToken();
    return { secret, tokenHash: hashToken(secret), expiresAt: addMinutes(clock.now(), SESSION_MINUTES) };
  };

  return {
    async makeLink({ managerId }) {
      const secret = newToken();
      await store.putLink(db, managerId, hashToken(secret), addMinutes(clock.now(), LINK_MINUTES));
      return secret;
    },
    async linkLocale(secret) {
      const locale = (await store.findLink(db, hashToken(secret), clock.now()))?.locale;
      return isLocale(locale) ? locale : undefined;
    },
    async openByLink(link) {
      const { secret, ...made } = session();
      return (await store.useLink(db, hashToken(link), made, clock.now())) ? secret : undefined;
    },
    async openForAccount(telegramId) {
      const manager = await deps.managerOf(telegramId);
      if (manager === undefined) return undefined;
      const { secret, ...made } = session();
      await store.insertSession(db, { ...made, managerId: manager.managerId });
      return secret;
    },
    async pageOf(secret) {
      const found = await store.findSession(db, hashToken(secret), clock.now());
      const manager = found === undefined ? undefined : await deps.managerOf(found.telegramId);
      return found === undefined || manager === undefined ? undefined : { manager, expiresAt: found.expiresAt };
    },
    close: (secret) => store.deleteSession(db, hashToken(secret)),

    async board(manager, from, days, slotsOf) {
      const { managerId } = manager;
      const now = clock.now();
      const until = addDays(from, days);
      const [start, end] = [at(from, MIDNIGHT), at(until, MIDNIGHT)];
      const [list, diary, slots, places] = await Promise.all([
        appointments.diary(manager, from, days),
        readDiary(db, [managerId], start, end),
        slotsOf === undefined ? [] : freeSlots(db, [slotsOf], now, rules).then((all) => all.get(slotsOf) ?? []),
        county.places(),
      ]);
      const used = new Set([
        ...diary.hours.map(({ placeId }) => placeId),
        ...list.map(({ way, place }) => (way === 'place' ? place?.id : undefined)),
      ]);
      const all = Array.from({ length: days }, (_, index) => addDays(from, index));
      const within = slots.filter(({ startsAt }) => startsAt >= start && startsAt < end);
      const others = new Set(within.map((slot) => slot.managerId).filter((id) => id !== managerId));
      const colleagues = await Promise.all([...others].map((id) => county.manager(id)));
      return {
        managerId,
        ...{ today: dayOf(now), now, from, days, appointments: list },
        slots: within,
        colleagues: new Map(colleagues.flatMap((one) => (one === undefined ? [] : [[one.id, one.name] as const]))),
        absences: diary.absences,
        holidays: new Map(all.flatMap((day) => nameOf(day))),
        places: places.filter(({ id }) => used.has(id)).sort((a, b) => (a.name < b.name ? -1 : 1)),
      };
    },

    eraseManager: (tx, managerId) => store.deleteAllOf(tx, managerId),
    forgetPages: () => store.deleteExpired(db, clock.now()),
  };

  function nameOf(day: Day): [Day, string][] {
    const name = deps.holidayOn(day);
    return name === undefined ? [] : [[day, name]];
  }
}
