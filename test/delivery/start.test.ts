import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createTelegram } from '../../src/simulator/telegram.ts';
import { startChild } from '../support/kill-child.ts';
import { freePort, serveOnLoopback, TOKEN } from '../support/kill-server.ts';
import { until } from './updates.ts';

async function started(token = TOKEN) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'started-'));
  const telegram = createTelegram({ token: TOKEN, now: () => Date.now() });
  const server = await serveOnLoopback(telegram);
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const env = { BOT_TOKEN: token, TELEGRAM_API_ROOT: server.root, DATA_DIR: folder, PORT: String(await freePort()) };
  return { telegram, start: () => startChild(env) };
}

it('a program that starts while Telegram is out of order waits for it, and can be told to stop meanwhile', async () => {
  const { telegram, start } = await started();
  telegram.fail({ fault: { kind: 'server-error', status: 502 } });
  const asked = () => telegram.calls.filter(({ method }) => method === 'getMe').length;
  const waiting = start();
  await until(() => asked() >= 2);
  await waiting.stop();
  const patient = start();
  await until(() => asked() >= 4);
  telegram.heal();
  await patient.ready;
  await patient.stop();
});

it('a program whose token is wrong ends, and does not say the token', async () => {
  const { start } = await started('1000000002:CANARY-token-1234567890-abcdefghij');
  const child = start();
  await child.ready;
  const said = await child.stop().catch((error: Error) => error.message);
  expect(said).toContain('Unauthorized');
  expect(said).not.toContain('CANARY');
});
