import { GrammyError, HttpError } from 'grammy';
import { expect, test } from 'vitest';
import { botOn, box, result } from './box.ts';

test('too many requests: refused with the seconds to wait, and not executed', async () => {
  const { telegram, amina, call } = box();
  telegram.fail({ method: 'sendmessage', times: 1, fault: { kind: 'too-many', retryAfter: 7 } });
  expect(await call('sendMessage', { chat_id: amina.id, text: 'x' })).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  });
  expect(amina.chat).toHaveLength(0);
  expect((await call('sendMessage', { chat_id: amina.id, text: 'x' })).ok).toBe(true);
});

test('a rule strikes one chat, one kind of method, until it is taken away', async () => {
  const { telegram, amina, call } = box();
  const end = telegram.fail({ method: /^send/, chatId: amina.id, fault: { kind: 'server-error' } });
  expect((await call('sendMessage', { chat_id: amina.id, text: 'x' })).ok).toBe(false);
  expect((await call('getMe')).ok).toBe(true);
  end();
  expect((await call('sendMessage', { chat_id: amina.id, text: 'x' })).ok).toBe(true);
});

test('a connection that drops before the call leaves nothing, one that drops after it leaves a message', async () => {
  const { telegram, amina } = box();
  const bot = botOn(telegram);
  telegram.fail({ times: 1, fault: { kind: 'drop', when: 'before' } });
  await expect(bot.api.sendMessage(amina.id, 'a')).rejects.toThrow(HttpError);
  expect(amina.chat).toHaveLength(0);
  telegram.fail({ times: 1, fault: { kind: 'drop', when: 'after' } });
  await expect(bot.api.sendMessage(amina.id, 'b')).rejects.toThrow(HttpError);
  expect(amina.chat).toHaveLength(1);
});

test('a proxy answers in HTML, and any refusal can be ordered', async () => {
  const { telegram, amina } = box();
  const bot = botOn(telegram);
  telegram.fail({ times: 1, fault: { kind: 'server-error', status: 502 } });
  await expect(bot.api.sendMessage(amina.id, 'a')).rejects.toThrow(HttpError);
  telegram.fail({ times: 1, fault: { kind: 'refuse', code: 400, description: 'Bad Request: TEST' } });
  await expect(bot.api.sendMessage(amina.id, 'a')).rejects.toThrow(GrammyError);
});

test('a call that hangs is executed all the same', async () => {
  const slept: number[] = [];
  const { telegram, amina, call } = box({ sleep: async (ms) => void slept.push(ms) });
  telegram.fail({ times: 1, fault: { kind: 'hang', ms: 60_000 } });
  result(await call('sendMessage', { chat_id: amina.id, text: 'x' }));
  expect(slept).toEqual([60_000]);
  expect(amina.chat).toHaveLength(1);
});
