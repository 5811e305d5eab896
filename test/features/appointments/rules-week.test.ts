import { describe, expect, it } from 'vitest';
import type { Board } from '../../../src/features/appointments/model-week.ts';
import {
  addMonths,
  boardDays,
  gridOf,
  monthOf,
  rowsOf,
  shownDays,
} from '../../../src/features/appointments/rules-week.ts';
import { day } from '../../../src/platform/datetime.ts';
import { berlin } from '../../support/clock.ts';

const boardOf = (from: string, given: Partial<Board>): Board => ({
  ...{ managerId: 'm1', today: day(from), now: berlin(from, '07:00'), from: day(from), days: 7, appointments: [] },
  ...{ slots: [], colleagues: new Map(), absences: [], holidays: new Map(), places: [] },
  ...given,
});
const appointment = (date: string, from: string, to: string) =>
  ({ id: `${date}${from}`, startsAt: berlin(date, from), endsAt: berlin(date, to) }) as Board['appointments'][number];

describe('a day of the page', () => {
  it('has its appointments, free times and absences in the order of the clock', () => {
    const days = boardDays(
      boardOf('2026-11-23', {
        appointments: [appointment('2026-11-24', '11:00', '11:45')],
        slots: [{ startsAt: berlin('2026-11-24', '09:00'), endsAt: berlin('2026-11-24', '09:45') }] as never,
        absences: [{ from: berlin('2026-11-24', '10:00'), to: berlin('2026-11-24', '11:00') }],
      }),
    );
    expect(days.map(({ items }) => items.map(({ kind }) => kind).join(' '))).toEqual([
      '',
      'free absence appointment',
      ...['', '', '', '', ''],
    ]);
  });

  it('shows of a longer absence only what lies in it', () => {
    const [monday, tuesday, wednesday] = boardDays(
      boardOf('2026-11-23', { absences: [{ from: berlin('2026-11-20', '12:00'), to: berlin('2026-11-24', '12:00') }] }),
    );
    expect(monday?.items).toMatchObject([{ from: berlin('2026-11-23', '00:00'), to: berlin('2026-11-24', '00:00') }]);
    expect(tuesday?.items).toMatchObject([{ from: berlin('2026-11-24', '00:00'), to: berlin('2026-11-24', '12:00') }]);
    expect(wednesday?.items).toEqual([]);
  });

  it('at the weekend is shown when something happens, not for an absence alone', () => {
    const absences = [{ from: berlin('2026-11-23', '00:00'), to: berlin('2026-11-30', '00:00') }];
    expect(shownDays(boardDays(boardOf('2026-11-23', { absences })))).toHaveLength(5);
    const appointments = [appointment('2026-11-28', '10:00', '10:30')];
    expect(shownDays(boardDays(boardOf('2026-11-23', { absences, appointments })))).toHaveLength(6);
  });
});

describe('the grid', () => {
  const only = (board: Board) => {
    const days = boardDays(board);
    const grid = gridOf(days);
    const item = days.flatMap(({ items }) => items)[0];
    if (item === undefined) throw new Error('nothing there');
    return { grid, ...rowsOf(item, grid) };
  };

  it('goes from eight to five, and further where something is earlier or later', () => {
    expect(gridOf([])).toEqual({ firstHour: 8, lastHour: 17 });
    const early = boardOf('2026-11-23', { appointments: [appointment('2026-11-23', '06:30', '07:00')] });
    expect(only(early)).toEqual({ grid: { firstHour: 6, lastHour: 17 }, row: 6, rows: 6 });
    const late = boardOf('2026-11-23', { appointments: [appointment('2026-11-23', '18:30', '19:10')] });
    expect(only(late)).toEqual({ grid: { firstHour: 8, lastHour: 20 }, row: 126, rows: 8 });
  });

  it('cuts an absence to its hours, and gives the shortest appointment room for a line', () => {
    const absences = [{ from: berlin('2026-11-23', '00:00'), to: berlin('2026-11-24', '00:00') }];
    expect(only(boardOf('2026-11-23', { absences }))).toMatchObject({ row: 0, rows: 108 });
    const short = boardOf('2026-11-23', { appointments: [appointment('2026-11-23', '09:00', '09:05')] });
    expect(only(short)).toMatchObject({ row: 12, rows: 3 });
  });

  it.each([
    ['2027-03-22', '2027-03-28'],
    ['2027-10-25', '2027-10-31'],
  ])('stands by the clock on the day on which it changes: the week of %s', (monday, sunday) => {
    const appointments = [appointment(sunday, '14:00', '14:45')];
    expect(only(boardOf(monday, { appointments }))).toMatchObject({ row: 72, rows: 9 });
    const across = [appointment(sunday, '01:00', '04:00')];
    expect(only(boardOf(monday, { appointments: across }))).toMatchObject({ row: 0, rows: 36 });
  });
});

describe('months', () => {
  it('are counted across the year', () => {
    expect(monthOf(day('2026-11-23'))).toBe('2026-11-01');
    expect([-11, -1, 1, 2, 13].map((months) => addMonths(day('2026-11-23'), months))).toEqual([
      ...['2025-12-01', '2026-10-01', '2026-12-01', '2027-01-01', '2027-12-01'],
    ]);
  });
});
