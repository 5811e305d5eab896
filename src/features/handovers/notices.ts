import type { DueNotice } from '../../delivery/outbox.ts';
import type { Db } from '../../platform/database.ts';
import { dayOf, type Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { View } from '../../telegram/view.ts';
import type { CountyService } from '../county/service.ts';
import type { Handover, Status } from './model.ts';
import type { HandoverNotice } from './owed.ts';
import { escalatesAt, type IsHoliday } from './rules-deadlines.ts';
import type { HandoversService } from './service.ts';
import * as store from './store.ts';
import { findAgreeing } from './store-alike.ts';
import * as views from './views.ts';
import { bookedForYou } from './views-booking.ts';
import * as cases from './views-cases.ts';
import { notTaken, taken } from './views-consent.ts';
import * as desk from './views-desk.ts';
import { newMessage } from './views-thread.ts';

type Renderer = (t: Translator, notice: DueNotice, now: Instant) => Promise<View | undefined>;
type Say = (t: Translator, one: Handover, notice: DueNotice) => Promise<View | undefined>;

/** What each notice says, after reading the truth again: silence when it is no longer true or no longer her affair. */
export function handoverNotices(deps: {
  db: Db;
  county: CountyService;
  handovers: HandoversService;
  isHoliday: IsHoliday;
  /** Of the card that she shows at the door. */
  german: Translator;
}): Record<HandoverNotice, Renderer> {
  const { db, county, handovers } = deps;
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
    about(statuses, async (t, one, notice) => {
      // What a manager has joined to her record by hand may be another's: she reads nothing of it.
      const isHers = one.refugee?.personId === notice.personId && (await findAgreeing(db, one.id)) === notice.personId;
      return isHers ? say(t, one, notice) : undefined;
    });
  const status: Say = async (t, one) => views.told(t, views.statusText(t, one, county.facts, await teamOf(one)));

  /** Whoever the notice's data names by id. */
  const nameIn = async (notice: DueNotice, key: string): Promise<string> =>
    (await county.manager(String(notice.data[key])))?.name ?? '–';

  return {
    'handover-remind': about(['sent'], async (t, one) => cases.remindTeam(t, one)),
    'handover-call': about(['sent'], async (t, one) => cases.callDuty(t, one)),
    'handover-passed': about(['sent'], async (t, one, notice) =>
      cases.passedToYou(t, one, await nameIn(notice, 'from')),
    ),
    'handover-withdrawn': about(['withdrawn'], async (t, one) => cases.teamWithdrawn(t, one)),
    'handover-stuck': about(['sent'], async (t, one) => cases.stuckNotice(t, one, await teamOf(one))),
    'handover-reminded': forVolunteer(['sent'], async (t, one) => {
      const day = dayOf(escalatesAt(one.waitsSince ?? one.createdAt, deps.isHoliday));
      const names = await handovers.coordinatorNames(one);
      return views.told(t, cases.remindedText(t, one, await teamOf(one), names, day));
    }),
    'handover-called': forVolunteer(['sent'], async (t, _, notice) =>
      views.told(t, cases.calledText(t, await nameIn(notice, 'duty'), county.facts)),
    ),
    'handover-escalated': forVolunteer(['sent'], async (t, one) =>
      views.told(t, cases.escalatedText(t, one, await handovers.coordinatorNames(one), county.facts)),
    ),
    'handover-passed-on': forVolunteer(['sent'], async (t, one, notice) =>
      views.told(t, cases.passedOnText(t, one, await nameIn(notice, 'from'), await teamOf(one))),
    ),
    'handover-answer': about(['sent', 'accepted'], async (t, one) => (one.mayTalk ? newMessage(t, one) : undefined)),
    'handover-question': forVolunteer(['sent', 'accepted'], async (t, one) =>
      one.mayTalk ? newMessage(t, one) : undefined,
    ),
    'handover-done': forVolunteer(['done'], status),
    'handover-back': forRefugee(['sent'], async (t, one) =>
      cases.backToTeam(t, (await store.lastManager(db, one.id)) ?? '–'),
    ),
    'handover-helped': forRefugee(['done'], async (t, one) =>
      cases.helped(t, one, one.manager?.name ?? '–', county.facts),
    ),
    'handover-stopped': forRefugee(['withdrawn'], async (t, one) => cases.stopped(t, one, county.facts)),
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
    'handover-booked': async (t, notice) => {
      // The case may have ended since; the appointment is hers all the same.
      const appointment = await handovers.toTell(notice.personId, notice.subjectId);
      const one = await store.findHandover(db, String(notice.data.case));
      const name = one?.volunteer?.name ?? one?.circle.name ?? '–';
      return appointment === undefined ? undefined : bookedForYou(t, deps.german, appointment, name);
    },
    'handover-not-taken': forRefugee(['declined', 'lapsed'], async (t, one) => notTaken(t, one.reason, county.facts)),
  };
}
