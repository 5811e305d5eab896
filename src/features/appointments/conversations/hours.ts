import type { Context as PlainContext } from 'grammy';
import { parseDayAhead, parseTime } from '../../../platform/date-formats.ts';
import { addDays, day as asDay, type Day, type WallTime, wallTime, weekdayOf } from '../../../platform/datetime.ts';
import type { I18n, Translator } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, type Given } from '../../../telegram/dialogue.ts';
import { type Form, openForm } from '../../../telegram/form.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import { placeButtons } from '../../county/buttons-place.ts';
import type { Municipality, Place } from '../../county/model.ts';
import { placeQuestions } from '../../county/questions-place.ts';
import type { CountyService } from '../../county/service.ts';
import type { Manager } from '../../people/model.ts';
import { hoursButtons as buttons, diaryButtons, type FATES, isOfForm } from '../buttons-hours.ts';
import type { Appointment, OfficeHours, OfficeHoursDraft, Way, Weekday } from '../model.ts';
import { hintsFor } from '../rules-hints.ts';
import type { AppointmentsService } from '../service.ts';
import type { Fate } from '../service-hours.ts';
import { hintLines } from '../views-hints.ts';
import * as views from '../views-hours.ts';
import * as form from '../views-hours-form.ts';

const SHOWN_PLACES = 6;
const SHOWN_TOWNS = 6;
/** Hints on the sheet: of the next eight weeks, and so many. */
const HINTS = 3;
const BACK = 'back';
type Back = typeof BACK;

/** What the form collects: the same hours on one or several weekdays. */
interface Sheet {
  weekdays: Weekday[];
  from: WallTime | undefined;
  to: WallTime | undefined;
  ways: Way[];
  placeId: string | undefined;
  slotMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  travelMinutes: number;
  interpreter: boolean;
  everyWeeks: number;
  validFrom: Day;
  validTo: Day | undefined;
}

const usual = (today: Day): Sheet => ({
  weekdays: [],
  from: undefined,
  to: undefined,
  ways: [],
  placeId: undefined,
  slotMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 10,
  travelMinutes: 0,
  interpreter: false,
  everyWeeks: 1,
  validFrom: today,
  validTo: undefined,
});

interface PlaceAnswer {
  readonly place?: string;
  readonly typed?: string;
  /** There is none such: she adds it. */
  readonly isNew?: true;
}

const isBack = (data: string | undefined): boolean => data !== undefined && buttons.back.parse(data) !== undefined;

