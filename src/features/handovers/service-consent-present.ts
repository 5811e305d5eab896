import { hashToken } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';
import type { SignedVolunteer } from '../people/model.ts';
import type { Agreement, ExtraPurpose, Handover } from './model.ts';
import { nextField } from './rules.ts';
import { isOpen, isPaperDay } from './rules-consent.ts';
import { type Asked, type ConsentDeps, Overtaken } from './service-consent.ts';
import { revokeCase } from './service-consent-own.ts';
import { openContent } from './service-drafts.ts';
import * as store from './store.ts';
import * as consent from './store-consent.ts';
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
  /** She who agreed here or on paper takes it back: the case ends, and her record with it. */
  endFor(volunteer: SignedVolunteer, id: string): Promise<boolean>;
  /** Whether her yes was given here or on paper, so that the volunteer may be told that she takes it back. */
  mayEndFor(volunteer: SignedVolunteer, id: string): Promise<boolean>;
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
    const isHere = one !== undefined && one.status === 'sent' && (await isOfRecord(db, one));
    return isHere && one.refugee !== undefined ? { status: 'sent', number: one.refugee.number } : { status: 'gone' };
  }
  const isOfRecord = async (tx: Db, one: Handover): Promise<boolean> => {
    const { way } = await consent.findConsents(tx, one.id);
    return way === 'phone' || way === 'paper';
  };

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

    async endFor(volunteer, id) {
      const isEnded = await db.transaction(async (tx) => {
        const one = await find(tx, volunteer, id);
        if (one === undefined || !(await isOfRecord(tx, one))) return false;
        if (!(await revokeCase(tx, id, clock.now()))) return false;
        const personId = one.refugee?.personId;
        const isRecord = personId !== undefined && !(await consent.hasAccount(tx, personId));
        const hasMore = isRecord && (await store.listOfRefugee(tx, personId, ['sent', 'accepted', 'done'])).length > 0;
        if (isRecord && !hasMore) await people.eraseRecordWithin(tx, personId);
        return true;
      });
      deps.wake();
      return isEnded;
    },

    async mayEndFor(volunteer, id) {
      const one = await find(db, volunteer, id);
      return one !== undefined && isOpen(one.status) && isOfRecord(db, one);
    },

    async isOwnLink(volunteer, token) {
      const link = await flow.findLink(db, hashToken(token));
      if (link === undefined || link.isUsed || link.expiresAt <= clock.now()) return false;
      return (await find(db, volunteer, link.handoverId))?.status === 'waiting';
    },

    today: () => dayOf(clock.now()),
  };
}
