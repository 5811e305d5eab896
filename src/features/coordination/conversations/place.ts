import type { Context as PlainContext } from 'grammy';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext, type Given, next, waitForAnswer } from '../../../telegram/dialogue.ts';
import type { View } from '../../../telegram/view.ts';
import { plain } from '../../../telegram/views.ts';
import type { Municipality } from '../../county/model.ts';
import { PLACE_NAME_LENGTH, type PlaceKind, type Point, STREET_LENGTH } from '../../county/model-admin.ts';
import type { CountyService } from '../../county/service.ts';
import type { Coordinator } from '../../people/model.ts';
import { placeButtons } from '../buttons-duties.ts';
import type { CoordinationService } from '../service.ts';
import * as form from '../views-places.ts';

export interface PlaceStart {
  readonly locale: Locale;
  /** Undefined: a new one, and everything is asked. */
  readonly id?: string;
  readonly what?: 'name' | 'street' | 'where';
}

const isOwn = (data: string): boolean => Object.values(placeButtons).some((kind) => kind.parse(data) !== undefined);

/** A coordinator makes a place, or changes what of it has to be typed or shown on the map. */
export const placeDialogue =
  (deps: { i18n: I18n; county: CountyService; coordination: CoordinationService }) =>
  async (dialogue: Dialogue, first: PlainContext, start: PlaceStart) => {
    const t = deps.i18n.translator(start.locale);
    const { id } = start;
    let ctx = first;

    /** Shows a question and waits. What belongs to another question of this form changes nothing. */
    async function ask<T>(view: View, read: (given: Given) => T | undefined, hint: View): Promise<T> {
      await next(ctx, view);
      for (;;) {
        const answer = await waitForAnswer(
          dialogue,
          (given) => {
            const value = read(given);
            if (value !== undefined) return { value };
            return given.data !== undefined && isOwn(given.data) ? {} : undefined;
          },
          hint,
        );
        ctx = answer.ctx;
        if (answer.value.value !== undefined) return answer.value.value;
      }
    }
    const useButtons = plain(t, 'common:use-buttons');

    /** Something typed, of at most so many characters; or what a button of the question says. */
    async function askText<T>(view: View, limit: number, press?: (data: string) => T | undefined): Promise<string | T> {
      const tooLong = plain(t, 'common:too-long', { count: limit });
      const typed = ({ data, text }: Given) => {
        if (data !== undefined) return press?.(data);
        const trimmed = text?.replace(/[\p{C}\s]+/gu, ' ').trim();
        if (trimmed === undefined || trimmed === '' || trimmed.startsWith('/')) return undefined;
        return [...trimmed].length <= limit ? trimmed : undefined;
      };
      return ask(view, typed, tooLong);
    }
    const askName = () => askText<never>(form.askName(t, id), PLACE_NAME_LENGTH);
    const askStreet = () =>
      askText(form.askStreet(t, id), STREET_LENGTH, (data) =>
        placeButtons.noStreet.parse(data) === undefined ? undefined : { none: true as const },
      );
    const askKind = (): Promise<PlaceKind> =>
      ask(
        form.askKind(t),
        ({ data }) => (data === undefined ? undefined : placeButtons.kind.parse(data)?.kind),
        useButtons,
      );

    async function askTown(): Promise<Municipality> {
      let found: readonly Municipality[] = [];
      let note: 'unknown' | 'not-yours' | undefined;
      for (;;) {
        const answer: { readonly ags?: string; readonly typed?: string } = await ask(
          form.askTown(t, found, note, id),
          ({ data, text }) => {
            const ags = data === undefined ? undefined : placeButtons.town.parse(data)?.ags;
            if (ags !== undefined) return { ags };
            return text === undefined || text.startsWith('/') ? undefined : { typed: text.slice(0, 60) };
          },
          useButtons,
        );
        const known = await ext(dialogue, async (outside) => {
          const by = outside.actor as Coordinator;
          const towns = await townsFor(answer);
          const own = await Promise.all(towns.map(({ ags }) => deps.coordination.mayKeepPlacesIn(by, ags)));
          return { kind: 'towns', towns: towns.filter((_, index) => own[index] === true), isKnown: towns.length > 0 };
        });
        found = known.towns as unknown as readonly Municipality[];
        const [only, ...others] = found;
        if (only !== undefined && (answer.ags !== undefined || others.length === 0)) return only;
        note = found.length > 0 ? undefined : known.isKnown ? 'not-yours' : 'unknown';
      }
    }
    async function townsFor(answer: { readonly ags?: string; readonly typed?: string }): Promise<Municipality[]> {
      if (answer.ags !== undefined) {
        const town = await deps.county.municipality(answer.ags);
        return town === undefined ? [] : [town];
      }
      const result = await deps.county.search(answer.typed ?? '');
      return result.kind === 'exact' ? [result.municipality] : result.kind === 'near' ? [...result.municipalities] : [];
    }

    /** A pin of the map; without one the place lies in the middle of the municipality. */
    async function askPin(town: Municipality): Promise<Point | undefined> {
      for (let isFar = false; ; isFar = true) {
        const answer: { readonly pin?: Point } = await ask(
          form.askPin(t, town.name, isFar, id),
          ({ data, pin }) => {
            if (pin !== undefined) return { pin };
            return data !== undefined && placeButtons.centre.parse(data) !== undefined ? {} : undefined;
          },
          form.askPin(t, town.name, false, id),
        );
        const { pin } = answer;
        if (pin === undefined) return undefined;
        const { isNear } = await ext(dialogue, async () => ({
          kind: 'near',
          isNear: await deps.county.desk.isNear(pin, town.ags),
        }));
        if (isNear) return pin;
      }
    }
    const streetOf = (street: string | { readonly none: true }) => (typeof street === 'string' ? street : undefined);

    if (id === undefined) {
      const name = await askName();
      const kind = await askKind();
      const street = streetOf(await askStreet());
      const town = await askTown();
      const point = await askPin(town);
      const made = await ext(dialogue, async (outside) => {
        const wish = { name, kind, street, ags: town.ags, point };
        return { kind: 'made', id: await deps.coordination.addPlace(outside.actor as Coordinator, wish) };
      });
      await next(ctx, made.id === undefined ? form.noPlace(t) : form.placeSaved(t, made.id));
      return;
    }
    const change = await askChange();
    const changed = await ext(dialogue, async (outside) => ({
      kind: 'changed',
      done: await deps.coordination.changePlace(outside.actor as Coordinator, id, change),
    }));
    await next(ctx, changed.done ? form.placeSaved(t, id) : form.noPlace(t));

    async function askChange() {
      if (start.what === 'name') return { name: await askName() };
      if (start.what === 'street') return { street: streetOf(await askStreet()) };
      const town = await askTown();
      return { ags: town.ags, point: await askPin(town) };
    }
  };
