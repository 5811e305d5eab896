import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { addressOf, type Municipality } from '../county/model.ts';
import { PLACE_KINDS, type PlaceEntry, type PlaceKind } from '../county/model-admin.ts';
import { buttons } from './buttons.ts';
import { dutyButtons, placeButtons } from './buttons-duties.ts';

// Places where people meet: the list, one place, and the questions of its form.

const PER_PAGE = 7;
const row = (label: string, data: string): Button[] => [{ label, data }];
const listData = dutyButtons.places.data({ page: '0' });

export function places(t: Translator, all: readonly PlaceEntry[], page: number): View {
  const { items, row: turn } = paged(t, all, page, PER_PAGE, (to) => dutyButtons.places.data({ page: String(to) }));
  return screen(t, {
    text: t(all.length === 0 ? 'coordination:places.none' : 'coordination:hub.places'),
    rows: [
      ...items.map(({ id, name, active }) =>
        row(`${active ? '📍' : '🚫'} ${name}`, dutyButtons.place.data({ place: id })),
      ),
      turn,
      row(t.label('coordination:place.add'), dutyButtons.placeAdd.data({})),
    ],
    back: buttons.hub.data({}),
  });
}

const kindName = (t: Translator, kind: string): string => {
  const known = PLACE_KINDS.find((one) => one === kind);
  return known === undefined ? '–' : t.label(`coordination:place.kind.${known}`);
};

export function place(t: Translator, one: PlaceEntry): View {
  const { id } = one;
  return screen(t, {
    text: lines(
      t('coordination:place', { name: one.name, kind: kindName(t, one.kind), address: addressOf(one) }),
      one.active ? undefined : t('coordination:place.closed'),
    ),
    rows: [
      row(t.label('coordination:place.rename'), dutyButtons.placeText.data({ place: id, what: 'name' })),
      row(t.label('coordination:place.street'), dutyButtons.placeText.data({ place: id, what: 'street' })),
      row(t.label('coordination:place.kind'), dutyButtons.placeKind.data({ place: id })),
      row(t.label('coordination:place.where'), dutyButtons.placeWhere.data({ place: id })),
      one.active
        ? row(t.label('coordination:place.close'), dutyButtons.placeOpen.data({ place: id, open: 'no' }))
        : row(t.label('coordination:place.open'), dutyButtons.placeOpen.data({ place: id, open: 'yes' })),
    ],
    back: listData,
  });
}

export const noPlace = (t: Translator): View => screen(t, { text: t('coordination:gone'), back: listData });

export const placeHeld = (t: Translator, id: string, names: readonly string[]): View =>
  screen(t, {
    text: t('coordination:place.held', { names: names.join(', ') }),
    back: dutyButtons.place.data({ place: id }),
  });

/** Of a place that is there, or within the form that makes one. */
export const askKind = (t: Translator, id?: string): View =>
  screen(t, {
    text: t('coordination:place.kind-ask'),
    rows: PLACE_KINDS.map((kind: PlaceKind) =>
      row(
        t.label(`coordination:place.kind.${kind}`),
        id === undefined ? placeButtons.kind.data({ kind }) : dutyButtons.placeIs.data({ place: id, kind }),
      ),
    ),
    back: id === undefined ? listData : dutyButtons.place.data({ place: id }),
  });

const backTo = (id: string | undefined): string =>
  id === undefined ? listData : dutyButtons.place.data({ place: id });

export const askName = (t: Translator, id?: string): View =>
  screen(t, { text: t('coordination:place.name-ask'), back: backTo(id) });

export const askStreet = (t: Translator, id?: string): View =>
  screen(t, {
    text: t('coordination:place.street-ask'),
    rows: [row(t.label('coordination:place.no-street'), placeButtons.noStreet.data({}))],
    back: backTo(id),
  });

/** Typed, then chosen of what was found. */
export const askTown = (
  t: Translator,
  found: readonly Municipality[],
  note: 'unknown' | 'not-yours' | undefined,
  id?: string,
): View =>
  screen(t, {
    text: lines(
      note === undefined ? undefined : t(`coordination:place.town-${note}`),
      t('coordination:place.town-ask'),
    ),
    rows: found.map(({ ags, name }) => row(`📍 ${name}`, placeButtons.town.data({ ags }))),
    back: backTo(id),
  });

export const askPin = (t: Translator, town: string, isFar: boolean, id?: string): View =>
  screen(t, {
    text: lines(isFar ? t('coordination:place.far', { town }) : undefined, t('coordination:place.pin-ask')),
    rows: [row(t.label('coordination:place.centre'), placeButtons.centre.data({}))],
    back: backTo(id),
  });

export const placeSaved = (t: Translator, id: string): View =>
  screen(t, { text: t('coordination:saved'), back: dutyButtons.place.data({ place: id }) });
