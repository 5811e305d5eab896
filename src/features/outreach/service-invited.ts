import type { Instant } from '../../platform/datetime.ts';
import type { Slot } from '../appointments/model.ts';
import type { Booked } from '../appointments/service.ts';
import type { Refugee } from '../people/model.ts';
import { type Invitation, SHOWN } from './model.ts';
import type { OutreachDeps } from './service.ts';
import * as store from './store-invitations.ts';

export type Accepted =
  | Extract<Booked, { status: 'booked' | 'limit' | 'busy' | 'over' | 'no-manager' }>
  /** Somebody was faster: the next free times in that way. */
  | { readonly status: 'taken'; readonly invitation: Invitation; readonly next: readonly Slot[] }
  /** It has run out, is of a manager who is hers no more, or never was. */
  | { readonly status: 'expired' };

/** What a refugee does with an invitation. Nothing here is asked of her, and nothing counts against her. */
export interface InvitedDesk {
  /** Undefined when it can no longer be answered. */
  invitation(refugee: Refugee, id: string): Promise<Invitation | undefined>;
  /** Books a proposed time, under the invitation's own key: one booking comes of it, however often it is pressed. */
  accept(refugee: Refugee, id: string, startsAt: Instant): Promise<Accepted>;
  /** Not now. The manager sees no more than that. */
  decline(refugee: Refugee, id: string): Promise<void>;
  /** No invitations any more, or again. */
  stopInvitations(refugee: Refugee, isStopped: boolean): Promise<void>;
  invitationsOf(refugee: Refugee): Promise<{ readonly isOpen: boolean; readonly isStopped: boolean }>;
}

export function createInvitedDesk(deps: OutreachDeps): InvitedDesk {
  const { db, clock, appointments } = deps;

  async function find(refugee: Refugee, id: string) {
    const found = await store.findInvitation(db, id, refugee.personId);
    return found?.managerId === refugee.managerId ? found : undefined;
  }
  // Who has said "not now" may still change her mind.
  const isAnswerable = ({ status, expiresAt }: Invitation) =>
    (status === 'open' || status === 'later') && expiresAt > clock.now();

  return {
    async invitation(refugee, id) {
      const found = await find(refugee, id);
      return found !== undefined && isAnswerable(found) ? found : undefined;
    },

    async accept(refugee, id, startsAt) {
      const invitation = await find(refugee, id);
      // Pressed again after booking it: the booking's key knows.
      if (invitation === undefined || !(isAnswerable(invitation) || invitation.status === 'booked')) {
        return { status: 'expired' };
      }
      const { way, slots } = invitation;
      const booked: Booked = slots.includes(startsAt)
        ? await appointments.book(refugee, { topic: 'unsaid', way, startsAt }, id)
        : { status: 'taken', next: [] };
      if (booked.status === 'booked') await store.settleInvitation(db, id, refugee.personId, 'booked');
      if (booked.status !== 'taken') return booked;
      const free = await appointments.timesFor(db, invitation.managerId, refugee.personId);
      return { status: 'taken', invitation, next: free.filter(({ ways }) => ways.includes(way)).slice(0, SHOWN) };
    },

    async decline(refugee, id) {
      await store.settleInvitation(db, id, refugee.personId, 'later');
    },

    stopInvitations: (refugee, isStopped) =>
      db.transaction((tx) => store.setStop(tx, refugee.personId, isStopped ? clock.now() : undefined)),

    async invitationsOf({ personId }) {
      const now = clock.now();
      return {
        isOpen: await store.findOpenOf(db, personId, now),
        isStopped: await store.hasStopped(db, personId),
      };
    },
  };
}
