import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Coordinator, Manager, SignedVolunteer } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import type { Handover } from './model.ts';
import { isOpen } from './rules-consent.ts';
import { type Recorder, revokeCase } from './service-consent-own.ts';
import type { Deadlines } from './service-deadlines.ts';
import type { ManagerDesk } from './service-desk.ts';
import * as store from './store.ts';
import { findAgreeing } from './store-alike.ts';
import * as consent from './store-consent.ts';

/** Whoever a person without an account can tell that she takes her yes back. */
export type Told = SignedVolunteer | Manager | Coordinator;

/**
 * Taking the yes back for somebody without an account, because she has told her volunteer, the manager who has her case,
 * its team while nobody has it, or a coordinator where no team is left. The volunteer may have gone meanwhile.
 */
export interface OverDesk {
  /** The case, where this person may write it down now. */
  mayEndFor(told: Told, id: string): Promise<Handover | undefined>;
  /** The case ends, what was written goes, and her record with it where nothing else of hers is open. */
  endFor(told: Told, id: string): Promise<boolean>;
}

export function createOverDesk(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly people: PeopleService;
  readonly look: ManagerDesk['look'];
  readonly stuckOne: Deadlines['stuckOne'];
  wake(): void;
}): OverDesk {
  const { db, clock, people } = deps;

  async function seenBy(told: Told, id: string): Promise<Handover | undefined> {
    switch (told.kind) {
      case 'volunteer':
        return store.findOfVolunteer(db, told.volunteerId, id);
      case 'manager': {
        const seen = await deps.look(told, id);
        return seen.status === 'shown' ? seen.handover : undefined;
      }
      case 'coordinator':
        return (await deps.stuckOne(told, id))?.handover;
    }
  }
  async function mayEndFor(told: Told, id: string): Promise<Handover | undefined> {
    const one = await seenBy(told, id);
    return one?.isRecorded === true && isOpen(one.status) ? one : undefined;
  }
  const recorderOf = (told: Told): Recorder =>
    told.kind === 'manager' ? { by: 'manager', managerId: told.managerId } : { by: told.kind };

  return {
    mayEndFor,
    async endFor(told, id) {
      const one = await mayEndFor(told, id);
      if (one === undefined) return false;
      const isEnded = await db.transaction(async (tx) => {
        // Her own record, and not the one that it was joined to by hand.
        const personId = await findAgreeing(tx, id);
        if (!(await revokeCase(tx, id, clock.now(), recorderOf(told)))) return false;
        const isRecord = personId !== undefined && !(await consent.hasAccount(tx, personId));
        const hasMore = isRecord && (await store.listOfRefugee(tx, personId, ['sent', 'accepted', 'done'])).length > 0;
        if (isRecord && !hasMore) await people.eraseRecordWithin(tx, personId);
        return true;
      });
      deps.wake();
      return isEnded;
    },
  };
}
