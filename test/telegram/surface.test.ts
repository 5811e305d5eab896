import { Api } from 'grammy';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/bot.ts';
import { createI18n } from '../../src/platform/i18n.ts';
import { fakeFetch } from '../../src/simulator/fake-fetch.ts';
import { createTelegram } from '../../src/simulator/telegram.ts';
import { localiseSurface } from '../../src/telegram/surface.ts';
import { TOKEN } from '../support/world.ts';

it('is written once in five languages, and then only compared', async () => {
  const telegram = createTelegram({ token: TOKEN, now: () => 0 });
  const api = new Api(TOKEN, { apiRoot: 'http://telegram.test', fetch: fakeFetch(telegram) as never });
  const options = { county: 'Landkreis Calw', commands: COMMANDS };
  await localiseSurface(api, createI18n({ strict: true }), options);
  const written = telegram.calls.filter(({ method }) => method.startsWith('set')).length;
  expect(written).toBeGreaterThanOrEqual(20);
  expect((await api.getMyName({ language_code: 'ti' })).name.length).toBeLessThanOrEqual(64);
  expect(await api.getMyCommands({ scope: { type: 'all_private_chats' }, language_code: 'ar' })).toHaveLength(
    COMMANDS.length,
  );
  await localiseSurface(api, createI18n({ strict: true }), options);
  expect(telegram.calls.filter(({ method }) => method.startsWith('set'))).toHaveLength(written);
});
