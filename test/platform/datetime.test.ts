import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertFullIcu,
  formatClock,
  formatDay,
  formatHomeCalendar,
  formatShortDay,
  formatTime,
  parseDay,
  parseDayAhead,
  parseTime,
} from '../../src/platform/date-formats.ts';
import {
  addDays,
  addMinutes,
  at,
  type Day,
  day,
  dayOf,
  daysBetween,
  fromDate,
  type Instant,
  instant,
  minuteOfDay,
  minutesBetween,
  mondayOf,
  toDate,
  type WallTime,
  wallRange,
  wallTime,
  wallTimeOf,
  weekdayOf,
} from '../../src/platform/datetime.ts';
import { normaliseDigits } from '../../src/platform/digits.ts';
import { LOCALES } from '../../src/platform/locale.ts';

const utc = (text: string): Instant => instant(Date.parse(text));
const zoned = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Europe/Berlin');
const berlin = (date: Day, time: WallTime) =>
  Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime('Europe/Berlin', { disambiguation: 'compatible' });

/** Every clock change from 2015 to 2045, two a year: where arithmetic goes wrong. */
const changes = (() => {
  const found: number[] = [];
  let next = zoned(Date.UTC(2015, 0, 1)).getTimeZoneTransition('next');
  while (next && next.year <= 2045) {
    found.push(next.epochMilliseconds);
    next = next.getTimeZoneTransition('next');
  }
  return found;
})();

const anyMoment = fc.oneof(
  fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2046, 0, 1) }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -10_800_000, max: 10_800_000 }))
    .map(([change, shift]) => change + shift),
);
const anyDay = fc.oneof(
  fc.integer({ min: 0, max: 11_322 }).map((n) => addDays(day('2015-01-01'), n)),
  fc.constantFrom(...changes).map((change) => dayOf(instant(change))),
);
const anyTime = fc
  .oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 100, max: 200 }))
  .map((n) => wallTime(`${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`));

