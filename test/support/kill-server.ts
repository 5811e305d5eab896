import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { serve } from '@hono/node-server';
import { simulatorApp } from '../../src/simulator/server.ts';
import type { SimulatedTelegram } from '../../src/simulator/telegram.ts';

export const TOKEN = '1000000001:TEST-token-1234567890-abcdefghijKLM';

/** The simulated Telegram on a port of this machine, for programs that are processes of their own. */
export async function serveOnLoopback(telegram: SimulatedTelegram): Promise<{ root: string; close(): void }> {
  const server = serve({ fetch: simulatorApp(telegram).fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
