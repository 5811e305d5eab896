import { describe, expect, it } from 'vitest';
import { ConfigError, courseFeeds, helpText, readConfig, VARIABLES } from '../src/config.ts';

const TOKEN = '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({ DATA_DIR: '.data', PORT: 8080, COUNTY: 'calw', HOST: '127.0.0.1' });
  });

  it('takes an empty variable as a missing one', () => {
    expect(readConfig({ BOT_TOKEN: '', DATABASE_URL: ' ' }).BOT_TOKEN).toBeUndefined();
  });

  it.each([
    [{ BOT_TOKEN: 'abc' }, /^BOT_TOKEN .*BotFather/],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must begin with postgres/],
    [{ DATABASE_URL: 'postgres://u:ge heim@:99999/x' }, /^DATABASE_URL must be postgres:/],
    [{ PORT: '99999' }, /^PORT must be a whole number/],
    [{ PORT: 'eighty' }, /^PORT must be a whole number/],
    [{ DATA_KEY: 'short' }, /^DATA_KEY must be 32 bytes/],
    [{ COUNTY: '../etc' }, /^COUNTY must be the name of a folder/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be debug, info/],
    [{ TELEGRAM_API_ROOT: 'file:///etc' }, /^TELEGRAM_API_ROOT must be an address/],
    [{ BOT_TOKEN: TOKEN, PUBLIC_URL: 'https://bot.example' }, /^WEBHOOK_SECRET is missing/],
    [{ PUBLIC_URL: 'https://bot.example', WEBHOOK_SECRET: 'x'.repeat(20) }, /^BOT_TOKEN is missing/],
    [{ BOT_TOKEN: TOKEN, PUBLIC_URL: 'https://bot.example', WEBHOOK_SECRET: 'short' }, /^WEBHOOK_SECRET must be/],
    [{ PUBLIC_URL: 'http://bot.example' }, /^PUBLIC_URL must begin with https:\/\/: Telegram delivers/],
    [{ PUBLIC_URL: 'http://localhost:80@bot.example' }, /^PUBLIC_URL must begin with https/],
    [{ PUBLIC_URL: 'http://127.0.0.1.bot.example' }, /^PUBLIC_URL must begin with https/],
    [{ PUBLIC_URL: 'https://county.example/bot' }, /^PUBLIC_URL must end with the name of the host/],
    [{ PUBLIC_URL: 'https://county.example/?a=b' }, /^PUBLIC_URL must end with the name of the host/],
    [{ PUBLIC_URL: 'bot.example' }, /^PUBLIC_URL must /],
    [{ COURSES_BA_URL: 'http://localhost:80@rest.example/list' }, /^COURSES_BA_URL must begin with https/],
    [{ COURSES_BA_URL: 'http://rest.example/list' }, /^COURSES_BA_URL must begin with https/],
    [{ COURSES_BA_URL: 'rest.example' }, /^COURSES_BA_URL /],
    [{ COURSES_BA_KEY: 'x' }, /^COURSES_BA_URL is missing/],
    [{ COURSES_BA_URL: 'https://rest.example/list', COURSES_BA_KEY: 'two words' }, /^COURSES_BA_KEY must be/],
    [{ COURSES_OPENQCAT_URL: 'file:///etc/passwd' }, /^COURSES_OPENQCAT_URL /],
    [{ COURSES_EVERY_HOURS: 'daily' }, /^COURSES_EVERY_HOURS must be a number/],
    [{ COURSES_EVERY_HOURS: '0' }, /^COURSES_EVERY_HOURS must be at least 1/],
  ])('refuses %j with one sentence', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(() => readConfig(env)).toThrow(sentence);
  });

  it.each(['https://bot.example', 'http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:8080'])(
    'takes %s as an address from outside: https, or this machine',
    (PUBLIC_URL) => {
      const env = { BOT_TOKEN: TOKEN, PUBLIC_URL, WEBHOOK_SECRET: 'x'.repeat(20) };
      expect(readConfig(env).PUBLIC_URL).toBe(PUBLIC_URL);
    },
  );

  it('never repeats a wrong secret', () => {
    expect(() => readConfig({ BOT_TOKEN: 'secret-that-is-no-token' })).toThrow(/^(?!.*secret-that-is-no-token)/);
  });

  it('knows which lists of courses are fetched', () => {
    expect(courseFeeds(readConfig({}))).toEqual([]);
    const env = {
      COURSES_BA_URL: 'https://rest.example/list?a=b',
      COURSES_BA_KEY: 'k',
      COURSES_OPENQCAT_URL: 'https://x.example/c.xml',
      COURSES_EVERY_HOURS: '6',
    };
    expect(courseFeeds(readConfig(env))).toEqual([
      { format: 'ba', url: 'https://rest.example/list?a=b', key: 'k', everyHours: 6 },
      { format: 'openqcat', url: 'https://x.example/c.xml', key: undefined, everyHours: 6 },
    ]);
  });

  it('takes a key in both writings', () => {
    expect(readConfig({ DATA_KEY: 'ab'.repeat(32) }).DATA_KEY).toHaveLength(64);
    expect(readConfig({ DATA_KEY: Buffer.alloc(32, 1).toString('base64') }).DATA_KEY).toBeDefined();
  });

  it('names every variable in its help', () => {
    for (const name of Object.keys(VARIABLES)) expect(helpText()).toContain(name);
  });
});