/** Questions whose answer is pressed or typed; `back` is an answer to each. */
function createQuestions(
  t: Translator,
  ask: Form,
  places: readonly Place[],
  addPlace: () => Promise<Place | Back | undefined>,
) {
  const press = <T>(view: View, read: (data: string) => T | undefined): Promise<T | Back> =>
    ask.press<T | Back>(view, (data) => (isBack(data) ? BACK : read(data)));
  const timeOf = (end: 'from' | 'to', { data, text }: Given): WallTime | undefined => {
    if (data === undefined) return parseTime(text ?? '');
    const pressed = buttons.time.parse(data);
    return pressed?.end === end ? parseTime(`${pressed.time.slice(0, 2)}:${pressed.time.slice(2)}`) : undefined;
  };

  return {
    press,

    async weekdays(sheet: Sheet, isNew: boolean): Promise<Back | undefined> {
      for (;;) {
        const leave = isNew ? diaryButtons.list.data({ page: '0' }) : undefined;
        const answer = await press(form.askWeekdays(t, sheet.weekdays, leave), (data) => {
          const pressed = buttons.weekday.parse(data);
          return pressed ?? (buttons.weekdaysDone.parse(data) ? ('done' as const) : undefined);
        });
        if (answer === BACK) return BACK;
        if (answer === 'done') return undefined;
        const weekday = Number(answer.weekday) as Weekday;
        const others = sheet.weekdays.filter((one) => one !== weekday);
        sheet.weekdays = (answer.on === '1' ? [...others, weekday] : others).sort();
      }
    },

    async time(end: 'from' | 'to', after?: WallTime): Promise<WallTime | Back> {
      let view = form.askTime(t, end, after);
      for (;;) {
        const answer = await ask.ask<WallTime | Back>(
          view,
          (given) => (isBack(given.data) ? BACK : timeOf(end, given)),
          form.notATime(t),
        );
        if (answer === BACK || after === undefined || answer > after) return answer;
        view = form.notAfter(t, after);
      }
    },

    async ways(sheet: Sheet): Promise<Back | undefined> {
      for (;;) {
        const answer = await press(form.askWays(t, sheet.ways), (data) => {
          const pressed = buttons.way.parse(data);
          return pressed ?? (buttons.waysDone.parse(data) ? ('done' as const) : undefined);
        });
        if (answer === BACK) return BACK;
        if (answer === 'done') return undefined;
        const { way, on } = answer;
        const others = sheet.ways.filter((one) => one !== way);
        sheet.ways = on === '1' ? [...others, way] : others;
      }
    },

    async place(): Promise<string | Back> {
      let shown = places.slice(0, SHOWN_PLACES);
      let found = true;
      for (;;) {
        const answer: PlaceAnswer | Back = await ask.ask<PlaceAnswer | Back>(
          form.askPlace(t, shown, found),
          ({ data, text }) => {
            if (isBack(data)) return BACK;
            if (data !== undefined && buttons.newPlace.parse(data)) return { isNew: true };
            const place = data === undefined ? undefined : buttons.place.parse(data)?.place;
            if (places.some(({ id }) => id === place)) return { place: place ?? '' };
            return text === undefined ? undefined : { typed: text.slice(0, 60).toLowerCase().trim() };
          },
        );
        if (answer === BACK) return BACK;
        if (answer.isNew) {
          const made = await addPlace();
          if (made !== BACK && made !== undefined) return made.id;
          continue;
        }
        if (answer.place !== undefined) return answer.place;
        const near = places
          .filter(({ name }) => name.toLowerCase().includes(answer.typed ?? ''))
          .slice(0, SHOWN_PLACES);
        found = near.length > 0;
        if (found) shown = near;
      }
    },

    async minutes(what: 'slot' | 'before' | 'after' | 'travel'): Promise<number | Back> {
      const answer = await press(form.askMinutes(t, what), (data) => {
        const pressed = buttons.minutes.parse(data);
        return pressed?.what === what ? pressed.minutes : undefined;
      });
      return answer === BACK ? BACK : Number(answer);
    },

    every: async (): Promise<number | Back> => {
      const answer = await press(form.askEvery(t), (data) => buttons.every.parse(data)?.weeks);
      return answer === BACK ? BACK : Number(answer);
    },

    start: (today: Day): Promise<Day | Back> =>
      ask.ask<Day | Back>(
        form.askStart(t, today),
        ({ data, text }) => {
          if (isBack(data)) return BACK;
          if (data === undefined) return parseDayAhead(text ?? '', today);
          const pressed = buttons.start.parse(data)?.day;
          return pressed === undefined ? undefined : asDay(pressed);
        },
        form.notADay(t),
      ),

    end: (from: Day): Promise<Day | 'endless' | Back> =>
      ask.ask<Day | 'endless' | Back>(
        form.askEnd(t, from),
        ({ data, text }) => {
          if (isBack(data)) return BACK;
          if (data === undefined) return parseDayAhead(text ?? '', from);
          if (buttons.endless.parse(data)) return 'endless';
          const pressed = buttons.end.parse(data)?.day;
          return pressed === undefined ? undefined : asDay(pressed);
        },
        form.notADay(t),
      ),
  };
}

/**
 * A manager makes or changes office hours: a few questions, then a sheet on which every part can be changed before it
 * counts. Each question has a way back; what was entered stays until it is saved.
 */
