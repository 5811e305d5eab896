import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { type Instant, instant } from '../../platform/datetime.ts';
import type { AbsenceDesk } from '../appointments/service-absences.ts';
import type { CaseloadDesk } from '../appointments/service-caseload.ts';
import type { CountyService } from '../county/service.ts';
import type { PeopleService } from '../people/service.ts';
import { endedNotice } from '../people/service-team.ts';
import { MOVE_KEPT_DAYS, UNDO_HOURS, WISH_KEPT_DAYS } from './model.ts';
import { type AbsenceService, createAbsenceService } from './service-absence.ts';
import { type CaseloadService, createCaseloadService, settled } from './service-caseload.ts';
import { type CountyDuties, createCountyDuties } from './service-county.ts';
import { forgetOldEntries, type Journal } from './service-journal.ts';
import { handOnEverything, type Leaver } from './service-move.ts';
import { createStaffService, type StaffService } from './service-staff.ts';
import { createTeamService, type TeamService } from './service-team.ts';
import { createWishService, type WishService } from './service-wishes.ts';
import * as store from './store.ts';
import { forgetWishes } from './store-wishes.ts';

export interface CoordinationService
  extends CaseloadService,
    TeamService,
    WishService,
    CountyDuties,
    StaffService,
    AbsenceService {
  /** Telegram cannot reach somebody: if she is a manager, her coordinators are told to call. */
  tellUnreachable(personId: string): Promise<void>;
  /** Ends what is due: last days that are over, traces of changes that can no longer be undone, old entries of the log. */
  tidy(): Promise<void>;
}

export interface CoordinationDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly county: CountyService;
  readonly people: PeopleService;
  readonly caseload: CaseloadDesk;
  readonly absences: AbsenceDesk;
  readonly journal: Journal;
  listName(id: string): Promise<string | undefined>;
  /** What other rooms do when a manager's access ends. */
  readonly leavers: readonly Leaver[];
  wake(): void;
}

const HOUR = 3_600_000;

export function createCoordinationService(deps: CoordinationDeps): CoordinationService {
  const { db, clock, caseload } = deps;
  const { team } = deps.people;
  const own = { ...deps, team };

  /** A last day that is over; and nobody stays with somebody who is gone, however that came about. */
  async function endLeavings(now: Instant): Promise<void> {
    const due = new Set([...(await team.toLeave(db, now)), ...(await caseload.leftBehind(db, now))]);
    for (const id of due) {
      await settled(() =>
        db.transaction(async (tx) => {
          const member = (await team.managers(tx)).find((one) => one.id === id);
          if (member !== undefined) await team.changeManager(tx, id, { leftAt: now, accepts: false });
          await handOnEverything({ ...own, tx, now }, id);
          if (member?.personId !== undefined) await oweNotices(tx, [endedNotice(member.personId, 'manager', now)]);
        }),
      );
    }
    if (due.size > 0) deps.wake();
  }

  return {
    ...createCaseloadService(own),
    ...createTeamService(own),
    ...createWishService(own),
    ...createCountyDuties(own),
    ...createStaffService(own),
    ...createAbsenceService(own),

    async tellUnreachable(personId) {
      const now = clock.now();
      const member = await team.managerBehind(db, personId);
      if (member === undefined) return;
      const coordinators = await team.coordinatorsFor(db, member.carrierId);
      await oweNotices(
        db,
        coordinators
          .filter((one) => one !== personId)
          .map((one) => ({
            kind: 'manager-unreachable',
            personId: one,
            subjectId: member.id,
            dueAt: now,
            // Told once each time she falls silent.
            key: `manager-unreachable:${member.id}:${one}:${now}`,
          })),
      );
      deps.wake();
    },

    async tidy() {
      const now = clock.now();
      await endLeavings(now);
      const undoable = instant(now - UNDO_HOURS * HOUR);
      await caseload.forgetCancelled(db, undoable);
      await team.unlinkLeft(undoable);
      await store.forgetMoves(db, instant(now - MOVE_KEPT_DAYS * 24 * HOUR));
      await forgetWishes(db, instant(now - WISH_KEPT_DAYS * 24 * HOUR));
      await db.transaction((tx) => forgetOldEntries(tx, now));
    },
  };
}
