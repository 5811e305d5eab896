import type { BotCommand, Update, UserFromGetMe } from '@grammyjs/types';
import type { ApiAnswer } from './answers.ts';
import type { Params, UploadedFile } from './check.ts';
import { Telegram } from './engine.ts';
import type { FaultRule } from './faults.ts';
import type { SimulatedPerson } from './person.ts';
import type { State } from './state.ts';
import type { Signal } from './updates.ts';

export interface SimulatedTelegramOptions {
  /** `123456:ABC…`, the only token that is let in. */
  token: string;
  /** The simulated present, epoch milliseconds. */
  now(): number;
  bot?: Partial<UserFromGetMe>;
  /** How many calls are remembered; the oldest are forgotten. 100,000 if left out. */
  keepCalls?: number;
  /** Waits in real time; only `hang` and webhook retries do. Tests hand in one that does not. */
  sleep?(ms: number): Promise<void>;
  /** How webhook deliveries leave. */
  fetch?: typeof fetch;
}

export interface RecordedCall {
  /** Simulated epoch milliseconds. */
  at: number;
  method: string;
  params: Params;
  /** Missing while a call is under way, and when its connection dropped. */
  answer?: ApiAnswer;
  chatId?: number;
}

export interface PersonGiven {
  id?: number;
  firstName: string;
  languageCode?: string;
  /** What the page writes under the name; Telegram knows no roles. */
  role?: string;
  /** Has already pressed START, long ago: the bot may write first. False if left out. */
  started?: boolean;
}

/** Telegram in a box: a strict Bot API on one side, people with phones on the other. Reads no clock of its own. */
export interface SimulatedTelegram {
  readonly bot: UserFromGetMe;
  /** The simulated present, epoch milliseconds. */
  now(): number;
  /**
   * One Bot API call. Refusals are values. Throws `ConnectionDropped` only on demand (`fail`). `signal` ends a long poll
   * whose caller has gone.
   */
  call(
    token: string,
    method: string,
    params: Params,
    files?: ReadonlyMap<string, UploadedFile>,
    signal?: Signal,
  ): Promise<ApiAnswer>;
  /** The person with this id, made on first sight. */
  person(given: PersonGiven): SimulatedPerson;
  people(): SimulatedPerson[];
  readonly calls: readonly RecordedCall[];
  /** Called after anything visible changed in a chat; with 0 after what all chats show. Returns how to stop. */
  onChange(listener: (chatId: number) => void): () => void;
  /** Called for every update that was queued. Returns how to stop. */
  onUpdate(listener: (update: Update) => void): () => void;
  /** Lets calls fail until the rule is used up or taken away by the function returned. */
  fail(rule: FaultRule): () => void;
  /** Ends all faults. */
  heal(): void;
  /** Updates not yet confirmed. */
  pending(): number;
  /** Removes and returns all queued updates, for tests that hand them to the bot themselves. */
  takeUpdates(): Update[];
  /** Everything as plain JSON; calls and faults are not part of it. */
  snapshot(): unknown;
  /** Throws if `snapshot` is not of this version of the simulator. */
  restore(snapshot: unknown): void;
  /** What a page shows beside the chats. */
  view(chatId: number): ChatView;
  /** A file as the bot downloads it, by the path that `getFile` told; undefined where there is none for this token. */
  download(token: string, path: string): Uint8Array | undefined;
  file(fileId: string): { name: string; type: string; bytes: Uint8Array } | undefined;
}

export interface ChatView {
  botName: string;
  description: string;
  commands: BotCommand[];
  /** Buttons pressed and not yet answered. */
  spinning: { messageId: number; data: string }[];
  keyboard: State['people'][number]['keyboard'];
  action: State['people'][number]['action'];
  deleted: boolean;
}

/** A Telegram with nobody in it. Throws if the token is not of Telegram's form. */
export function createTelegram(options: SimulatedTelegramOptions): SimulatedTelegram {
  return new Telegram(options);
}
