import { dayOf, type Instant, wallTimeOf } from '../../platform/datetime.ts';
import { calendar, moment, text, utc, wholeDay } from '../../platform/icalendar.ts';
import { addressOf, type Place } from '../county/model.ts';
import type { Appointment, Range } from './model.ts';
import type { Feed, FeedAppointment } from './model-feed.ts';

// Calendar entries (RFC 5545): a UID that stays, a SEQUENCE that rises with each change, an alarm. They say when and
// where, never what about. Nothing in them depends on when they are asked for: the same diary gives the same text.

interface Words {
  readonly title: string;
  /** Where, when it is at none of the county's places. */
  readonly where?: string | undefined;
  readonly description?: string | undefined;
}

type Entry = Pick<Appointment, 'id' | 'status' | 'way' | 'startsAt' | 'endsAt' | 'sequence' | 'changedAt' | 'place'>;

const DOMAIN = 'integration-management-bot';

const placeLines = (place: Place): string[] => [
  `LOCATION:${text(`${place.name}, ${addressOf(place)}`)}`,
  `GEO:${place.lat};${place.lon}`,
];

function eventOf(entry: Entry, words: Words, alarm: string): string[] {
  const { title, where, description } = words;
  const changed = utc(entry.changedAt);
  const isOn = entry.status === 'booked';
  return [
    `UID:${entry.id}@${DOMAIN}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${changed}`,
    `LAST-MODIFIED:${changed}`,
    moment('DTSTART', entry.startsAt),
    moment('DTEND', entry.endsAt),
    `SUMMARY:${text(title)}`,
    ...(entry.way === 'place' && entry.place !== undefined
      ? placeLines(entry.place)
      : where === undefined
        ? []
        : [`LOCATION:${text(where)}`]),
    ...(description === undefined ? [] : [`DESCRIPTION:${text(description)}`]),
    'CLASS:PRIVATE',
    `STATUS:${isOn ? 'CONFIRMED' : 'CANCELLED'}`,
    // What is cancelled blocks no time and rings no bell.
    `TRANSP:${isOn ? 'OPAQUE' : 'TRANSPARENT'}`,
    ...(isOn ? ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:${alarm}`, `DESCRIPTION:${text(title)}`, 'END:VALARM'] : []),
  ];
}

/** A refugee's appointment as a file for her phone. */
export const calendarEntry = (appointment: Appointment, words: Words): string =>
  calendar([], [eventOf(appointment, words, '-PT2H')]);

const isMidnight = (when: Instant): boolean => wallTimeOf(when) === '00:00';

function absenceOf(absence: Range & { readonly id: string }, title: string, createdAt: Instant): string[] {
  const { from, to } = absence;
  const isWholeDays = isMidnight(from) && isMidnight(to) && dayOf(from) < dayOf(to);
  return [
    `UID:absence-${absence.id}@${DOMAIN}`,
    'SEQUENCE:0',
    `DTSTAMP:${utc(createdAt)}`,
    isWholeDays ? wholeDay('DTSTART', from) : moment('DTSTART', from),
    isWholeDays ? wholeDay('DTEND', to) : moment('DTEND', to),
    `SUMMARY:${text(title)}`,
    'CLASS:PRIVATE',
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'X-MICROSOFT-CDO-BUSYSTATUS:OOF',
  ];
}

/** A manager's diary as her calendar fetches it, time and again. */
export function calendarFeed(
  feed: Feed,
  words: { readonly name: string; readonly absent: string; readonly of: (one: FeedAppointment) => Words },
): string {
  const head = [
    `NAME:${text(words.name)}`,
    `X-WR-CALNAME:${text(words.name)}`,
    'X-WR-TIMEZONE:Europe/Berlin',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
  ];
  return calendar(head, [
    ...feed.appointments.map((one) => eventOf(one, words.of(one), '-PT15M')),
    ...feed.absences.map((one) => absenceOf(one, words.absent, feed.createdAt)),
  ]);
}
