import { parseDayAhead } from '../../../platform/date-formats.ts';
import { addDays, day as asDay, type Day } from '../../../platform/datetime.ts';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, waitForText } from '../../../telegram/dialogue.ts';
import { send } from '../../../telegram/screen.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import { lastDayRead, lastDayUnread } from '../views.ts';
import { fromRead, fromUnread } from '../views-duties.ts';

const LENGTH = 40;
/** A day further ahead is a typing error. */
const AHEAD_DAYS = 731;

export type DayStart = { readonly locale: Locale; readonly today: Day } & (
  | { readonly about: 'last-day'; readonly id: string }
  | { readonly about: 'carrier'; readonly ags: string; readonly carrier: string }
);

/** A coordinator types a day from today on; what was read is gone on with by a button, which stands by itself. */
export const dayDialogue = (deps: { i18n: I18n }) => async (dialogue: Dialogue, _ctx: unknown, start: DayStart) => {
  const t = deps.i18n.translator(start.locale);
  const today = asDay(start.today);
  const unread: View =
    start.about === 'last-day' ? lastDayUnread(t, start.id) : fromUnread(t, start.ags, start.carrier);
  const isRead = (day: Day): View =>
    start.about === 'last-day' ? lastDayRead(t, start.id, day) : fromRead(t, start.ags, start.carrier, day);
  const hints = { noText: plain(t, 'common:no-file'), tooLong: unread };
  for (;;) {
    const { text, ctx, chatId } = await waitForText(dialogue, hints, LENGTH);
    const read = parseDayAhead(text, today);
    const isPossible = read !== undefined && read >= today && read <= addDays(today, AHEAD_DAYS);
    await send(ctx.api, chatId, isPossible ? isRead(read) : unread);
  }
};
