import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createTelegram } from '../../src/simulator/telegram.ts';
import { startChild } from '../support/kill-child.ts';
import { freePort, serveOnLoopback, TOKEN } from '../support/kill-server.ts';
import { until } from './updates.ts';

async function started(token = TOKEN, more: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'started-'));
  const telegram = createTelegram({ token: TOKEN, now: () => Date.now() });
  const server = await serveOnLoopback(telegram);
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const env = {
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: server.root,
    DATA_DIR: folder,
    PORT: String(await freePort()),
    ...more,
  };
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
  expect(said).toContain('BOT_TOKEN: Telegram does not know this token.');
  expect(said).not.toContain('"msg"');
  expect(said).not.toContain('CANARY');
});

it.each([
  ['DATABASE_URL', 'postgres://user:CANARY@127.0.0.1:1/bot', 'no PostgreSQL server answers there'],
  ['HOST', '192.0.2.1', '192.0.2.1 is no address of this machine'],
  ['DATA_DIR', '/etc/passwd', '/etc/passwd cannot be used as a folder'],
  ['DATA_DIR', '/proc/nowhere/data', '/proc/nowhere/data cannot be used as a folder'],
])('a program whose %s is wrong ends with one sentence that names it', async (name, value, words) => {
  const { start } = await started(TOKEN, { [name]: value });
  const child = start();
  await child.ready;
  const said = await child.stop().catch((error: Error) => error.message);
  expect(said).toContain(`${name}: ${words}`);
  expect(said).not.toMatch(/CANARY|"level"|\bat .*\.ts:\d/);
});

it('a program whose port is taken says so', async () => {
  const { port, close } = await takenPort();
  onTestFinished(close);
  const { start } = await started(TOKEN, { PORT: String(port) });
  const child = start();
  await child.ready;
  expect(await child.stop().catch((error: Error) => error.message)).toContain(`PORT: ${port} is taken`);
});

async function takenPort(): Promise<{ readonly port: number; close(): void }> {
  const holder = net.createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  return { port: (holder.address() as AddressInfo).port, close: () => holder.close() };
}
