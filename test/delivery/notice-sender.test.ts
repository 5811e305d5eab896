import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type NoticeSender, startNoticeSender } from '../../src/delivery/notice-sender.ts';
import type { DueNotice, Outbox } from '../../src/delivery/outbox.ts';
import { type Instant, instant } from '../../src/platform/datetime.ts';
import { silentLog } from '../../src/platform/log.ts';

// Time is the test's own here: the sender's pauses pass at once, and what left when is read off.

interface Owed extends DueNotice {
  status: 'pending' | 'sending' | 'sent' | 'void' | 'failed' | 'unreachable';
  at: number;
  attempts: number;
}

/** An outbox in memory: what the database does is proved elsewhere. */
function memory(): { outbox: Outbox; rows: Owed[]; owe(chatId: number, own?: Partial<Owed>): void } {
  const rows: Owed[] = [];
  const settle = (status: Owed['status']) => async (id: string) => {
    for (const row of rows) if (row.id === id) row.status = status;
  };
  const isOpen = (row: Owed) => row.status === 'pending' || row.status === 'sending';
  return {
    rows,
    owe(chatId, own = {}) {
      const facts = { kind: 'booked', personId: `p${chatId}`, subjectId: 's', data: {}, locale: 'de' };
      const now = instant(Date.now());
      const base = {
        ...facts,
        dueAt: now,
        at: now,
        attempts: 0,
        chatId,
        unreachable: false,
        discreet: false,
        status: 'pending',
      } as const;
      rows.push({ id: String(rows.length), ...base, ...own });
    },
    outbox: {
      async take(limit, now) {
        const due = rows.filter(
          (row, index) =>
            row.status === 'pending' &&
            row.at <= now &&
            !rows.slice(0, index).some((earlier) => earlier.chatId === row.chatId && isOpen(earlier)),
        );
        for (const row of due.slice(0, limit)) Object.assign(row, { status: 'sending', attempts: row.attempts + 1 });
        return due.slice(0, limit).map((row) => ({ ...row }));
      },
      sent: (id) => settle('sent')(id),
      findSent: async () => undefined,
      async postponed(id, to) {
        for (const row of rows)
          if (row.id === id) Object.assign(row, { status: 'pending', at: to, dueAt: to, attempts: 0 });
      },
      voided: settle('void'),
      failed: settle('failed'),
      unreachable: settle('unreachable'),
      async later(id, at, counts) {
        for (const row of rows) {
          if (row.id === id) Object.assign(row, { status: 'pending', at, attempts: row.attempts - (counts ? 0 : 1) });
        }
      },
      async nextDue(now) {
        const next = rows.filter(({ status, at }) => status === 'pending' && at > now).map(({ at }) => at);
        return next.length === 0 ? undefined : (instant(Math.min(...next)) as Instant);
      },
      releaseAll: async () => {},
      forget: async () => {},
    },
  };
}

type Reply = { status: number; body: object };
const ok: Reply = { status: 200, body: { ok: true, result: { message_id: 5 } } };
const refused = (code: number, description: string, parameters = {}): Reply => ({
  status: code,
  body: { ok: false, error_code: code, description, parameters },
});

let sender: NoticeSender | undefined;
const sent: { chatId: number; text: string; at: number }[] = [];
const lost: string[] = [];
let answers: (chatId: number, text: string) => Reply | Error = () => ok;
let says: (notice: DueNotice) => string | undefined = ({ id }) => id;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 });
  sent.length = 0;
  lost.length = 0;
  answers = () => ok;
  says = ({ id }) => id;
});
afterEach(async () => {
  const stopped = sender?.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  await stopped;
  vi.useRealTimers();
});

