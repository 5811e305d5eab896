import type { OwedNotice } from '../../delivery/outbox.ts';
import type { Day, Instant } from '../../platform/datetime.ts';

/** Every notice that this room can owe. */
export type CourseNotice = 'course-found' | 'course-wish-asked' | 'course-register';

/** Something new fits a wish: what was listed or reported from `since` on. */
export const courseFound = (
  { id, personId, toldUntil }: { readonly id: string; readonly personId: string; readonly toldUntil: Instant },
  until: Instant,
  dueAt: Instant,
): OwedNotice => ({
  kind: 'course-found',
  personId,
  subjectId: id,
  dueAt,
  key: `course-found:${id}:${until}`,
  data: { since: toldUntil },
});

export const wishAsked = (
  { id, personId, endsAt }: { readonly id: string; readonly personId: string; readonly endsAt: Instant },
  dueAt: Instant,
): OwedNotice => ({
  kind: 'course-wish-asked',
  personId,
  subjectId: id,
  dueAt,
  key: `course-wish-asked:${id}:${endsAt}`,
  data: { endsAt },
});

/** Once for each date on which the registration ends: a source may move it. */
export const registrationEnds = (
  { id, personId }: { readonly id: string; readonly personId: string },
  registerUntil: Day,
  dueAt: Instant,
): OwedNotice => ({
  kind: 'course-register',
  personId,
  subjectId: id,
  dueAt,
  key: `course-register:${id}:${registerUntil}`,
  data: { until: registerUntil },
});
