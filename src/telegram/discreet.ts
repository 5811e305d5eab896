import type { Update } from 'grammy/types';
import { isDiscreet } from './button.ts';

/** Commands that show what a discreet button shows. */
const DISCREET = /^\/(?:help|courses)(?:@\w+)?$/;

/** A press or command that is nobody's business. It leaves a form that is open. */
export function isDiscreetAct(update: Update): boolean {
  const pressed = update.callback_query?.data;
  return pressed === undefined ? DISCREET.test(update.message?.text ?? '') : isDiscreet(pressed);
}

/** Where somebody is. */
export const isLocation = (update: Update): boolean => update.message?.location !== undefined;

/**
 * Whether it is nobody's business that somebody wanted this: help numbers, letters, whom to ask, which course, where she
 * is. Such an update is handled from memory and written nowhere; if the program dies or Telegram fails meanwhile, she
 * presses again.
 */
export const leavesNoTrace = (update: Update): boolean => isDiscreetAct(update) || isLocation(update);
