import { formatDay } from '../../platform/date-formats.ts';
import type { Translator } from '../../platform/i18n.ts';
import { lines } from '../../telegram/view.ts';
import type { Hint } from './rules-hints.ts';

const hintLine = (t: Translator, hint: Hint): string => {
  const day = formatDay(t.locale, hint.day);
  if (hint.kind === 'school') {
    const name = t.label(`hints:school.${hint.name}`);
    return hint.isConfirmed ? t('hints:line', { day, name }) : t('hints:line.unconfirmed', { day, name });
  }
  const name = t.label(`hints:feast.${hint.name}`);
  return hint.isApproximate ? t('hints:line.approximate', { day, name }) : t('hints:line', { day, name });
};

/** A line for each hint, to stand in a message; undefined where there is none. */
export const hintLines = (t: Translator, hints: readonly Hint[]): string | undefined =>
  hints.length === 0 ? undefined : lines(...hints.map((hint) => hintLine(t, hint)));
