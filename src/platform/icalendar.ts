import { addMinutes, dayOf, type Instant, toDate, wallTimeOf, ZONE } from './datetime.ts';

// Calendar files by RFC 5545. Written here because a feed of 2,000 entries must not hold the program for half a second,
// which is what the generator that stood here took; an independent parser reads the result in the tests.

/** One line before folding: `SUMMARY:Nr. 4711`. */
type Line = string;

/** Text of people and places: what would end a value or a line is escaped (RFC 5545, 3.3.11). */
export const text = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replace(/\r\n|[\r\n]/g, '\\n')
    // Other control characters may not stand in a calendar at all.
    .replace(/(?!\t)\p{Cc}/gu, '');

const OCTETS = 75;

/** Cuts what is longer than 75 octets into continued lines, never inside a character (RFC 5545, 3.1). */
export function fold(line: Line): string {
  if (line.length * 3 <= OCTETS || Buffer.byteLength(line) <= OCTETS) return line;
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

const digits = (written: string): string => written.replace(/[-:]/g, '');

/** `20270328T120000Z` */
export const utc = (moment: Instant): string => `${digits(toDate(moment).toISOString()).slice(0, 15)}Z`;

/**
 * `DTSTART;TZID=Europe/Berlin:20270328T140000`: the clock's time, so that a calendar abroad or with old zone data shows
 * the hour that was agreed. Readers disagree about the hour that October shows twice: both showings are given in UTC.
 */
export function moment(name: 'DTSTART' | 'DTEND', when: Instant): Line {
  const time = wallTimeOf(when);
  const isShownTwice = [-60, 60].some((minutes) => wallTimeOf(addMinutes(when, minutes)) === time);
  return isShownTwice ? `${name}:${utc(when)}` : `${name};TZID=${ZONE}:${digits(dayOf(when))}T${digits(time)}00`;
}

/** Whole days; the end is the day after the last one. */
export const wholeDay = (name: 'DTSTART' | 'DTEND', when: Instant): Line => `${name};VALUE=DATE:${digits(dayOf(when))}`;

/** The rule of the European Union since 1996, for calendars that do not know the zone by its name. */
const BERLIN: readonly Line[] = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** A whole calendar: `head` are its own properties, `events` the lines of each event without BEGIN and END. */
export function calendar(head: readonly Line[], events: Iterable<readonly Line[]>): string {
  const lines: Line[] = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//integration-management-bot//appointments//DE',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...head,
    ...BERLIN,
  ];
  for (const event of events) lines.push('BEGIN:VEVENT', ...event, 'END:VEVENT');
  lines.push('END:VCALENDAR');
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}
