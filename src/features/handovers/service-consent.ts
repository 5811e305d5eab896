import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { hashToken, type Seal } from '../../platform/crypto.ts';
import type { Database } from '../../platform/database.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Actor } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import type { ExtraPurpose, Handover } from './model.ts';
import { owed } from './owed.ts';
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
  readonly team: Team;
}

export interface ConsentDesk {
  /** Who asks, and nothing else, until somebody says that it is for her. Leaves no trace. */
  openLink(
    actor: Actor,
    token: string,
  ): Promise<{ readonly status: 'open'; readonly volunteer: string; readonly circle: string } | Refusal>;
  /** She says that it is for her: from now on the link is hers alone, and she sees everything. */
  claim(actor: Actor, token: string): Promise<({ readonly status: 'claimed' } & Asked) | Refusal>;
  /** She agrees: the case goes to the team, and she gets a record and a number if she has none. Once. */
  agree(
    actor: Actor,
    locale: Locale,
    token: string,
    purposes: readonly ExtraPurpose[],
  ): Promise<{ readonly status: 'sent' } | Refusal>;
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
  const { db, clock, seal, people, team, sending } = deps;
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
      if (found.town === undefined) return problem('invalid');
      return {
        status: 'claimed',
        handover: found,
        content: openContent(seal, await store.readSealed(db, found.id)),
        team: await team(db, found.town.ags, actor.kind === 'refugee' ? actor.managerId : undefined),
      };
    },

    async agree(actor, locale, token, purposes) {
      const found = await look(actor, token);
      if (typeof found === 'string') return problem(found);
      const isSent = await db
        .transaction(async (tx) => {
          if (!(await flow.hold(tx, found.id, 'waiting'))) throw new Overtaken();
          if ((await flow.useLink(tx, hashToken(token), markOf(actor), clock.now())) === undefined)
            throw new Overtaken();
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
