import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { hashToken, type Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Actor } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import type { ExtraPurpose, Handover } from './model.ts';
import { owed } from './owed.ts';
import { isOpen } from './rules-consent.ts';
import { type Content, openContent } from './service-drafts.ts';
import type { Sending } from './service-sending.ts';
import type { Team, TeamOf } from './service-team.ts';
import * as store from './store.ts';
import * as flow from './store-flow.ts';

/**
 * Why a link opens nothing. `own`: the volunteer herself opened it. `staff`: somebody who is nobody's client here.
 * `elsewhere`: somebody else has said before that it is for her. `invalid`: never made, taken back, or erased.
 */
export type LinkProblem = 'own' | 'staff' | 'elsewhere' | 'used' | 'expired' | 'invalid';
export type Refusal = { readonly status: 'problem'; readonly problem: LinkProblem };

/** What the refugee reads before she decides. */
export interface Asked {
  readonly handover: Handover;
  readonly content: Content;
  /** Somebody would get it: nobody is asked to agree to nobody. */
  readonly team: Team;
  /** A mark of all of this: what was changed since she has read it is read again. */
  readonly stamp: string;
}

/** What she reads of a draft that is complete; `ownManagerId` is whose she is already. Undefined where nobody would get it. */
export type Asking = (tx: Db, one: Handover, ownManagerId?: string) => Promise<Asked | undefined>;

export const createAsking =
  ({ seal, team }: { readonly seal: Seal; readonly team: TeamOf }): Asking =>
  async (tx, one, ownManagerId) => {
    if (one.town === undefined) return undefined;
    const found = await team(tx, one.town.ags, ownManagerId);
    if (found.managers.length === 0) return undefined;
    const content = openContent(seal, await store.readSealed(tx, one.id));
    const { status: _, ...read } = one;
    // Who has most room changes; who they are is what she agrees to.
    const receivers = [found.carrier?.id, ...found.managers.map(({ id }) => id).sort()];
    return {
      handover: one,
      content,
      team: found,
      stamp: seal.mark(`read:${JSON.stringify([read, content, receivers])}`),
    };
  };

export interface ConsentDesk {
  /** Who asks, and nothing else, until somebody says that it is for her. Leaves no trace. */
  openLink(
    actor: Actor,
    token: string,
  ): Promise<{ readonly status: 'open'; readonly volunteer: string; readonly circle: string } | Refusal>;
  /** She says that it is for her: from now on the link is hers alone, and she sees everything. */
  claim(actor: Actor, token: string): Promise<({ readonly status: 'claimed' } & Asked) | Refusal>;
  /**
   * She agrees: the case goes to the team, and she gets a record and a number if she has none. Once. `changed`: it is not
   * what she has read any more, because others would get it.
   */
  agree(
    actor: Actor,
    token: string,
    said: { readonly locale: Locale; readonly purposes: readonly ExtraPurpose[]; readonly stamp: string },
  ): Promise<{ readonly status: 'sent' } | { readonly status: 'changed' } | Refusal>;
  /** She does not: everything that was written about her goes, and the volunteer is told. */
  refuse(actor: Actor, token: string): Promise<{ readonly status: 'refused' } | Refusal>;
}

export interface ConsentDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly people: PeopleService;
  readonly team: TeamOf;
  readonly sending: Sending;
  wake(): void;
}

