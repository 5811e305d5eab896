import type { Translator } from '../../platform/i18n.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { paged, screen } from '../../telegram/views.ts';
import { addressOf } from '../county/model.ts';
import type { PlaceEntry } from '../county/model-admin.ts';
import { askKind as askPlaceKind, kindName } from '../county/views-place.ts';
import { buttons } from './buttons.ts';
import { dutyButtons } from './buttons-duties.ts';

// Places where people meet: the list, and one place. What its form asks is said in the county's views.

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

/** Where a form about a place leads back to: the place, or the list. */
export const backTo = (id: string | undefined): string =>
  id === undefined ? listData : dutyButtons.place.data({ place: id });

export const askKind = (t: Translator, id: string): View =>
  askPlaceKind(t, backTo(id), (kind) => dutyButtons.placeIs.data({ place: id, kind }));

export const placeSaved = (t: Translator, id: string): View =>
  screen(t, { text: t('coordination:saved'), back: dutyButtons.place.data({ place: id }) });
