import type { Update } from '@grammyjs/types';
import {
  type ApiAnswer,
  type ApiRefusal,
  accept,
  OTHER_POLLER,
  POLL_ENDED_BY_WEBHOOK,
  WEBHOOK_SET,
} from './answers.ts';
import type { QueuedUpdate } from './state.ts';
import type { World } from './world.ts';

/** How long Telegram keeps what nobody fetched (telegram-bot-api, Client.cpp): messages a day, button presses 150 s. */
const KEPT_MS = 24 * 60 * 60 * 1000;
const QUERY_KEPT_MS = 150 * 1000;

/** Update types that a bot gets only if it asks for them by name. */
const ON_REQUEST = ['chat_member', 'message_reaction', 'message_reaction_count'];
const MOST_AT_ONCE = 100;
const LONGEST_POLL_S = 50;

/** As much of an `AbortSignal` as we need; grammY brings a home-made one. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface PollParams {
  offset?: number;
  limit?: number;
  timeout?: number;
  allowed_updates?: string[];
}

type UpdateContent = Omit<Update, 'update_id'>;

interface Waiting {
  wake(): void;
  end(refusal: ApiRefusal): void;
}

/** Updates on their way to the bot, in order, kept until they are confirmed. */
export class UpdateQueue {
  private waiting: Waiting | undefined;
  private readonly world: () => World;
  private readonly listeners = new Set<(update: Update) => void>();

  constructor(world: () => World) {
    this.world = world;
  }

  private get state() {
    return this.world().state;
  }

  onUpdate(listener: (update: Update) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Queues an update if the bot wants its type. Update ids rise by one, also over those it does not want. */
  push(chatId: number, content: UpdateContent): void {
    const kind = Object.keys(content)[0] ?? '';
    const allowed = this.state.allowedUpdates;
    if (allowed ? !allowed.includes(kind) : ON_REQUEST.includes(kind)) return;
    this.state.lastUpdateId += 1;
    const update: Update = { update_id: this.state.lastUpdateId, ...content };
    const expiresAt = this.world().now() + (kind === 'callback_query' ? QUERY_KEPT_MS : KEPT_MS);
    this.state.queue.push({ update, chatId, expiresAt });
    this.waiting?.wake();
    for (const listener of this.listeners) listener(update);
  }

  /** What is still to be delivered; what has grown too old is forgotten. */
  waitingUpdates(): QueuedUpdate[] {
    const now = this.world().now();
    this.state.queue = this.state.queue.filter((queued) => queued.expiresAt > now);
    return this.state.queue;
  }

  /** Everything queued, however old; the queue is empty afterwards. */
  takeAll(): Update[] {
    return this.state.queue.splice(0).map((queued) => queued.update);
  }

  confirm(updateId: number): void {
    this.state.queue = this.state.queue.filter((queued) => queued.update.update_id !== updateId);
  }

  clear(): void {
    this.state.queue = [];
  }

  allow(types: readonly string[] | undefined): void {
    if (types !== undefined) this.state.allowedUpdates = types.length === 0 ? null : [...types];
  }

  /** Ends a poll that is under way, because a webhook takes its place. */
  endPoll(): void {
    this.waiting?.end(POLL_ENDED_BY_WEBHOOK);
  }

  /**
   * `getUpdates`. As at Telegram, it is the older of two pollers that is sent away with 409. Resolves at once when there
   * are updates, otherwise when one comes, after `timeout` seconds of real time, or when the caller gives up.
   */
  async poll(params: PollParams, signal?: Signal): Promise<ApiAnswer> {
    if (this.state.webhook) return WEBHOOK_SET;
    this.waiting?.end(OTHER_POLLER);
    this.allow(params.allowed_updates);
    const offset = params.offset ?? 0;
    if (offset > 0) this.state.queue = this.state.queue.filter(({ update }) => update.update_id >= offset);
    else if (offset < 0) this.state.queue = this.state.queue.slice(offset);
    const ready = () =>
      accept(
        structuredClone(this.waitingUpdates())
          .slice(0, params.limit ?? MOST_AT_ONCE)
          .map(({ update }) => update),
      );
    const timeout = Math.min(params.timeout ?? 0, LONGEST_POLL_S);
    if (this.waitingUpdates().length > 0 || timeout <= 0 || signal?.aborted) return ready();
    return new Promise((resolve) => {
      const finish = (answer: ApiAnswer) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        if (this.waiting === waiting) this.waiting = undefined;
        resolve(answer);
      };
      const giveUp = () => finish(accept([]));
      const waiting: Waiting = { wake: () => finish(ready()), end: finish };
      const timer = setTimeout(giveUp, timeout * 1000);
      signal?.addEventListener('abort', giveUp);
      this.waiting = waiting;
    });
  }
}
