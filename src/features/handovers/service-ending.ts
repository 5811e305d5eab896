import { type OwedNotice, oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Database, Db } from '../../platform/database.ts';
import { type Instant, instant } from '../../platform/datetime.ts';
import type { PeopleService } from '../people/service.ts';
import type { Handover } from './model.ts';
import { DRAFT_DAYS, UNACCEPTED_DAYS } from './model.ts';
import { owed } from './owed.ts';
import type { TeamOf } from './service-team.ts';
import * as store from './store.ts';
import * as consent from './store-consent.ts';
import * as flow from './store-flow.ts';
import { forgetVolunteer } from './store-thread.ts';

/** What becomes of cases when somebody goes, and when time passes. */
export interface Ending {
  /** Her drafts go; what she handed over stays with the managers, without her. */
  volunteerLeaves(tx: Db, volunteerId: string): Promise<void>;
  /** Everything about the refugee goes; whoever had it is told no more than that it is off. */
  eraseRefugee(tx: Db, personId: string, telegramId: number | undefined, now: Instant): Promise<void>;
  eraseVolunteer(tx: Db, personId: string): Promise<void>;
  /** What a manager who leaves had accepted, or was asked alone, waits for her team again. */
  managerLeaves(tx: Db, managerId: string, now: Instant): Promise<void>;
  /** Removes drafts after a week, what nobody accepted after a month, and records of people without an account. */
  forgetPast(): Promise<void>;
}

const DAY = 86_400_000;

export function createEnding(deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly people: PeopleService;
  readonly team: TeamOf;
  wake(): void;
}): Ending {
  const { db, clock, seal, people, team } = deps;
  return {
    volunteerLeaves: (tx, volunteerId) => flow.deleteUnsentOf(tx, volunteerId),
    async eraseVolunteer(tx, personId) {
      const volunteerId = await store.volunteerOf(tx, personId);
      if (volunteerId === undefined) return;
      await flow.deleteUnsentOf(tx, volunteerId);
      await forgetVolunteer(tx, volunteerId);
    },

    async eraseRefugee(tx, personId, telegramId, now) {
      const owing: OwedNotice[] = [];
      // She had opened a link and not answered: that is a no, and reads like one.
      const claimed = telegramId === undefined ? [] : await flow.listClaimed(tx, seal.mark(`consent:${telegramId}`));
      for (const id of claimed) {
        const asked = await store.findHandover(tx, id);
        const isRefused = await flow.refuse(tx, id, now);
        await flow.deleteLink(tx, id);
        if (isRefused) owing.push(...owed('handover-refused', asked?.volunteer?.personId, id, now));
      }
      for (const one of await store.listOfRefugee(tx, personId, ['sent', 'accepted'])) {
        owing.push(
          ...owed('handover-ended', one.volunteer?.personId, one.id, now),
          ...owed('handover-off', one.manager?.personId, one.id, now),
        );
        await flow.insertEvent(tx, { handoverId: one.id, kind: 'revoked', by: 'refugee', now });
      }
      await flow.forgetRefugee(tx, personId, now);
      // Nobody is told what she erased by the account that she erases.
      await oweNotices(
        tx,
        owing.filter((notice) => notice.personId !== personId),
      );
    },

    async managerLeaves(tx, managerId, now) {
      await flow.forgetAnswersOf(tx, managerId);
      const returned = [
        ...(await flow.returnAllOf(tx, managerId, now)).map((id) => ({ id, wasHers: true })),
        ...(await flow.clearAddressed(tx, managerId)).map((id) => ({ id, wasHers: false })),
      ];
      const others = async (one: Handover, town: { readonly ags: string }) => {
        const { carrier, managers, present } = await team(tx, town.ags, one.refugee?.managerId);
        const isAnybodyThere = present.some((other) => other !== managerId);
        const readers = await people.accountsOf(
          tx,
          managers.flatMap((manager) => (manager.id === managerId ? [] : [manager.id])),
        );
        const coordinators = isAnybodyThere ? [] : await people.coordinatorsWithin(tx, one.carrierId ?? carrier?.id);
        return [
          ...readers.flatMap((personId) => owed('handover-new', personId, one.id, now)),
          ...coordinators.flatMap((personId) => owed('handover-nobody', personId, one.id, now)),
        ];
      };
      for (const { id, wasHers } of returned) {
        const one = await store.findHandover(tx, id);
        if (one?.town === undefined) continue;
        await flow.insertEvent(tx, { handoverId: id, kind: 'returned', by: 'manager', managerId, now });
        await oweNotices(tx, [
          ...(await others(one, one.town)),
          ...owed('handover-returned', one.volunteer?.personId, id, now),
          // Of a question to one colleague the person has not heard.
          ...(wasHers ? owed('handover-back', one.refugee?.personId, id, now) : []),
        ]);
      }
      // What waited for her team: whoever is left, or has taken over from her, hears that it does.
      for (const one of await store.listSentWhere(tx, managerId)) {
        if (one.town === undefined || returned.some(({ id }) => id === one.id)) continue;
        await oweNotices(tx, await others(one, one.town));
      }
    },

    async forgetPast() {
      const now = clock.now();
      await flow.deleteUnsent(db, instant(now - DRAFT_DAYS * DAY));
      await db.transaction(async (tx) => {
        for (const id of await flow.lapse(tx, instant(now - UNACCEPTED_DAYS * DAY), now)) {
          const one = await store.findHandover(tx, id);
          await flow.insertEvent(tx, { handoverId: id, kind: 'lapsed', by: 'clock', now });
          await oweNotices(tx, [
            ...owed('handover-declined', one?.volunteer?.personId, id, now),
            ...owed('handover-not-taken', one?.refugee?.personId, id, now),
          ]);
        }
      });
      const longAgo = instant(now - UNACCEPTED_DAYS * DAY);
      await db.transaction(async (tx) => {
        for (const personId of await consent.listIdleRecords(tx, longAgo, now)) {
          await people.eraseRecordWithin(tx, personId);
        }
      });
      await flow.deleteEnded(db, longAgo);
      deps.wake();
    },
  };
}
