import type { Api } from 'grammy';
import { refusalOf } from './refusal.ts';

/** Telegram takes so many ids in one call. */
const BATCH = 100;
/** Ids are counted across all chats of a bot: looking further back finds more of this one. 2,000 in all. */
const BATCHES = 20;

/** A die that she threw cannot be deleted for a day. So many are passed over; more of them is what is too old. */
const PASSED_OVER = 3;

/**
 * Removes a chat's last messages, the bot's and hers, for both sides: which ones they are is kept nowhere, so the ids
 * from `newest` down are tried, and Telegram passes over those that are not of this chat. What is older than 48 hours
 * Telegram keeps: where one after the other is refused, the search ends. Throws outages.
 */
export async function clearChat(api: Api, chatId: number, newest: number): Promise<void> {
  let refused = 0;
  /** False when there is nothing more to try: what lies before is older still. */
  async function remove(from: number, to: number): Promise<boolean> {
    try {
      await api.deleteMessages(
        chatId,
        Array.from({ length: to - from + 1 }, (_, index) => from + index),
      );
      return true;
    } catch (error) {
      // One that may not be deleted can refuse the whole call: the newer half first, then the other.
      if (refusalOf(error)?.kind !== 'message-gone') throw error;
      if (from === to) return ++refused <= PASSED_OVER;
      const middle = Math.floor((from + to) / 2);
      return (await remove(middle + 1, to)) && (await remove(from, middle));
    }
  }
  for (let batch = 0; batch < BATCHES; batch++) {
    const to = newest - batch * BATCH;
    if (to < 1) return;
    if (!(await remove(Math.max(1, to - BATCH + 1), to))) return;
  }
}
