import type { Clock } from '../../platform/clock.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { AppointmentsService } from '../appointments/service.ts';
import { createInvitedDesk, type InvitedDesk } from './service-invited.ts';
import { createInvitingDesk, type InvitingDesk } from './service-inviting.ts';
import { createRounds, type Rounds } from './service-rounds.ts';
import { createWishDesk, type WishDesk } from './service-wishes.ts';
import * as store from './store.ts';
import { forgetInvitations } from './store-invitations.ts';

export interface OutreachService extends WishDesk, InvitingDesk, InvitedDesk, Rounds {
  /** A manager has left: nothing of hers is offered or invited to any more. */
  eraseManager(tx: Db, managerId: string): Promise<void>;
  /** Removes offers, waits and invitations that are over. */
  forget(): Promise<void>;
}

export interface OutreachDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly appointments: AppointmentsService;
  /** What every booking needs between now and its beginning. */
  readonly noticeMinutes: number;
  /** A notice was owed, or something may have become free. */
  wake(): void;
}

export function createOutreachService(deps: OutreachDeps): OutreachService {
  const { db, clock } = deps;
  return {
    ...createWishDesk(deps),
    ...createInvitingDesk(deps),
    ...createInvitedDesk(deps),
    ...createRounds(deps),
    eraseManager: store.deleteOfManager,
    async forget() {
      await store.forgetWishes(db, clock.now());
      await forgetInvitations(db, clock.now());
    },
  };
}
