import type { Clock } from '../../platform/clock.ts';
import { hashToken, newId, newToken, type Seal } from '../../platform/crypto.ts';
import type { Database } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { SignedVolunteer } from '../people/model.ts';
import {
  CHOICES,
  type ChoiceField,
  type Field,
  type Handover,
  type Kind,
  MOST_DRAFTS,
  type Status,
  type Urgency,
} from './model.ts';
import { linkExpiresAt, mayBeEmpty, nextField, parsePhone } from './rules.ts';
import { type Finding, findingsIn } from './rules-text.ts';
import type { Team, TeamOf } from './service-team.ts';
import * as store from './store.ts';
import * as flow from './store-flow.ts';

export interface Content {
  readonly text: string | undefined;
  readonly phone: string | undefined;
}

/** What a volunteer does with her own cases. Another's, and what is no draft any more, is not there. */
export interface VolunteerDesk {
  /** Begins a draft under the id that its screen drew; undefined when she has too many open. */
  begin(volunteer: SignedVolunteer, id: string): Promise<Handover | undefined>;
  mine(volunteer: SignedVolunteer): Promise<readonly Handover[]>;
  mineOne(volunteer: SignedVolunteer, id: string): Promise<Handover | undefined>;
  content(volunteer: SignedVolunteer, id: string): Promise<Content>;
  teamOf(ags: string): Promise<Team>;
  /** The municipality counts as an answer only where somebody would get the case. */
  setTown(volunteer: SignedVolunteer, id: string, ags: string): Promise<Team | undefined>;
  setKind(volunteer: SignedVolunteer, id: string, kind: Kind): Promise<boolean>;
  setUrgency(volunteer: SignedVolunteer, id: string, urgency: Urgency): Promise<boolean>;
  /** Adds a choice or takes it back; unknown values change nothing. */
  toggle(volunteer: SignedVolunteer, id: string, field: ChoiceField, value: string): Promise<boolean>;
  toggleInterpreter(volunteer: SignedVolunteer, id: string): Promise<boolean>;
  /** Settles a question. `empty`: it needs an answer. `phone`: a number is to be given, or looked at where there is one. */
  finish(volunteer: SignedVolunteer, id: string, field: Field): Promise<'done' | 'empty' | 'phone' | 'gone'>;
  /** Keeps a text, sealed. What obviously should not stand in it is named, and the question stays open. */
  writeText(volunteer: SignedVolunteer, id: string, text: string): Promise<readonly Finding[] | 'gone'>;
  keepText(volunteer: SignedVolunteer, id: string): Promise<boolean>;
  writePhone(volunteer: SignedVolunteer, id: string, phone: string): Promise<'kept' | 'unreadable' | 'gone'>;
  drop(volunteer: SignedVolunteer, id: string): Promise<boolean>;
  /** A one-time link for the refugee; an earlier one stops working. Its secret is shown once. */
  askConsent(
    volunteer: SignedVolunteer,
    id: string,
  ): Promise<
    | { readonly status: 'made'; readonly token: string; readonly expiresAt: Instant }
    | { readonly status: 'incomplete' | 'gone' }
  >;
  /** The link stops working and the draft can be corrected. */
  takeBack(volunteer: SignedVolunteer, id: string): Promise<boolean>;
  /** How many cases of her circle stand where: for its speaker only. */
  counts(volunteer: SignedVolunteer): Promise<ReadonlyMap<Status, number> | undefined>;
}

export interface DraftsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly team: TeamOf;
}

