import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';
import { settle } from './crowd.ts';
import { median } from './figures.ts';
import type { Server } from './postgres.ts';
import type { Spawned } from './process.ts';
import { BOOKING, nextUpdateId, press, type Walker, walkers } from './walk.ts';

export interface StartFigures {
  readonly database: string;
  readonly firstMs: number;
  readonly secondMs: number;
  readonly idleMb: number;
  readonly loadedMb: number;
  /** After the first question that goes through Prisma. */
  readonly prismaMb: number;
}

const START = path.join(import.meta.dirname, '../../src/start.js');
const TOKEN = '1000000001:BENCH-token-1234567890-abcdefghijKLM';

/** Somebody who is not known yet. */
const STRANGER = 3_000_000;

/** So long the load may take; it takes seconds. */
const LOAD_MS = 120_000;

/** The program as it is started by hand: how long until it answers whoever wrote meanwhile, and its memory. */
export async function measureStarts(
  api: Spawned,
  apiRoot: string,
  server: Server | undefined,
  size: { readonly starts: number; readonly chats: number },
): Promise<StartFigures[]> {
  const figures: StartFigures[] = [];
  for (const database of server === undefined ? (['embedded'] as const) : (['PostgreSQL', 'embedded'] as const)) {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-start-'));
    try {
      const address = database === 'embedded' ? undefined : await server?.fresh('bench_start');
      const start = () => startMain(api, apiRoot, folder, address);
      const first = await start();
      await first.stop();
      const crowd = await seed(
        address === undefined ? await openEmbedded(folder) : await openServer(address),
        size.chats,
      );
      const seconds: number[] = [];
      for (let n = 1; n < size.starts; n++) {
        const again = await start();
        seconds.push(again.answeredMs);
        await again.stop();
      }
      const last = await start();
      try {
        seconds.push(last.answeredMs);
        await pause(3_000);
        const idleMb = await last.memoryMb();
        await load(api, walks(crowd));
        const loadedMb = await last.memoryMb();
        await load(api, [press(STRANGER, 'consent:yes:ar')]);
        const prismaMb = await last.memoryMb();
        figures.push({ database, firstMs: first.answeredMs, secondMs: median(seconds), idleMb, loadedMb, prismaMb });
      } finally {
        await last.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return figures;
}

async function seed(db: Database, chats: number): Promise<Walker[]> {
  try {
    await settle(db, chats, 'usual');
    return await walkers(db, chats);
  } finally {
    await db.close();
  }
}

/** Every chat walks to its appointment. */
const walks = (crowd: readonly Walker[]): Update[] =>
  BOOKING.flatMap((step) => crowd.map((walker) => press(walker.chatId, step(walker, `bench${walker.chatId}`))));

/** Resolves when all presses have been answered. */
async function load(api: Spawned, updates: readonly Update[]): Promise<void> {
  const answered = async () => (await api.ask<Record<string, number>>('counts')).answerCallbackQuery ?? 0;
  const goal = (await answered()) + updates.length;
  await api.ask('enqueue', updates);
  const deadline = Date.now() + LOAD_MS;
  while ((await answered()) < goal) {
    if (Date.now() > deadline)
      throw new Error(`${goal - (await answered())} of ${updates.length} presses had no answer`);
    await pause(100);
  }
}

interface Started {
  readonly answeredMs: number;
  memoryMb(): Promise<number>;
  stop(): Promise<void>;
}

async function startMain(api: Spawned, apiRoot: string, folder: string, address: string | undefined): Promise<Started> {
  const port = await freePort();
  await api.ask('reset');
  await api.ask('enqueue', [hello()]);
  const began = Date.now();
  const child: ChildProcess = spawn(process.execPath, [START], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: apiRoot,
      DATA_DIR: folder,
      PORT: String(port),
      LOG_LEVEL: 'error',
      ...(address !== undefined && { DATABASE_URL: address }),
    },
  });
  const killed = () => void child.kill('SIGKILL');
  process.once('exit', killed);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => process.off('exit', killed));
  const failed = ended.then(() => Promise.reject(new Error('the program ended before it answered')));
  const at = await Promise.race([api.ask<number>('firstMessageAt'), failed]);
  failed.catch(() => undefined);
  return {
    answeredMs: at - began,
    async memoryMb() {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/bot_memory_bytes (\d+)/.exec(text)?.[1]) / 2 ** 20;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Somebody new says /start. */
function hello(): Update {
  const from = { id: STRANGER, is_bot: false, first_name: 'Amal', language_code: 'ar' };
  const chat = { id: from.id, type: 'private' as const, first_name: 'Amal' };
  const entities = [{ type: 'bot_command' as const, offset: 0, length: 6 }];
  return {
    update_id: nextUpdateId(),
    message: { message_id: 1, date: 1_790_000_000, chat, from, text: '/start', entities },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
