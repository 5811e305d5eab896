import type { OwedNotice } from '../../delivery/outbox.ts';
import type { Instant } from '../../platform/datetime.ts';

/** Every notice that this room can owe. */
export type OutreachNotice = 'earlier-offer' | 'earlier-gone' | 'wait-open' | 'wait-asked' | 'invitation';

const owed = (kind: OutreachNotice, personId: string, subjectId: string, dueAt: Instant, key: string): OwedNotice => ({
  kind,
  personId,
  subjectId,
  dueAt,
  key: `${kind}:${key}`,
});

export const offerKey = (offerId: string): string => `earlier-offer:${offerId}`;

export const offerNotice = (refugeeId: string, offerId: string, now: Instant): OwedNotice =>
  owed('earlier-offer', refugeeId, offerId, now, offerId);

export const offerGone = (refugeeId: string, offerId: string, now: Instant): OwedNotice =>
  owed('earlier-gone', refugeeId, offerId, now, offerId);

export const slotsOpened = (refugeeId: string, now: Instant): OwedNotice =>
  owed('wait-open', refugeeId, refugeeId, now, `${refugeeId}:${now}`);

export const waitIsOver = (refugeeId: string, now: Instant): OwedNotice =>
  owed('wait-asked', refugeeId, refugeeId, now, `${refugeeId}:${now}`);

export const invitationNotice = (refugeeId: string, invitationId: string, dueAt: Instant): OwedNotice =>
  owed('invitation', refugeeId, invitationId, dueAt, invitationId);

/** The same again in the morning, owed once whatever is repeated. */
export const inTheMorning = (
  notice: { readonly kind: string; readonly personId: string; readonly subjectId: string },
  dueAt: Instant,
): OwedNotice =>
  owed(notice.kind as OutreachNotice, notice.personId, notice.subjectId, dueAt, `${notice.subjectId}:${dueAt}`);
