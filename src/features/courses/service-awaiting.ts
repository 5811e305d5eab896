import { addMinutes, type Instant } from '../../platform/datetime.ts';

/** So long a search waits for the place to it. */
const MINUTES = 10;

/**
 * Which search waits for a place. A shared location is a message of its own, on which no button's data comes along: what
 * she has chosen so far is remembered by this process alone, for ten minutes. Whoever is late, or reaches another process,
 * is offered the courses near that place and the questions anew.
 */
export interface Awaiting {
  start(chatId: number, awaited: AwaitedPlace): void;
  /** The search, once. */
  take(chatId: number): AwaitedPlace | undefined;
}

export interface AwaitedPlace {
  readonly search: string;
  /** The message that brought the keys with which she answers. */
  readonly keys: number;
}

export function createAwaiting(now: () => Instant): Awaiting {
  const waiting = new Map<number, { readonly awaited: AwaitedPlace; readonly until: Instant }>();
  return {
    start(chatId, awaited) {
      for (const [chat, { until }] of waiting) if (until < now()) waiting.delete(chat);
      waiting.set(chatId, { awaited, until: addMinutes(now(), MINUTES) });
    },
    take(chatId) {
      const found = waiting.get(chatId);
      waiting.delete(chatId);
      return found !== undefined && found.until >= now() ? found.awaited : undefined;
    },
  };
}
