import type { Key, Translator } from '../platform/i18n.ts';
import { buttons } from './buttons.ts';
import type { Button, View } from './view.ts';

/** A screen with its way back, to the menu and to help; the row is added here and nowhere else. */
export function screen(
  t: Translator,
  view: {
    readonly text: string;
    readonly rows?: readonly (readonly Button[])[];
    /** Data of the button that leads back; undefined where the menu is the way back. */
    readonly back?: string | undefined;
    readonly stays?: boolean;
    readonly toast?: string;
  },
): View {
  const navigation: Button[] = [
    ...(view.back === undefined ? [] : [{ label: t.label('common:nav.back'), data: view.back }]),
    view.stays === true ? { ...menuButton(t), data: buttons.menuBelow.data({}) } : menuButton(t),
    view.stays === true ? helpBelowButton(t) : helpButton(t),
  ];
  return {
    locale: t.locale,
    text: view.text,
    rows: [...(view.rows ?? []), navigation],
    ...(view.stays !== undefined && { stays: view.stays }),
    ...(view.toast !== undefined && { toast: view.toast }),
  };
}

/** A box before a label, after the mark with which a right-to-left label begins. */
export const ticked = (label: string, isChosen: boolean): string =>
  label.replace(/^\u200f?/, `$&${isChosen ? '☑️' : '⬜'} `);

export const menuButton = (t: Translator) => ({ label: t.label('common:nav.menu'), data: buttons.menu.data({}) });
export const helpButton = (t: Translator): Button => ({
  label: t.label('common:nav.help'),
  data: buttons.help.data({ locale: t.locale }),
});

/** On a card that stays, help must not take its place. */
export const helpBelowButton = (t: Translator): Button => ({
  label: t.label('common:nav.help'),
  data: buttons.helpBelow.data({ locale: t.locale }),
});

/** One of the few plain answers of the kit: a sentence, the way to the menu and to help. */
export const plain = (
  t: Translator,
  key: Key & `common:${string}`,
  values: Readonly<Record<string, string | number>> = {},
): View => ({ locale: t.locale, text: t(key, values), rows: [[menuButton(t), helpButton(t)]] });

/** The piece of a list that belongs on one page, and the buttons to its neighbours. Pages count from 0. */
export function paged<T>(
  t: Translator,
  all: readonly T[],
  page: number,
  size: number,
  data: (page: number) => string,
): { readonly items: readonly T[]; readonly row: readonly Button[] } {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const at = Math.min(Math.max(0, page), pages - 1);
  return { items: all.slice(at * size, (at + 1) * size), row: pageRow(t, at, pages, data) };
}

/** Buttons to the page before and after; none where there is one page only. */
export function pageRow(t: Translator, page: number, pages: number, data: (page: number) => string): readonly Button[] {
  return [
    ...(page > 0 ? [{ label: t.label('common:nav.previous'), data: data(page - 1) }] : []),
    ...(page < pages - 1 ? [{ label: t.label('common:nav.next'), data: data(page + 1) }] : []),
  ];
}
