import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AnswerLedger, createTransport, type Reply, type RequestInit } from '../../src/telegram/transport.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => vi.useRealTimers());

const ok = { status: 200, json: async () => ({ ok: true, result: true }) };
const tooMany = (seconds: number) => ({
  status: 429,
  json: async () => ({ ok: false, error_code: 429, parameters: { retry_after: seconds } }),
});
const broken = { status: 500, json: async () => ({ ok: false, error_code: 500 }) };
const dropped = new Error('socket hang up');

/** Calls with these answers, one after another; the last one stays. */
function calling(answers: readonly (Reply | Error)[], options: { patient?: boolean; ledger?: AnswerLedger } = {}) {
  const calls: string[] = [];
  const { patient = true, ledger } = options;
  const transport = createTransport(
    async (url) => {
      const answer = answers[Math.min(calls.length, answers.length - 1)] ?? ok;
      calls.push(url);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    { patient, ...(ledger !== undefined && { ledger }) },
  );
  const call = async (method: string, init: RequestInit = { body: '{}' }) => {
    const result = transport(`https://api.telegram.org/bot1:x/${method}`, init).then(
      ({ status }) => status,
      (error: unknown) => (error as Error).message,
    );
    await vi.advanceTimersByTimeAsync(60_000);
    return result;
  };
  return { calls, call };
}

describe('what the transport repeats', () => {
  it.each(['getMe', 'setMyCommands', 'editMessageText', 'deleteMessage', 'answerCallbackQuery'])(
    '%s, when it met an outage',
    async (method) => {
      for (const fault of [broken, dropped]) {
        const { calls, call } = calling([fault, fault, ok]);
        expect(await call(method)).toBe(200);
        expect(calls).toHaveLength(3);
      }
    },
  );

  it.each(['sendMessage', 'sendVenue', 'sendDocument', 'getUpdates', 'pinChatMessage'])(
    'never %s: it may have arrived',
    async (method) => {
      const failing = calling([broken, ok]);
      expect(await failing.call(method)).toBe(500);
      const dropping = calling([dropped, ok]);
      expect(await dropping.call(method)).toBe('socket hang up');
      expect([failing.calls.length, dropping.calls.length]).toEqual([1, 1]);
    },
  );

  it('everything that Telegram put off by up to five seconds, because it was not done', async () => {
    for (const method of ['sendMessage', 'editMessageText']) {
      const { calls, call } = calling([tooMany(5), ok]);
      expect(await call(method)).toBe(200);
      expect(calls).toHaveLength(2);
    }
    const { calls, call } = calling([tooMany(6), ok]);
    expect(await call('sendMessage')).toBe(429);
    expect(calls).toHaveLength(1);
  });

  it('a few times, not for ever', async () => {
    for (const fault of [broken, dropped, tooMany(1)]) {
      const { calls, call } = calling([fault]);
      expect(await call('editMessageText')).not.toBe(200);
      expect(calls).toHaveLength(4);
    }
  });

  it('nothing when it is not patient, and nothing whose body is gone once read', async () => {
    const impatient = calling([tooMany(1), ok], { patient: false });
    expect(await impatient.call('editMessageText')).toBe(429);
    const stream = calling([broken, ok]);
    expect(await stream.call('editMessageMedia', { body: (async function* () {})() })).toBe(500);
  });

  it('nothing once the caller has given up', async () => {
    const stop = new AbortController();
    stop.abort();
    const { calls, call } = calling([dropped, ok]);
    expect(await call('getMe', { body: '{}', signal: stop.signal })).toBe('socket hang up');
    expect(calls).toHaveLength(1);
  });
});

describe('a call', () => {
  it('that hangs is ended after ten seconds', async () => {
    const transport = createTransport(
      (_, init) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new Error(`given up at ${Date.now()}`)));
        }),
      { patient: false },
    );
    const began = Date.now();
    const hanging = expect(transport('https://x/bot1:x/sendMessage', { body: '{}' })).rejects.toThrow(
      `given up at ${began + 10_000}`,
    );
    await vi.advanceTimersByTimeAsync(11_000);
    await hanging;
  });
});

describe('the ledger of answers', () => {
  const query = { body: JSON.stringify({ callback_query_id: 'q1' }) };

  it('lets one answer through and accepts the others in Telegram’s place', async () => {
    const ledger: AnswerLedger = new Map([['q1', false]]);
    const { calls, call } = calling([ok], { ledger });
    expect(await Promise.all([call('answerCallbackQuery', query), call('answerCallbackQuery', query)])).toEqual([
      200, 200,
    ]);
    expect(calls).toHaveLength(1);
    expect(ledger.get('q1')).toBe(true);
  });

  it('forgets an answer that did not get through, so that it can be given again', async () => {
    for (const fault of [broken, dropped, tooMany(30)]) {
      const ledger: AnswerLedger = new Map([['q1', false]]);
      const { call } = calling([fault], { ledger });
      expect(await call('answerCallbackQuery', query)).not.toBe(200);
      expect(ledger.get('q1')).not.toBe(true);
    }
  });

  it('takes a query that is too old for answered', async () => {
    const ledger: AnswerLedger = new Map([['q1', false]]);
    const { call } = calling([{ status: 400, json: async () => ({ ok: false, error_code: 400 }) }], { ledger });
    await call('answerCallbackQuery', query);
    expect(ledger.get('q1')).toBe(true);
  });

  it('leaves answers alone that nobody entered', async () => {
    const { calls, call } = calling([ok], { ledger: new Map() });
    await call('answerCallbackQuery', query);
    await call('answerCallbackQuery', query);
    expect(calls).toHaveLength(2);
  });
});
