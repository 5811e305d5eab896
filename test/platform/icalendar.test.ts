import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { addMinutes, at, type Instant, toDate, wallTime } from '../../src/platform/datetime.ts';
import { calendar, fold, moment, text, utc } from '../../src/platform/icalendar.ts';
import { berlin } from '../support/clock.ts';

/** An event as a parser that is not ours reads it. */
function read(lines: readonly string[]): ICAL.Event {
  const parsed = new ICAL.Component(ICAL.parse(calendar([], [lines])));
  const event = parsed.getFirstSubcomponent('vevent');
  if (event === null) throw new Error('no event');
  return new ICAL.Event(event);
}
const readAt = (when: Instant): Date =>
  read(['UID:1', `DTSTAMP:${utc(when)}`, moment('DTSTART', when)]).startDate.toJSDate();

describe('a line', () => {
  it('is folded at 75 octets, never inside a character, and reads back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (value) => {
        const folded = fold(`SUMMARY:${text(value)}`);
        for (const line of folded.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toContain('\ufffd');
        }
        const summary = read(['UID:1', folded]).summary ?? '';
        expect(summary).toBe(value.replace(/\r\n|[\r\n]/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, ''));
      }),
    );
  });

  it('cannot be ended from within by what people write', () => {
    const evil = 'Amal\r\nBEGIN:VALARM\nATTENDEE:mailto:x@y.z;,\\';
    const calendarText = calendar([], [['UID:1', `SUMMARY:${text(evil)}`]]);
    expect(calendarText).not.toMatch(/^(?:BEGIN:VALARM|ATTENDEE)/m);
    expect(read(['UID:1', `SUMMARY:${text(evil)}`]).summary).toBe('Amal\nBEGIN:VALARM\nATTENDEE:mailto:x@y.z;,\\');
  });

  it('ends with CRLF, the last one too', () => {
    const whole = calendar([], [['UID:1']]);
    expect(whole.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(whole.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('a moment', () => {
  it('is the clock of Berlin, and another parser finds the same instant by the zone that stands in the file', () => {
    const first = berlin('2026-01-01', '00:00');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 * 366 * 24 * 4 }), (quarter) => {
        const when = addMinutes(first, quarter * 15);
        expect(readAt(when)).toEqual(toDate(when));
      }),
    );
  });

  it.each([
    ['2027-03-27', '14:00'],
    ['2027-03-28', '01:45'],
    ['2027-03-28', '03:00'],
    ['2027-03-28', '14:00'],
    ['2027-10-30', '14:00'],
    ['2027-10-31', '03:00'],
    ['2027-10-31', '14:00'],
  ])('on %s at %s, around the clock changes, shows that hour', (date, time) => {
    const when = berlin(date, time);
    expect(moment('DTSTART', when)).toBe(
      `DTSTART;TZID=Europe/Berlin:${date.replaceAll('-', '')}T${time.replace(':', '')}00`,
    );
    expect(readAt(when)).toEqual(toDate(when));
  });

  it('in the hour that is shown twice is given in UTC: readers disagree which showing is meant', () => {
    const first = berlin('2027-10-31', '02:30');
    const second = addMinutes(first, 60);
    expect(moment('DTSTART', first)).toBe('DTSTART:20271031T003000Z');
    expect(moment('DTSTART', second)).toBe('DTSTART:20271031T013000Z');
    for (const when of [first, second]) expect(readAt(when)).toEqual(toDate(when));
  });

  it('has a zone that agrees with ours until 2040, hour by hour around each change', () => {
    for (let year = 2024; year <= 2040; year++) {
      for (const month of ['03', '10']) {
        for (let date = 24; date <= 31; date++) {
          for (const time of ['00:30', '02:30', '03:30', '14:00']) {
            const when = at(`${year}-${month}-${date}` as never, wallTime(time));
            expect(readAt(when)).toEqual(toDate(when));
          }
        }
      }
    }
  });
});
