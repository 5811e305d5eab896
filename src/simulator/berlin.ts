const ZONE = 'Europe/Berlin';
const MORNING_HOUR = 8;

export type ClockMove = { kind: 'hour' } | { kind: 'day' } | { kind: 'morning' } | { kind: 'to'; wallTime: string };

/**
 * Where a move leads, epoch milliseconds. A day is a calendar day in Berlin, so that 9:00 stays 9:00 over a clock
 * change; `wallTime` is Berlin's, `2026-03-02T08:00`. Undefined if it cannot be read.
 */
export function movedClock(now: number, move: ClockMove): number | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(ZONE);
  switch (move.kind) {
    case 'hour':
      return here.add({ hours: 1 }).epochMilliseconds;
    case 'day':
      return here.add({ days: 1 }).epochMilliseconds;
    case 'morning':
      return here
        .toPlainDate()
        .add({ days: 1 })
        .toZonedDateTime({
          timeZone: ZONE,
          plainTime: Temporal.PlainTime.from({ hour: MORNING_HOUR }),
        }).epochMilliseconds;
    case 'to':
      try {
        return Temporal.PlainDateTime.from(move.wallTime).toZonedDateTime(ZONE).epochMilliseconds;
      } catch {
        return undefined;
      }
  }
}
