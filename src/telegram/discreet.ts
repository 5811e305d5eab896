import type { Update } from 'grammy/types';
import { isDiscreet } from './button.ts';

/** The command that shows what the discreet button of help shows. */
const HELP = /^\/help(?:@\w+)?$/;

/**
 * Whether it is nobody's business that somebody wanted this: help numbers, letters, whom to ask. Such an update is
 * handled from memory and written nowhere; if the program dies or Telegram fails meanwhile, she presses again.
 */
export function leavesNoTrace(update: Update): boolean {
  const pressed = update.callback_query?.data;
  return pressed === undefined ? HELP.test(update.message?.text ?? '') : isDiscreet(pressed);
}
