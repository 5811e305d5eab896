import type { Locale } from '../platform/locale.ts';

/** What a button does: send its data to us, open an address, or copy a text. Icon and word, always both. */
export type Button = { readonly label: string; readonly style?: 'primary' | 'success' | 'danger' } & (
  | { readonly data: string }
  | { readonly url: string }
  /** Opens a page inside of Telegram, which vouches for who opens it; `https` only. */
  | { readonly webApp: string }
  | { readonly copy: string }
);

/** A screen as plain data: what it says (HTML) and its rows of buttons. `telegram/screen.ts` puts it on a phone. */
export interface View {
  readonly locale: Locale;
  readonly text: string;
  readonly rows: readonly (readonly Button[])[];
  /**
   * A card that stays: pressing a button of navigation on it sends a new message instead of replacing it, because
   * people show it at the door.
   */
  readonly stays?: boolean;
  /** A short word in a toast, for what the message says as well. */
  readonly toast?: string;
  /** What a locked screen may show of it where its reader wants that. */
  readonly discreet?: string;
}

/** A place on the map, sent beside a card. */
export interface Pin {
  readonly title: string;
  readonly address: string;
  readonly lat: number;
  readonly lon: number;
}

/** A small text file, such as a calendar entry. */
export interface TextFile {
  readonly name: string;
  readonly content: string;
  readonly caption?: string;
}

/** A picture made in memory. */
export interface Picture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly caption: string;
}

/** What a notice may be: a screen, a pin, a file, or a picture. */
export type Message = View | { readonly pin: Pin } | { readonly file: TextFile } | { readonly picture: Picture };

/** Puts lines of a message together; an undefined line is left out. */
export const lines = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('\n');