export function createConsentDesk(deps: ConsentDeps): ConsentDesk {
  const { db, clock, seal, people, sending } = deps;
  const asking = createAsking(deps);
  /** Whose she is already, in whichever role she writes now. */
  const managerOf = async (tx: Db, actor: Actor) =>
    actor.kind === 'stranger' ? undefined : people.managerWithin(tx, actor.personId);
  /** No account is known before consent: the link remembers a keyed mark that nobody can turn back. */
  const markOf = (actor: Actor) => seal.mark(`consent:${actor.telegramId}`);
  const problem = (why: LinkProblem): Refusal => ({ status: 'problem', problem: why });

  async function look(actor: Actor, token: string): Promise<Handover | LinkProblem> {
    const link = await flow.findLink(db, hashToken(token));
    const handover = link === undefined ? undefined : await store.findHandover(db, link.handoverId);
    if (link === undefined || handover === undefined) return 'invalid';
    if (actor.kind !== 'stranger' && handover.volunteer?.personId === actor.personId) return 'own';
    if (link.isUsed) return 'used';
    if (actor.kind !== 'stranger' && !actor.roles.includes('refugee')) return 'staff';
    if (link.expiresAt <= clock.now()) return 'expired';
    if (link.claimedBy !== undefined && link.claimedBy !== markOf(actor)) return 'elsewhere';
    return handover.status === 'waiting' ? handover : 'invalid';
  }

  /** Whether it was she who agreed with this link, and somebody has her case or may take it. */
  async function isAgreed(actor: Actor, token: string): Promise<boolean> {
    const link = actor.kind === 'stranger' ? undefined : await flow.findLink(db, hashToken(token));
    const one = link === undefined ? undefined : await store.findHandover(db, link.handoverId);
    return (
      one !== undefined && isOpen(one.status) && actor.kind !== 'stranger' && one.refugee?.personId === actor.personId
    );
  }

  return {
    async openLink(actor, token) {
      const found = await look(actor, token);
      if (typeof found === 'string') return problem(found);
      return { status: 'open', volunteer: found.volunteer?.name ?? '', circle: found.circle.name };
    },

    async claim(actor, token) {
      const found = await look(actor, token);
      if (typeof found === 'string') return problem(found);
      if (!(await flow.claimLink(db, hashToken(token), markOf(actor), clock.now()))) return problem('elsewhere');
      const asked = await asking(db, found, await managerOf(db, actor));
      return asked === undefined ? problem('invalid') : { status: 'claimed', ...asked };
    },

    async agree(actor, token, { locale, purposes, stamp }) {
      const found = await look(actor, token);
      // The same press again says what it said before.
      if (found === 'used' && (await isAgreed(actor, token))) return { status: 'sent' };
      if (typeof found === 'string') return problem(found);
      let isChanged = false;
      const isSent = await db
        .transaction(async (tx) => {
          if (!(await flow.hold(tx, found.id, 'waiting'))) throw new Overtaken();
          if ((await flow.useLink(tx, hashToken(token), markOf(actor), clock.now())) === undefined)
            throw new Overtaken();
          isChanged = (await asking(tx, found, await managerOf(tx, actor)))?.stamp !== stamp;
          if (isChanged) throw new Overtaken();
          const refugeeId = await people.agreeWithin(tx, actor.telegramId, locale);
          if (!(await sending(tx, found.id, refugeeId, { way: 'link', locale, purposes }))) throw new Overtaken();
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof Overtaken) return false;
          throw error;
        });
      deps.wake();
      if (isSent) return { status: 'sent' };
      if (isChanged) return { status: 'changed' };
      // Whoever never said that it is for her, or was overtaken: what is true now is said.
      const now = await look(actor, token);
      return problem(typeof now === 'string' ? now : 'invalid');
    },

    async refuse(actor, token) {
      const found = await look(actor, token);
      if (typeof found === 'string') return problem(found);
      const isRefused = await db.transaction(async (tx) => {
        const now = clock.now();
        if (!(await flow.hold(tx, found.id, 'waiting'))) return false;
        if ((await flow.useLink(tx, hashToken(token), markOf(actor), now)) === undefined) return false;
        await flow.refuse(tx, found.id, now);
        await flow.insertEvent(tx, { handoverId: found.id, kind: 'refused', by: 'refugee', now });
        await oweNotices(tx, owed('handover-refused', found.volunteer?.personId, found.id, now));
        return true;
      });
      deps.wake();
      return isRefused ? { status: 'refused' } : problem('invalid');
    },
  };
}

/** Two pressed at once, or it was taken back; the transaction of the second is undone. */
export class Overtaken extends Error {}
