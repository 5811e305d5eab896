import type { CallbackQuery, Update } from 'grammy/types';
import { minuteOf } from '../../src/features/appointments/buttons.ts';
import type { Slot } from '../../src/features/appointments/model.ts';
import { freeSlots } from '../../src/features/appointments/offers.ts';
import { readFacts } from '../../src/features/county/source.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database.ts';
import { type Day, dayOf } from '../../src/platform/datetime.ts';
import { holidayOn } from '../../src/platform/holidays.ts';
import { chatOf, MANAGERS, managerOf } from './crowd.ts';

// The booking dialogue as updates: what the buttons of each screen send. Every chat has a slot of its own.

export interface Walker {
  readonly chatId: number;
  readonly slot: { readonly day: Day; readonly minute: string };
}

/** One walker per refugee, each with a free slot of her manager. */
export async function walkers(db: Database, count: number): Promise<Walker[]> {
  const free = new Map<string, Slot[]>();
  const rules = { window: readFacts('calw').booking, isHoliday: (day: Day) => holidayOn(day) !== undefined };
  for (let n = 0; n < MANAGERS; n++) {
    const slots = await freeSlots(db, [managerOf(n)], systemClock.now(), rules);
    // Tomorrow and later: what begins soon might be gone before its turn.
    free.set(managerOf(n), (slots.get(managerOf(n)) ?? []).slice(10));
  }
  return Array.from({ length: count }, (_, index) => {
    const slot = free.get(managerOf(index + 1))?.shift();
    if (slot === undefined) throw new Error('there are fewer free slots than walkers');
    return { chatId: chatOf(index + 1), slot: { day: dayOf(slot.startsAt), minute: minuteOf(slot.startsAt) } };
  });
}

type Step = (walker: Walker, draft: string) => string;

/** From the menu to the booked appointment. */
export const BOOKING: readonly Step[] = [
  () => 'menu',
  () => 'bk',
  (_, draft) => `bk.topic:${draft}:language`,
  (_, draft) => `bk.way:${draft}:language:place:0`,
  ({ slot }, draft) => `bk.day:${draft}:language:place:${slot.day}:0`,
  ({ slot }, draft) => `bk.time:${draft}:language:place:${slot.minute}`,
  ({ slot }, draft) => `bk.ok:${draft}:language:place:${slot.minute}`,
];
export const CANCELLING = ['cancel', 'cancel.ok'] as const;
export const STEPS = BOOKING.length + CANCELLING.length;

/** Batches in which everybody takes a step. They begin one after the other, so that a batch holds different steps. */
export function inWaves<W, S, U>(walkers: readonly W[], steps: readonly S[], update: (walker: W, step: S) => U): U[][] {
  return Array.from({ length: 2 * steps.length - 1 }, (_, wave) =>
    walkers.flatMap((walker, n) => {
      const step = steps[wave - (n % steps.length)];
      return step === undefined ? [] : [update(walker, step)];
    }),
  );
}

let lastUpdate = Date.now();

/** They rise, as Telegram's do; the fake forgets those that are confirmed by a higher one. */
export const nextUpdateId = (): number => ++lastUpdate;

/** A press as Telegram sends it: with the whole message that the button stood under. */
export function press(chatId: number, data: string): Update {
  const from = { id: chatId, is_bot: false, first_name: 'Selam', language_code: 'de' };
  const chat = { id: chatId, type: 'private' as const, first_name: 'Selam' };
  const message = {
    message_id: 500,
    date: 1_790_000_000,
    chat,
    from: { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' },
    text: 'Worum geht es? Wählen Sie ein Thema. Ihre Beraterin sieht nur dieses Stichwort.',
    reply_markup: {
      inline_keyboard: Array.from({ length: 6 }, (_, row) => [
        { text: `Ein Knopf wie dieser ${row}`, callback_data: `bk.topic:abcdefgh:${row}` },
      ]),
    },
  };
  const update_id = nextUpdateId();
  const query = {
    id: String(update_id),
    from,
    message,
    chat_instance: String(chatId),
    data,
  } as unknown as CallbackQuery;
  return { update_id, callback_query: query };
}
