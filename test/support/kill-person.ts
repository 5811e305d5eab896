import { setTimeout as pause } from 'node:timers/promises';
import type { Translator } from '../../src/platform/i18n.ts';
import type { SimMessage, SimulatedPerson } from '../../src/simulator/person.ts';
import type { SimulatedTelegram } from '../../src/simulator/telegram.ts';
import type { Random } from './kill-random.ts';
import { plainText } from './walks.ts';

/** So long somebody looks at a button that does nothing before she presses it again; each time a little longer. */
const PATIENCE_MS = 3_000;
const MAX_PATIENCE_MS = 20_000;
const MAX_PRESSES = 100;
const OPEN_BOOKINGS = 2;
/** What can be pressed on the way to a booking, the furthest screen first. */
const STEPS = ['bk.ok:', 'bk.time:', 'bk.day:', 'bk.way:', 'bk.topic:', 'bk'] as const;

/** What one person believes after reading her chat. */
export interface Believer {
  readonly id: number;
  /** Appointments whose card she was shown. */
  readonly booked: ReadonlySet<string>;
  /** Appointments of which she was told that they are cancelled. */
  readonly cancelled: ReadonlySet<string>;
  readonly pressedAgain: number;
  /** Books and cancels until `isEnough`, then finishes what she is doing. */
  live(isEnough: () => boolean): Promise<void>;
}

export function createBeliever(
  telegram: SimulatedTelegram,
  person: SimulatedPerson,
  random: Random,
  t: Translator,
): Believer {
  const booked = new Set<string>();
  const told = new Set<string>();
  const cancelledText = withoutMarkup(t('appointments:cancel.done'));
  let pressedAgain = 0;

  const newest = (after: number, prefix: string) =>
    person.chat.findLast((one) => one.message_id > after && find(one, prefix) !== undefined);
  const byId = (id: number) => person.chat.find((one) => one.message_id === id);

  /** Does something until the chat shows that it worked, again and again as people do. */
  async function insist<T>(what: string, act: () => void, isDone: () => T | undefined): Promise<T> {
    for (let presses = 1; presses <= MAX_PRESSES; presses++) {
      if (presses > 1) pressedAgain += 1;
      act();
      const done = await shows(isDone, Math.min(presses * PATIENCE_MS, MAX_PATIENCE_MS));
      if (done !== undefined) return done;
    }
    throw new Error(`${person.id} pressed ${MAX_PRESSES} times and got no answer: ${what}`);
  }

  async function shows<T>(isDone: () => T | undefined, patienceMs: number): Promise<T | undefined> {
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    const look = () => {
      const done = isDone();
      if (done !== undefined) resolve(done);
    };
    const unlisten = telegram.onChange((chatId) => chatId === person.id && look());
    const timer = setTimeout(() => resolve(isDone()), patienceMs + random.between(0, 1_500));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      unlisten();
    }
  }

  /** From the menu to a card, or to a screen that says why not. */
  async function book(): Promise<void> {
    const before = person.chat.at(-1)?.message_id ?? 0;
    const menu = await insist(
      'the menu',
      () => person.sends('/menu'),
      () => newest(before, 'bk'),
    );
    const id = menu.message_id;
    for (;;) {
      const screen = byId(id);
      const card = screen && find(screen, 'cancel:');
      if (card !== undefined) {
        booked.add(card.slice('cancel:'.length));
        return;
      }
      const step = STEPS.find((prefix) => screen && find(screen, prefix) !== undefined);
      if (screen === undefined || step === undefined) return;
      const shown = JSON.stringify(dataOf(screen));
      const data = random.pick(choices(screen, step));
      await insist(
        step,
        () => person.presses(id, data),
        () => JSON.stringify(dataOf(byId(id))) !== shown || undefined,
      );
      await pause(random.between(20, 250));
    }
  }

  /** A card that she was shown stands in the chat until it is cancelled, whatever came late. */
  function cardOf(appointment: string): SimMessage {
    const card = person.chat.findLast((one) => find(one, `cancel:${appointment}`) !== undefined);
    if (card === undefined) throw new Error(`${person.id} does not find the card of ${appointment}`);
    return card;
  }

  async function cancel(appointment: string): Promise<void> {
    const card = cardOf(appointment);
    const data = `cancel.why:${appointment}:unsaid`;
    const ask = await insist(
      'cancel',
      () => person.presses(card.message_id, `cancel:${appointment}`),
      () => newest(card.message_id, data),
    );
    await pause(random.between(20, 250));
    await insist(
      data,
      () => person.presses(ask.message_id, data),
      () => plainText(byId(ask.message_id)?.text ?? '') === cancelledText || undefined,
    );
    told.add(appointment);
  }

  return {
    id: person.id,
    booked,
    cancelled: told,
    get pressedAgain() {
      return pressedAgain;
    },
    async live(isEnough) {
      while (!isEnough()) {
        const open = [...booked].filter((id) => !told.has(id));
        const [one] = open;
        if (one !== undefined && (open.length >= OPEN_BOOKINGS || random.next() < 0.4)) await cancel(one);
        else await book();
        await pause(random.between(50, 600));
      }
    },
  };
}

const withoutMarkup = (html: string) =>
  plainText(html.replace(/<[^>]+>/g, ''))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The data of all buttons of a message. */
export function dataOf(message: SimMessage | undefined): readonly string[] {
  const markup = message?.reply_markup as { inline_keyboard?: { callback_data?: string }[][] } | undefined;
  return markup?.inline_keyboard?.flat().flatMap(({ callback_data }) => callback_data ?? []) ?? [];
}

const isOf = (data: string, prefix: string) => (prefix.includes(':') ? data.startsWith(prefix) : data === prefix);
const find = (message: SimMessage, prefix: string) => dataOf(message).find((data) => isOf(data, prefix));

function choices(message: SimMessage, prefix: string): [string, ...string[]] {
  const [first, ...rest] = dataOf(message).filter((data) => isOf(data, prefix));
  if (first === undefined) throw new Error(`no button ${prefix}`);
  return [first, ...rest];
}
