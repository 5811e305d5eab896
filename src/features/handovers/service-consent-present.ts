import { hashToken } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import { type Day, dayOf } from '../../platform/datetime.ts';
import type { Locale } from '../../platform/locale.ts';
import type { SignedVolunteer } from '../people/model.ts';
import type { Agreement, ExtraPurpose, Handover } from './model.ts';
import { nextField } from './rules.ts';
import { isPaperDay } from './rules-consent.ts';
import { type Asked, type ConsentDeps, createAsking, Overtaken } from './service-consent.ts';
import * as store from './store.ts';
import * as flow from './store-flow.ts';

export type SentHere = { readonly status: 'sent'; readonly number: number };

/** Consent without an account of her own: on the volunteer's phone, or on a signed paper. */
export interface PresentDesk {
  /** What the person reads on the volunteer's phone. Undefined for what is no complete draft, or where nobody would get it. */
  readHere(volunteer: SignedVolunteer, id: string): Promise<Asked | undefined>;
  /** `changed`: the draft is not what she has read any more. */
  agreeHere(
    volunteer: SignedVolunteer,
    id: string,
    said: { readonly locale: Locale; readonly purposes: readonly ExtraPurpose[]; readonly stamp: string },
  ): Promise<SentHere | { readonly status: 'changed' | 'gone' }>;
  refuseHere(volunteer: SignedVolunteer, id: string): Promise<boolean>;
  /**
   * `date`: the paper is too old, or of a day that is yet to come. `changed`: the draft is not what the volunteer has
   * compared with the paper any more.
   */
  agreeOnPaper(
    volunteer: SignedVolunteer,
    id: string,
    paper: {
      readonly locale: Locale;
      readonly purposes: readonly ExtraPurpose[];
      readonly day: Day;
      readonly stamp: string;
    },
  ): Promise<SentHere | { readonly status: 'date' | 'changed' | 'gone' }>;
  /** Whether this is the secret of a link that she made and that can still be used. */
  isOwnLink(volunteer: SignedVolunteer, token: string): Promise<boolean>;
  today(): Day;
}

export function createPresentDesk(deps: ConsentDeps): PresentDesk {
  const { db, clock, people } = deps;
  const asking = createAsking(deps);
  const find = (tx: Db, volunteer: SignedVolunteer, id: string) => store.findOfVolunteer(tx, volunteer.volunteerId, id);
  const isAskable = (one: Handover | undefined): one is Handover =>
    one !== undefined && (one.status === 'draft' || one.status === 'waiting') && nextField(one) === undefined;

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

  /** Sends what still is what was read; otherwise says so, and nothing of it is kept. */
  async function sendRead(
    volunteer: SignedVolunteer,
    id: string,
    stamp: string,
    agreement: Agreement,
  ): Promise<SentHere | { readonly status: 'changed' | 'gone' }> {
    let isChanged = false;
    const result = await db
      .transaction(async (tx) => {
        const one = await seize(tx, volunteer, id);
        if (one === undefined) return undefined;
        isChanged = (await asking(tx, one))?.stamp !== stamp;
        if (isChanged) throw new Overtaken();
        return sendRecorded(tx, id, agreement);
      })
      .catch(undone);
    deps.wake();
    if (isChanged) return { status: 'changed' };
    return result ?? repeated(volunteer, id);
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
      return isAskable(one) ? asking(db, one) : undefined;
    },

    agreeHere: (volunteer, id, { locale, purposes, stamp }) =>
      sendRead(volunteer, id, stamp, { way: 'phone', locale, purposes }),

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

    async agreeOnPaper(volunteer, id, { locale, purposes, day, stamp }) {
      if (!isPaperDay(day, dayOf(clock.now()))) return { status: 'date' };
      return sendRead(volunteer, id, stamp, { way: 'paper', locale, purposes, paperDay: day });
    },

    async isOwnLink(volunteer, token) {
      const link = await flow.findLink(db, hashToken(token));
      if (link === undefined || link.isUsed || link.expiresAt <= clock.now()) return false;
      return (await find(db, volunteer, link.handoverId))?.status === 'waiting';
    },

    today: () => dayOf(clock.now()),
  };
}
