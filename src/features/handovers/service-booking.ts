import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Day, Instant } from '../../platform/datetime.ts';
import type { Appointment, Slot, Way } from '../appointments/model.ts';
import type { AppointmentsService, Booked } from '../appointments/service.ts';
import type { Refugee, SignedVolunteer } from '../people/model.ts';
import type { PeopleService } from '../people/service.ts';
import type { Handover } from './model.ts';
import { owed } from './owed.ts';
import * as store from './store.ts';
import { findAgreeing } from './store-alike.ts';
import { findConsents } from './store-consent.ts';

/** A volunteer books for the person of her case, with whoever has accepted it, while the person allows that. */
export interface BookingDesk {
  /** Undefined where she may not, or no longer. */
  mayBook(volunteer: SignedVolunteer, id: string): Promise<Handover | undefined>;
  waysFor(volunteer: SignedVolunteer, id: string): Promise<readonly Way[]>;
  daysFor(volunteer: SignedVolunteer, id: string, way: Way): Promise<readonly Day[]>;
  timesFor(volunteer: SignedVolunteer, id: string, way: Way, day: Day): Promise<readonly Slot[]>;
  /** Once for each time that is pressed; the person gets the card in her own chat. */
  bookFor(volunteer: SignedVolunteer, id: string, way: Way, startsAt: Instant): Promise<Booked | undefined>;
  /** An appointment of hers as it stands when she is told; undefined when it was cancelled meanwhile or is over. */
  toTell(personId: string, appointmentId: string): Promise<Appointment | undefined>;
}

export interface BookingDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly people: PeopleService;
  readonly appointments: Pick<AppointmentsService, 'offeredWays' | 'offeredDays' | 'offeredSlots' | 'book' | 'one'>;
}

export function createBookingDesk({ db, clock, people, appointments }: BookingDeps): BookingDesk {
  async function may({ volunteerId }: SignedVolunteer, id: string): Promise<Handover | undefined> {
    const one = await store.findOfVolunteer(db, volunteerId, id);
    if (one?.status !== 'accepted') return undefined;
    return (await findConsents(db, id)).purposes.includes('book') ? one : undefined;
  }
  /** The person, at the desk of whoever has accepted the case: a referral leaves her own manager as she is. */
  async function refugeeOf(volunteer: SignedVolunteer, id: string): Promise<Refugee | undefined> {
    const one = await may(volunteer, id);
    if (one?.refugee === undefined || one.manager === undefined) return undefined;
    const refugee = await people.actFor((await findAgreeing(db, id)) ?? one.refugee.personId);
    return refugee === undefined ? undefined : { ...refugee, managerId: one.manager.id };
  }

  return {
    mayBook: may,
    async waysFor(volunteer, id) {
      const refugee = await refugeeOf(volunteer, id);
      return refugee === undefined ? [] : ((await appointments.offeredWays(refugee)) ?? []);
    },
    async daysFor(volunteer, id, way) {
      const refugee = await refugeeOf(volunteer, id);
      return refugee === undefined ? [] : appointments.offeredDays(refugee, way);
    },
    async timesFor(volunteer, id, way, day) {
      const refugee = await refugeeOf(volunteer, id);
      return refugee === undefined ? [] : appointments.offeredSlots(refugee, way, day);
    },
    async bookFor(volunteer, id, way, startsAt) {
      const refugee = await refugeeOf(volunteer, id);
      if (refugee === undefined) return undefined;
      const now = clock.now();
      return appointments.book(refugee, { topic: 'unsaid', way, startsAt }, `${id}${startsAt}`, () =>
        // The booking's own statement makes the appointment the subject; whose case it was is a fact beside it.
        owed('handover-booked', refugee.personId, id, now, { case: id }),
      );
    },

    async toTell(personId, appointmentId) {
      const refugee = await people.actFor(personId);
      const one = refugee === undefined ? undefined : await appointments.one(refugee, appointmentId);
      return one?.status === 'booked' && one.endsAt > clock.now() ? one : undefined;
    },
  };
}
