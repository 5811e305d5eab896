import { type ApiAnswer, accept, QUERY_TOO_OLD } from '../answers.ts';
import type { Params } from '../check.ts';
import type { Toast } from '../state.ts';
import type { World } from '../world.ts';

/** Telegram does not publish how long a button press can be answered; this is the figure commonly assumed. */
export const ANSWERABLE_MS = 15 * 60 * 1000;

/** Takes the spinner off a pressed button, once. A second answer is refused like a late one. */
export function answerCallbackQuery(world: World, params: Params): ApiAnswer {
  const queryId = String(params.callback_query_id);
  const query = world.state.queries[queryId];
  if (!query || query.answered || world.now() - query.at > ANSWERABLE_MS) return QUERY_TOO_OLD;
  query.answered = true;
  const toast: Toast = { queryId, showAlert: params.show_alert === true };
  if (typeof params.text === 'string' && params.text !== '') toast.text = params.text;
  if (typeof params.url === 'string') toast.url = params.url;
  world.state.people[query.chatId]?.toasts.push(toast);
  world.changed(query.chatId);
  return accept(true);
}
