import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { hashToken, newId, newToken } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import { dayOf, type Instant, instant } from '../../platform/datetime.ts';
import {
  type CircleDraft,
  type Coordinator,
  INVITE_DAYS,
  type Manager,
  UNDERTAKING_VERSION,
  type Volunteer,
} from './model.ts';
import type { Journal } from './service.ts';
import { deleteFlow, insertInvite } from './store.ts';
import * as store from './store-circles.ts';

/** Who answers for circles: the coordinator, and the managers who work where a circle helps. */
export type Host = Manager | Coordinator;

export interface CircleMember {
  readonly id: string;
  readonly name: string;
  readonly isSpeaker: boolean;
  readonly signed: boolean;
}

export interface CircleCard {
  readonly id: string;
  readonly name: string;
  readonly towns: readonly string[];
  readonly members: readonly CircleMember[];
}

export interface CircleVolunteer {
  readonly id: string;
  readonly name: string;
  readonly isSpeaker: boolean;
  readonly signed: boolean;
  readonly circle: { readonly id: string; readonly name: string };
}

/** What another room does when a volunteer's access ends: her drafts go, what she handed over stays. */
export type Leaver = (tx: Db, volunteerId: string, now: Instant) => Promise<void>;

export interface CirclesService {
  circles(host: Host): Promise<readonly { readonly id: string; readonly name: string }[]>;
  circle(host: Host, id: string): Promise<CircleCard | undefined>;
  /** `elsewhere`: none of its municipalities is the host's. `known`: there is a circle of that name. */
  open(
    host: Host,
    draft: CircleDraft,
  ): Promise<{ readonly status: 'opened' | 'known' | 'elsewhere'; readonly id?: string }>;
  /** The link's secret; shown once. `gone` where the circle is not the host's. */
  invite(
    host: Host,
    circleId: string,
    name: string,
  ): Promise<
    { readonly status: 'invited'; readonly token: string; readonly expiresAt: Instant } | { readonly status: 'gone' }
  >;
  volunteer(host: Host, id: string): Promise<CircleVolunteer | undefined>;
  /** Ends her access at once. */
  remove(host: Host, volunteerId: string): Promise<boolean>;
  setSpeaker(host: Host, volunteerId: string, speaker: boolean): Promise<boolean>;
  /** `outdated` where she read an older text than the one that counts now. */
  sign(volunteer: Volunteer, version: string): Promise<'signed' | 'outdated'>;
  leave(volunteer: Volunteer): Promise<void>;
}

export interface CirclesDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly leavers: readonly Leaver[];
  readonly journal: Journal;
  wake(): void;
}

/** The county's coordinator answers for all circles, others for those that help where they work. */
const scopeOf = (host: Host): store.CircleScope =>
  host.kind === 'manager'
    ? { managerId: host.managerId }
    : host.carrierId === undefined
      ? {}
      : { carrierId: host.carrierId };