function start(outbox: Outbox): void {
  const fetch = async (_: unknown, init: { body: string }) => {
    const { chat_id, text } = JSON.parse(init.body) as { chat_id: number; text: string };
    const answer = answers(chat_id, text);
    if (answer instanceof Error) throw answer;
    if (answer.status === 200) sent.push({ chatId: chat_id, text, at: Date.now() });
    return { status: answer.status, json: async () => answer.body };
  };
  sender = startNoticeSender({
    outbox,
    api: new Api('123456:ABC', { fetch: fetch as never }),
    clock: { now: () => instant(Date.now()), onJump: () => () => {}, every: () => () => {} },
    log: silentLog,
    render: async (notice) => {
      const text = says(notice);
      return text === undefined ? undefined : { locale: 'de', text, rows: [] };
    },
    unreachable: async ({ personId }) => void lost.push(personId),
  });
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the notice sender', () => {
  it('sends one message a second to one chat, in order', async () => {
    const { outbox, owe } = memory();
    for (let n = 0; n < 5; n++) owe(7);
    start(outbox);
    await pass(10_000);
    expect(sent.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4']);
    for (const [index, { at }] of sent.entries())
      if (index > 0) expect(at - (sent[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('sends at most 25 messages in any second, whatever is owed', async () => {
    const { outbox, owe } = memory();
    for (let chat = 0; chat < 120; chat++) owe(chat);
    start(outbox);
    await pass(300);
    for (let chat = 200; chat < 230; chat++) owe(chat);
    sender?.wake();
    await pass(20_000);
    expect(sent).toHaveLength(150);
    for (const { at } of sent) {
      expect(sent.filter((other) => other.at >= at && other.at < at + 1_000).length).toBeLessThanOrEqual(25);
    }
    expect((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)).toBeLessThan(7_000);
  });

  it('waits as long as Telegram asks, sends nothing meanwhile, and keeps the order', async () => {
    const { outbox, owe, rows } = memory();
    owe(7);
    owe(7);
    let isAsked = false;
    answers = () => {
      if (isAsked) return ok;
      isAsked = true;
      return refused(429, 'Too Many Requests: retry after 9', { retry_after: 9 });
    };
    start(outbox);
    await pass(100);
    owe(8);
    sender?.wake();
    await pass(8_800);
    expect(sent).toEqual([]);
    await pass(5_000);
    expect(sent.map(({ text }) => text).sort()).toEqual(['0', '1', '2']);
    expect(sent.filter(({ chatId }) => chatId === 7).map(({ text }) => text)).toEqual(['0', '1']);
    expect(rows.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  });

  it('tries an outage again with growing pauses, in order', async () => {
    const { outbox, owe } = memory();
    const tries: number[] = [];
    owe(7);
    owe(7);
    answers = (_, text) => {
      if (text === '0') tries.push(Date.now());
      return tries.length <= 3 ? refused(502, 'Bad Gateway') : ok;
    };
    start(outbox);
    await pass(30_000);
    expect(sent.map(({ text }) => text)).toEqual(['0', '1']);
    const pauses = tries.slice(1).map((at, index) => Math.round((at - (tries[index] ?? 0)) / 1_000));
    expect(pauses).toEqual([1, 2, 4]);
  });

  it('sends again when it cannot know whether the message arrived', async () => {
    const { outbox, owe, rows } = memory();
    owe(7);
    let isFirst = true;
    answers = () => {
      if (!isFirst) return ok;
      isFirst = false;
      return new Error('socket hang up');
    };
    start(outbox);
    await pass(5_000);
    expect(sent).toHaveLength(1);
    expect(rows[0]).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it('tells about a chat that cannot be reached, before it gives the notice up', async () => {
    const { outbox, owe, rows } = memory();
    owe(7);
    owe(8, { unreachable: true });
    answers = () => refused(403, 'Forbidden: bot was blocked by the user');
    start(outbox);
    await pass(100);
    expect(lost.sort()).toEqual(['p7', 'p8']);
    expect(rows.map(({ status }) => status)).toEqual(['unreachable', 'unreachable']);
    expect(sent).toEqual([]);
  });

  it('says nothing where there is nothing to say any more', async () => {
    const { outbox, owe, rows } = memory();
    owe(7);
    says = () => undefined;
    start(outbox);
    await pass(100);
    expect(rows[0]?.status).toBe('void');
    expect(sent).toEqual([]);
  });

  it('gives up a message that Telegram will never take, and goes on', async () => {
    const { outbox, owe, rows } = memory();
    owe(7);
    owe(7);
    answers = (_, text) => (text === '0' ? refused(400, "Bad Request: can't parse entities") : ok);
    start(outbox);
    await pass(3_000);
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'sent']);
  });

  it('stops after what is in hand', async () => {
    const { outbox, owe, rows } = memory();
    owe(7);
    owe(7);
    start(outbox);
    const stopped = sender?.stop();
    await pass(3_000);
    await stopped;
    expect(rows.filter(({ status }) => status === 'sending')).toEqual([]);
  });
});
