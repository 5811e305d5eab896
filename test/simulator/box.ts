import { Bot } from 'grammy';
import type { ApiAnswer } from '../../src/simulator/answers.ts';
import { fakeFetch } from '../../src/simulator/fake-fetch.ts';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import { createTelegram, type SimulatedTelegram, type SimulatedTelegramOptions } from '../../src/simulator/telegram.ts';

export const TOKEN = '123456:AAsimulated-token_for_tests';

export interface Box {
  telegram: SimulatedTelegram;
  amina: SimulatedPerson;
  /** Moves the simulated clock, milliseconds. */
  pass(ms: number): void;
  call(method: string, params?: Record<string, unknown>): Promise<ApiAnswer>;
}

/** A simulated Telegram at 2 March 2026, 8:40 in Berlin, in which Amina has already pressed START. */
export function box(options: Partial<SimulatedTelegramOptions> = {}): Box {
  let now = Date.parse('2026-03-02T07:40:00Z');
  const telegram = createTelegram({ token: TOKEN, now: () => now, sleep: async () => undefined, ...options });
  const amina = telegram.person({ id: 5_200_000_001, firstName: 'Amina', languageCode: 'ar', started: true });
  return {
    telegram,
    amina,
    pass: (ms) => {
      now += ms;
    },
    call: (method, params = {}) => telegram.call(TOKEN, method, params),
  };
}

/** A grammY bot whose calls go to this Telegram without a network. */
export function botOn(telegram: SimulatedTelegram): Bot {
  return new Bot(TOKEN, { client: { fetch: fakeFetch(telegram) as never } });
}

/** Hands all queued updates to the bot. */
export async function handleAll(telegram: SimulatedTelegram, bot: Bot): Promise<void> {
  for (const update of telegram.takeUpdates()) await bot.handleUpdate(update);
}

/** The sentence of a refusal; an accepted call fails the test by what it answered. */
export function refusal(answer: ApiAnswer): string {
  return answer.ok ? `accepted: ${JSON.stringify(answer.result)}` : answer.description;
}

/** The result of an accepted call; a refusal fails the test by its sentence. */
export function result<T>(answer: ApiAnswer): T {
  if (!answer.ok) throw new Error(answer.description);
  return answer.result as T;
}
