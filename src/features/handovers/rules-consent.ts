import { addDays, type Day } from '../../platform/datetime.ts';
import { EXTRA_PURPOSES, type ExtraPurpose, PAPER_DAYS, type Status } from './model.ts';

/** A paper is signed before it is recorded, and not long ago. */
export const isPaperDay = (day: Day, today: Day): boolean => paperDays(today).includes(day);

/** The days that a paper may be of, today first. */
export const paperDays = (today: Day): readonly Day[] =>
  Array.from({ length: PAPER_DAYS }, (_, days) => addDays(today, -days));

/** Whether somebody has the case or may take it: then her yes counts, and can be taken back. */
export const isOpen = (status: Status): boolean => status === 'sent' || status === 'accepted';

/** Ticks a purpose, or takes the tick back. */
export const ticked = (purposes: readonly ExtraPurpose[], one: ExtraPurpose): readonly ExtraPurpose[] =>
  EXTRA_PURPOSES.filter((purpose) => purposes.includes(purpose) !== (purpose === one));
