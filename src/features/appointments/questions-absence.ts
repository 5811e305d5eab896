import { parseDayAhead } from '../../platform/date-formats.ts';
import { day as asDay, type Day } from '../../platform/datetime.ts';
import type { Translator } from '../../platform/i18n.ts';
import type { Form } from '../../telegram/form.ts';
import type { View } from '../../telegram/view.ts';
import { absenceButtons as buttons } from './buttons-hours.ts';
import { awayHint } from './views-absence.ts';

export const BACK = 'back';
export type Back = typeof BACK;

export const isBack = (data: string | undefined): boolean =>
  data !== undefined && buttons.back.parse(data) !== undefined;

/** The first or last day of an absence, pressed or written, not before `notBefore`; asks until it is one, or she goes back. */
export async function askAwayDay(
  ask: Form,
  t: Translator,
  view: View,
  end: 'first' | 'last',
  notBefore: Day,
): Promise<Day | Back> {
  for (let shown = view; ; ) {
    const answer = await ask.ask<Day | Back>(
      shown,
      ({ data, text }) => {
        if (isBack(data)) return BACK;
        if (data === undefined) return parseDayAhead(text ?? '', notBefore);
        const pressed = buttons.day.parse(data);
        return pressed?.end === end ? asDay(pressed.day) : undefined;
      },
      awayHint(t, 'not-a-day'),
    );
    if (answer === BACK || answer >= notBefore) return answer;
    shown = awayHint(t, end === 'first' ? 'past-day' : 'ends-before-begins');
  }
}
