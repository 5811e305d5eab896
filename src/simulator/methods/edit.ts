import type { ReactionType } from '@grammyjs/types';
import { type ApiAnswer, type ApiRefusal, accept, badRequest, NOT_MODIFIED, notPlayed } from '../answers.ts';
import type { Params } from '../check.ts';
import { formatText } from '../formatted.ts';
import { cleanKeyboard, type ReplyMarkup } from '../keyboard.ts';
import { presentMessage } from '../present.ts';
import { inlineKeyboard, type PersonState, type StoredMessage } from '../state.ts';
import { findChat, findMessage, NO_MESSAGE, reachChat, seconds, type World } from '../world.ts';
import { linkPreview, unformatted } from './send.ts';

/** A bot may delete for both sides what is younger than this, its own and others' messages alike. */
const DELETABLE_S = 48 * 60 * 60;

type Target = { ok: true; person: PersonState; message: StoredMessage } | ApiRefusal;

function target(world: World, params: Params): Target {
  if (params.inline_message_id !== undefined) return notPlayed('inline messages');
  if (params.chat_id === undefined || params.message_id === undefined) return NO_MESSAGE;
  const reached = reachChat(world, params.chat_id);
  if (!reached.ok) return reached;
  const message = findMessage(reached.person, params.message_id);
  if (!message) return badRequest('message to edit not found');
  return message.fromBot ? { ok: true, person: reached.person, message } : badRequest("message can't be edited");
}

/** The inline keyboard after the edit; a call without one takes it away, as at Telegram. */
function newMarkup(params: Params): ReplyMarkup | undefined {
  if (params.reply_markup === undefined) return undefined;
  const markup = cleanKeyboard(params.reply_markup as ReplyMarkup);
  return 'inline_keyboard' in markup && markup.inline_keyboard.length === 0 ? undefined : markup;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function apply(world: World, person: PersonState, message: StoredMessage, markup: ReplyMarkup | undefined): ApiAnswer {
  if (markup) message.reply_markup = markup;
  else delete message.reply_markup;
  message.edit_date = seconds(world);
  world.changed(person.id);
  return accept(presentMessage(world, person, message));
}

export function editMessageText(world: World, params: Params): ApiAnswer {
  if (params.rich_message !== undefined) return notPlayed('rich messages');
  const formatted = formatText(unformatted(params, 'text'));
  if (!formatted.ok) return formatted;
  const found = target(world, params);
  if (!found.ok) return found;
  const { person, message } = found;
  if (message.text === undefined) return badRequest('there is no text in the message to edit');
  const markup = newMarkup(params);
  if (
    message.text === formatted.text &&
    same(message.entities, formatted.entities) &&
    same(inlineKeyboard(message), markup)
  )
    return NOT_MODIFIED;
  Object.assign(message, { text: formatted.text, entities: formatted.entities, ...linkPreview(params) });
  return apply(world, person, message, markup);
}

export function editMessageReplyMarkup(world: World, params: Params): ApiAnswer {
  const found = target(world, params);
  if (!found.ok) return found;
  const markup = newMarkup(params);
  if (same(inlineKeyboard(found.message), markup)) return NOT_MODIFIED;
  return apply(world, found.person, found.message, markup);
}

export function deleteMessage(world: World, params: Params): ApiAnswer {
  const found = findChat(world, params.chat_id);
  if (!found.ok) return found;
  const message = findMessage(found.person, params.message_id);
  if (!message) return badRequest('message to delete not found');
  if (!isDeletable(world, message)) return badRequest("message can't be deleted for everyone");
  remove(world, found.person, [message]);
  return accept(true);
}

/** Messages that are not there, or too old, are passed over in silence: so says the documentation. */
export function deleteMessages(world: World, params: Params): ApiAnswer {
  const found = findChat(world, params.chat_id);
  if (!found.ok) return found;
  const ids = params.message_ids as number[];
  if (ids.length === 0) return badRequest('message identifiers are not specified');
  remove(
    world,
    found.person,
    found.person.messages.filter((message) => ids.includes(message.message_id) && isDeletable(world, message)),
  );
  return accept(true);
}

function isDeletable(world: World, message: StoredMessage): boolean {
  return seconds(world) - message.date < DELETABLE_S;
}

function remove(world: World, person: PersonState, gone: StoredMessage[]): void {
  person.messages = person.messages.filter((message) => !gone.includes(message));
  world.changed(person.id);
}

export function setMessageReaction(world: World, params: Params): ApiAnswer {
  const reached = reachChat(world, params.chat_id);
  if (!reached.ok) return reached;
  const message = findMessage(reached.person, params.message_id);
  if (!message) return badRequest('message to react not found');
  const [reaction, more] = (params.reaction as ReactionType[] | undefined) ?? [];
  if (more) return badRequest('REACTIONS_TOO_MANY');
  if (reaction && reaction.type !== 'emoji') return badRequest('REACTION_INVALID');
  if (reaction?.type === 'emoji') message.reaction = reaction.emoji;
  else delete message.reaction;
  world.changed(reached.person.id);
  return accept(true);
}