export const hoursDialogue =
  (deps: { i18n: I18n; appointments: AppointmentsService; county: CountyService }) =>
  async (
    dialogue: Dialogue,
    first: PlainContext,
    start: { readonly locale: Locale; readonly today: string; readonly id?: string },
  ) => {
    const t = deps.i18n.translator(start.locale);
    const today = asDay(start.today);
    const ask = openForm(dialogue, first, isOfForm({ ...buttons, ...placeButtons }), plain(t, 'common:use-buttons'));
    const loaded = await ext(dialogue, async (outside) => {
      const manager = outside.actor as Manager;
      const places = (await deps.appointments.placesFor(manager)).map((place) => ({ ...place }));
      const hours = (await deps.appointments.officeHours(manager)).find(({ id }) => id === start.id);
      const towns = await deps.appointments.servedTowns(manager);
      return {
        kind: 'loaded',
        places: JSON.stringify(places),
        towns: JSON.stringify(towns),
        ...(hours && { hours: JSON.stringify(hours) }),
      };
    });
    const places = JSON.parse(loaded.places) as Place[];
    const towns = JSON.parse(loaded.towns) as readonly Municipality[];
    const byId = new Map(places.map((place) => [place.id, place]));
    const known = loaded.hours === undefined ? undefined : (JSON.parse(loaded.hours) as OfficeHours);
    if (start.id !== undefined && known === undefined) return ask.say(views.hoursSaid(t, 'gone'));
    const { id } = start;
    const sheet: Sheet =
      known === undefined
        ? usual(today)
        : {
            ...known,
            weekdays: [known.weekday],
            ways: [...known.ways],
            placeId: known.placeId,
            validTo: known.validTo,
          };
    const aboutPlaces = placeQuestions(dialogue, t, ask, {
      county: deps.county,
      mayKeepIn: async (_, ags) => towns.some((town) => town.ags === ags),
      notHers: 'not-served',
      near: towns.slice(0, SHOWN_TOWNS),
      back: buttons.back.data({}),
      isBack,
    });
    /** A place that the county's list lacks; from then on it is on it for everybody. */
    async function addPlace(): Promise<Place | Back | undefined> {
      const wish = await aboutPlaces.all();
      if (wish === BACK) return BACK;
      const made = await ext(dialogue, async (outside) => ({
        kind: 'made',
        place: JSON.stringify((await deps.appointments.addPlace(outside.actor as Manager, wish)) ?? null),
      }));
      const place = JSON.parse(made.place) as Place | null;
      if (place === null) return undefined;
      places.push(place);
      byId.set(place.id, place);
      return place;
    }
    const questions = createQuestions(t, ask, places, addPlace);

    const parts = {
      async when(isNew: boolean): Promise<void> {
        for (let step: 'weekdays' | 'from' | 'to' = 'weekdays'; ; ) {
          if (step === 'weekdays') {
            // A series has one weekday; only new ones can be several at once.
            if (id === undefined && (await questions.weekdays(sheet, isNew)) === BACK) return;
            step = 'from';
          } else if (step === 'from') {
            const from = await questions.time('from');
            if (from === BACK && id !== undefined) return;
            if (from !== BACK) sheet.from = from;
            step = from === BACK ? 'weekdays' : 'to';
          } else {
            const to = await questions.time('to', sheet.from);
            if (to !== BACK) {
              sheet.to = to;
              return;
            }
            step = 'from';
          }
        }
      },
      /** False where she went back. */
      async ways(): Promise<boolean> {
        for (;;) {
          if ((await questions.ways(sheet)) === BACK) return false;
          if (!sheet.ways.includes('place')) {
            sheet.placeId = undefined;
            return true;
          }
          const place = await questions.place();
          if (place === BACK) continue;
          sheet.placeId = place;
          return true;
        }
      },
      async length(): Promise<void> {
        const fields = ['slotMinutes', 'bufferBeforeMinutes', 'bufferAfterMinutes', 'travelMinutes'] as const;
        const names = ['slot', 'before', 'after', 'travel'] as const;
        const last = sheet.ways.includes('home') ? 3 : 2;
        for (let step = 0; step <= last; ) {
          const minutes = await questions.minutes(names[step] ?? 'slot');
          if (minutes === BACK && step === 0) return;
          if (minutes !== BACK) sheet[fields[step] ?? 'slotMinutes'] = minutes;
          step += minutes === BACK ? -1 : 1;
        }
      },
      async rhythm(): Promise<void> {
        for (let step: 'every' | 'start' | 'end' = 'every'; ; ) {
          if (step === 'every') {
            const every = await questions.every();
            if (every === BACK) return;
            sheet.everyWeeks = every;
            step = 'start';
          } else if (step === 'start') {
            const from = await questions.start(today);
            if (from !== BACK) sheet.validFrom = from;
            step = from === BACK ? 'every' : 'end';
          } else {
            const until = await questions.end(sheet.validFrom);
            if (until !== BACK) {
              sheet.validTo = until === 'endless' ? undefined : until;
              return;
            }
            step = 'start';
          }
        }
      },
    };

    /** Defined once times and ways have been asked. */
    const whole = (): Omit<OfficeHoursDraft, 'weekday'> => {
      const { weekdays: _, from = wallTime('08:00'), to = wallTime('12:00'), ...rest } = sheet;
      return { ...rest, from, to, ...(sheet.ways.includes('home') ? {} : { travelMinutes: 0 }) };
    };
    const hints = (): string | undefined => {
      const ahead = Array.from({ length: 56 }, (_, n) => addDays(sheet.validFrom, n));
      const weekdays = new Set(sheet.weekdays);
      const held = ahead.filter((one) => weekdays.has(weekdayOf(one)));
      return hintLines(t, hintsFor(held, deps.county.facts.schoolHolidays, HINTS));
    };

    async function save(fate?: Fate) {
      const draft = whole();
      return ext(dialogue, async (outside) => {
        const manager = outside.actor as Manager;
        const result =
          id === undefined
            ? await deps.appointments.addOfficeHours(
                manager,
                sheet.weekdays.map((weekday) => ({ ...draft, weekday })),
              )
            : await deps.appointments.changeOfficeHours(
                manager,
                id,
                { ...draft, weekday: sheet.weekdays[0] ?? 1 },
                fate,
              );
        return { kind: 'saved', result: JSON.stringify(result) };
      });
    }

    if (known === undefined) {
      do await parts.when(true);
      while (!(await parts.ways()));
    }
    let note: form.SheetNote | undefined;
    for (;;) {
      const back = id === undefined ? buttons.back.data({}) : diaryButtons.one.data({ id });
      const answer = await questions.press(
        form.sheet(t, whole(), sheet.weekdays, byId, { note, hints: hints(), back }),
        (data) =>
          buttons.field.parse(data)?.field ??
          buttons.interpreter.parse(data)?.on ??
          (buttons.save.parse(data) ? ('save' as const) : undefined),
      );
      note = undefined;
      if (answer === BACK || answer === 'ways') await parts.ways();
      else if (answer === 'when') await parts.when(false);
      else if (answer === 'length') await parts.length();
      else if (answer === 'rhythm') await parts.rhythm();
      else if (answer === '0' || answer === '1') sheet.interpreter = answer === '1';
      else {
        let saved = parseSaved((await save()).result);
        let chosen: (typeof FATES)[number] | undefined;
        if (saved.status === 'booked') {
          const { appointments } = saved;
          const fate = await questions.press(
            views.askFate(t, appointments, (one) => buttons.fate.data({ fate: one }), buttons.back.data({})),
            (data) => buttons.fate.parse(data)?.fate,
          );
          if (fate === BACK) continue;
          chosen = fate;
          saved = parseSaved(
            (await save(fate === 'keep' || fate === 'move' ? { kind: 'keep' } : { kind: 'cancel', reason: fate }))
              .result,
          );
        }
        if (saved.status === 'problem') note = { kind: 'problem', problem: saved.problems[0] ?? 'never-held' };
        else if (saved.status === 'overlaps') note = { kind: 'overlaps', other: saved.other };
        else if (saved.status === 'gone') return ask.say(views.hoursSaid(t, 'gone'));
        else if (chosen === 'move') {
          const uncovered = await ext(dialogue, async (outside) => ({
            kind: 'uncovered',
            all: JSON.stringify(await deps.appointments.uncovered(outside.actor as Manager)),
          }));
          return ask.say(views.uncoveredList(t, JSON.parse(uncovered.all) as Appointment[], 0));
        } else return ask.say(views.hoursSaid(t, id === undefined ? 'saved' : 'changed'));
      }
    }
  };

type Saved =
  | Awaited<ReturnType<AppointmentsService['addOfficeHours']>>
  | Awaited<ReturnType<AppointmentsService['changeOfficeHours']>>;
const parseSaved = (text: string): Saved => JSON.parse(text) as Saved;
