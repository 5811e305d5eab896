import type { Chat, User, UserFromGetMe } from '@grammyjs/types';
import { type ApiRefusal, BLOCKED, badRequest, CHAT_NOT_FOUND, DEACTIVATED, NOT_STARTED } from './answers.ts';
import type { PersonState, State, StoredDocument, StoredMessage } from './state.ts';
import type { UpdateQueue } from './updates.ts';

/** What every part of the simulator works on. `state` is replaced as a whole when a snapshot is restored. */
export interface World {
  state: State;
  readonly bot: UserFromGetMe;
  readonly updates: UpdateQueue;
  now(): number;
  /** Tells live pages; 0 stands for what concerns every chat. */
  changed(chatId: number): void;
}

export type Reached = { ok: true; person: PersonState } | ApiRefusal;

/** Simulated Unix time in seconds, as the Bot API counts. */
export function seconds(world: World): number {
  return Math.floor(world.now() / 1000);
}

/** The chat a call names, whether or not the bot may write there. */
export function findChat(world: World, chatId: unknown): Reached {
  const person = world.state.people[Number(chatId)];
  return person ? { ok: true, person } : CHAT_NOT_FOUND;
}

/** The chat a call names, if the bot may write there: the person has begun, stays, and has not blocked it. */
export function reachChat(world: World, chatId: unknown): Reached {
  const found = findChat(world, chatId);
  if (!found.ok) return found;
  if (found.person.deleted) return DEACTIVATED;
  if (found.person.blocked) return BLOCKED;
  return found.person.started ? found : NOT_STARTED;
}

export function userOf(person: PersonState): User {
  const user: User = { id: person.id, is_bot: false, first_name: person.firstName };
  return person.languageCode === undefined ? user : { ...user, language_code: person.languageCode };
}

export function chatOf(person: PersonState): Chat.PrivateChat {
  return { id: person.id, type: 'private', first_name: person.firstName };
}

/** Adds a message at the end of a chat. */
export function append(
  world: World,
  person: PersonState,
  content: Omit<StoredMessage, 'message_id' | 'date'>,
): StoredMessage {
  person.lastMessageId += 1;
  const message: StoredMessage = { message_id: person.lastMessageId, date: seconds(world), ...content };
  person.messages.push(message);
  if (message.fromBot) delete person.action;
  world.changed(person.id);
  return message;
}

export function findMessage(person: PersonState, messageId: unknown): StoredMessage | undefined {
  return person.messages.findLast((message) => message.message_id === messageId);
}

const MIME_TYPES: Record<string, string> = {
  ics: 'text/calendar',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
  html: 'text/html',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

/** Keeps a file; like Telegram, we trust its name more than the type it came with. */
export function keepFile(world: World, name: string, bytes: Uint8Array): StoredDocument {
  world.state.lastFile += 1;
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const document: StoredDocument = {
    file_id: `BQACAgIAAxkB${String(world.state.lastFile).padStart(8, '0')}`,
    file_name: name,
    mime_type: MIME_TYPES[ending] ?? 'application/octet-stream',
    file_size: bytes.byteLength,
  };
  world.state.files[document.file_id] = { document, data: Buffer.from(bytes).toString('base64') };
  return document;
}

export function fileBytes(world: World, fileId: string): Uint8Array {
  return new Uint8Array(Buffer.from(world.state.files[fileId]?.data ?? '', 'base64'));
}

export const NO_MESSAGE = badRequest('message identifier is not specified');
