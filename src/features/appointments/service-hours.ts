import { newId } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { addDays, type Day, dayOf, weekdayOf } from '../../platform/datetime.ts';
import type { Municipality, Place } from '../county/model.ts';
import type { PlaceWish } from '../county/service-admin.ts';
import type { Manager } from '../people/model.ts';
import type {
  Absence,
  Appointment,
  CancelReason,
  OccurrenceChange,
  OfficeHours,
  OfficeHoursDraft,
  Range,
} from './model.ts';
import { areClashing, type HoursBook, isCovered, type Occurrence, occurrenceOn, occurrencesOn } from './rules-diary.ts';
import { checkOfficeHours, isOverlapping } from './rules-hours.ts';
import type { AppointmentsDeps } from './service.ts';
import { type AbsenceAdded, type AbsenceDraft, cancelByManager, createAbsenceDesk } from './service-absences.ts';
import * as store from './store.ts';
import * as absences from './store-absences.ts';
import * as diaries from './store-diary.ts';

/** What becomes of appointments that a change leaves without office hours: they stay as they are, or are cancelled. */
export type Fate = { readonly kind: 'keep' } | { readonly kind: 'cancel'; readonly reason: CancelReason };

/** Appointments would be left without office hours: she says first what becomes of them. */
export interface Undecided {
  readonly status: 'booked';
  readonly appointments: readonly Appointment[];
}

export type HoursAdded =
  | { readonly status: 'added'; readonly hours: readonly OfficeHours[] }
  | { readonly status: 'problem'; readonly problems: ReturnType<typeof checkOfficeHours> }
  | { readonly status: 'overlaps'; readonly other: OfficeHours };

export type HoursChanged =
  | { readonly status: 'changed' }
  | { readonly status: 'gone' }
  | Undecided
  | Exclude<HoursAdded, { status: 'added' }>;

export type OccurrenceChanged =
  | { readonly status: 'changed' }
  | { readonly status: 'gone' }
  | { readonly status: 'ends-before-begins' }
  | { readonly status: 'clashes'; readonly other: Occurrence }
  | Undecided;

/** A day on which a series would be held, and what is other than usual on it. */
export interface SeriesDay {
  readonly day: Day;
  readonly held: Occurrence | undefined;
  readonly isChanged: boolean;
  readonly isHoliday: boolean;
}

export interface Holiday {
  readonly day: Day;
  readonly isOpen: boolean;
}

/** How a manager keeps her diary open and closed; another manager's ids find nothing. */
export interface HoursDesk {
  officeHours(manager: Manager): Promise<readonly OfficeHours[]>;
  /** All places of the county, those of her municipalities first. */
  placesFor(manager: Manager): Promise<readonly Place[]>;
  /** Municipalities in which she may add places: those that she serves. */
  servedTowns(manager: Manager): Promise<readonly Municipality[]>;
  /** Adds one to the county's list; one of that name that is there already is taken instead. Undefined: not hers to add. */
  addPlace(manager: Manager, wish: PlaceWish): Promise<Place | undefined>;
  /** One series per draft, all or none. */
  addOfficeHours(manager: Manager, drafts: readonly OfficeHoursDraft[]): Promise<HoursAdded>;
  changeOfficeHours(manager: Manager, id: string, draft: OfficeHoursDraft, fate?: Fate): Promise<HoursChanged>;
  removeOfficeHours(manager: Manager, id: string, fate?: Fate): Promise<HoursChanged>;
  /** The next `count` days of a series from `from` on; undefined when it is not hers. */
  seriesDays(manager: Manager, id: string, from: Day, count: number): Promise<readonly SeriesDay[] | undefined>;
  /** One day of a series: `undefined` makes it usual again. */
  changeOccurrence(
    manager: Manager,
    id: string,
    day: Day,
    change: Pick<OccurrenceChange, 'held'> | undefined,
    fate?: Fate,
  ): Promise<OccurrenceChanged>;
  /** Public holidays of the next twelve months. */
  holidays(manager: Manager): Promise<readonly Holiday[]>;
  /** Opens a holiday on purpose, or closes it again. */
  setHoliday(manager: Manager, day: Day, isOpen: boolean, fate?: Fate): Promise<{ status: 'changed' } | Undecided>;
  absences(manager: Manager): Promise<readonly Absence[]>;
  deputiesFor(manager: Manager, range: Range): Promise<readonly absences.Colleague[]>;
  /** From then on who stands in is told what is new. Appointments in it stand until she has said what becomes of them. */
  addAbsence(manager: Manager, draft: AbsenceDraft): Promise<AbsenceAdded>;
  /** She is back, or does not go. */
  endAbsence(manager: Manager, id: string): Promise<boolean>;
  /** Booked appointments of hers around which no office hours stand, or in which she is away. */
  uncovered(manager: Manager): Promise<readonly Appointment[]>;
  /** Booked appointments of hers in one absence. */
  appointmentsIn(manager: Manager, absenceId: string): Promise<readonly Appointment[]>;
  /** Who stands in takes over what she is free for; everybody is told. Counts what was and what could not be. */
  handToDeputy(manager: Manager, absenceId: string): Promise<{ readonly handed: number; readonly left: number }>;
  /** Cancels what lies in one absence, with one reason; each person is told. Returns how many. */
  cancelIn(manager: Manager, absenceId: string, reason: CancelReason): Promise<number>;
  /** That a manager is away now, until when, and who answers for her; undefined while she is there. */
  standIn(managerId: string): Promise<absences.StandIn | undefined>;
}

