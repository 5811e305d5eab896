import { hashToken } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';
import type { SignedVolunteer } from '../people/model.ts';
import type { Agreement, ExtraPurpose, Handover } from './model.ts';
import { nextField } from './rules.ts';
import { isPaperDay } from './rules-consent.ts';
import { type Asked, type ConsentDeps, Overtaken } from './service-consent.ts';
import { openContent } from './service-drafts.ts';
import * as store from './store.ts';
import * as flow from './store-flow.ts';

export type SentHere = { readonly status: 'sent'; readonly number: number };

/** Consent without an account of her own: on the volunteer's phone, or on a signed paper. */
export interface PresentDesk {
  /** What the person reads on the volunteer's phone, with a mark of it. Undefined for what is no complete draft. */
  readHere(volunteer: SignedVolunteer, id: string): Promise<(Asked & { readonly stamp: string }) | undefined>;
  /** `changed`: the draft is not what she has read any more. */
  agreeHere(
    volunteer: SignedVolunteer,
    id: string,
    said: { readonly locale: Locale; readonly purposes: readonly ExtraPurpose[]; readonly stamp: string },
  ): Promise<SentHere | { readonly status: 'changed' | 'gone' }>;
  refuseHere(volunteer: SignedVolunteer, id: string): Promise<boolean>;
  /** `date`: the paper is too old, or of a day that is yet to come. */
  agreeOnPaper(
    volunteer: SignedVolunteer,
    id: string,
    paper: { readonly locale: Locale; readonly purposes: readonly ExtraPurpose[]; readonly day: Day },
  ): Promise<SentHere | { readonly status: 'date' | 'gone' }>;
  /** Whether this is the secret of a link that she made and that can still be used. */
  isOwnLink(volunteer: SignedVolunteer, token: string): Promise<boolean>;
  today(): Day;
}

export function createPresentDesk(deps: ConsentDeps): PresentDesk {
  const { db, clock, seal, people, team } = deps;
  const find = (tx: Db, volunteer: SignedVolunteer, id: string) => store.findOfVolunteer(tx, volunteer.volunteerId, id);
  const isAskable = (one: Handover | undefined): one is Handover =>
    one !== undefined && (one.status === 'draft' || one.status === 'waiting') && nextField(one) === undefined;

  async function asked(tx: Db, one: Handover): Promise<(Asked & { readonly stamp: string }) | undefined> {
    if (one.town === undefined) return undefined;
    const content = openContent(seal, await store.readSealed(tx, one.id));
    const { status: _, ...read } = one;
    const stamp = seal.mark(`read:${JSON.stringify([read, content])}`);
    return { handover: one, content, team: await team(tx, one.town.ags), stamp };
  }

  /** Draft, or already asked by a link: that link ends, and the case is this transaction's. */
  async function seize(tx: Db, volunteer: SignedVolunteer, id: string): Promise<Handover | undefined> {
    if (!(await flow.askConsent(tx, volunteer.volunteerId, id))) return undefined;
    const one = await find(tx, volunteer, id);
    if (!isAskable(one)) throw new Overtaken();
    await flow.deleteLink(tx, id);
    return one;
  }

  const undone = (error: unknown): undefined => {
    if (error instanceof Overtaken) return undefined;
    throw error;
  };

  async function sendRecorded(tx: Db, id: string, agreement: Agreement): Promise<SentHere> {
    const { personId, number } = await people.recordWithin(tx, agreement.locale);
    if (!(await deps.sending(tx, id, personId, agreement))) throw new Overtaken();
    return { status: 'sent', number };
  }

  /** The same press again says what it said before. */
  async function repeated(volunteer: SignedVolunteer, id: string): Promise<SentHere | { readonly status: 'gone' }> {
    const one = await find(db, volunteer, id);
    return one?.status === 'sent' && one.isRecorded && one.refugee !== undefined
      ? { status: 'sent', number: one.refugee.number }
      : { status: 'gone' };
  }

  return {
    async readHere(volunteer, id) {
      const one = await find(db, volunteer, id);
      return isAskable(one) ? asked(db, one) : undefined;
    },

    async agreeHere(volunteer, id, { locale, purposes, stamp }) {
      let isChanged = false;
      const result = await db
        .transaction(async (tx) => {
          const one = await seize(tx, volunteer, id);
          if (one === undefined) return undefined;
          isChanged = (await asked(tx, one))?.stamp !== stamp;
          if (isChanged) throw new Overtaken();
          return sendRecorded(tx, id, { way: 'phone', locale, purposes });
        })
        .catch(undone);
      deps.wake();
      if (isChanged) return { status: 'changed' };
      return result ?? repeated(volunteer, id);
    },

    async refuseHere(volunteer, id) {
      const isRefused = await db
        .transaction(async (tx) => {
          const now = clock.now();
          if ((await seize(tx, volunteer, id)) === undefined) return false;
          await flow.refuse(tx, id, now);
          await flow.insertEvent(tx, { handoverId: id, kind: 'refused', by: 'refugee', now });
          return true;
        })
        .catch(undone);
      return isRefused === true;
    },

    async agreeOnPaper(volunteer, id, { locale, purposes, day }) {
      if (!isPaperDay(day, dayOf(clock.now()))) return { status: 'date' };
      const result = await db
        .transaction(async (tx) => {
          if ((await seize(tx, volunteer, id)) === undefined) return undefined;
          return sendRecorded(tx, id, { way: 'paper', locale, purposes, paperDay: day });
        })
        .catch(undone);
      deps.wake();
      return result ?? repeated(volunteer, id);
    },

    async isOwnLink(volunteer, token) {
      const link = await flow.findLink(db, hashToken(token));
      if (link === undefined || link.isUsed || link.expiresAt <= clock.now()) return false;
      return (await find(db, volunteer, link.handoverId))?.status === 'waiting';
    },

    today: () => dayOf(clock.now()),
  };
}
