import { oweNotices } from '../../delivery/outbox.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/crypto.ts';
import type { Db } from '../../platform/database.ts';
import type { PeopleService } from '../people/service.ts';
import type { Agreement } from './model.ts';
import { owed } from './owed.ts';
import { interpreterFor } from './rules.ts';
import type { TeamOf } from './service-team.ts';
import * as store from './store.ts';
import { insertAgreement } from './store-consent.ts';
import * as flow from './store-flow.ts';

/** False where it does not wait for her answer any more; then nothing may be kept of the transaction. */
export type Sending = (tx: Db, id: string, refugeeId: string, agreement: Agreement) => Promise<boolean>;

/** The one way in which a case leaves its draft: consent, status, history, what her record learns, and notices in one transaction. */
export const createSending =
  ({
    clock,
    people,
    team,
  }: {
    readonly clock: Clock;
    readonly people: PeopleService;
    readonly team: TeamOf;
  }): Sending =>
  async (tx, id, refugeeId, agreement) => {
    const now = clock.now();
    const handover = await store.findHandover(tx, id);
    if (handover?.town === undefined) return false;
    const ownManager = await people.managerWithin(tx, refugeeId);
    const { carrier, managers, present } = await team(tx, handover.town.ags, ownManager);
    if (!(await flow.send(tx, { id, refugeeId, carrierId: carrier?.id, now }))) return false;
    await insertAgreement(tx, id, agreement, now, newId);
    // She has read it and agreed: whoever books for her need not know it anew.
    const language = interpreterFor(handover, agreement.locale);
    if (language !== undefined) await people.noteInterpreterWithin(tx, refugeeId, language);
    await flow.insertEvent(tx, { handoverId: id, kind: 'sent', by: 'refugee', now });
    const readers = await people.accountsOf(
      tx,
      managers.map((manager) => manager.id),
    );
    // Whoever is away reads it when she is back; until then it is known to somebody who is there.
    const coordinators = present.length > 0 ? [] : await people.coordinatorsWithin(tx, carrier?.id);
    await oweNotices(tx, [
      ...readers.flatMap((personId) => owed('handover-new', personId, id, now)),
      ...coordinators.flatMap((personId) => owed('handover-nobody', personId, id, now)),
      ...owed('handover-sent', handover.volunteer?.personId, id, now),
    ]);
    return true;
  };
