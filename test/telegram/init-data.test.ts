import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readInitData } from '../../src/telegram/init-data.ts';

/** Published with the documentation of other implementations: token and data of a bot that exists no more. */
const THEIR_TOKEN = '5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8';
const THEIRS =
  'query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2';
const THEN = 1_662_771_648;
const read = (data: string, now = THEN, token = THEIR_TOKEN) => readInitData(data, token, now * 1_000, 300);

const TOKEN = '1000000001:TEST-token-1234567890-abcdefghijKLM';
function signed(fields: Readonly<Record<string, string>>, token = TOKEN): string {
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
  const key = createHmac('sha256', 'WebAppData').update(token).digest();
  return String(new URLSearchParams({ ...fields, hash: createHmac('sha256', key).update(text).digest('hex') }));
}

describe('what Telegram says of who opens a page', () => {
  it('is believed when it is signed with the bot’s own token, as others check it too', () => {
    expect(read(THEIRS)).toEqual({ telegramId: 279_058_397 });
  });

  it.each([
    ['another token', THEIRS, THEN, TOKEN],
    ['another person', THEIRS.replace('279058397', '279058398'), THEN, THEIR_TOKEN],
    ['a field that was not signed', `${THEIRS}&can_send_after=1`, THEN, THEIR_TOKEN],
    ['a field that is missing', THEIRS.replace('query_id=AAHdF6IQAAAAAN0XohDhrOrc&', ''), THEN, THEIR_TOKEN],
    ['two fields of one name', `${THEIRS}&auth_date=1662771648`, THEN, THEIR_TOKEN],
    ['two hashes', `${THEIRS}&hash=00`, THEN, THEIR_TOKEN],
    ['no hash', THEIRS.replace(/&hash=.*/, ''), THEN, THEIR_TOKEN],
    ['half a hash', THEIRS.slice(0, -32), THEN, THEIR_TOKEN],
    ['a hash that is none', THEIRS.replace(/hash=.*/, `hash=${'zz'.repeat(32)}`), THEN, THEIR_TOKEN],
    ['nothing', '', THEN, THEIR_TOKEN],
    ['words', 'hello', THEN, THEIR_TOKEN],
  ])('is not with %s', (_, data, now, token) => {
    expect(read(data, now, token)).toBeUndefined();
  });

  it('is believed for five minutes, and a minute ahead of our clock', () => {
    expect(read(THEIRS, THEN + 300)).toBeDefined();
    expect(read(THEIRS, THEN + 301)).toBeUndefined();
    expect(read(THEIRS, THEN - 60)).toBeDefined();
    expect(read(THEIRS, THEN - 61)).toBeUndefined();
  });

  it.each([
    ['without a person', {}],
    ['with a person who is none', { user: 'x' }],
    ['with an id that is no number', { user: '{"id":"1"}' }],
    ['with a date that is none', { user: '{"id":1}', auth_date: 'soon' }],
    ['without a date', { user: '{"id":1}', auth_date: '' }],
  ])('is refused %s, also when it is signed', (_, fields) => {
    const data = signed({ auth_date: String(THEN), ...fields });
    expect(read(data, THEN, TOKEN)).toBeUndefined();
    expect(read(signed({ auth_date: String(THEN), user: '{"id":1}' }), THEN, TOKEN)).toEqual({ telegramId: 1 });
  });
});
