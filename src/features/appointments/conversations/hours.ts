import type { Context as PlainContext } from 'grammy';
import { parseTime } from '../../../platform/date-formats.ts';
import { day as asDay, type Day, type WallTime, wallTime } from '../../../platform/datetime.ts';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, next, waitForAnswer } from '../../../telegram/dialogue.ts';
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

interface PlaceAnswer {
  readonly place?: string;
  readonly typed?: string;
}

const isOwn = (data: string): boolean => Object.values(buttons).some((kind) => kind.parse(data) !== undefined);

/** A manager makes a series of office hours: eight questions, mostly buttons, and a summary before it counts. */
export const hoursDialogue =
  (deps: { i18n: I18n; appointments: AppointmentsService; county: CountyService }) =>
  async (dialogue: Dialogue, first: PlainContext, start: { readonly locale: Locale; readonly today: string }) => {
    const t = deps.i18n.translator(start.locale);
    const today = asDay(start.today);
    const hint = plain(t, 'common:use-buttons');
    let ctx = first;

    /** Shows a question and waits for its answer. What belongs to another question of this form changes nothing. */
    async function askFor<T>(
      view: View,
      read: (given: { readonly data?: string; readonly text?: string }) => T | undefined,
      unread: View,
    ): Promise<T> {
      await next(ctx, view);
      for (;;) {
        const answer = await waitForAnswer(
          dialogue,
          (given) => {
            const value = read(given);
            if (value !== undefined) return { value };
            return given.data !== undefined && isOwn(given.data) ? {} : undefined;
          },
          unread,
        );
        ctx = answer.ctx;
        if (answer.value.value !== undefined) return answer.value.value;
      }
    }
    const ask = <T>(view: View, read: (data: string) => T | undefined): Promise<T> =>
      askFor(view, ({ data }) => (data === undefined ? undefined : read(data)), hint);

    async function askTime(end: 'from' | 'to', view: View): Promise<WallTime> {
      const read = ({ data, text }: { readonly data?: string; readonly text?: string }) => {
        if (data === undefined) return parseTime(text ?? '');
        const pressed = buttons.time.parse(data);
        return pressed?.end === end ? parseTime(`${pressed.time.slice(0, 2)}:${pressed.time.slice(2)}`) : undefined;
      };
      return wallTime(await askFor(view, read, form.notATime(t)));
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
        const answer: PlaceAnswer = await askFor<PlaceAnswer>(
          form.askFormPlace(t, shown, found),
          ({ data, text }) => {
            const place = data === undefined ? undefined : buttons.place.parse(data)?.place;
            if (places.some(({ id }) => id === place)) return { place: place ?? '' };
            return text === undefined ? undefined : { typed: text.slice(0, 60).toLowerCase().trim() };
          },
          hint,
        );
        if (answer.place !== undefined) return answer.place;
        const typed = answer.typed ?? '';
        const near = places.filter(({ name }) => name.toLowerCase().includes(typed)).slice(0, SHOWN_PLACES);
        found = near.length > 0;
        if (found) shown = near;
      }
    }

    const weekday = Number(await ask(form.askWeekday(t), (data) => buttons.weekday.parse(data)?.weekday)) as Weekday;
    const from = await askTime('from', form.askFormTime(t, 'from'));
    const to = await askTime('to', form.askFormTime(t, 'to', from));
    const ways = await askWays();
    const { places } = await ext(dialogue, async (outside) => ({
      kind: 'places',
      places: (await deps.appointments.placesFor(outside.actor as Manager)).map((place) => ({ ...place })),
    }));
    const known = places as unknown as readonly Place[];
    const placeId = ways.includes('place') ? await askPlace(known) : undefined;
    const askMinutes = async (what: 'slot' | 'buffer') =>
      Number(
        await ask(form.askMinutes(t, what), (data) => {
          const pressed = buttons.minutes.parse(data);
          return pressed?.what === what ? pressed.minutes : undefined;
        }),
      );
    const slotMinutes = await askMinutes('slot');
    const bufferAfterMinutes = await askMinutes('buffer');
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