describe('the clock in Berlin', () => {
  it('agrees with Temporal on day and time from 2015 to 2045', () => {
    fc.assert(
      fc.property(anyMoment, (ms) => {
        const expected = zoned(ms);
        expect(dayOf(instant(ms))).toBe(expected.toPlainDate().toString());
        expect(wallTimeOf(instant(ms))).toBe(expected.toPlainTime().toString({ smallestUnit: 'minute' }));
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with Temporal on the moment of a wall time from 2015 to 2045', () => {
    fc.assert(
      fc.property(anyDay, anyTime, (date, time) => {
        expect(at(date, time)).toBe(berlin(date, time).epochMilliseconds);
      }),
      { numRuns: 3000 },
    );
  });

  it('asks Temporal outside its table and is still right', () => {
    for (const text of [
      '1945-05-24T01:30:00Z',
      '1969-12-31T23:00:00Z',
      '2100-12-31T22:59:00Z',
      '2150-07-01T10:00:00Z',
    ]) {
      expect(dayOf(utc(text))).toBe(zoned(Date.parse(text)).toPlainDate().toString());
      expect(at(dayOf(utc(text)), wallTimeOf(utc(text)))).toBe(utc(text));
    }
  });

  it('shows the next day at 23:30 UTC', () => {
    expect(dayOf(utc('2026-12-02T23:30:00Z'))).toBe('2026-12-03');
    expect(wallTimeOf(utc('2026-12-02T23:30:59Z'))).toBe('00:30');
  });

  it('moves a time that is left out on 28 March 2027 later', () => {
    expect(at(day('2027-03-28'), wallTime('01:59'))).toBe(utc('2027-03-28T00:59:00Z'));
    expect(at(day('2027-03-28'), wallTime('02:30'))).toBe(utc('2027-03-28T01:30:00Z'));
    expect(at(day('2027-03-28'), wallTime('03:00'))).toBe(utc('2027-03-28T01:00:00Z'));
  });

  it('takes the earlier of a time that is shown twice on 31 October 2027', () => {
    expect(at(day('2027-10-31'), wallTime('02:00'))).toBe(utc('2027-10-31T00:00:00Z'));
    expect(at(day('2027-10-31'), wallTime('02:59'))).toBe(utc('2027-10-31T00:59:00Z'));
    expect(at(day('2027-10-31'), wallTime('03:00'))).toBe(utc('2027-10-31T02:00:00Z'));
  });
});

describe('a range of wall time', () => {
  it.each([
    ['an ordinary day', '2027-03-27', '09:00', '12:00', '2027-03-27T08:00:00Z', '2027-03-27T11:00:00Z'],
    ['across the lost hour', '2027-03-28', '01:00', '04:00', '2027-03-28T00:00:00Z', '2027-03-28T02:00:00Z'],
    ['from within the lost hour', '2027-03-28', '02:30', '04:00', '2027-03-28T01:00:00Z', '2027-03-28T02:00:00Z'],
    ['to within the lost hour', '2027-03-28', '01:00', '02:30', '2027-03-28T00:00:00Z', '2027-03-28T01:00:00Z'],
    ['across the repeated hour', '2027-10-31', '01:00', '04:00', '2027-10-30T23:00:00Z', '2027-10-31T03:00:00Z'],
    ['to within the repeated hour', '2027-10-31', '01:00', '02:30', '2027-10-30T23:00:00Z', '2027-10-31T00:30:00Z'],
    ['from within the repeated hour', '2027-10-31', '02:30', '04:00', '2027-10-31T01:30:00Z', '2027-10-31T03:00:00Z'],
    ['within the repeated hour', '2027-10-31', '02:10', '02:50', '2027-10-31T00:10:00Z', '2027-10-31T00:50:00Z'],
  ])('is right on %s', (_, date, from, to, begins, ends) => {
    expect(wallRange(day(date), wallTime(from), wallTime(to))).toEqual({ from: utc(begins), to: utc(ends) });
  });

  it('does not exist within the lost hour, or backwards', () => {
    expect(wallRange(day('2027-03-28'), wallTime('02:10'), wallTime('02:50'))).toBeUndefined();
    expect(wallRange(day('2027-03-27'), wallTime('12:00'), wallTime('12:00'))).toBeUndefined();
  });

  it('never leaves what the clock shows', () => {
    fc.assert(
      fc.property(anyDay, anyTime, anyTime, (date, from, to) => {
        const range = wallRange(date, from, to);
        if (!range) return;
        for (let now = range.from; now < range.to; now = addMinutes(now, 7)) {
          expect(dayOf(now)).toBe(date);
          expect(wallTimeOf(now) >= from && wallTimeOf(now) < to).toBe(true);
        }
        const last = addMinutes(range.to, -1);
        expect(wallTimeOf(last) >= from && wallTimeOf(last) < to).toBe(true);
      }),
    );
  });
});

describe('the calendar', () => {
  it('counts days and weekdays as Temporal does', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (date, n) => {
        const expected = Temporal.PlainDate.from(date).add({ days: n });
        expect(addDays(date, n)).toBe(expected.toString());
        expect(daysBetween(date, addDays(date, n))).toBe(n);
        expect(weekdayOf(date)).toBe(Temporal.PlainDate.from(date).dayOfWeek);
        expect(weekdayOf(mondayOf(date))).toBe(1);
        expect(daysBetween(mondayOf(date), date)).toBe(weekdayOf(date) - 1);
      }),
    );
  });

  it('counts real minutes across a clock change', () => {
    const before = at(day('2027-03-28'), wallTime('01:30'));
    const after = at(day('2027-03-28'), wallTime('03:30'));
    expect(minutesBetween(before, after)).toBe(60);
    expect(minutesBetween(after, before)).toBe(-60);
    expect(addMinutes(before, 60)).toBe(after);
    expect(minuteOfDay(wallTime('23:59'))).toBe(1439);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '0099-01-01', '2026-12-03 ', '', 'NaN'])(
    'refuses the date "%s"',
    (text) => {
      expect(() => day(text)).toThrow(RangeError);
    },
  );

  it.each(['24:00', '9:30', '09:60', '09:30:00', '', '-1:00'])('refuses the time "%s"', (text) => {
    expect(() => wallTime(text)).toThrow(RangeError);
  });

  it('refuses moments that are none', () => {
    for (const ms of [Number.NaN, 0.5, Number.POSITIVE_INFINITY, 9e15]) expect(() => instant(ms)).toThrow(RangeError);
    expect(() => fromDate(new Date('nonsense'))).toThrow(RangeError);
    expect(toDate(fromDate(new Date(5)))).toEqual(new Date(5));
  });
});