const HOLIDAYS_AHEAD_DAYS = 365;

export function createHoursDesk(deps: AppointmentsDeps): HoursDesk {
  const { db, clock, seal, county, isHoliday } = deps;
  const away = createAbsenceDesk(deps);

  async function bookOf(tx: Db, managerId: string): Promise<HoursBook> {
    const { hours, changes, openHolidays } = await diaries.readDiary(tx, [managerId], clock.now());
    return {
      hours,
      changes,
      openHolidays,
      absences: await absences.listAbsences(tx, managerId, clock.now()),
      isHoliday,
    };
  }

  const placed = (one: Appointment) => ({ ...one, placeId: one.place?.id });

  /** What `before` covers and `after` does not. */
  async function bereft(tx: Db, managerId: string, before: HoursBook, after: HoursBook): Promise<Appointment[]> {
    const open = await store.listOpenOfManager(tx, seal, managerId, clock.now());
    return open.filter((one) => isCovered(before, placed(one)) && !isCovered(after, placed(one)));
  }

  /** Makes a change to her hours after she has said what becomes of the appointments in them. */
  async function change<T extends { readonly status: string }>(
    managerId: string,
    fate: Fate | undefined,
    plan: (tx: Db, book: HoursBook) => Promise<T | { readonly after: HoursBook; write(): Promise<unknown> }>,
  ): Promise<T | { readonly status: 'changed' } | Undecided> {
    const result = await db.transaction(async (tx) => {
      // One form at a time per manager: two that contradict each other must not both pass.
      await diaries.lockManager(tx, managerId);
      const book = await bookOf(tx, managerId);
      const planned = await plan(tx, book);
      if ('status' in planned) return planned;
      const without = await bereft(tx, managerId, book, planned.after);
      if (without.length > 0 && fate === undefined) return { status: 'booked' as const, appointments: without };
      await planned.write();
      if (fate?.kind === 'cancel') for (const one of without) await cancelByManager(tx, one, fate.reason, clock.now());
      return { status: 'changed' as const };
    });
    deps.wake();
    return result;
  }

  const replaced = (book: HoursBook, id: string, hours: readonly OfficeHours[]): HoursBook => ({
    ...book,
    hours: [...book.hours.filter((one) => one.id !== id), ...hours],
  });

  async function servedTowns({ managerId }: Manager): Promise<readonly Municipality[]> {
    const served = new Set(await diaries.listMunicipalitiesOf(db, managerId, dayOf(clock.now())));
    return (await county.municipalities()).filter(({ ags }) => served.has(ags));
  }

  const desk: HoursDesk = {
    officeHours: (manager) => diaries.listOfficeHours(db, manager.managerId, dayOf(clock.now())),

    async placesFor(manager) {
      const near = new Set((await servedTowns(manager)).map(({ ags }) => ags));
      const places = await county.places();
      return [...places.filter(({ ags }) => near.has(ags)), ...places.filter(({ ags }) => !near.has(ags))];
    },

    servedTowns,

    async addPlace(manager, wish) {
      if (!(await servedTowns(manager)).some(({ ags }) => ags === wish.ags)) return undefined;
      const isSame = (one: Place) => one.ags === wish.ags && one.name.toLowerCase() === wish.name.trim().toLowerCase();
      const known = (await county.places()).find(isSame);
      if (known !== undefined) return known;
      const carrierId = (await county.desk.inForce(db)).find(({ ags }) => ags === wish.ags)?.carrierId;
      const id = await db.transaction(async (tx) => {
        const made = await county.desk.addPlace(tx, wish);
        if (made === undefined) return undefined;
        await deps.journal(tx, manager, { act: 'place-added', subject: `place:${made}`, carrierId }, clock.now());
        return made;
      });
      county.desk.refresh();
      return id === undefined ? undefined : county.place(id);
    },

    async addOfficeHours(manager, drafts) {
      const { managerId } = manager;
      const problems = drafts.flatMap(checkOfficeHours);
      if (problems.length > 0) return { status: 'problem', problems };
      const hours = drafts.map((draft): OfficeHours => ({ ...draft, id: newId(), managerId }));
      return db.transaction(async (tx) => {
        await diaries.lockManager(tx, managerId);
        const known = await diaries.listOfficeHours(tx, managerId, dayOf(clock.now()));
        const other = known.find((one) => hours.some((draft) => isOverlapping(one, draft)));
        if (other !== undefined) return { status: 'overlaps' as const, other };
        for (const { id, managerId: _, ...draft } of hours) await diaries.insertOfficeHours(tx, id, managerId, draft);
        return { status: 'added' as const, hours };
      });
    },

    changeOfficeHours: ({ managerId }, id, draft, fate) =>
      change<Exclude<HoursChanged, Undecided>>(managerId, fate, async (tx, book) => {
        if (!book.hours.some((one) => one.id === id)) return { status: 'gone' };
        const problems = checkOfficeHours(draft);
        if (problems.length > 0) return { status: 'problem', problems };
        const hours: OfficeHours = { ...draft, id, managerId };
        const other = book.hours.find((one) => one.id !== id && isOverlapping(one, hours));
        if (other !== undefined) return { status: 'overlaps', other };
        const write = () => diaries.updateOfficeHours(tx, managerId, id, draft);
        return { after: replaced(book, id, [hours]), write };
      }),

    removeOfficeHours: ({ managerId }, id, fate) =>
      change<Exclude<HoursChanged, Undecided>>(managerId, fate, async (tx, book) => {
        if (!book.hours.some((one) => one.id === id)) return { status: 'gone' };
        return { after: replaced(book, id, []), write: () => diaries.deleteOfficeHours(tx, managerId, id) };
      }),

    async seriesDays(manager, id, from, count) {
      const book = await bookOf(db, manager.managerId);
      const hours = book.hours.find((one) => one.id === id);
      if (hours === undefined) return undefined;
      const days: SeriesDay[] = [];
      const last = hours.validTo ?? addDays(from, 7 * hours.everyWeeks * (count + 1));
      for (let day = from; day <= last && days.length < count; day = addDays(day, 1)) {
        if (weekdayOf(day) !== hours.weekday || occurrenceOn(hours, [], day) === undefined) continue;
        const held = occurrenceOn(hours, book.changes, day);
        const isChanged = book.changes.some((one) => one.hoursId === id && one.day === day);
        const isClosed = isHoliday(day) && !book.openHolidays.some((one) => one.day === day);
        days.push({ day, held, isChanged, isHoliday: isClosed });
      }
      return days;
    },

    changeOccurrence: ({ managerId }, id, day, wanted, fate) =>
      change<Exclude<OccurrenceChanged, Undecided>>(managerId, fate, async (tx, book) => {
        const hours = book.hours.find((one) => one.id === id);
        if (hours === undefined || occurrenceOn(hours, [], day) === undefined || day < dayOf(clock.now())) {
          return { status: 'gone' };
        }
        const held = wanted?.held;
        if (held !== undefined && held.to <= held.from) return { status: 'ends-before-begins' };
        const others = book.changes.filter((one) => one.hoursId !== id || one.day !== day);
        const changes = wanted === undefined ? others : [...others, { hoursId: id, day, held }];
        const after = { ...book, changes };
        const own = occurrenceOn(hours, changes, day);
        const other = occurrencesOn({ ...after, isHoliday: () => false }, day).find(
          (one) => own !== undefined && one.hours.id !== id && areClashing(one, own),
        );
        if (other !== undefined) return { status: 'clashes', other };
        return { after, write: () => diaries.writeChange(tx, id, day, wanted) };
      }),

    async holidays(manager) {
      const today = dayOf(clock.now());
      const opened = await absences.listOpenHolidays(db, manager.managerId, today);
      return Array.from({ length: HOLIDAYS_AHEAD_DAYS }, (_, ahead) => addDays(today, ahead))
        .filter(isHoliday)
        .map((day) => ({ day, isOpen: opened.has(day) }));
    },

    async setHoliday({ managerId }, day, isOpen, fate) {
      return change<never>(managerId, fate, async (tx, book) => {
        const others = book.openHolidays.filter((one) => one.day !== day);
        const after = { ...book, openHolidays: isOpen ? [...others, { managerId, day }] : others };
        const write = async () => (isHoliday(day) ? absences.setOpenHoliday(tx, managerId, day, isOpen) : undefined);
        return { after, write };
      });
    },

    async uncovered({ managerId }) {
      const book = await bookOf(db, managerId);
      const open = await store.listOpenOfManager(db, seal, managerId, clock.now());
      return open.filter((one) => !isCovered(book, placed(one)));
    },

    absences: ({ managerId }) => away.absencesOf(managerId),
    deputiesFor: ({ managerId }, range) => away.deputiesOf(managerId, range),
    addAbsence: ({ managerId }, draft) => away.add(managerId, draft),
    endAbsence: ({ managerId }, id) => away.end(managerId, id),
    appointmentsIn: ({ managerId }, id) => away.appointmentsIn(managerId, id),
    handToDeputy: ({ managerId }, id) => away.handToDeputy(managerId, id),
    cancelIn: ({ managerId }, id, reason) => away.cancelIn(managerId, id, reason),

    standIn: (managerId) => absences.findStandIn(db, managerId, clock.now()),
  };

  return desk;
}
