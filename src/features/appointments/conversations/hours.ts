import type { Context as PlainContext } from 'grammy';
import { parseTime } from '../../../platform/date-formats.ts';
import { day as asDay, type Day, type WallTime, wallTime } from '../../../platform/datetime.ts';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, next, waitForAnswer, waitForPress } from '../../../telegram/dialogue.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import type { Place } from '../../county/model.ts';
import type { CountyService } from '../../county/service.ts';
import type { Manager } from '../../people/model.ts';
import { hoursButtons as buttons } from '../buttons-hours.ts';
import type { OfficeHours, OfficeHoursDraft, Way, Weekday } from '../model.ts';
import type { Problem } from '../rules-hours.ts';
import type { AppointmentsService } from '../service.ts';
import * as form from '../views-hours.ts';
import * as staff from '../views-staff.ts';

const SHOWN_PLACES = 6;

/** A manager makes a series of office hours: eight questions, mostly buttons, and a summary before it counts. */
export const hoursDialogue =
  (deps: { i18n: I18n; appointments: AppointmentsService; county: CountyService }) =>
  async (dialogue: Dialogue, first: PlainContext, start: { readonly locale: Locale; readonly today: string }) => {
    const t = deps.i18n.translator(start.locale);
    const today = asDay(start.today);
    const hint = plain(t, 'common:use-buttons');
    let ctx = first;

    async function ask<T>(view: View, read: (data: string) => T | undefined): Promise<T> {
      await next(ctx, view);
      const answer = await waitForPress(dialogue, read, hint);
      ctx = answer.ctx;
      return answer.value;
    }

    async function askTime(view: View): Promise<WallTime> {
      await next(ctx, view);
      const answer = await waitForAnswer(
        dialogue,
        ({ data, text }) => {
          const pressed = data === undefined ? undefined : buttons.time.parse(data)?.time;
          return pressed === undefined
            ? parseTime(text ?? '')
            : parseTime(`${pressed.slice(0, 2)}:${pressed.slice(2)}`);
        },
        form.notATime(t),
      );
      ctx = answer.ctx;
      return wallTime(answer.value);
    }

    async function askWays(): Promise<Way[]> {
      const chosen: Way[] = [];
      for (;;) {
        const way = await ask(form.askFormWays(t, chosen), (data) => buttons.way.parse(data)?.way);
        if (way === 'done') return chosen;
        const index = chosen.indexOf(way);
        if (index < 0) chosen.push(way);
        else chosen.splice(index, 1);
      }
    }

    async function askPlace(places: readonly Place[]): Promise<string> {
      let shown = places.slice(0, SHOWN_PLACES);
      let found = true;
      for (;;) {
        await next(ctx, form.askFormPlace(t, shown, found));
        const answer = await waitForAnswer(
          dialogue,
          ({ data, text }) => {
            const place = data === undefined ? undefined : buttons.place.parse(data)?.place;
            if (place !== undefined) return { place };
            return text === undefined ? undefined : { typed: text.slice(0, 60).toLowerCase().trim() };
          },
          hint,
        );
        ctx = answer.ctx;
        if (answer.value.place !== undefined) return answer.value.place;
        const typed = answer.value.typed ?? '';
        const near = places.filter(({ name }) => name.toLowerCase().includes(typed)).slice(0, SHOWN_PLACES);
        found = near.length > 0;
        if (found) shown = near;
      }
    }

    const weekday = Number(await ask(form.askWeekday(t), (data) => buttons.weekday.parse(data)?.weekday)) as Weekday;
    const from = await askTime(form.askFormTime(t, 'from'));
    const to = await askTime(form.askFormTime(t, 'to', from));
    const ways = await askWays();
    const { places } = await ext(dialogue, async (outside) => ({
      kind: 'places',
      places: (await deps.appointments.placesFor(outside.actor as Manager)).map((place) => ({ ...place })),
    }));
    const known = places as unknown as readonly Place[];
    const placeId = ways.includes('place') ? await askPlace(known) : undefined;
    const minutes = (data: string) => buttons.minutes.parse(data)?.minutes;
    const slotMinutes = Number(await ask(form.askMinutes(t, 'slot'), minutes));
    const bufferAfterMinutes = Number(await ask(form.askMinutes(t, 'buffer'), minutes));
    const validFrom: Day = asDay(await ask(form.askStart(t, today), (data) => buttons.start.parse(data)?.day));

    const draft: OfficeHoursDraft = {
      weekday,
      from,
      to,
      ways,
      placeId,
      slotMinutes,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes,
      everyWeeks: 1,
      validFrom,
      validTo: undefined,
    };
    const byId = new Map(known.map((place) => [place.id, place]));
    await ask(form.confirmHours(t, draft, byId), (data) => buttons.save.parse(data));
    const added = await ext(dialogue, async (outside) => {
      const result = await deps.appointments.addOfficeHours(outside.actor as Manager, draft);
      if (result.status === 'problem') return { kind: 'problem', problem: result.problems[0] ?? 'never-held' };
      if (result.status === 'overlaps') return { kind: 'overlaps', other: JSON.stringify(result.other) };
      return { kind: 'added' };
    });
    if (added.kind === 'problem') await next(ctx, staff.hoursProblem(t, added.problem as Problem));
    else if (added.kind === 'overlaps')
      await next(ctx, staff.hoursOverlap(t, JSON.parse(String(added.other)) as OfficeHours));
    else await next(ctx, staff.hoursSaid(t, 'saved'));
  };
