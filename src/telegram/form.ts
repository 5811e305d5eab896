import type { Context as PlainContext } from 'grammy';
import { type Dialogue, type Given, next, waitForAnswer } from './dialogue.ts';
import type { View } from './view.ts';

/** A form of questions, one a screen. */
export interface Form {
  /** Shows a question and waits until `read` understands the answer; what it does not understand gets `hint`. */
  ask<T>(view: View, read: (given: Given) => T | undefined, hint?: View): Promise<T>;
  /** The same for buttons only. */
  press<T>(view: View, read: (data: string) => T | undefined): Promise<T>;
  say(view: View): Promise<void>;
}

/**
 * Opens a form. A button of the form that belongs to another question changes nothing (it was pressed twice); a button
 * of another screen leaves the form and does what it says.
 */
export function openForm(
  dialogue: Dialogue,
  first: PlainContext,
  isOwn: (data: string) => boolean,
  useButtons: View,
): Form {
  let ctx = first;
  const ask: Form['ask'] = async <T>(view: View, read: (given: Given) => T | undefined, hint = useButtons) => {
    await next(ctx, view);
    for (;;) {
      const answer = await waitForAnswer(
        dialogue,
        (given) => {
          const value = read(given);
          if (value !== undefined) return { value };
          return given.data !== undefined && isOwn(given.data) ? {} : undefined;
        },
        hint,
      );
      ctx = answer.ctx;
      if (answer.value.value !== undefined) return answer.value.value;
    }
  };
  return {
    ask,
    press: (view, read) => ask(view, ({ data }) => (data === undefined ? undefined : read(data))),
    say: (view) => next(ctx, view),
  };
}
