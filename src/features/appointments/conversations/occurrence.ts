import type { Context as PlainContext } from 'grammy';
import { parseTime } from '../../../platform/date-formats.ts';
import { day as asDay, type WallTime } from '../../../platform/datetime.ts';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext } from '../../../telegram/dialogue.ts';
import { openForm } from '../../../telegram/form.ts';
import { plain } from '../../../telegram/views.ts';
import type { Manager } from '../../people/model.ts';
import { hoursButtons as buttons, diaryButtons, isOfForm } from '../buttons-hours.ts';
import type { AppointmentsService } from '../service.ts';
import type { Fate, OccurrenceChanged } from '../service-hours.ts';
import * as views from '../views-hours.ts';
import * as form from '../views-hours-form.ts';

/** Other times on one day of a series; the place stays. */
export const occurrenceDialogue =
  (deps: { i18n: I18n; appointments: AppointmentsService }) =>
  async (
    dialogue: Dialogue,
    first: PlainContext,
    start: { readonly locale: Locale; readonly id: string; readonly day: string },
  ) => {
    const t = deps.i18n.translator(start.locale);
    const { id } = start;
    const day = asDay(start.day);
    const ask = openForm(dialogue, first, isOfForm(buttons), plain(t, 'common:use-buttons'));
    const back = diaryButtons.day.data({ id, day });

    async function time(end: 'from' | 'to', after?: WallTime): Promise<WallTime> {
      let view = form.askTime(t, end, after, back);
      for (;;) {
        const found = await ask.ask(
          view,
          ({ data, text }) => {
            if (data === undefined) return parseTime(text ?? '');
            const pressed = buttons.time.parse(data);
            return pressed?.end === end ? parseTime(`${pressed.time.slice(0, 2)}:${pressed.time.slice(2)}`) : undefined;
          },
          form.notATime(t, back),
        );
        if (after === undefined || found > after) return found;
        view = form.notAfter(t, after, back);
      }
    }
    const from = await time('from');
    const to = await time('to', from);
    const save = (fate?: Fate) =>
      ext(dialogue, async (outside) => ({
        kind: 'saved',
        result: JSON.stringify(
          await deps.appointments.changeOccurrence(
            outside.actor as Manager,
            id,
            day,
            { held: { from, to, placeId: undefined } },
            fate,
          ),
        ),
      }));
    let saved = JSON.parse((await save()).result) as OccurrenceChanged;
    if (saved.status === 'booked') {
      const fate = await ask.press(
        views.askFate(t, saved.appointments, (one) => buttons.fate.data({ fate: one }), back),
        (data) => buttons.fate.parse(data)?.fate,
      );
      const decided: Fate = fate === 'keep' || fate === 'move' ? { kind: 'keep' } : { kind: 'cancel', reason: fate };
      saved = JSON.parse((await save(decided)).result) as OccurrenceChanged;
    }
    if (saved.status === 'clashes') return ask.say(views.dayClash(t, id, day, saved.other));
    await ask.say(saved.status === 'changed' ? views.daySaved(t, id, day) : views.hoursSaid(t, 'gone'));
  };
