import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { hashToken, newId, newToken, randomNumber, type Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import { dayOf, fromDate, type Instant, instant, toDate } from '../../platform/datetime.ts';
import { isLocale, type Locale } from '../../platform/locale.ts';
import { oneLine } from '../../platform/one-line.ts';
import { together } from '../../platform/together.ts';
import type { CountyService } from '../county/service.ts';
import { identify } from './identity.ts';
import {
  type Actor,
  CONSENT_VERSION,
  type ConsentProof,
  type Coordinator,
  type Erased,
  type Housing,
  INVITE_DAYS,
  type InterpreterLanguage,
  type InviteDraft,
  type Manager,
  type Member,
  NICKNAME_LENGTH,
  type OpenInvite,
  type Refugee,
  type Role,
} from './model.ts';
import { takeInWaiting, waitingNotice } from './service-caseload.ts';
import { circleOf, joinCircle } from './service-circles.ts';
import { createTeamDesk, type TeamDesk } from './service-team.ts';
import * as store from './store.ts';

/** What another room removes or cancels when a person erases herself; counts what it did. */
export type Eraser = (
  tx: Db,
  person: { personId: string; telegramId: number | undefined; managerId: string | undefined },
  now: Instant,
) => Promise<Partial<Erased>>;

export interface Identified {
  readonly actor: Actor;
  /** Where she stands in a form, sealed; undefined outside of one. */
  readonly flow: Uint8Array | undefined;
  readonly unreachable: boolean;
}

export type Settled = { readonly status: 'assigned'; readonly managerId: string } | { readonly status: 'waiting' };

export interface PeopleService {
  /** The team and the people it serves, for whoever coordinates. */
  readonly team: TeamDesk;
  identify(telegramId: number): Promise<Identified>;
  /** The manager behind an account, whichever role's menu she sees; undefined for everybody else. */
  managerOf(telegramId: number): Promise<Manager | undefined>;
  /** Stores the consent and makes the person known. A second press changes nothing. */
  agree(telegramId: number, locale: Locale): Promise<void>;
  /** The same inside the caller's transaction, for a person who agrees to more at once; returns who she is. */
  agreeWithin(tx: Db, telegramId: number, locale: Locale): Promise<string>;
  /** A record for somebody without an account, who agreed on paper or on another's phone; returns her number. */
  recordWithin(tx: Db, locale: Locale): Promise<{ readonly personId: string; readonly number: number }>;
  /** That she needs somebody who interprets, where she has not said anything about it herself. */
  noteInterpreterWithin(tx: Db, personId: string, language: InterpreterLanguage): Promise<void>;
  /** For a use case in which somebody acts for her with her recorded consent, which that use case checks. */
  actFor(personId: string): Promise<Refugee | undefined>;
  /** Removes such a record with everything that hangs on it. */
  eraseRecordWithin(tx: Db, personId: string): Promise<void>;
  /** Gives a person to a manager, who is responsible for her from now on. Returns whose she was before. */
  assignWithin(tx: Db, personId: string, managerId: string, ags: string): Promise<string | undefined>;
  /** Whose she is, inside the caller's transaction. */
  managerWithin(tx: Db, personId: string): Promise<string | undefined>;
  /** The people behind managers who are there, in no order. */
  accountsOf(tx: Db, managerIds: readonly string[]): Promise<readonly string[]>;
  /** Coordinators who answer for a carrier's municipalities, and the county's. */
  coordinatorsWithin(tx: Db, carrierId: string | undefined): Promise<readonly string[]>;
  consentOf(member: Member): Promise<ConsentProof | undefined>;
  setLocale(member: Member, locale: Locale): Promise<void>;
  switchRole(member: Member, role: Role): Promise<boolean>;
  setHousing(refugee: Refugee, housing: Housing): Promise<void>;
  /** Finds the manager with most free capacity there; without one, the coordinators get a waiting note. */
  settleIn(refugee: Refugee, ags: string): Promise<Settled>;
  setInterpreter(refugee: Refugee, language: InterpreterLanguage | undefined): Promise<void>;
  /** Undefined removes it. Returns what is kept: trimmed, one line, at most NICKNAME_LENGTH characters. */
  setNickname(refugee: Refugee, nickname: string | undefined): Promise<string | undefined>;
  /** The link's secret; shown once, only its hash is kept. `by` is undefined for the operator. */
  invite(
    by: Coordinator | undefined,
    draft: InviteDraft,
  ): Promise<{ readonly token: string; readonly expiresAt: Instant }>;
  openInvite(token: string): Promise<OpenInvite | undefined>;
  /** Uses the invitation once. Managers and coordinators then wait for whoever invited to confirm. */
  acceptInvite(telegramId: number, locale: Locale, token: string): Promise<'joined' | 'waiting' | 'invalid'>;
  confirmInvite(by: Coordinator, inviteId: string, yes: boolean): Promise<'confirmed' | 'refused' | 'gone'>;
  waiting(
    by: Coordinator,
    page: number,
  ): Promise<{ readonly total: number; readonly people: readonly WaitingPerson[] }>;
  /** Removes everything of a person, in one transaction. */
  erase(member: Member): Promise<Erased>;
  /** True when this is news. */
  markUnreachable(telegramId: number): Promise<string | undefined>;
  markReachable(telegramId: number): Promise<void>;
  /** Who answers for the counselling centre; empty where none has joined. */
  counsellors(tx: Db): Promise<readonly string[]>;
  /** Removes invitations that have run out, and accounts that came to nothing. */
  forgetInvites(): Promise<void>;
}

export interface WaitingPerson {
  readonly personId: string;
  readonly number: number;
  readonly municipality: string | undefined;
  readonly since: Instant;
}

export const WAITING_PAGE = 6;

/** Writes down what a coordinator does, in the transaction in which she does it. */
export type Journal = (
  tx: Db,
  by: Coordinator,
  act: {
    readonly act: 'invited' | 'confirmed' | 'refused' | 'removed' | 'circle-opened' | 'speaker';
    readonly subject: string;
    readonly carrierId: string | undefined;
  },
  at: Instant,
) => Promise<void>;

export interface PeopleDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly county: CountyService;
  readonly erasers: readonly Eraser[];
  readonly journal: Journal;
  /** A notice was owed: send it now. */
  wake(): void;
}

