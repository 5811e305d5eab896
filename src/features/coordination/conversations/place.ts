import type { Context as PlainContext } from 'grammy';
import type { I18n } from '../../../platform/i18n.ts';
import type { Locale } from '../../../platform/locale.ts';
import { type Dialogue, ext } from '../../../telegram/dialogue.ts';
import { openForm } from '../../../telegram/form.ts';
import { plain } from '../../../telegram/views.ts';
import { placeButtons } from '../../county/buttons-place.ts';
import { BACK, placeQuestions } from '../../county/questions-place.ts';
import type { CountyService } from '../../county/service.ts';
import type { PlaceWish } from '../../county/service-admin.ts';
import type { Coordinator } from '../../people/model.ts';
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
    const ask = openForm(dialogue, first, isOwn, plain(t, 'common:use-buttons'));
    const questions = placeQuestions(dialogue, t, ask, {
      county: deps.county,
      mayKeepIn: (outside, ags) => deps.coordination.mayKeepPlacesIn(outside.actor as Coordinator, ags),
      notHers: 'not-yours',
      back: form.backTo(id),
    });

    if (id === undefined) {
      const wish = await questions.all();
      if (wish === BACK) return;
      const made = await ext(dialogue, async (outside) => ({
        kind: 'made',
        id: await deps.coordination.addPlace(outside.actor as Coordinator, wish),
      }));
      return ask.say(made.id === undefined ? form.noPlace(t) : form.placeSaved(t, made.id));
    }
    const change = await askChange();
    if (change === BACK) return;
    const changed = await ext(dialogue, async (outside) => ({
      kind: 'changed',
      done: await deps.coordination.changePlace(outside.actor as Coordinator, id, change),
    }));
    await ask.say(changed.done ? form.placeSaved(t, id) : form.noPlace(t));

    async function askChange(): Promise<Partial<PlaceWish> | typeof BACK> {
      if (start.what === 'name') {
        const name = await questions.name();
        return name === BACK ? BACK : { name };
      }
      if (start.what === 'street') return questions.street();
      const town = await questions.town();
      if (town === BACK) return BACK;
      const pin = await questions.pin(town);
      return pin === BACK ? BACK : { ags: town.ags, point: pin.point };
    }
  };
