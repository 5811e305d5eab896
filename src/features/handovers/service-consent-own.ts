import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId, type Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Appointment } from '../appointments/model.ts';
import type { AppointmentsService } from '../appointments/service.ts';
import type { Refugee, SignedVolunteer } from '../people/model.ts';
import type { ExtraPurpose, Handover, Purpose } from './model.ts';
import { owed } from './owed.ts';
import { isOpen } from './rules-consent.ts';
import { type Content, openContent } from './service-drafts.ts';
import type { Team, TeamOf } from './service-team.ts';
import * as store from './store.ts';
import { findAgreeing } from './store-alike.ts';
import * as consent from './store-consent.ts';
import * as flow from './store-flow.ts';

/** What the refugee may read of a case about her: all that was said, who has it, what she allows. */
export interface OwnCase {
  readonly handover: Handover;
  readonly content: Content;
  readonly team: Team | undefined;
  readonly agreedAt: Instant | undefined;
  readonly purposes: readonly Purpose[];
  /** What volunteer and manager have written to each other about it, oldest first. */
  readonly messages: readonly { readonly by: 'volunteer' | 'manager'; readonly text: string; readonly at: Instant }[];
}

/** What a volunteer may know of appointments: that there is one; when it is only where the refugee allows it. */
export type Made = { readonly at: Instant | undefined };

/** The refugee's own page: what goes on about her, and her right to end it. */
export interface OwnDesk {
  ownCases(refugee: Refugee): Promise<readonly Handover[]>;
  ownCase(refugee: Refugee, id: string): Promise<OwnCase | undefined>;
  /** Allows something beside passing on, or no longer. Pressed twice is once. */
  allow(refugee: Refugee, id: string, purpose: ExtraPurpose, isAllowed: boolean): Promise<boolean>;
  /** Takes her yes back: the volunteer sees nothing more of it, the manager is told, what was written goes. */
  takeYesBack(refugee: Refugee, id: string): Promise<boolean>;
  /** Whether an appointment has been made with whoever has accepted the volunteer's case. */
  madeFor(volunteer: SignedVolunteer, id: string): Promise<Made | undefined>;
}

export interface OwnDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly team: TeamOf;
  readonly appointments: Pick<AppointmentsService, 'bookedWith'>;
  wake(): void;
}

export function createOwnDesk(deps: OwnDeps): OwnDesk {
  const { db, clock, seal, team } = deps;

  async function find(tx: Db, { personId }: Refugee, id: string): Promise<Handover | undefined> {
    return (await store.listOwn(tx, personId)).find((one) => one.id === id);
  }

  return {
    ownCases: ({ personId }) => store.listOwn(db, personId),

    async ownCase(refugee, id) {
      const handover = await find(db, refugee, id);
      if (handover === undefined) return undefined;
      const { purposes, givenAt } = await consent.findConsents(db, id);
      const messages = await consent.listMessages(db, id);
      return {
        handover,
        content: openContent(seal, await store.readSealed(db, id)),
        team: handover.town === undefined ? undefined : await team(db, handover.town.ags, refugee.managerId),
        agreedAt: givenAt,
        purposes,
        messages: messages.map(({ by, text, at }) => ({ by, at, text: seal.open('handover-message', text) })),
      };
    },

    async allow(refugee, id, purpose, isAllowed) {
      return db.transaction(async (tx) => {
        const one = await find(tx, refugee, id);
        if (one === undefined || !isOpen(one.status) || !(await flow.hold(tx, id, one.status))) return false;
        const now = clock.now();
        if (!isAllowed) await consent.endPurpose(tx, id, purpose, now);
        else await consent.insertPurpose(tx, { id: newId(), handoverId: id, purpose, locale: refugee.locale, now });
        return true;
      });
    },

    async takeYesBack(refugee, id) {
      const isOver = await db.transaction(async (tx) => {
        const one = await find(tx, refugee, id);
        return one !== undefined && revokeCase(tx, id, clock.now());
      });
      deps.wake();
      return isOver;
    },

    async madeFor({ volunteerId }, id) {
      const one = await store.findOfVolunteer(db, volunteerId, id);
      if (one?.status !== 'accepted' || one.manager === undefined || one.refugee === undefined) return undefined;
      const since = one.acceptedAt ?? one.createdAt;
      const personId = (await findAgreeing(db, id)) ?? one.refugee.personId;
      const made: Appointment | undefined = await deps.appointments.bookedWith(personId, one.manager.id, since);
      if (made === undefined) return undefined;
      const { purposes } = await consent.findConsents(db, id);
      return { at: purposes.includes('dates') ? made.startsAt : undefined };
    },
  };
}

/** Who wrote down that she took her yes back: she in her own chat, or whoever she told. */
export type Recorder =
  | { readonly by: 'refugee' | 'volunteer' | 'coordinator' }
  | { readonly by: 'manager'; readonly managerId: string };

/**
 * Ends a case because she took her yes back; whoever had it and whoever gave it on are told that it is off, but not
 * whoever wrote it down.
 */
export async function revokeCase(
  tx: Db,
  id: string,
  now: Instant,
  recorder: Recorder = { by: 'refugee' },
): Promise<boolean> {
  // Held before it is read: whoever accepts in the same instant is either told or too late.
  await consent.holdCase(tx, id);
  const one = await store.findHandover(tx, id);
  if (one === undefined || !(await consent.revoke(tx, id, now))) return false;
  await flow.insertEvent(tx, { handoverId: one.id, kind: 'revoked', now, ...recorder });
  const isHers = recorder.by === 'manager' && recorder.managerId === one.manager?.id;
  await oweNotices(tx, [
    ...(recorder.by === 'volunteer' ? [] : owed('handover-ended', one.volunteer?.personId, one.id, now)),
    ...(isHers ? [] : owed('handover-off', one.manager?.personId, one.id, now)),
  ]);
  return true;
}