export function createCirclesService(deps: CirclesDeps): CirclesService {
  const { db, clock } = deps;
  const today = () => dayOf(clock.now());
  const find = (host: Host, volunteerId: string) => store.findVolunteer(db, scopeOf(host), today(), volunteerId);

  async function end(tx: Db, volunteerId: string): Promise<boolean> {
    for (const leaver of deps.leavers) await leaver(tx, volunteerId, clock.now());
    return store.deleteVolunteer(tx, volunteerId);
  }

  /** What a coordinator does is written down; what a manager does with her circle is not. */
  async function record(tx: Db, host: Host, act: Parameters<Journal>[2]['act'], subject: string): Promise<void> {
    if (host.kind === 'coordinator') {
      await deps.journal(tx, host, { act, subject, carrierId: host.carrierId }, clock.now());
    }
  }

  return {
    circles: (host) => store.listCircles(db, scopeOf(host), today()),

    async circle(host, id) {
      const found = await store.findCircle(db, scopeOf(host), today(), id);
      if (found === null) return undefined;
      return {
        id,
        name: found.name,
        towns: found.municipalities.map(({ municipality }) => municipality.name),
        members: found.volunteers.map((one) => ({
          id: one.id,
          name: one.name,
          isSpeaker: one.speaker,
          signed: one.undertakings.some(({ version }) => version === UNDERTAKING_VERSION),
        })),
      };
    },

    async open(host, { name, municipalities }) {
      if ((await store.countWithin(db, scopeOf(host), today(), municipalities)) === 0) return { status: 'elsewhere' };
      return db.transaction(async (tx) => {
        const wish = { id: newId(), name, municipalities, now: clock.now() };
        const { id, isNew } = await store.ensureCircle(tx, wish);
        if (isNew) await record(tx, host, 'circle-opened', `circle:${id}`);
        return isNew ? { status: 'opened', id } : { status: 'known' };
      });
    },

    async invite(host, circleId, name) {
      const found = await store.findCircle(db, scopeOf(host), today(), circleId);
      if (found === null) return { status: 'gone' };
      const token = newToken();
      const now = clock.now();
      const expiresAt = instant(now + INVITE_DAYS * 86_400_000);
      const inviteId = newId();
      await db.transaction(async (tx) => {
        await insertInvite(tx, {
          id: inviteId,
          tokenHash: hashToken(token),
          draft: { role: 'volunteer', name, circle: { name: found.name, municipalities: [] } },
          managerId: undefined,
          circleId,
          invitedBy: host.personId,
          now,
          expiresAt,
        });
        await record(tx, host, 'invited', `volunteer:${inviteId}`);
      });
      return { status: 'invited', token, expiresAt };
    },

    async volunteer(host, id) {
      const found = await find(host, id);
      if (found === null) return undefined;
      const signed = found.undertakings.some(({ version }) => version === UNDERTAKING_VERSION);
      return { id, name: found.name, isSpeaker: found.speaker, signed, circle: found.circle };
    },

    async remove(host, volunteerId) {
      const found = await find(host, volunteerId);
      if (found === null) return false;
      const removed = await db.transaction(async (tx) => {
        if (!(await end(tx, volunteerId))) return false;
        await record(tx, host, 'removed', `volunteer:${volunteerId}`);
        if (found.person.telegramId !== null) await deleteFlow(tx, Number(found.person.telegramId));
        const key = `circle-left:${volunteerId}`;
        await oweNotices(tx, [
          { kind: 'circle-left', personId: found.personId, subjectId: found.circle.id, dueAt: clock.now(), key },
        ]);
        return true;
      });
      deps.wake();
      return removed;
    },

    async setSpeaker(host, volunteerId, speaker) {
      if ((await find(host, volunteerId)) === null) return false;
      await db.transaction(async (tx) => {
        await store.setSpeaker(tx, volunteerId, speaker);
        await record(tx, host, 'speaker', `volunteer:${volunteerId}`);
      });
      return true;
    },

    async sign(volunteer, version) {
      if (version !== UNDERTAKING_VERSION) return 'outdated';
      const { volunteerId, locale } = volunteer;
      await store.insertUndertaking(db, { volunteerId, version, locale, now: clock.now() });
      return 'signed';
    },

    async leave({ volunteerId, telegramId }) {
      await db.transaction(async (tx) => {
        await end(tx, volunteerId);
        await deleteFlow(tx, telegramId);
      });
      deps.wake();
    },
  };
}

/** An invitation was accepted: she belongs to the circle. */
export const joinCircle = (
  tx: Db,
  volunteer: { personId: string; name: string; circleId: string; now: Instant },
): Promise<void> => store.upsertVolunteer(tx, { id: newId(), ...volunteer });

/** The circle that an operator's or coordinator's invitation names; opened where it is new. */
export const circleOf = async (tx: Db, draft: CircleDraft, now: Instant): Promise<string> =>
  (await store.ensureCircle(tx, { id: newId(), ...draft, now })).id;
