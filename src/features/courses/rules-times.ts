import type { CourseRecord, DayPart } from './model.ts';

const TIME = /(\d{1,2})(?:[:.](\d{2}))?\s*(?:Uhr)?\s*(?:-|–|bis)\s*(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr|(?![\d.]))/g;
const WEEKEND = /\b(?:Sa|So|Sams?tags?|Sonntags?|Sonnabends?|Wochenenden?)\b/;
const WEEKDAY =
  /\b(?:Mo|Di|Mi|Do|Fr|Montags?|Dienstags?|Mittwochs?|Donnerstags?|Freitags?|täglich|werktags|wöchentlich)\b/i;
const WORDS: readonly (readonly [DayPart, RegExp])[] = [
  ['morning', /vormittag|\bmorgens\b/i],
  ['afternoon', /nachmittag/i],
  ['evening', /\babend/i],
];

const NOON = 12 * 60;
const EVENING = 17 * 60;
/** A morning course may run into lunch without being one of the afternoon. */
const LUNCH = 13 * 60 + 30;

/** The parts of a day that lie between two times in minutes. */
const partsBetween = (from: number, to: number): DayPart[] => [
  ...(from < NOON ? (['morning'] as const) : []),
  ...(from < EVENING && to > (from < NOON ? LUNCH : NOON) && to > NOON ? (['afternoon'] as const) : []),
  ...(from >= EVENING || to > EVENING + 60 ? (['evening'] as const) : []),
];

/**
 * When a course takes place, read from what its source writes in German. Empty: not known, which never excludes it. At
 * the weekend only is weekend; the part of the day then says nothing.
 */
export function dayPartsOf({ daysTimes = '', timeMode }: Pick<CourseRecord, 'daysTimes' | 'timeMode'>): DayPart[] {
  const isWeekend = timeMode === 'weekend' || WEEKEND.test(daysTimes);
  if (isWeekend && !WEEKDAY.test(daysTimes)) return ['weekend'];
  const read = [...daysTimes.matchAll(TIME)].flatMap(([all, fromHour, fromMinute, toHour, toMinute]) => {
    // "8 - 12" may be people, or lessons.
    if (!/[:.]|Uhr/.test(all)) return [];
    const from = Number(fromHour) * 60 + Number(fromMinute ?? 0);
    const to = Number(toHour) * 60 + Number(toMinute ?? 0);
    return from < to && to <= 24 * 60 && from >= 6 * 60 ? partsBetween(from, to) : [];
  });
  const said = WORDS.filter(([, words]) => words.test(daysTimes)).map(([part]) => part);
  const parts = new Set<DayPart>([...read, ...said, ...(isWeekend ? (['weekend'] as const) : [])]);
  // Who says the days but no hours says nothing about the part of the day.
  return parts.size === 1 && parts.has('weekend') ? [] : [...parts].sort();
}
