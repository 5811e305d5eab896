import type { OwedNotice } from '../../delivery/outbox.ts';
import type { Instant } from '../../platform/datetime.ts';

/** Every notice that a case can owe. */
export const NOTICE_KINDS = [
  // to managers
  'handover-new',
  'handover-off',
  'handover-moved',
  'handover-remind',
  'handover-call',
  'handover-passed',
  'handover-withdrawn',
  'handover-answer',
  // to coordinators, where a team has become empty or nobody has taken a case
  'handover-nobody',
  'handover-stuck',
  // to the volunteer
  'handover-sent',
  'handover-refused',
  'handover-accepted',
  'handover-declined',
  'handover-returned',
  'handover-ended',
  'handover-reminded',
  'handover-called',
  'handover-escalated',
  'handover-passed-on',
  'handover-question',
  'handover-done',
  // to the refugee
  'handover-taken',
  'handover-not-taken',
  'handover-back',
  'handover-helped',
  'handover-stopped',
  'handover-booked',
] as const;
export type HandoverNotice = (typeof NOTICE_KINDS)[number];

/** A notice about a case that is due now. The moment is in its key: what happens again is told again. */
export const owed = (
  kind: HandoverNotice,
  personId: string | undefined,
  id: string,
  now: Instant,
  data?: OwedNotice['data'],
): OwedNotice[] =>
  personId === undefined
    ? []
    : [
        {
          kind,
          personId,
          subjectId: id,
          dueAt: now,
          key: `${kind}:${id}:${personId}:${now}`,
          ...(data !== undefined && { data }),
        },
      ];
