import type { Message, PhotoSize } from '@grammyjs/types';
import { inlineKeyboard, type PersonState, type StoredDocument, type StoredMessage } from './state.ts';
import { chatOf, findMessage, userOf, type World } from './world.ts';

function unique(fileId: string): string {
  return `AgAD${fileId.slice(-8)}`;
}

function photoSizes(photo: StoredDocument): PhotoSize[] {
  const size = { file_id: photo.file_id, file_unique_id: unique(photo.file_id), file_size: photo.file_size };
  return [
    { ...size, width: 90, height: 67 },
    { ...size, width: 800, height: 600 },
  ];
}

/** A message as the Bot API shows it to a bot. Like there, only inline keyboards come back. */
export function presentMessage(world: World, person: PersonState, message: StoredMessage): Message {
  const { message_id, date, edit_date, text, entities, caption, caption_entities, venue, location, contact } = message;
  const shown: Record<string, unknown> = {
    message_id,
    from: message.fromBot ? botAsUser(world) : userOf(person),
    chat: chatOf(person),
    date,
    edit_date,
    reply_to_message: replied(world, person, message),
    has_protected_content: message.protected,
    text,
    entities: entities?.length ? entities : undefined,
    caption,
    caption_entities: caption_entities?.length ? caption_entities : undefined,
    link_preview_options: message.link_preview_options,
    venue,
    location: location ?? venue?.location,
    contact,
    document: message.document && { ...message.document, file_unique_id: unique(message.document.file_id) },
    photo: message.photo && photoSizes(message.photo),
    voice: message.voice && { ...message.voice, file_unique_id: unique(message.voice.file_id), mime_type: 'audio/ogg' },
    sticker: message.sticker && {
      ...message.sticker,
      file_unique_id: unique(message.sticker.file_id),
      type: 'regular',
      width: 512,
      height: 512,
      is_animated: false,
      is_video: false,
    },
    reply_markup: inlineKeyboard(message),
  };
  for (const [name, value] of Object.entries(shown)) if (value === undefined) delete shown[name];
  return structuredClone(shown) as unknown as Message;
}

function botAsUser(world: World): Message['from'] {
  const { id, is_bot, first_name, username } = world.bot;
  return { id, is_bot, first_name: world.state.names[''] ?? first_name, username };
}

function replied(world: World, person: PersonState, message: StoredMessage): Message | undefined {
  if (message.reply_to === undefined) return undefined;
  const original = findMessage(person, message.reply_to);
  if (!original) return undefined;
  const { reply_to: _, ...flat } = original;
  return presentMessage(world, person, flat);
}
