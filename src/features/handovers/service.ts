import type { Clock } from '../../platform/clock.ts';
import type { Seal } from '../../platform/crypto.ts';
import type { Database } from '../../platform/database.ts';
import type { AppointmentsService } from '../appointments/service.ts';
import type { CountyService } from '../county/service.ts';
import type { PeopleService } from '../people/service.ts';
import type { IsHoliday } from './rules-deadlines.ts';
import { type AlikeDesk, createAlikeDesk } from './service-alike.ts';
import { type BookingDeps, type BookingDesk, createBookingDesk } from './service-booking.ts';
import { type ConsentDesk, createConsentDesk } from './service-consent.ts';
import { createOverDesk, type OverDesk } from './service-consent-over.ts';
import { createOwnDesk, type OwnDesk } from './service-consent-own.ts';
import { createPresentDesk, type PresentDesk } from './service-consent-present.ts';
import { createDeadlines, type Deadlines } from './service-deadlines.ts';
import { createManagerDesk, type ManagerDesk } from './service-desk.ts';
import { createVolunteerDesk, type VolunteerDesk } from './service-drafts.ts';
import { createEnding, type Ending } from './service-ending.ts';
import { createPassing, type Passing } from './service-passing.ts';
import { createSending } from './service-sending.ts';
import { createTeam } from './service-team.ts';
import { createThreads, type Threads } from './service-thread.ts';

/** A volunteer hands a case over: her form, the refugee's consent, the managers' answer, and every ending. */
export interface HandoversService
  extends VolunteerDesk,
    ConsentDesk,
    ManagerDesk,
    Passing,
    Deadlines,
    Threads,
    PresentDesk,
    OwnDesk,
    OverDesk,
    AlikeDesk,
    BookingDesk,
    Ending {}

export interface HandoversDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly people: PeopleService;
  readonly county: CountyService;
  readonly isHoliday: IsHoliday;
  readonly appointments: BookingDeps['appointments'] & Pick<AppointmentsService, 'bookedWith'>;
  /** A notice was owed: send it now. */
  wake(): void;
}

export function createHandoversService(deps: HandoversDeps): HandoversService {
  const team = createTeam(deps.county, deps.clock);
  const all = { ...deps, team, sending: createSending({ ...deps, team }) };
  const desk = createManagerDesk(all);
  const deadlines = createDeadlines(all);
  return {
    ...createVolunteerDesk(all),
    ...createConsentDesk(all),
    ...createPresentDesk(all),
    ...createOwnDesk(all),
    ...createAlikeDesk(all),
    ...createBookingDesk(all),
    ...desk,
    ...createPassing({ ...all, look: desk.look }),
    ...deadlines,
    ...createOverDesk({ ...all, look: desk.look, stuckOne: deadlines.stuckOne }),
    ...createThreads({ ...all, look: desk.look }),
    ...createEnding(all),
  };
}
