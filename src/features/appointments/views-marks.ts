import type { Instant } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Button } from '../../telegram/view.ts';
import { dayButtons } from './buttons-day.ts';
import type { Appointment } from './model.ts';
import { canRecord } from './rules-day.ts';

// What staff see at an appointment beside time and person.

/** The one thing to know about it, in a word: what came of it, else that she cannot be reached, else her answer. */
function markOf(t: Translator, one: Appointment): string | undefined {
  if (one.outcome !== undefined) return t.label(`day:outcome.${one.outcome}`);
  if (one.refugee?.unreachable === true) return t.label('day:mark.unreachable');
  if (one.cannot) return t.label('day:staff.cannot-come');
  return one.coming ? t.label('day:mark.coming') : undefined;
}

/** On the card, once it has begun: what came of it, and the way to say so. */
export const outcomeLine = (t: Translator, one: Appointment, now: Instant): string | undefined => {
  if (now < one.startsAt) return undefined;
  if (one.outcome !== undefined) return t('day:outcome.is', { outcome: t.label(`day:outcome.${one.outcome}`) });
  return canRecord(one, now) ? undefined : t('day:outcome.unknown');
};

export const outcomeRow = (t: Translator, one: Appointment, now: Instant): readonly Button[] =>
  canRecord(one, now)
    ? [
        {
          label: t.label(one.outcome === undefined ? 'day:outcome.record' : 'day:outcome.change'),
          data: dayButtons.outcome.data({ id: one.id }),
          ...(one.outcome === undefined && { style: 'primary' as const }),
        },
      ]
    : [];

/** An entry of the diary, with what is to know about it. */
export const markedEntry = (t: Translator, one: Appointment, time: string, person: string): string => {
  const mark = markOf(t, one);
  return mark === undefined
    ? t.label('appointments:diary.entry', { time, person })
    : t.label('day:diary.entry', { time, person, mark });
};
