import type { DueNotice } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import type { Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { View } from '../../telegram/view.ts';
import type { CountyService } from '../county/service.ts';
import type { Handover, Status } from './model.ts';
import type { HandoverNotice } from './owed.ts';
import type { HandoversService } from './service.ts';
import * as store from './store.ts';
import * as views from './views.ts';
import { notTaken, taken } from './views-consent.ts';
import * as desk from './views-desk.ts';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<View | undefined>;
type Say = (t: Translator, one: Handover, notice: DueNotice) => Promise<View | undefined>;

/** What each notice says, after reading the truth again: silence when it is no longer true or no longer her affair. */
export function handoverNotices(deps: {
  db: Db;
  county: CountyService;
  handovers: HandoversService;
}): Record<HandoverNotice, Renderer> {
  const { db, county } = deps;
  const teamOf = async (one: Handover) => (one.town === undefined ? undefined : deps.handovers.teamOf(one.town.ags));
  const about =
    (statuses: readonly Status[], say: Say): Renderer =>
    async (t, notice) => {
      const one = await store.findHandover(db, notice.subjectId);
      return one === undefined || !statuses.includes(one.status) ? undefined : say(t, one, notice);
    };
  /** Only while the case is still hers: whoever has left the circle hears nothing of it. */
  const forVolunteer = (statuses: readonly Status[], say: Say): Renderer =>
    about(statuses, async (t, one, notice) =>
      one.volunteer?.personId === notice.personId ? say(t, one, notice) : undefined,
    );
  const forRefugee = (statuses: readonly Status[], say: Say): Renderer =>
    about(statuses, async (t, one, notice) =>
      one.refugee?.personId === notice.personId ? say(t, one, notice) : undefined,
    );
  const status: Say = async (t, one) => views.told(t, views.statusText(t, one, county.facts, await teamOf(one)));

  return {
    'handover-new': about(['sent'], async (t, one) => desk.newCase(t, one)),
    'handover-off': about(['revoked'], async (t, one) => desk.caseOff(t, one)),
    'handover-moved': about(['accepted'], async (t, one) =>
      one.refugee === undefined || one.manager === undefined
        ? undefined
        : desk.caseMoved(t, one.refugee.number, one.manager.name),
    ),
    'handover-nobody': about(['sent'], async (t, one) => desk.nobodyThere(t, one)),
    'handover-sent': forVolunteer(['sent'], async (t, one) => {
      return views.told(t, views.agreedText(t), views.statusText(t, one, county.facts, await teamOf(one)));
    }),
    'handover-refused': forVolunteer(['refused'], status),
    'handover-accepted': forVolunteer(['accepted'], status),
    'handover-declined': forVolunteer(['declined', 'lapsed'], status),
    'handover-returned': forVolunteer(['sent'], async (t, one) => {
      const name = await store.lastManager(db, one.id);
      return views.told(t, views.returnedText(t, one, name ?? '–'));
    }),
    'handover-ended': forVolunteer(['revoked'], status),
    'handover-taken': forRefugee(['accepted'], async (t, one) => {
      const manager = one.manager === undefined ? undefined : await county.manager(one.manager.id);
      return manager === undefined ? undefined : taken(t, one.kind ?? 'referral', manager.name, manager.carrier);
    }),
    'handover-not-taken': forRefugee(['declined', 'lapsed'], async (t, one) => notTaken(t, one.reason, county.facts)),
  };
}
