import type { LinkPreviewOptions, MessageEntity, ReplyParameters, Venue } from '@grammyjs/types';
import { type ApiAnswer, type ApiRefusal, accept, badRequest, notPlayed } from '../answers.ts';
import type { Params, UploadedFile } from '../check.ts';
import { formatCaption, formatText, type Unformatted } from '../formatted.ts';
import { cleanKeyboard, type ReplyMarkup } from '../keyboard.ts';
import { presentMessage } from '../present.ts';
import type { PersonState, StoredDocument, StoredMessage } from '../state.ts';
import { append, findMessage, keepFile, reachChat, type World } from '../world.ts';

type Files = ReadonlyMap<string, UploadedFile>;
type Content = Partial<StoredMessage>;

const PHOTO_BYTES = 10 * 1024 * 1024;
const DOCUMENT_BYTES = 50 * 1024 * 1024;

/** The text or caption among a call's parameters. */
export function unformatted(params: Params, text: 'text' | 'caption'): Unformatted {
  return {
    text: (params[text] as string | undefined) ?? '',
    parseMode: params.parse_mode as string | undefined,
    entities: params[text === 'text' ? 'entities' : 'caption_entities'] as MessageEntity[] | undefined,
  };
}

export function linkPreview(params: Params): Content {
  const options = params.link_preview_options as LinkPreviewOptions | undefined;
  return options?.is_disabled ? { link_preview_options: { is_disabled: true } } : {};
}

/** Features of Telegram that no call of this simulator plays. */
function unplayed(params: Params): ApiRefusal | undefined {
  const name = [
    'business_connection_id',
    'ephemeral_message_parameters',
    'suggested_post_parameters',
    'message_thread_id',
    'direct_messages_topic_id',
    'rich_message',
  ].find((each) => params[each] !== undefined);
  return name === undefined ? undefined : notPlayed(`the parameter ${name}`);
}

function replyTo(person: PersonState, params: Params): { ok: true; content: Content } | ApiRefusal {
  const reply = params.reply_parameters as ReplyParameters | undefined;
  const id = reply?.message_id ?? (params.reply_to_message_id as number | undefined);
  if (id === undefined) return { ok: true, content: {} };
  if (findMessage(person, id)) return { ok: true, content: { reply_to: id } };
  return reply?.allow_sending_without_reply ? { ok: true, content: {} } : badRequest('message to be replied not found');
}

/** What all `send*` methods share: may the bot write, what is answered to, which keyboard is shown afterwards. */
function send(world: World, params: Params, content: Content): ApiAnswer {
  const reached = reachChat(world, params.chat_id);
  if (!reached.ok) return reached;
  const refusal = unplayed(params);
  if (refusal) return refusal;
  const { person } = reached;
  const reply = replyTo(person, params);
  if (!reply.ok) return reply;
  const message = append(world, person, { fromBot: true, ...reply.content, ...content });
  if (params.protect_content === true) message.protected = true;
  if (params.reply_markup !== undefined) showMarkup(person, message, cleanKeyboard(params.reply_markup as ReplyMarkup));
  return accept(presentMessage(world, person, message));
}

function showMarkup(person: PersonState, message: StoredMessage, markup: ReplyMarkup): void {
  if ('inline_keyboard' in markup && markup.inline_keyboard.length === 0) return;
  message.reply_markup = markup;
  if ('keyboard' in markup) person.keyboard = markup;
  if ('remove_keyboard' in markup) delete person.keyboard;
}

export function sendMessage(world: World, params: Params): ApiAnswer {
  const formatted = formatText(unformatted(params, 'text'));
  if (!formatted.ok) return formatted;
  return send(world, params, { text: formatted.text, entities: formatted.entities, ...linkPreview(params) });
}

export function sendLocation(world: World, params: Params): ApiAnswer {
  const { latitude, longitude } = params as { latitude: number; longitude: number };
  if (!onEarth(latitude, longitude)) return badRequest('invalid geo coordinates specified');
  return send(world, params, { location: { latitude, longitude } });
}

export function sendVenue(world: World, params: Params): ApiAnswer {
  const { latitude, longitude, title, address } = params as unknown as Venue['location'] & Venue;
  if (!onEarth(latitude, longitude)) return badRequest('invalid geo coordinates specified');
  if (title.trim() === '') return badRequest('title must be non-empty');
  if (address.trim() === '') return badRequest('address must be non-empty');
  return send(world, params, { venue: { location: { latitude, longitude }, title, address } });
}

function onEarth(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

export function sendDocument(world: World, params: Params, files: Files): ApiAnswer {
  return sendFile(world, params, files, 'document', DOCUMENT_BYTES);
}

export function sendPhoto(world: World, params: Params, files: Files): ApiAnswer {
  return sendFile(world, params, files, 'photo', PHOTO_BYTES);
}

function sendFile(world: World, params: Params, files: Files, field: 'document' | 'photo', most: number): ApiAnswer {
  const caption = formatCaption(unformatted(params, 'caption'));
  if (!caption.ok) return caption;
  const reached = reachChat(world, params.chat_id);
  if (!reached.ok) return reached;
  const stored = storedFile(world, String(params[field]), files, most);
  if (!stored.ok) return stored;
  const content: Content = field === 'document' ? { document: stored.document } : { photo: stored.document };
  if (caption.text !== '') Object.assign(content, { caption: caption.text, caption_entities: caption.entities });
  return send(world, params, content);
}

/** An upload, or a file the bot has seen before. Files are never fetched from an address. */
function storedFile(
  world: World,
  given: string,
  files: Files,
  most: number,
): { ok: true; document: StoredDocument } | ApiRefusal {
  if (/^https?:/i.test(given)) return notPlayed('files sent by address');
  if (!given.startsWith('attach://')) {
    const known = world.state.files[given];
    return known ? { ok: true, document: known.document } : badRequest('wrong file identifier/HTTP URL specified');
  }
  const file = files.get(given.slice('attach://'.length));
  if (!file) return badRequest('there is no file in the request');
  if (file.bytes.byteLength === 0) return badRequest('file must be non-empty');
  if (file.bytes.byteLength > most) return { ok: false, error_code: 413, description: 'Request Entity Too Large' };
  return { ok: true, document: keepFile(world, file.name, file.bytes) };
}

export function sendChatAction(world: World, params: Params): ApiAnswer {
  const reached = reachChat(world, params.chat_id);
  if (!reached.ok) return reached;
  reached.person.action = { action: String(params.action), at: world.now() };
  world.changed(reached.person.id);
  return accept(true);
}
