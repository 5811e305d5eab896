import { Bot, GrammyError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { createLog, safeError, scrub } from '../../src/platform/log.ts';
import { fakeFetch } from '../../src/simulator/fake-fetch.ts';
import { createTelegram } from '../../src/simulator/telegram.ts';
import { emptyDatabase } from '../support/database.ts';

const TOKEN = '1000000001:CANARY-token-1234567890-abcdefghijK';
const SENTENCE = 'Meine Nummer ist 0170 1234567';
const NAME = 'Kanarienvogel';

/** Everything that a log would hold of this error. */
function logged(error: unknown): string {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  log.error('update.failed', safeError(error));
  return lines.join('');
}

/** What a handler throws when its call fails like this, as the program catches it. */
async function thrown(fault: Parameters<ReturnType<typeof createTelegram>['fail']>[0]['fault']): Promise<unknown> {
  const telegram = createTelegram({ token: TOKEN, now: () => Date.now() });
  const bot = new Bot(TOKEN, { botInfo: telegram.bot, client: { fetch: fakeFetch(telegram) as never } });
  bot.on('message', (ctx) => ctx.reply(SENTENCE));
  telegram.fail({ method: 'sendMessage', fault });
  telegram.person({ id: 7, firstName: NAME, started: true }).sends(SENTENCE);
  const [update] = telegram.takeUpdates();
  return update && bot.handleUpdate(update).catch((error: unknown) => error);
}

describe('what is logged of an error', () => {
  it('of Telegram is its code and method, and neither token nor words nor names', async () => {
    const error = await thrown({ kind: 'refuse', code: 400, description: `Bad Request: ${SENTENCE}` });
    const line = logged(error);
    expect(line).toContain('BotError');
    expect(line).toContain('"errorCode":400');
    expect(line).toContain('"method":"sendMessage"');
    for (const secret of [TOKEN, 'CANARY', SENTENCE, '1234567', NAME]) expect(line).not.toContain(secret);
  });

  it('of the connection is its name, and not the address with the token', async () => {
    const line = logged(await thrown({ kind: 'drop', when: 'before' }));
    expect(line).toMatch(/BotError.*HttpError/);
    for (const secret of [TOKEN, 'CANARY', SENTENCE, NAME]) expect(line).not.toContain(secret);
    const bare = new HttpError('Network request failed', new TypeError(`https://api.telegram.org/bot${TOKEN}/getMe`));
    expect(logged(bare)).not.toContain('CANARY');
    const refused = new GrammyError(SENTENCE, { ok: false, error_code: 403, description: SENTENCE }, 'sendMessage', {
      text: SENTENCE,
    });
    expect(logged(refused)).not.toContain('1234567');
  });

  it('of the database is its code, and not the row', async () => {
    const db = await emptyDatabase();
    const data = { id: 'x', name: SENTENCE, carrierId: 'none', workingDays: 1 };
    const byPrisma = await db.prisma.manager.create({ data }).catch((error: unknown) => error);
    const insert = 'INSERT INTO manager (id, name, carrier_id, working_days) VALUES ($1, $2, $3, 1)';
    const bySql = await db.sql(insert, ['x', SENTENCE, 'none']).catch((error: unknown) => error);
    for (const error of [byPrisma, bySql]) {
      expect(logged(error)).toMatch(/"code":"(P2003|23503)"/);
      expect(logged(error)).not.toContain('1234567');
    }
  });

  it('is where it happened in our own code', () => {
    expect(safeError(new TypeError(SENTENCE))).toMatchObject({ error: 'TypeError' });
    expect(String(safeError(new TypeError(SENTENCE)).where)).toContain('test/platform/log.test.ts');
    expect(safeError('text')).toEqual({ error: 'string' });
  });

  it('is nothing of a message that spans several lines like a stack', () => {
    const error = new Error(`first\n  at ${SENTENCE}\n    at ${SENTENCE}:1:2`);
    expect(logged(error)).not.toContain('1234567');
    expect(logged(new Error('x', { cause: new Error(`first\n  at ${SENTENCE}`) }))).not.toContain('1234567');
  });
});

describe('the last sieve', () => {
  it('takes tokens and database passwords out of every line', () => {
    const text = scrub(`GET /bot${TOKEN}/getMe postgres://bot:geheim@db:5432/office ${TOKEN}`);
    expect(text).toBe('GET /bot[token]/getMe postgres://bot:[password]@db:5432/office [token]');
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => lines.push(line) });
    log.info('x', { address: `https://api.telegram.org/bot${TOKEN}/getMe` });
    expect(lines.join('')).not.toContain('CANARY');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'x',
      address: 'https://api.telegram.org/bot[token]/getMe',
    });
  });

  it('finds a password that is percent-encoded or has odd characters', () => {
    for (const password of ['p%40ss', 'a:b', 'a/b', '#!$']) {
      expect(scrub(`cannot reach postgresql://bot:${password}@db/x`)).not.toContain(password);
    }
  });

  it('cuts a line before it becomes a page', () => {
    expect(scrub('x'.repeat(10_000))).toHaveLength(2_000);
  });
});

describe('a log', () => {
  it('says what its level lets pass', () => {
    const lines: string[] = [];
    const log = createLog('warn', { write: (line) => lines.push(line) });
    log.info('quiet');
    log.warn('loud', { tries: 2 });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ msg: 'loud', tries: 2 }]);
    expect(lines[0]).toMatch(/\n$/);
  });
});
