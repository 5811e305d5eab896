import { setTimeout as pause } from 'node:timers/promises';
import { createInbox, type Inbox } from './delivery/inbox.ts';
import { createOutbox, type Outbox } from './delivery/outbox.ts';
import { type AppointmentsService, createAppointmentsService } from './features/appointments/service.ts';
import { type AbsenceDesk, createAbsenceDesk } from './features/appointments/service-absences.ts';
import { type CaseloadDesk, createCaseloadDesk } from './features/appointments/service-caseload.ts';
import { createFeedService, type FeedService } from './features/appointments/service-feed.ts';
import { createPagesService, type PagesService } from './features/appointments/service-pages.ts';
import { type CoordinationService, createCoordinationService } from './features/coordination/service.ts';
import { writeJournal } from './features/coordination/service-journal.ts';
import type { CountyFacts } from './features/county/model.ts';
import { type CountyService, createCountyService } from './features/county/service.ts';
import type { Feed } from './features/courses/model-sources.ts';
import { type CoursesService, createCoursesService } from './features/courses/service.ts';
import { createSourcesService, type SourcesService } from './features/courses/service-sources.ts';
import { createGuidanceService, type GuidanceService } from './features/guidance/service.ts';
import { createHandoversService, type HandoversService } from './features/handovers/service.ts';
import { createOutreachService, type OutreachService } from './features/outreach/service.ts';
import { createPeopleService, type PeopleService } from './features/people/service.ts';
import { type CirclesService, createCirclesService } from './features/people/service-circles.ts';
import type { Clock } from './platform/clock.ts';
import type { Seal } from './platform/crypto.ts';
import type { Database } from './platform/database.ts';
import { holidayOn } from './platform/holidays.ts';

export interface Services {
  readonly county: CountyService;
  readonly people: PeopleService;
  readonly circles: CirclesService;
  readonly handovers: HandoversService;
  readonly appointments: AppointmentsService;
  readonly courses: CoursesService;
  readonly sources: SourcesService;
  readonly outreach: OutreachService;
  readonly caseload: CaseloadDesk;
  readonly absences: AbsenceDesk;
  readonly coordination: CoordinationService;
  readonly guidance: GuidanceService;
  readonly feeds: FeedService;
  readonly pages: PagesService;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
}

export interface ServicesDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly facts: CountyFacts;
  /** A notice was owed, or a time may have become free: look now. */
  wake(): void;
  /** Lists of courses that are fetched again and again. */
  readonly feeds?: readonly Feed[] | undefined;
  /** Waits between two tries to fetch one. */
  readonly pause?: ((ms: number) => Promise<void>) | undefined;
  /** A file or a list waits to be read: look now. */
  readonly wakeImports?: (() => void) | undefined;
  /** A request is gone that a counsellor's chat may still show. */
  readonly wakeCards?: (() => void) | undefined;
}

/** Wires every use case, once. */
export function createServices(deps: ServicesDeps): Services {
  const { db, seal } = deps;
  const inbox = createInbox(db, seal);
  const outbox = createOutbox(db);
  const county = createCountyService(deps);
  const isHoliday = (day: Parameters<typeof holidayOn>[0]) => holidayOn(day) !== undefined;
  const office = { ...deps, county, isHoliday, journal: writeJournal };
  const appointments = createAppointmentsService(office);
  const courses = createCoursesService({ ...deps, county });
  const sources = createSourcesService({
    ...deps,
    courses,
    feeds: deps.feeds ?? [],
    journal: writeJournal,
    pause: deps.pause ?? ((ms) => pause(ms)),
    wakeImports: deps.wakeImports ?? (() => {}),
  });
  const outreach = createOutreachService({ ...deps, appointments, noticeMinutes: deps.facts.booking.noticeMinutes });
  const feeds = createFeedService(deps);
  const people = createPeopleService({
    ...deps,
    county,
    journal: writeJournal,
    erasers: [
      async (tx, { personId }, now) => ({ appointmentsCancelled: await appointments.eraseRefugee(tx, personId, now) }),
      async (tx, { managerId }, now) => ({
        appointmentsCancelled: managerId === undefined ? 0 : await coordination.handOn(tx, managerId, now),
      }),
      async (tx, { personId, telegramId }, now) => {
        await handovers.eraseRefugee(tx, personId, telegramId, now);
        await handovers.eraseVolunteer(tx, personId);
        return {};
      },
      async (tx, { telegramId }) => ({
        messagesForgotten: telegramId === undefined ? 0 : await inbox.erase(tx, telegramId),
      }),
    ],
  });
  const pages = createPagesService({ ...deps, county, appointments, holidayOn, managerOf: people.managerOf });
  const handovers: HandoversService = createHandoversService({ ...deps, people, county, appointments, isHoliday });
  const circles = createCirclesService({
    ...deps,
    journal: writeJournal,
    leavers: [(tx, volunteerId) => handovers.volunteerLeaves(tx, volunteerId)],
  });
  const caseload = createCaseloadDesk({ county, seal, isHoliday });
  const absences = createAbsenceDesk(office);
  const coordination = createCoordinationService({
    ...deps,
    county,
    people,
    caseload,
    absences,
    journal: writeJournal,
    listName: async (id) => (await courses.sources()).find((list) => list.id === id)?.name,
    leavers: [
      handovers.managerLeaves,
      (tx, managerId) => outreach.eraseManager(tx, managerId),
      (tx, managerId) => feeds.eraseManager(tx, managerId),
      (tx, managerId) => pages.eraseManager(tx, managerId),
    ],
  });
  const guidance = createGuidanceService({ ...deps, people, wakeCards: deps.wakeCards ?? (() => {}) });
  return {
    county,
    people,
    circles,
    handovers,
    appointments,
    courses,
    sources,
    outreach,
    caseload,
    absences,
    coordination,
    guidance,
    feeds,
    pages,
    inbox,
    outbox,
  };
}
