import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { placeButtons } from './buttons-place.ts';
import type { Municipality } from './model.ts';
import { PLACE_KINDS, type PlaceKind } from './model-admin.ts';

// The questions about a place where people meet. `back` is where the form that asks them leads back to.

const row = (label: string, data: string): Button[] => [{ label, data }];

export const kindName = (t: Translator, kind: string): string => {
  const known = PLACE_KINDS.find((one) => one === kind);
  return known === undefined ? '–' : t.label(`county:place.kind.${known}`);
};

export const askKind = (
  t: Translator,
  back: string,
  data: (kind: PlaceKind) => string = (kind) => placeButtons.kind.data({ kind }),
): View =>
  screen(t, {
    text: t('county:place.kind-ask'),
    rows: PLACE_KINDS.map((kind) => row(kindName(t, kind), data(kind))),
    back,
  });

export const askName = (t: Translator, back: string): View => screen(t, { text: t('county:place.name-ask'), back });

export const askStreet = (t: Translator, back: string): View =>
  screen(t, {
    text: t('county:place.street-ask'),
    rows: [row(t.label('county:place.no-street'), placeButtons.noStreet.data({}))],
    back,
  });

/** Why a municipality that was named cannot be: nobody knows it, or it is not hers to keep places in. */
export type TownNote = 'unknown' | 'not-yours' | 'not-served';

/** Typed, or chosen of what was found. */
export const askTown = (
  t: Translator,
  back: string,
  found: readonly Municipality[],
  note: TownNote | undefined,
): View =>
  screen(t, {
    text: lines(note === undefined ? undefined : t(`county:place.town-${note}`), t('county:place.town-ask')),
    rows: found.map(({ ags, name }) => row(`📍 ${name}`, placeButtons.town.data({ ags }))),
    back,
  });

export const askPin = (t: Translator, back: string, town: string, isFar: boolean): View =>
  screen(t, {
    text: lines(isFar ? t('county:place.far', { town }) : undefined, t('county:place.pin-ask')),
    rows: [row(t.label('county:place.centre'), placeButtons.centre.data({}))],
    back,
  });