export function createVolunteerDesk(deps: DraftsDeps): VolunteerDesk {
  const { db, clock, seal, team } = deps;
  const find = (volunteer: SignedVolunteer, id: string) => store.findOfVolunteer(db, volunteer.volunteerId, id);
  const draft = async (volunteer: SignedVolunteer, id: string) => {
    const found = await find(volunteer, id);
    return found?.status === 'draft' ? found : undefined;
  };

  const desk: VolunteerDesk = {
    async begin(volunteer, id) {
      const { volunteerId, circleId } = volunteer;
      const insert = (key: string) =>
        store.insertDraft(db, { id: key, volunteerId, circleId, limit: MOST_DRAFTS, now: clock.now() });
      await insert(id);
      const own = await find(volunteer, id);
      if (own !== undefined) return own;
      // The id is somebody else's, or there are too many.
      const other = newId();
      await insert(other);
      return find(volunteer, other);
    },
    mine: ({ volunteerId }) => store.listOfVolunteer(db, volunteerId),
    mineOne: find,
    async content(volunteer, id) {
      if ((await find(volunteer, id)) === undefined) return { text: undefined, phone: undefined };
      return openContent(seal, await store.readSealed(db, id));
    },
    teamOf: (ags) => team(db, ags),

    async setTown({ volunteerId }, id, ags) {
      const found = await team(db, ags);
      return (await store.writeTown(db, volunteerId, id, ags, found.managers.length > 0)) ? found : undefined;
    },
    setKind: ({ volunteerId }, id, kind) => store.writeOne(db, volunteerId, id, 'kind', kind),
    setUrgency: ({ volunteerId }, id, urgency) => store.writeOne(db, volunteerId, id, 'urgency', urgency),
    async toggle({ volunteerId }, id, field, value) {
      const offered: readonly string[] = CHOICES[field];
      return offered.includes(value) && store.toggle(db, volunteerId, id, field, value);
    },
    toggleInterpreter: ({ volunteerId }, id) => store.toggleInterpreter(db, volunteerId, id),

    async finish(volunteer, id, field) {
      const { volunteerId } = volunteer;
      const found = await draft(volunteer, id);
      if (found === undefined) return 'gone';
      if (field === 'text') await store.writeSealed(db, volunteerId, id, 'text', undefined);
      else if (!(field in CHOICES)) return 'empty';
      else if (found[field as ChoiceField].length === 0 && !mayBeEmpty(field)) return 'empty';
      if (field === 'reach') {
        const byPhone = found.reach.includes('phone');
        if (byPhone) {
          const isKept = await store.settle(db, volunteerId, id, 'reach', found.hasPhone);
          return isKept ? 'phone' : 'gone';
        }
        await store.writeSealed(db, volunteerId, id, 'phone', undefined);
      }
      return (await store.settle(db, volunteerId, id, field, true)) ? 'done' : 'gone';
    },

    async writeText(volunteer, id, text) {
      const findings = findingsIn(text);
      const { volunteerId } = volunteer;
      const isKept = await store.writeSealed(db, volunteerId, id, 'text', seal.seal('handover-text', text));
      if (!isKept) return 'gone';
      await store.settle(db, volunteerId, id, 'text', findings.length === 0);
      return findings;
    },
    async keepText(volunteer, id) {
      const found = await draft(volunteer, id);
      return found?.hasText === true && store.settle(db, volunteer.volunteerId, id, 'text', true);
    },
    async writePhone(volunteer, id, typed) {
      const phone = parsePhone(typed);
      if (phone === undefined) return 'unreadable';
      const { volunteerId } = volunteer;
      const isKept = await store.writeSealed(db, volunteerId, id, 'phone', seal.seal('handover-phone', phone));
      if (!isKept) return 'gone';
      await store.settle(db, volunteerId, id, 'reach', true);
      return 'kept';
    },
    drop: ({ volunteerId }, id) => store.deleteDraft(db, volunteerId, id),

    async askConsent(volunteer, id) {
      const found = await find(volunteer, id);
      if (found === undefined || !(found.status === 'draft' || found.status === 'waiting')) return { status: 'gone' };
      if (nextField(found) !== undefined || found.town === undefined) return { status: 'incomplete' };
      if ((await team(db, found.town.ags)).managers.length === 0) return { status: 'incomplete' };
      const token = newToken();
      const now = clock.now();
      const expiresAt = linkExpiresAt(found.createdAt, now);
      const isAsked = await db.transaction(async (tx) => {
        if (!(await flow.askConsent(tx, volunteer.volunteerId, id))) return false;
        await flow.insertLink(tx, { handoverId: id, tokenHash: hashToken(token), now, expiresAt });
        if (found.status === 'draft') {
          await flow.insertEvent(tx, { handoverId: id, kind: 'waiting', by: 'volunteer', now });
        }
        return true;
      });
      return isAsked ? { status: 'made', token, expiresAt } : { status: 'gone' };
    },
    takeBack: ({ volunteerId }, id) =>
      db.transaction(async (tx) => {
        if (!(await flow.backToDraft(tx, volunteerId, id))) return false;
        await flow.deleteLink(tx, id);
        return true;
      }),

    async counts({ isSpeaker, circleId }) {
      if (!isSpeaker) return undefined;
      return new Map((await store.countByStatus(db, circleId)).map(({ status, count }) => [status, count]));
    },
  };
  return desk;
}

export const openContent = (seal: Seal, sealed: { text?: Uint8Array; phone?: Uint8Array }): Content => ({
  text: sealed.text === undefined ? undefined : seal.open('handover-text', sealed.text),
  phone: sealed.phone === undefined ? undefined : seal.open('handover-phone', sealed.phone),
});
