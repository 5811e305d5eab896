import type { StoredMessage, Toast } from './state.ts';

/** A message as its reader has it now. A document brings its content along. */
export type SimMessage = Omit<StoredMessage, 'document'> & {
  document?: NonNullable<StoredMessage['document']> & { bytes: Uint8Array; text: string };
};

/** Someone with a phone. Every method is something a human does in a Telegram client; impossible things throw. */
export interface SimulatedPerson {
  readonly id: number;
  readonly firstName: string;
  readonly languageCode: string | undefined;
  readonly role: string | undefined;
  readonly started: boolean;
  readonly blocked: boolean;
  /** In order, edited messages as they now are, deleted ones gone. */
  readonly chat: readonly SimMessage[];
  readonly toasts: readonly Toast[];
  /** Addresses opened by pressing buttons. */
  readonly opened: readonly string[];
  /** What a button last copied. */
  readonly copied: string | undefined;
  /** Sends text; a command becomes one by its slash, a deep link is `/start payload`. */
  sends(text: string): void;
  /** Presses START, with the payload of the deep link that led here, if any. Also unblocks, as in the client. */
  starts(payload?: string): void;
  /**
   * Presses the button with this label: of the newest message that has one, otherwise of the keyboard below the chat.
   * Direction marks in labels do not count. Throws, listing what could be pressed, if there is none.
   */
  taps(label: string | RegExp, options?: { message?: number }): void;
  /** Presses a button of the keyboard below the chat by its place. */
  tapsKey(row: number, column: number): void;
  /** Presses with raw data, also forged, also on an old message or one that is gone. */
  presses(messageId: number, data: string): void;
  sendsPhoto(): void;
  sendsSticker(): void;
  sendsVoice(): void;
  sendsDocument(name: string, bytes: Uint8Array): void;
  sendsLocation(latitude: number, longitude: number): void;
  /** Without a `userId` a contact is somebody's from the address book; with one's own id it is one's own. */
  sendsContact(contact: { phoneNumber: string; firstName: string; userId?: number }): void;
  edits(messageId: number, text: string): void;
  blocks(): void;
  unblocks(): void;
  /** The account is gone: nothing reaches it any more, and it sends nothing. */
  deletesAccount(): void;
  /** The newest message of the bot that has buttons, otherwise its newest message. Labels are as sent. */
  screen(): { messageId: number; text: string; buttons: string[][] } | undefined;
}