describe('what people type', () => {
  it.each([
    ['03.12.2026', '2026-12-03'],
    ['3.12.26', '2026-12-03'],
    [' 3. 12. 2026 ', '2026-12-03'],
    ['3/12/2026', '2026-12-03'],
    ['2026-12-03', '2026-12-03'],
    ['٣/١٢/٢٠٢٦', '2026-12-03'],
    ['۳.۱۲.۲۰۲۶', '2026-12-03'],
    ['\u200f03.12.2026', '2026-12-03'],
    ['29.2.2028', '2028-02-29'],
  ])('%s is a date', (typed, expected) => {
    expect(parseDay(typed)).toBe(expected);
  });

  it.each(['29.2.2027', '31.4.2027', '1405/9/12', '12/3', '0.1.2026', '2026', 'morgen', '', '3.12.2026 15:00'])(
    '"%s" is no date',
    (typed) => {
      expect(parseDay(typed)).toBeUndefined();
    },
  );

  it.each([
    ['11.12.', '2026-12-11'],
    ['11.12', '2026-12-11'],
    ['٣/١٢', '2026-12-03'],
    ['20.11.', '2026-11-20'],
    ['10.1.', '2027-01-10'],
    ['03.12.2028', '2028-12-03'],
    ['31.4.', undefined],
    ['29.2.', undefined],
    ['12', undefined],
    ['', undefined],
  ])('%s without a year is meant for the months around today', (typed, expected) => {
    expect(parseDayAhead(typed, day('2026-11-30'))).toBe(expected);
  });

  it.each([
    ['9', '09:00'],
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    ['09:30 Uhr', '09:30'],
    ['9 uhr', '09:00'],
    ['١٢:٣٠', '12:30'],
    ['۱۲:۳۰', '12:30'],
    ['፱፡30', '09:30'],
    ['0:00', '00:00'],
    ['23:59', '23:59'],
  ])('%s is a time', (typed, expected) => {
    expect(parseTime(typed)).toBe(expected);
  });

  it.each(['25:00', '24:00', '9:60', '9:5', '930', '-1', '', 'Uhr', '9:30:00', '9 '.repeat(3000)])(
    '"%.20s" is no time',
    (typed) => {
      expect(parseTime(typed)).toBeUndefined();
    },
  );

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        parseDay(typed);
        parseDayAhead(typed, day('2026-11-30'));
        parseTime(typed);
      }),
    );
  });

  it('is understood in every digit script', () => {
    expect(normaliseDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ፩፪፫፬፭፮፯፰፱ a0')).toBe('0123456789 0123456789 123456789 a0');
  });
});

describe('what people read', () => {
  const thursday = day('2026-12-03');
  const afternoon = at(thursday, wallTime('15:05'));

  it.each([
    ['de', 'Donnerstag, 03.12.2026', '15:05', 'Do 03.12.'],
    ['en', 'Thursday, 03.12.2026', '15:05', 'Thu 03.12.'],
    ['ar', 'الخميس، 03.12.2026', '15:05 بعد الظهر', 'الخميس 03.12'],
    ['fa', 'پنجشنبه، 03.12.2026', '15:05 بعد از ظهر', 'پنجشنبه 03.12'],
    ['ti', 'ሓሙስ፣ 03.12.2026', '15:05 ድሕሪ ቀትሪ', 'ሓሙስ 03.12'],
  ] as const)('is in the %s form', (locale, date, time, button) => {
    expect(formatDay(locale, thursday)).toBe(date);
    expect(formatTime(locale, afternoon)).toBe(time);
    expect(formatShortDay(locale, thursday)).toBe(button);
    expect(formatClock(afternoon)).toBe('15:05');
  });

  it("has the glossary's Tigrinya weekdays and keeps the joiner in Farsi ones", () => {
    const week = Array.from({ length: 7 }, (_, i) => addDays(mondayOf(thursday), i));
    const words = week.map((date) => formatDay('ti', date).split('፣')[0]);
    expect(words).toEqual(['ሰኑይ', 'ሰሉስ', 'ረቡዕ', 'ሓሙስ', 'ዓርቢ', 'ቀዳም', 'ሰንበት']);
    expect(formatDay('fa', day('2026-12-08'))).toBe('سه\u200cشنبه، 08.12.2026');
  });

  it('says which part of the day it is, changing on the minute', () => {
    const arabic = (time: string) => formatTime('ar', at(thursday, wallTime(time))).slice(6);
    expect(
      ['04:59', '05:00', '11:59', '12:00', '12:59', '13:00', '17:59', '18:00', '21:59', '22:00'].map(arabic),
    ).toEqual(['ليلًا', 'صباحًا', 'صباحًا', 'ظهرًا', 'ظهرًا', 'بعد الظهر', 'بعد الظهر', 'مساءً', 'مساءً', 'ليلًا']);
    expect(formatTime('fa', at(thursday, wallTime('18:00')))).toBe('18:00 شب');
  });

  it('gives the calendar at home to Farsi and Tigrinya', () => {
    expect(formatHomeCalendar('fa', thursday)).toBe('12 آذر (قوس) 1405');
    expect(formatHomeCalendar('ti', thursday)).toBe('ብግእዝ፦ 24 ሕዳር 2019');
    expect(formatHomeCalendar('fa', day('2026-08-24'))).toContain('(سنبله)');
    for (const locale of ['ar', 'de', 'en'] as const) expect(formatHomeCalendar(locale, thursday)).toBeUndefined();
  });

  it('has no direction characters and only the digits 0-9', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LOCALES), anyDay, anyTime, (locale, date, time) => {
        const moment = at(date, time);
        const shown = [formatDay(locale, date), formatShortDay(locale, date), formatTime(locale, moment)];
        const all = [...shown, formatHomeCalendar(locale, date) ?? ''].join('\n');
        expect(all).not.toMatch(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/);
        expect(normaliseDigits(all)).toBe(all);
        expect(shown[0]).toContain(`${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)}`);
      }),
    );
  });

  it('is possible on this Node.js', () => {
    expect(assertFullIcu).not.toThrow();
  });
});
