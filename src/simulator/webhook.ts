import { type ApiAnswer, accept, badRequest } from './answers.ts';
import type { Params } from './check.ts';
import type { QueuedUpdate, WebhookState } from './state.ts';
import { seconds, type World } from './world.ts';

/** Pause after a failed delivery: doubles from the first to the longest (telegram-bot-api, WebhookActor.cpp). */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const ANSWER_WITHIN_MS = 60_000;

export interface WebhookTools {
  fetch: typeof fetch;
  sleep(ms: number): Promise<void>;
}

/** Delivers updates by POST: one queue per chat, each update until the bot answers 2xx or Telegram has forgotten it. */
export class Webhook {
  private readonly world: World;
  private readonly tools: WebhookTools;
  private readonly busy = new Set<number>();

  constructor(world: World, tools: WebhookTools) {
    this.world = world;
    this.tools = tools;
    world.updates.onUpdate(() => this.wake());
  }

  /** Begins delivering to every chat that waits; harmless when no webhook is set. */
  wake(): void {
    if (!this.world.state.webhook) return;
    for (const { chatId } of this.world.updates.waitingUpdates()) if (!this.busy.has(chatId)) void this.deliver(chatId);
  }

  private async deliver(chatId: number): Promise<void> {
    this.busy.add(chatId);
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      const webhook = this.world.state.webhook;
      const next = this.world.updates.waitingUpdates().find((queued) => queued.chatId === chatId);
      if (!webhook || !next) break;
      const problem = await this.post(webhook, next);
      if (problem === undefined) {
        this.world.updates.confirm(next.update.update_id);
        pause = FIRST_PAUSE_MS;
      } else {
        webhook.lastError = { at: seconds(this.world), message: problem };
        await this.tools.sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
    this.busy.delete(chatId);
  }

  private async post(webhook: WebhookState, { update }: QueuedUpdate): Promise<string | undefined> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (webhook.secretToken !== undefined) headers['x-telegram-bot-api-secret-token'] = webhook.secretToken;
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const body = JSON.stringify(update);
      const response = await this.tools.fetch(webhook.url, { method: 'POST', headers, body, signal });
      await response.arrayBuffer();
      return response.ok
        ? undefined
        : `Wrong response from the webhook: ${response.status} ${response.statusText}`.trim();
    } catch {
      return 'Connection refused';
    }
  }

  set(params: Params): ApiAnswer {
    const url = String(params.url);
    if (params.drop_pending_updates === true) this.world.updates.clear();
    if (url === '') return this.remove({});
    if (!isAllowed(url)) return badRequest('bad webhook: An HTTPS URL must be provided for webhook');
    const secret = params.secret_token as string | undefined;
    if (secret !== undefined && !/^[\w-]+$/.test(secret))
      return badRequest('secret token contains unallowed characters');
    this.world.updates.allow(params.allowed_updates as string[] | undefined);
    const webhook: WebhookState = { url, maxConnections: Number(params.max_connections ?? 40) };
    if (secret !== undefined) webhook.secretToken = secret;
    this.world.state.webhook = webhook;
    this.world.updates.endPoll();
    this.wake();
    return accept(true);
  }

  remove(params: Params): ApiAnswer {
    if (params.drop_pending_updates === true) this.world.updates.clear();
    this.world.state.webhook = null;
    return accept(true);
  }

  info(): ApiAnswer {
    const { webhook, allowedUpdates } = this.world.state;
    const info: Record<string, unknown> = {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.world.updates.waitingUpdates().length,
    };
    if (webhook) info.max_connections = webhook.maxConnections;
    if (webhook?.lastError) {
      info.last_error_date = webhook.lastError.at;
      info.last_error_message = webhook.lastError.message;
    }
    if (allowedUpdates) info.allowed_updates = allowedUpdates;
    return accept(info);
  }
}

/** HTTPS as Telegram demands; plain HTTP only to loopback, as a Bot API server in local mode allows. */
function isAllowed(url: string): boolean {
  const parsed = URL.parse(url);
  if (!parsed) return false;
  if (parsed.protocol === 'https:') return true;
  return parsed.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname);
}
