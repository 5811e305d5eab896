import type { Api } from 'grammy';
import { refusalOf } from './refusal.ts';

/** Telegram takes so many ids in one call. */
const BATCH = 100;
/** Ids are counted across all chats of a bot: looking further back finds more of this one. 2,000 in all. */
const BATCHES = 20;

/**
 * Removes a chat's last messages, the bot's and hers, for both sides: which ones they are is kept nowhere, so the ids
 * from `newest` down are tried, and Telegram passes over those that are not of this chat. What is older than 48 hours
 * Telegram keeps, and a refusal that leaves nothing to try ends it. Throws outages.
 */
export async function clearChat(api: Api, chatId: number, newest: number): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    const to = newest - batch * BATCH;
    if (to < 1) return;
    if (!(await remove(api, chatId, Math.max(1, to - BATCH + 1), to))) return;
  }
}

/** False when something in there could not be deleted: what lies before it is older still. */
async function remove(api: Api, chatId: number, from: number, to: number): Promise<boolean> {
  try {
    await api.deleteMessages(
      chatId,
      Array.from({ length: to - from + 1 }, (_, index) => from + index),
    );
    return true;
  } catch (error) {
    // One that may not be deleted can refuse the whole call: the newer half first, then the other.
    if (refusalOf(error)?.kind !== 'message-gone') throw error;
    if (from === to) return false;
    const middle = Math.floor((from + to) / 2);
    return (await remove(api, chatId, middle + 1, to)) && (await remove(api, chatId, from, middle));
  }
}
