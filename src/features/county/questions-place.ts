import type { Translator } from '../../platform/i18n.ts';
import { oneLine } from '../../platform/one-line.ts';
import type { Context } from '../../telegram/context.ts';
import { type Dialogue, ext, type Given } from '../../telegram/dialogue.ts';
import type { Form } from '../../telegram/form.ts';
import type { View } from '../../telegram/view.ts';
import { plain } from '../../telegram/views.ts';
import { placeButtons } from './buttons-place.ts';
import type { Municipality } from './model.ts';
import { PLACE_NAME_LENGTH, type PlaceKind, type Point, STREET_LENGTH } from './model-admin.ts';
import type { CountyService } from './service.ts';
import type { PlaceWish } from './service-admin.ts';
import * as views from './views-place.ts';

export const BACK = 'back';
export type Back = typeof BACK;

/** The questions about a place, for whichever form asks them. */
export interface PlaceQuestions {
  name(): Promise<string | Back>;
  kind(): Promise<PlaceKind | Back>;
  /** Undefined: it has none. */
  street(): Promise<{ readonly street: string | undefined } | Back>;
  town(): Promise<Municipality | Back>;
  /** A pin of the map; undefined: it lies in the middle of the municipality. */
  pin(town: Municipality): Promise<{ readonly point: Point | undefined } | Back>;
  /** All of them, each with a way to the one before; `back` leads out of the first. */
  all(): Promise<PlaceWish | Back>;
}

export function placeQuestions(
  dialogue: Dialogue,
  t: Translator,
  ask: Form,
  deps: {
    readonly county: CountyService;
    /** Whether whoever answers may keep places in that municipality. */
    mayKeepIn(ctx: Context, ags: string): Promise<boolean>;
    readonly notHers: Extract<views.TownNote, 'not-yours' | 'not-served'>;
    /** Shown before anything is typed. */
    readonly near?: readonly Municipality[];
    /** Where the questions lead back to: another screen, or this form's own button, which `isBack` knows. */
    readonly back: string;
    isBack?(data: string): boolean;
  },
): PlaceQuestions {
  const { county, back } = deps;
  const useButtons = plain(t, 'common:use-buttons');
  const answer = <T>(view: View, read: (given: Given) => T | undefined, hint = useButtons): Promise<T | Back> =>
    ask.ask<T | Back>(
      view,
      (given) => {
        if (given.data !== undefined && deps.isBack?.(given.data) === true) return BACK;
        return read(given);
      },
      hint,
    );

  /** Something typed, of at most so many characters, in one line. */
  const typed = (text: string | undefined, limit: number): string | undefined => {
    const line = oneLine(text ?? '');
    if (line === '' || line.startsWith('/')) return undefined;
    return [...line].length <= limit ? line : undefined;
  };

  async function townsFor(named: { readonly ags?: string; readonly typed?: string }): Promise<readonly Municipality[]> {
    if (named.ags !== undefined) {
      const town = await county.municipality(named.ags);
      return town === undefined ? [] : [town];
    }
    const result = await county.search(named.typed ?? '');
    return result.kind === 'exact' ? [result.municipality] : result.kind === 'near' ? result.municipalities : [];
  }

  const questions: Omit<PlaceQuestions, 'all'> = {
    name: async () => {
      const tooLong = plain(t, 'common:too-long', { count: PLACE_NAME_LENGTH });
      const named = await answer(
        views.askName(t, back),
        ({ text }) => {
          const name = typed(text, PLACE_NAME_LENGTH);
          return name === undefined ? undefined : { name };
        },
        tooLong,
      );
      return named === BACK ? BACK : named.name;
    },
    kind: () =>
      answer(views.askKind(t, back), ({ data }) =>
        data === undefined ? undefined : placeButtons.kind.parse(data)?.kind,
      ),
    street: () =>
      answer<{ readonly street: string | undefined }>(
        views.askStreet(t, back),
        ({ data, text }) => {
          if (data !== undefined) {
            return placeButtons.noStreet.parse(data) === undefined ? undefined : { street: undefined };
          }
          const street = typed(text, STREET_LENGTH);
          return street === undefined ? undefined : { street };
        },
        plain(t, 'common:too-long', { count: STREET_LENGTH }),
      ),

    async town() {
      let found = deps.near ?? [];
      let note: views.TownNote | undefined;
      for (;;) {
        const named: { readonly ags?: string; readonly typed?: string } | Back = await answer<{
          readonly ags?: string;
          readonly typed?: string;
        }>(views.askTown(t, back, found, note), ({ data, text }) => {
          const ags = data === undefined ? undefined : placeButtons.town.parse(data)?.ags;
          if (ags !== undefined) return { ags };
          return text === undefined || text.startsWith('/') ? undefined : { typed: text.slice(0, 60) };
        });
        if (named === BACK) return BACK;
        const known = await ext(dialogue, async (outside) => {
          const towns = await townsFor(named);
          const own = await Promise.all(towns.map(({ ags }) => deps.mayKeepIn(outside, ags)));
          return { kind: 'towns', towns: towns.filter((_, index) => own[index] === true), isKnown: towns.length > 0 };
        });
        const hers = known.towns as unknown as readonly Municipality[];
        const [only, ...others] = hers;
        if (only !== undefined && (named.ags !== undefined || others.length === 0)) return only;
        found = hers.length > 0 ? hers : (deps.near ?? []);
        note = hers.length > 0 ? undefined : known.isKnown ? deps.notHers : 'unknown';
      }
    },

    async pin(town) {
      for (let isFar = false; ; isFar = true) {
        const given = await answer<{ readonly point: Point | undefined }>(
          views.askPin(t, back, town.name, isFar),
          ({ data, pin }) => {
            if (pin !== undefined) return { point: pin };
            return data !== undefined && placeButtons.centre.parse(data) !== undefined
              ? { point: undefined }
              : undefined;
          },
          views.askPin(t, back, town.name, false),
        );
        if (given === BACK || given.point === undefined) return given;
        const { point } = given;
        const { isNear } = await ext(dialogue, async () => ({
          kind: 'near',
          isNear: await county.desk.isNear(point, town.ags),
        }));
        if (isNear) return given;
      }
    },
  };

  return {
    ...questions,
    async all() {
      let name = '';
      let kind: PlaceKind = 'office';
      let street: string | undefined;
      let town: Municipality | undefined;
      for (let step: 'name' | 'kind' | 'street' | 'town' | 'pin' = 'name'; ; ) {
        if (step === 'name') {
          const given = await questions.name();
          if (given === BACK) return BACK;
          name = given;
          step = 'kind';
        } else if (step === 'kind') {
          const given = await questions.kind();
          if (given !== BACK) kind = given;
          step = given === BACK ? 'name' : 'street';
        } else if (step === 'street') {
          const given = await questions.street();
          if (given !== BACK) street = given.street;
          step = given === BACK ? 'kind' : 'town';
        } else if (step === 'town' || town === undefined) {
          const given = await questions.town();
          if (given !== BACK) town = given;
          step = given === BACK ? 'street' : 'pin';
        } else {
          const given = await questions.pin(town);
          if (given !== BACK) return { name, kind, street, ags: town.ags, point: given.point };
          step = 'town';
        }
      }
    },
  };
}
