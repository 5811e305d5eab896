import type { BotCommand, BotCommandScope } from '@grammyjs/types';
import { type ApiAnswer, type ApiRefusal, accept, badRequest, CHAT_NOT_FOUND } from '../answers.ts';
import type { Params } from '../check.ts';
import type { World } from '../world.ts';

type Place = { ok: true; key: string } | ApiRefusal;

function key(scope: string, language: string): string {
  return `${scope}|${language}`;
}

function place(world: World, params: Params): Place {
  const scope = (params.scope as BotCommandScope | undefined) ?? { type: 'default' };
  if ('chat_id' in scope && !world.state.people[Number(scope.chat_id)]) return CHAT_NOT_FOUND;
  const name = 'chat_id' in scope ? `${scope.type}:${scope.chat_id}` : scope.type;
  return { ok: true, key: key(name, String(params.language_code ?? '')) };
}

export function setMyCommands(world: World, params: Params): ApiAnswer {
  const at = place(world, params);
  if (!at.ok) return at;
  const commands = (params.commands as BotCommand[]).map(({ command, description }) => ({
    command: command.replace(/^\//, ''),
    description: description.trim(),
  }));
  if (commands.some(({ command }) => !/^[a-z0-9_]{1,32}$/.test(command))) return badRequest('BOT_COMMAND_INVALID');
  if (commands.some(({ description }) => description === '')) return badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  world.state.commands[at.key] = commands;
  world.changed(0);
  return accept(true);
}

export function getMyCommands(world: World, params: Params): ApiAnswer {
  const at = place(world, params);
  return at.ok ? accept(world.state.commands[at.key] ?? []) : at;
}

export function deleteMyCommands(world: World, params: Params): ApiAnswer {
  const at = place(world, params);
  if (!at.ok) return at;
  delete world.state.commands[at.key];
  world.changed(0);
  return accept(true);
}

/** The commands that a person's client offers, by Telegram's order of scopes and languages. */
export function shownCommands(world: World, chatId: number, language: string): BotCommand[] {
  for (const scope of [`chat:${chatId}`, 'all_private_chats', 'default'])
    for (const code of [language, '']) {
      const commands = world.state.commands[key(scope, code)];
      if (commands && commands.length > 0) return commands;
    }
  return [];
}
