import type { MenuButton } from '@grammyjs/types';
import { type ApiAnswer, accept, badRequest, CHAT_NOT_FOUND } from '../answers.ts';
import type { Params } from '../check.ts';
import { chatOf, findChat, type World } from '../world.ts';

type Shelf = 'names' | 'descriptions' | 'shortDescriptions';

function language(params: Params): string {
  return String(params.language_code ?? '');
}

function set(world: World, shelf: Shelf, params: Params, text: unknown): ApiAnswer {
  const value = String(text ?? '').trim();
  if (value === '') delete world.state[shelf][language(params)];
  else world.state[shelf][language(params)] = value;
  world.changed(0);
  return accept(true);
}

export function setMyName(world: World, params: Params): ApiAnswer {
  return set(world, 'names', params, params.name);
}

/** A bot always has a name: without one in this language, the one for all others is shown. */
export function getMyName(world: World, params: Params): ApiAnswer {
  return accept({ name: world.state.names[language(params)] ?? world.state.names[''] ?? world.bot.first_name });
}

export function setMyDescription(world: World, params: Params): ApiAnswer {
  return set(world, 'descriptions', params, params.description);
}

export function getMyDescription(world: World, params: Params): ApiAnswer {
  return accept({ description: world.state.descriptions[language(params)] ?? '' });
}

export function setMyShortDescription(world: World, params: Params): ApiAnswer {
  return set(world, 'shortDescriptions', params, params.short_description);
}

export function getMyShortDescription(world: World, params: Params): ApiAnswer {
  return accept({ short_description: world.state.shortDescriptions[language(params)] ?? '' });
}

export function setChatMenuButton(world: World, params: Params): ApiAnswer {
  const chatId = Number(params.chat_id ?? 0);
  if (chatId !== 0 && !world.state.people[chatId]) return CHAT_NOT_FOUND;
  const button = (params.menu_button as MenuButton | undefined) ?? { type: 'default' };
  if (button.type === 'default') delete world.state.menuButtons[chatId];
  else world.state.menuButtons[chatId] = button;
  world.changed(chatId);
  return accept(true);
}

export function getChatMenuButton(world: World, params: Params): ApiAnswer {
  const chatId = Number(params.chat_id ?? 0);
  if (chatId !== 0 && !world.state.people[chatId]) return CHAT_NOT_FOUND;
  return accept(world.state.menuButtons[chatId] ?? world.state.menuButtons[0] ?? { type: 'default' });
}

/** The bot's own user, with the name it was last given. */
export function getMe(world: World): ApiAnswer {
  return accept({ ...world.bot, first_name: world.state.names[''] ?? world.bot.first_name });
}

export function getChat(world: World, params: Params): ApiAnswer {
  const found = findChat(world, params.chat_id);
  if (!found.ok) return found;
  return accept({
    ...chatOf(found.person),
    accent_color_id: found.person.id % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
  });
}

/** A bot cannot leave a private chat. */
export function leaveChat(world: World, params: Params): ApiAnswer {
  const found = findChat(world, params.chat_id);
  return found.ok ? badRequest("chat member status can't be changed in private chats") : found;
}
