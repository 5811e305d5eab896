import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from 'grammy/types';
import { serve } from './process.ts';

// A Bot API that says yes, in a process of its own: its CPU is nobody's. It keeps no chats and checks nothing; the
// simulator does that in the tests.

const ME = { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot', can_join_groups: false };
const counts = new Map<string, number>();
let waiting: Update[] = [];
let wake = () => {};
let nextMessage = 1_000_000;
let firstMessageAt = Promise.withResolvers<number>();

const message = () => ({ message_id: nextMessage++, date: 0, chat: { id: 1, type: 'private' } });

async function answer(method: string, offset: number): Promise<unknown> {
  counts.set(method, (counts.get(method) ?? 0) + 1);
  switch (method) {
    case 'getMe':
      return ME;
    case 'getUpdates':
      return updatesFrom(offset);
    case 'sendMessage':
      firstMessageAt.resolve(Date.now());
      return message();
    case 'editMessageText':
    case 'sendVenue':
    case 'sendDocument':
      return message();
    default:
      return true;
  }
}

async function updatesFrom(offset: number): Promise<readonly Update[]> {
  waiting = waiting.filter((update) => update.update_id >= offset);
  if (waiting.length === 0) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 20_000);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  return waiting.slice(0, 100);
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.url?.slice(request.url.lastIndexOf('/') + 1) ?? '';
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const offset = method === 'getUpdates' ? Number(JSON.parse(Buffer.concat(parts).toString() || '{}').offset ?? 0) : 0;
  const body = JSON.stringify({ ok: true, result: await answer(method, offset) });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  handle(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1');

serve({
  port: () => (server.address() as AddressInfo).port,
  enqueue: (updates: readonly Update[]) => {
    waiting.push(...updates);
    wake();
  },
  /** When the first message since the last `reset` was sent, in epoch milliseconds. */
  firstMessageAt: () => firstMessageAt.promise,
  reset: () => {
    waiting = [];
    counts.clear();
    firstMessageAt = Promise.withResolvers();
  },
  counts: () => Object.fromEntries(counts),
});
