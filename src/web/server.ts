import { timingSafeEqual } from 'node:crypto';
import { serve } from '@hono/node-server';
import type { Update } from 'grammy/types';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** Telegram's updates are a few kilobytes. */
const MAX_BODY = 256 * 1024;

export interface WebDeps {
  /** Throws unless the program can work. */
  readonly healthy: () => Promise<void>;
  /** Counts for whoever watches the machine; never anything about a person. */
  readonly metrics: () => Promise<Readonly<Record<string, number>>>;
  /** Pages and feeds of the features, under these paths; they answer as soon as the program has started. */
  readonly pages?: {
    readonly paths: readonly string[];
    readonly fetch: (request: Request) => Promise<Response> | Response | undefined;
  };
  readonly webhook?: {
    readonly path: string;
    readonly secret: string;
    readonly receive: (updates: readonly Update[]) => Promise<void>;
    /** An update could not be stored: Telegram will deliver it again. */
    readonly failed: (error: unknown) => void;
  };
}

/** Health, metrics and, where configured, the webhook. Features and the simulator hang their pages into it. */
export function createWeb(deps: WebDeps): Hono {
  const web = new Hono();
  web.get('/health', async (c) => {
    try {
      await deps.healthy();
      return c.text('ok');
    } catch {
      return c.text('unavailable', 503);
    }
  });
  web.get('/metrics', async (c) => {
    const lines = Object.entries(await deps.metrics()).map(([name, value]) => `${name} ${value}`);
    return c.text(`${lines.join('\n')}\n`);
  });
  for (const path of deps.pages?.paths ?? []) {
    for (const pattern of [path, `${path}/*`]) {
      web.all(pattern, async (c) => (await deps.pages?.fetch(c.req.raw)) ?? c.text('', 503, { 'retry-after': '5' }));
    }
  }
  const { webhook } = deps;
  if (webhook !== undefined) {
    web.post(webhook.path, bodyLimit({ maxSize: MAX_BODY }), async (c) => {
      if (!isSecret(c.req.header('x-telegram-bot-api-secret-token'), webhook.secret)) return c.text('', 401);
      const update = await c.req.json<Update>().catch(() => undefined);
      if (typeof update?.update_id !== 'number') return c.text('', 400);
      try {
        // Stored first, answered then: what is answered is never sent again.
        await webhook.receive([update]);
        return c.text('');
      } catch (error) {
        webhook.failed(error);
        return c.text('', 500);
      }
    });
  }
  return web;
}

function isSecret(given: string | undefined, secret: string): boolean {
  const a = Buffer.from(given ?? '');
  const b = Buffer.from(secret);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Listens; resolves when it does. Throws when the port is taken. */
export function listen(
  web: Hono,
  port: number,
  host: string,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: web.fetch, port, hostname: host }, (info) =>
      resolve({
        port: info.port,
        close: () =>
          new Promise<void>((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      }),
    );
    server.on('error', reject);
  });
}
