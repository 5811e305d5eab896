import { type OwedNotice, oweNotices, withdrawNoticesOf } from '../../delivery/outbox.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import type { Day, Instant } from '../../platform/datetime.ts';
import type { CountyService } from '../county/service.ts';
import type { Appointment, Slot, Way } from './model.ts';
import type { Fit, Reassignment, Standing } from './model-caseload.ts';
import { freeTimes, type IsHoliday } from './offers.ts';
import { NOTICE_KINDS, owedForAbsence, owedToRefugee } from './owed.ts';
import { openTo } from './rules.ts';
import { fitOf, type OwnDiary } from './rules-caseload.ts';
import { findAppointment } from './store.ts';
import * as deputies from './store-absences.ts';
import * as store from './store-caseload.ts';
import { readDiary } from './store-diary.ts';
import * as reminding from './store-reminders.ts';

/** Says whether these managers can keep appointments at their time; what one gets blocks the next. */
export interface Diaries {
  fit(managerId: string, appointment: Standing): Fit;
  take(managerId: string, appointment: Standing): void;
}

/** What becomes of appointments when people change managers. Everything happens in the caller's transaction. */
export interface CaseloadDesk {
  /** Appointments of these managers that stand and have not begun, by start. */
  standing(db: Db, managerIds: readonly string[], now: Instant): Promise<readonly Standing[]>;
  diaries(db: Db, managerIds: readonly string[], now: Instant): Promise<Diaries>;
  /** Until the transaction ends, nobody books with these managers. */
  lock(tx: Db, managerIds: readonly string[]): Promise<void>;
  /**
   * Keeps each at its time with another manager. `undefined` when one of them is no longer as expected, and the caller
   * rolls back; a lost race throws `appointment_manager_free`. Sequences rise, reminders follow; nobody is told here.
   */
  reassign(tx: Db, changes: readonly Reassignment[], now: Instant): Promise<readonly Standing[] | undefined>;
  /** Cancels because nobody can keep the time; under the same conditions. */
  cancel(
    tx: Db,
    changes: readonly Omit<Reassignment, 'managerId'>[],
    now: Instant,
  ): Promise<readonly Standing[] | undefined>;
  /** Which of the handed on and of the cancelled nobody has touched since. */
  untouched(
    tx: Db,
    change: { readonly gone: readonly Reassignment[]; readonly cancelled: readonly Omit<Reassignment, 'managerId'>[] },
    now: Instant,
  ): Promise<{ readonly gone: readonly Standing[]; readonly cancelled: readonly Standing[] }>;
  /** Makes cancelled ones stand again, with their reminders. */
  revive(tx: Db, ids: readonly string[], now: Instant): Promise<readonly Standing[]>;
  /** An appointment as it is now. */
  appointment(db: Db, id: string): Promise<Appointment | undefined>;
  /** The next free times with a manager, those of that way first. */
  nextFree(db: Db, managerId: string, way: Way, now: Instant): Promise<readonly Slot[]>;
  countBetween(db: Db, from: Instant, to: Instant): Promise<ReadonlyMap<string, number>>;
  /** Whom she stood in for looks for somebody else; the coordinators hear of it. */
  releaseDeputy(tx: Db, managerId: string, now: Instant): Promise<void>;
  /** Managers who have left and with whom somebody still has an appointment. */
  leftBehind(db: Db, now: Instant): Promise<readonly string[]>;
  /** Names of managers whose office hours are held at a place. */
  holdersAt(db: Db, placeId: string, from: Day): Promise<readonly string[]>;
  /** Removes what appointments were about that were cancelled before then. */
  forgetCancelled(db: Db, before: Instant): Promise<void>;
}

const NEXT = 3;

export function createCaseloadDesk(deps: { county: CountyService; seal: Seal; isHoliday: IsHoliday }): CaseloadDesk {
  const rules = { window: deps.county.facts.booking, isHoliday: deps.isHoliday };

  /** What was owed about the former state is no longer true; what is owed about the new one. */
  async function remind(tx: Db, changed: readonly Standing[], now: Instant): Promise<void> {
    await withdrawNoticesOf(
      tx,
      changed.map(({ id }) => id),
      NOTICE_KINDS,
    );
    const owed: OwedNotice[] = [];
    for (const { personId, ...one } of changed) {
      const wishes = await reminding.readWishesOf(tx, personId);
      owed.push(...owedToRefugee(personId, { ...one, bookedAt: now }, wishes));
    }
    // She has the pin of the place already.
    await oweNotices(tx, owed.filter(isReminder));
  }
  const isReminder = ({ kind }: OwedNotice) => kind !== 'pin';

  return {
    standing: store.listStanding,
    lock: store.lockManagers,

    async diaries(db, managerIds, now) {
      const { hours, changes, absences, busy } = await readDiary(db, managerIds, now);
      const own = new Map(
        managerIds.map((managerId): [string, OwnDiary & { busy: OwnDiary['busy'][number][] }] => {
          const isHers = (one: { readonly managerId: string }) => one.managerId === managerId;
          return [
            managerId,
            { hours: hours.filter(isHers), changes, absences: absences.filter(isHers), busy: busy.filter(isHers) },
          ];
        }),
      );
      return {
        fit(managerId, appointment) {
          const diary = own.get(managerId);
          return diary === undefined ? 'blocked' : fitOf(appointment, diary);
        },
        take: (managerId, appointment) => own.get(managerId)?.busy.push(appointment.blocks),
      };
    },

    async reassign(tx, changes, now) {
      const changed = changes.length === 0 ? [] : await store.reassign(tx, changes, now);
      if (changed.length !== changes.length) return undefined;
      await remind(tx, changed, now);
      return changed;
    },

    async cancel(tx, changes, now) {
      const cancelled = changes.length === 0 ? [] : await store.cancelForChange(tx, changes, now);
      if (cancelled.length !== changes.length) return undefined;
      await withdrawNoticesOf(
        tx,
        cancelled.map(({ id }) => id),
        NOTICE_KINDS,
      );
      return cancelled;
    },

    async untouched(tx, { gone, cancelled }, now) {
      return {
        gone: gone.length === 0 ? [] : await store.listUntouched(tx, gone, now),
        cancelled: cancelled.length === 0 ? [] : await store.listCancelledByChange(tx, cancelled, now),
      };
    },

    async revive(tx, ids, now) {
      const revived = ids.length === 0 ? [] : await store.revive(tx, ids, now);
      await remind(tx, revived, now);
      return revived;
    },

    appointment: (db, id) => findAppointment(db, deps.seal, id),

    async nextFree(db, managerId, way, now) {
      const times = (await freeTimes(db, [managerId], now, rules)).get(managerId);
      const slots = openTo(times?.slots ?? [], times?.holds ?? []);
      const same = slots.filter(({ ways }) => ways.includes(way));
      return (same.length > 0 ? same : slots).slice(0, NEXT);
    },

    async releaseDeputy(tx, managerId, now) {
      for (const absence of await deputies.releaseDeputy(tx, managerId, now)) {
        const coordinators = await deputies.listCoordinatorsOf(tx, absence.managerId);
        await oweNotices(tx, owedForAbsence(absence.id, undefined, coordinators, now));
      }
    },

    countBetween: store.countBetween,
    leftBehind: store.listLeftBehind,
    holdersAt: store.listHoldersAt,
    forgetCancelled: store.forgetCancelled,
  };
}
