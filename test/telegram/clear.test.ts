import { Api } from 'grammy';
import { expect, it } from 'vitest';
import { clearChat } from '../../src/telegram/clear.ts';

const REFUSED = "Bad Request: message can't be deleted for everyone";

/** A Telegram that refuses every call in which one of the refused messages is named. Resolves to the calls. */
async function clearedFrom(newest: number, isRefused: (id: number) => boolean): Promise<readonly number[][]> {
  const calls: number[][] = [];
  const fetch = async (_: string, request: { body: string }) => {
    const { message_ids: ids } = JSON.parse(request.body) as { message_ids: number[] };
    calls.push(ids);
    const answer = ids.some(isRefused)
      ? { ok: false, error_code: 400, description: REFUSED }
      : { ok: true, result: true };
    return { status: 200, json: async () => answer };
  };
  await clearChat(new Api('123456:ABC', { fetch: fetch as never }), 7, newest);
  return calls;
}

it('looks back two thousand ids, because they are counted across all chats, a hundred in a call', async () => {
  const calls = await clearedFrom(5000, () => false);
  expect(calls.map((ids) => ids.length)).toEqual(Array.from({ length: 20 }, () => 100));
  expect(new Set(calls.flat())).toEqual(new Set(Array.from({ length: 2000 }, (_, index) => 3001 + index)));
});

it('begins with the newest, and where there are fewer ends with the first', async () => {
  const calls = await clearedFrom(150, () => false);
  expect(calls.map((ids) => [ids[0], ids.at(-1)])).toEqual([
    [51, 150],
    [1, 50],
  ]);
  expect(await clearedFrom(0, () => false)).toEqual([]);
});

it('ends where everything is refused, and asks for nothing that is older', async () => {
  const calls = await clearedFrom(5000, (id) => id <= 4820);
  const deleted = calls.filter((ids) => ids.every((id) => id > 4820)).flat();
  expect(new Set(deleted)).toEqual(new Set(Array.from({ length: 180 }, (_, index) => 4821 + index)));
  expect(Math.min(...calls.flat())).toBe(4801);
});

it('passes over a few that cannot be deleted yet', async () => {
  const dice = [4990, 4700, 3500];
  const calls = await clearedFrom(5000, (id) => dice.includes(id));
  const deleted = calls.filter((ids) => !ids.some((id) => dice.includes(id))).flat();
  expect(deleted.length).toBe(2000 - dice.length);
  expect(new Set(deleted).size).toBe(2000 - dice.length);
});
