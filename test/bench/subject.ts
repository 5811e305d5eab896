import { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { readCounty } from '../../src/features/county/source.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createSeal, newId } from '../../src/platform/crypto.ts';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';
import { createI18n } from '../../src/platform/i18n.ts';
import { silentLog } from '../../src/platform/log.ts';
import { startProgram } from '../../src/program.ts';
import { type Send, undiciSend } from '../../src/telegram/transport.ts';
import { cpuMs, sideBySide } from './figures.ts';
import { serve } from './process.ts';
import { BOOKING, CANCELLING, inWaves, press, STEPS, walkers } from './walk.ts';

// One subject of the dialogue's measurement, in a process of its own: the program on one of its databases, or a bare
// grammY bot that makes the same calls for the same updates.

/** What one run took. */
export interface Run {
  readonly updates: number;
  readonly calls: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

type Batch = readonly Update[];
interface Subject {
  /** Resolves when every update of the batch has been answered. */
  handle(batch: Batch): Promise<void>;
  /** Resolves when everything that the updates caused is done. */
  rest(): Promise<void>;
  appointments(): Promise<ReadonlyMap<number, string>>;
}

const WIDTH = 32;
const TOKEN = '1000000001:BENCH-token-1234567890-abcdefghij';
const ME = { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' } as never;
const [, , kind = '', apiRoot = '', database = '', crowd = '100'] = process.argv;
const chats = Number(crowd);
let calls = 0;
let answers = 0;
let awaited: { readonly answers: number; resolve(): void } | undefined;

/** Counts what is called and notices when a batch has been answered. */
const counting =
  (send: Send): Send =>
  async (url, init) => {
    calls += 1;
    const reply = await send(url, init);
    if (url.endsWith('/answerCallbackQuery') && ++answers === awaited?.answers) awaited.resolve();
    return reply;
  };

const answered = (more: number): Promise<void> =>
  new Promise((resolve) => {
    awaited = { answers: answers + more, resolve };
  });

async function openProgram(db: Database): Promise<Subject> {
  const county = readCounty('calw');
  const program = await startProgram({
    db,
    clock: systemClock,
    seal: createSeal(new Uint8Array(32).fill(7)),
    i18n: createI18n(),
    log: silentLog,
    facts: county.facts,
    content: { pages: [], helpers: [], papers: [], numbers: [], owned: [], words: () => ({ text: '', locale: 'de' }) },
    token: TOKEN,
    me: ME,
    apiRoot,
    send: counting(undiciSend().send),
    download: undiciSend().download,
    concurrency: WIDTH,
    perMinute: 1_000_000,
    chatPauseMs: 0,
  });
  return {
    async handle(batch) {
      const done = answered(batch.length);
      await program.receive(batch);
      await done;
    },
    rest: () => program.idle(),
    async appointments() {
      const rows = await db.sql<{ id: string; chat: number }>(
        `SELECT a.id, p.telegram_id::float8 AS chat FROM appointment a JOIN person p ON p.id = a.refugee_id WHERE a.status = 'booked'`,
      );
      return new Map(rows.map((row) => [row.chat, row.id]));
    },
  };
}

/** The yardstick: answers and edits at each press, and sends as many messages as the program owes notices. */
function openBare(transport: 'default' | 'undici'): Subject {
  const send = undiciSend().send;
  const bot = new Bot(TOKEN, {
    botInfo: ME,
    client: {
      apiRoot,
      ...(transport === 'undici' && {
        fetch: ((url: unknown, init: never) => send(String(url), plain(init))) as never,
      }),
    },
  });
  const text = 'Worum geht es? Wählen Sie ein Thema. Ihre Beraterin sieht nur dieses Stichwort.';
  const inline_keyboard = Array.from({ length: 6 }, (_, row) => [
    { text: `Ein Knopf wie dieser ${row}`, callback_data: `bk:${row}` },
  ]);
  bot.on('callback_query', async (ctx) => {
    calls += 2;
    await Promise.all([
      ctx.answerCallbackQuery(),
      ctx.editMessageText(text, {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        reply_markup: { inline_keyboard },
      }),
    ]);
    const notices = ctx.callbackQuery.data?.startsWith('bk.ok')
      ? 2
      : ctx.callbackQuery.data?.startsWith('cancel.ok')
        ? 1
        : 0;
    for (let notice = 0; notice < notices; notice++) {
      calls += 1;
      await ctx.api.sendMessage(ctx.callbackQuery.from.id, text, {
        parse_mode: 'HTML',
        reply_markup: { inline_keyboard },
      });
    }
  });
  return {
    handle: (batch) => sideBySide(batch, WIDTH, (update) => bot.handleUpdate(update)),
    rest: async () => {},
    appointments: async () => new Map(),
  };
}

/** undici refuses grammY's home-made signal; a bare bot has none. */
const plain = ({ signal: _, ...init }: Parameters<Send>[1]): Parameters<Send>[1] => init;

const db =
  kind === 'embedded' ? await openEmbedded(database) : kind === 'postgres' ? await openServer(database) : undefined;
const subject = db === undefined ? openBare(kind === 'bare-undici' ? 'undici' : 'default') : await openProgram(db);
// The bare bots walk the same dialogue without a database: any slot will do.
const crowdOf =
  db === undefined
    ? Array.from({ length: chats }, (_, n) => ({
        chatId: 2_000_001 + n,
        slot: { day: '2026-12-01' as never, minute: 'hvx2c' },
      }))
    : await walkers(db, chats);

async function run(): Promise<Run> {
  const draft = newId(8);
  const sum = { calls, cpuMs: 0, wallMs: 0 };
  const deliver = async (batch: Batch) => {
    // As text, because that is how updates arrive.
    const arriving = JSON.stringify(batch);
    const began = performance.now();
    const cpu = cpuMs();
    await subject.handle(JSON.parse(arriving) as Batch);
    sum.wallMs += performance.now() - began;
    sum.cpuMs += cpuMs() - cpu;
  };
  const rest = async () => {
    const cpu = cpuMs();
    await subject.rest();
    sum.cpuMs += cpuMs() - cpu;
  };
  globalThis.gc?.();
  for (const batch of inWaves(crowdOf, BOOKING, (walker, step) => press(walker.chatId, step(walker, draft)))) {
    await deliver(batch);
  }
  await rest();
  const booked = await subject.appointments();
  if (db !== undefined && booked.size !== chats)
    throw new Error(`${booked.size} of ${chats} walkers have an appointment`);
  const appointment = (chatId: number) => booked.get(chatId) ?? 'abcdefgh';
  for (const batch of inWaves(crowdOf, CANCELLING, ({ chatId }, step) =>
    press(chatId, `${step}:${appointment(chatId)}`),
  )) {
    await deliver(batch);
  }
  await rest();
  return { updates: chats * STEPS, calls: calls - sum.calls, cpuMs: sum.cpuMs, wallMs: sum.wallMs };
}

serve({ run, memoryMb: () => process.memoryUsage().rss / 2 ** 20 });
