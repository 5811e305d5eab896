import type { Update } from 'grammy/types';

/** A message of this chat as Telegram delivers it. */
export const message = (updateId: number, chatId: number, text = 'x'): Update => ({
  update_id: updateId,
  message: {
    message_id: updateId,
    date: 0,
    text,
    chat: { id: chatId, type: 'private', first_name: 'A' },
    from: { id: chatId, is_bot: false, first_name: 'A' },
  },
});

/** Resolves when this is so; the test's own time limit ends it otherwise. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
