import { randomInt } from 'node:crypto';
import type {
  BotCommand,
  Contact,
  InlineKeyboardMarkup,
  Location,
  MenuButton,
  MessageEntity,
  ReplyKeyboardMarkup,
  Update,
  UserFromGetMe,
  Venue,
} from '@grammyjs/types';
import type { ReplyMarkup } from './keyboard.ts';

/** A file as it was sent; its bytes are kept apart, under `file_id`. */
export interface StoredDocument {
  file_id: string;
  file_name: string;
  mime_type: string;
  file_size: number;
}

/** A message as it is now. The field names are the Bot API's; dates are Unix seconds. */
export interface StoredMessage {
  message_id: number;
  fromBot: boolean;
  date: number;
  edit_date?: number;
  text?: string;
  entities?: MessageEntity[];
  caption?: string;
  caption_entities?: MessageEntity[];
  reply_markup?: ReplyMarkup;
  reply_to?: number;
  venue?: Venue;
  location?: Location;
  contact?: Contact;
  document?: StoredDocument;
  photo?: StoredDocument;
  voice?: { file_id: string; duration: number };
  sticker?: { file_id: string; emoji: string };
  protected?: true;
  link_preview_options?: { is_disabled?: boolean };
  /** The bot's reaction to this message. */
  reaction?: string;
}

export interface Toast {
  queryId: string;
  text?: string;
  showAlert: boolean;
  url?: string;
}

/** One person's chat with the bot: chat id and user id are the same number, as in every private chat. */
export interface PersonState {
  id: number;
  firstName: string;
  languageCode?: string;
  /** What the page writes under the name; Telegram knows no roles. */
  role?: string;
  /** Has this person ever written? Before that a bot may not. */
  started: boolean;
  blocked: boolean;
  deleted: boolean;
  lastMessageId: number;
  messages: StoredMessage[];
  /** The reply keyboard now under the chat. */
  keyboard?: ReplyKeyboardMarkup;
  toasts: Toast[];
  /** Links opened by pressing buttons, and the text last copied by one. */
  opened: string[];
  copied?: string;
  action?: { action: string; at: number };
}

export interface Query {
  chatId: number;
  messageId: number;
  /** Simulated epoch milliseconds. */
  at: number;
  answered: boolean;
  data: string;
}

export interface QueuedUpdate {
  update: Update;
  chatId: number;
  /** Simulated epoch milliseconds after which Telegram forgets it. */
  expiresAt: number;
}

export interface WebhookState {
  url: string;
  secretToken?: string;
  maxConnections: number;
  lastError?: { at: number; message: string };
}

/** All there is to know about the simulated Telegram; plain JSON, so that it can be put away and read again. */
export interface State {
  people: Record<number, PersonState>;
  nextPersonId: number;
  lastUpdateId: number;
  queue: QueuedUpdate[];
  allowedUpdates: string[] | null;
  webhook: WebhookState | null;
  queries: Record<string, Query>;
  lastQueryId: number;
  /** Base64 by file id. */
  files: Record<string, { document: StoredDocument; data: string }>;
  lastFile: number;
  /** By scope and language code. */
  commands: Record<string, BotCommand[]>;
  /** By language code; the empty code is everybody else's. */
  names: Record<string, string>;
  descriptions: Record<string, string>;
  shortDescriptions: Record<string, string>;
  /** By chat id; 0 is everybody else's. */
  menuButtons: Record<number, MenuButton>;
}

/** Person ids do not fit 32 bits, as Telegram's newer ones do not. Update ids begin anywhere. */
export function emptyState(): State {
  return {
    people: {},
    nextPersonId: 5_200_000_001,
    lastUpdateId: randomInt(100_000_000, 900_000_000),
    queue: [],
    allowedUpdates: null,
    webhook: null,
    queries: {},
    lastQueryId: randomInt(1_000_000, 900_000_000),
    files: {},
    lastFile: 0,
    commands: {},
    names: {},
    descriptions: {},
    shortDescriptions: {},
    menuButtons: {},
  };
}

/** The bot as `getMe` shows it; its id is the part of the token before the colon. */
export function botUser(token: string, given: Partial<UserFromGetMe>): UserFromGetMe {
  return {
    id: Number(token.slice(0, token.indexOf(':'))),
    is_bot: true,
    first_name: 'Bot',
    username: 'simulated_bot',
    can_join_groups: false,
    can_read_all_group_messages: false,
    can_manage_bots: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    ...given,
  } as UserFromGetMe;
}

/** The inline keyboard of a message, if it has one. */
export function inlineKeyboard(message: StoredMessage): InlineKeyboardMarkup | undefined {
  const markup = message.reply_markup;
  return markup && 'inline_keyboard' in markup ? markup : undefined;
}