export function createPeopleService(deps: PeopleDeps): PeopleService {
  const { db, clock, seal, county } = deps;
  const identityOf = together((telegramIds: readonly number[]) => store.findIdentities(db, telegramIds));

  async function ensurePerson(tx: Db, telegramId: number, locale: Locale, role: Role): Promise<string> {
    const row = await store.findIdentity(tx, telegramId);
    if (row?.personId != null) return row.personId;
    const id = newId();
    await store.insertPerson(tx, { id, telegramId, locale, role, now: clock.now() });
    return id;
  }

  async function agreeWithin(tx: Db, telegramId: number, locale: Locale): Promise<string> {
    const known = await store.findIdentity(tx, telegramId);
    if (known?.personId != null && known.number !== null) return known.personId;
    const personId = await ensurePerson(tx, telegramId, locale, 'refugee');
    await number(tx, personId);
    const consent = { id: newId(), personId, version: CONSENT_VERSION, locale, now: clock.now() };
    await store.insertConsent(tx, consent);
    await store.updatePerson(tx, personId, { role: 'refugee', locale });
    return personId;
  }

  /** Numbers are drawn, not counted: a number tells nothing about when somebody came. */
  async function number(tx: Db, personId: string): Promise<number> {
    for (let digits = 4; ; digits = Math.min(digits + 1, 6)) {
      const drawn = drawNumber(digits);
      if (await store.insertRefugee(tx, personId, drawn)) return drawn;
    }
  }

  async function grant(tx: Db, personId: string, invite: GrantedInvite): Promise<boolean> {
    const now = clock.now();
    const { name } = invite;
    let granted = true;
    if (invite.role === 'manager' && invite.managerId !== null) {
      granted = await store.linkManager(tx, invite.managerId, personId);
      if (granted) await takeInWaiting(tx, invite.managerId, now);
    } else if (invite.role === 'coordinator') {
      await store.insertCoordinator(tx, { id: newId(), personId, name, carrierId: invite.carrierId, now });
    } else if (invite.role === 'volunteer') {
      if (invite.circleId === null) throw new Error('a volunteer was invited into no circle');
      await joinCircle(tx, { personId, name, circleId: invite.circleId, now });
    } else if (invite.role === 'counsellor') {
      await store.insertCounsellor(tx, { id: newId(), personId, name, now });
    }
    if (granted) await store.updatePerson(tx, personId, { role: invite.role as Role });
    return granted;
  }

  return {
    team: createTeamDesk(deps),

    async identify(telegramId) {
      return identify(await identityOf(telegramId), telegramId, seal);
    },

    async managerOf(telegramId) {
      const row = await identityOf(telegramId);
      if (row === undefined) return undefined;
      const { actor } = identify({ ...row, role: 'manager' }, telegramId, seal);
      return actor.kind === 'manager' ? actor : undefined;
    },

    async agree(telegramId, locale) {
      await db.transaction((tx) => agreeWithin(tx, telegramId, locale));
    },
    agreeWithin,
    async recordWithin(tx, locale) {
      const personId = newId();
      await store.insertPerson(tx, { id: personId, telegramId: undefined, locale, role: 'refugee', now: clock.now() });
      return { personId, number: await number(tx, personId) };
    },
    noteInterpreterWithin: store.noteInterpreter,
    async actFor(personId) {
      const row = await store.findIdentityOf(db, personId);
      if (row === undefined || row.number === null) return undefined;
      const { actor } = identify({ ...row, role: 'refugee' }, row.telegramId ?? 0, seal);
      return actor.kind === 'refugee' ? actor : undefined;
    },
    async eraseRecordWithin(tx, personId) {
      const now = clock.now();
      for (const eraser of deps.erasers)
        await eraser(tx, { personId, telegramId: undefined, managerId: undefined }, now);
      await store.deleteMentions(tx, personId);
      await store.deletePerson(tx, personId);
    },

    async assignWithin(tx, personId, managerId, ags) {
      const before = await store.findAssignedManager(tx, personId);
      const home = await store.findHome(tx, personId);
      await store.updateRefugee(tx, personId, {
        managerId,
        waitingSince: null,
        ...(home.ags === undefined && { ags }),
        ...(home.housing === undefined && { housing: 'municipality' }),
      });
      return before;
    },
    managerWithin: store.findAssignedManager,
    accountsOf: store.listAccounts,
    coordinatorsWithin: store.listCoordinators,

    async consentOf(member) {
      const row = await store.findConsent(db, member.personId);
      if (row === null || !isLocale(row.locale)) return undefined;
      return { version: row.version, locale: row.locale, givenAt: fromDate(row.givenAt) };
    },

    setLocale: (member, locale) => store.updatePerson(db, member.personId, { locale }),

    async switchRole(member, role) {
      if (!member.roles.includes(role)) return false;
      await store.updatePerson(db, member.personId, { role });
      return true;
    },

    setHousing: (refugee, housing) =>
      store.updateRefugee(db, refugee.personId, {
        housing,
        // The other service is responsible there: she belongs to no manager and waits for none.
        ...(housing === 'shelter' && { ags: null, managerId: null, waitingSince: null }),
      }),

    async settleIn(refugee, ags) {
      const responsible = await county.responsibleFor(ags);
      if (responsible === undefined) throw new Error('a municipality that is not of this county was chosen');
      const settled = await db.transaction(async (tx): Promise<Settled> => {
        const managerId =
          refugee.ags === ags && refugee.managerId !== undefined ? refugee.managerId : await county.managerFor(tx, ags);
        const now = clock.now();
        const waitsAlready = managerId === undefined && (await store.findWaiting(tx, refugee.personId)) !== undefined;
        await store.updateRefugee(tx, refugee.personId, {
          ags,
          housing: 'municipality',
          managerId: managerId ?? null,
          // Who waits keeps her place in the list, also after giving her town again.
          ...(!waitsAlready && { waitingSince: managerId === undefined ? toDate(now) : null }),
        });
        if (managerId !== undefined) return { status: 'assigned', managerId };
        const coordinators = await store.listCoordinators(tx, responsible.carrier?.id);
        await oweNotices(
          tx,
          coordinators.map((personId) => waitingNotice(personId, refugee.personId, ags, now)),
        );
        return { status: 'waiting' };
      });
      deps.wake();
      return settled;
    },

    setInterpreter: (refugee, language) =>
      store.updateRefugee(db, refugee.personId, {
        interpreter: language !== undefined,
        interpreterLanguage: language ?? null,
      }),

    async setNickname(refugee, nickname) {
      const cut = oneLine(nickname ?? '', NICKNAME_LENGTH) || undefined;
      const sealed = cut === undefined ? null : seal.seal('nickname', cut);
      await store.updateRefugee(db, refugee.personId, { nickname: sealed });
      return cut;
    },

    async invite(by, wish) {
      const draft = withinScope(by, wish);
      const token = newToken();
      const now = clock.now();
      const expiresAt = instant(now + INVITE_DAYS * 86_400_000);
      await db.transaction(async (tx) => {
        const managerId = draft.role === 'manager' ? newId() : undefined;
        if (draft.role === 'manager' && managerId !== undefined) {
          await store.insertManager(tx, { ...draft, id: managerId, since: dayOf(now) });
        }
        const invite = {
          id: newId(),
          tokenHash: hashToken(token),
          draft,
          managerId,
          circleId: draft.role === 'volunteer' ? await circleOf(tx, draft.circle, now) : undefined,
          invitedBy: by?.personId,
          now,
          expiresAt,
        };
        await store.insertInvite(tx, invite);
        const carrierId = 'carrierId' in draft ? draft.carrierId : by?.carrierId;
        const subject = `${draft.role}:${managerId ?? invite.id}`;
        if (by !== undefined) await deps.journal(tx, by, { act: 'invited', subject, carrierId }, now);
      });
      return { token, expiresAt };
    },

    async openInvite(token) {
      const row = await store.findUsableInvite(db, hashToken(token), clock.now());
      return row === null ? undefined : { role: row.role as OpenInvite['role'], name: row.name };
    },

    async acceptInvite(telegramId, locale, token) {
      const result = await db
        .transaction(async (tx) => {
          const now = clock.now();
          if ((await store.findUsableInvite(tx, hashToken(token), now)) === null) return 'invalid' as const;
          const personId = await ensurePerson(tx, telegramId, locale, 'volunteer');
          const invite = await store.consumeInvite(tx, hashToken(token), personId, now);
          if (invite === undefined) throw new InviteTaken();
          if (invite.invitedBy === null || invite.role === 'volunteer') {
            return (await grant(tx, personId, invite)) ? ('joined' as const) : ('invalid' as const);
          }
          const key = `invite-opened:${invite.id}`;
          await oweNotices(tx, [
            { kind: 'invite-opened', personId: invite.invitedBy, subjectId: invite.id, dueAt: now, key },
          ]);
          return 'waiting' as const;
        })
        .catch((error: unknown) => {
          if (error instanceof InviteTaken) return 'invalid' as const;
          throw error;
        });
      deps.wake();
      return result;
    },

    async confirmInvite(by, inviteId, yes) {
      const result = await db.transaction(async (tx) => {
        const invite = await store.findOpenedInvite(tx, inviteId, by.personId);
        if (invite?.personId == null || !(await store.deleteInvite(tx, invite.id))) return 'gone' as const;
        const granted = yes && (await grant(tx, invite.personId, invite));
        if (!granted && invite.managerId !== null) await store.deleteManagerNeverJoined(tx, invite.managerId);
        const kind = granted ? 'role-granted' : 'role-refused';
        const subject = `${invite.role}:${invite.managerId ?? invite.id}`;
        const act = {
          act: granted ? 'confirmed' : 'refused',
          subject,
          carrierId: invite.carrierId ?? undefined,
        } as const;
        await deps.journal(tx, by, act, clock.now());
        const key = `${kind}:${invite.id}`;
        await oweNotices(tx, [{ kind, personId: invite.personId, subjectId: invite.role, dueAt: clock.now(), key }]);
        return granted ? ('confirmed' as const) : ('refused' as const);
      });
      deps.wake();
      return result;
    },

    async waiting({ carrierId }, page) {
      const today = dayOf(clock.now());
      const rows = await store.listWaiting(db, carrierId, today, page * WAITING_PAGE, WAITING_PAGE);
      const people = rows.map((row) => ({
        personId: row.personId,
        number: row.number,
        municipality: row.municipality?.name,
        since: fromDate(row.waitingSince ?? toDate(clock.now())),
      }));
      return { total: await store.countWaiting(db, carrierId, today), people };
    },

    async erase(member) {
      const erased = await db.transaction(async (tx) => {
        const sum = { appointmentsCancelled: 0, messagesForgotten: 0 };
        const now = clock.now();
        const managerId = await store.markLeft(tx, member.personId, now);
        for (const eraser of deps.erasers) {
          const part = await eraser(tx, { ...member, managerId }, now);
          sum.appointmentsCancelled += part.appointmentsCancelled ?? 0;
          sum.messagesForgotten += part.messagesForgotten ?? 0;
        }
        sum.messagesForgotten += await store.countOpenNotices(tx, member.personId);
        await store.deleteFlow(tx, member.telegramId);
        await store.deleteMentions(tx, member.personId);
        await store.deletePerson(tx, member.personId);
        return sum;
      });
      deps.wake();
      return erased;
    },

    async markUnreachable(telegramId) {
      return (await store.setUnreachable(db, telegramId, clock.now()))[0];
    },

    async markReachable(telegramId) {
      await store.setUnreachable(db, telegramId, undefined);
    },

    counsellors: store.listCounsellors,

    forgetInvites: () => store.deleteOldInvites(db, clock.now()),
  };
}

interface GrantedInvite {
  readonly role: string;
  readonly name: string;
  readonly carrierId: string | null;
  readonly managerId: string | null;
  readonly circleId: string | null;
}

/** A carrier's coordinator invites for her own carrier only, whatever she asked for. */
function withinScope(by: Coordinator | undefined, draft: InviteDraft): InviteDraft {
  const carrierId = by?.carrierId;
  return carrierId === undefined || draft.role === 'volunteer' || draft.role === 'counsellor'
    ? draft
    : { ...draft, carrierId };
}

/** Two people opened one link at once; the transaction of the second is undone. */
class InviteTaken extends Error {}

const drawNumber = (digits: number): number => randomNumber(10 ** (digits - 1), 10 ** digits - 1);
