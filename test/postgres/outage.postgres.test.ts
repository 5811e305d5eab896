import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { isOutage, openServer } from '../../src/platform/database.ts';
import { createI18n } from '../../src/platform/i18n.ts';
import { createTelegram } from '../../src/simulator/telegram.ts';
import { startChild } from '../support/kill-child.ts';
import { KEY, prepareOffice } from '../support/kill-office.ts';
import { createBeliever } from '../support/kill-person.ts';
import { prove } from '../support/kill-proof.ts';
import { seeded } from '../support/kill-random.ts';
import { freePort, serveOnLoopback, TOKEN } from '../support/kill-server.ts';
import { emptyServerDatabase } from './server.ts';

const DATABASE = 'test_outage';
const CUTS = 8;
const ACTS = 60;
const SEED = 20_261_130;

/** A door in front of the server that can be shut: whoever is inside is thrown out, whoever knocks is refused. */
async function doorTo(url: URL) {
  const port = await freePort();
  const inside = new Set<net.Socket>();
  let server: net.Server | undefined;
  const open = () =>
    new Promise<void>((resolve) => {
      server = net.createServer((outer) => {
        const inner = net.connect(Number(url.port), url.hostname);
        for (const [one, other] of [
          [outer, inner],
          [inner, outer],
        ] as const) {
          inside.add(one);
          one.pipe(other);
          one.on('error', () => other.destroy()).on('close', () => other.destroy() && inside.delete(one));
        }
      });
      server.listen(port, '127.0.0.1', resolve);
    });
  const shut = () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve());
      for (const socket of inside) socket.resetAndDestroy();
    });
  await open();
  const address = new URL(url);
  address.port = String(port);
  return { address: address.href, open, shut };
}

it('a server that goes away and comes back costs nobody an update, an appointment or a notice', async () => {
  const url = await emptyServerDatabase(DATABASE);
  const door = await doorTo(new URL(url));
  const random = seeded(SEED);
  const db = await openServer(url, 2);
  const office = await prepareOffice(db, 6);
  const telegram = createTelegram({ token: TOKEN, now: () => Date.now() });
  const updateIds: number[] = [];
  telegram.onUpdate((update) => updateIds.push(update.update_id));
  for (const id of office.staff) telegram.person({ id, firstName: `M${id}`, languageCode: 'de', started: true });
  const i18n = createI18n();
  const believers = office.refugees.map(({ id, locale }) => {
    const person = telegram.person({ id, firstName: `R${id}`, languageCode: locale, started: true });
    return createBeliever(telegram, person, seeded(SEED + id), i18n.translator(locale));
  });
  const api = await serveOnLoopback(telegram);
  const admin = new pg.Client(url);
  await admin.connect();
  onTestFinished(async () => {
    api.close();
    await door.shut();
    await admin.end();
    await db.close();
  });
  const port = await freePort();
  const health = async () => (await fetch(`http://127.0.0.1:${port}/health`)).status;
  const child = startChild({
    BOT_TOKEN: TOKEN,
    DATABASE_URL: door.address,
    DATA_KEY: KEY,
    TELEGRAM_API_ROOT: api.root,
    PORT: String(port),
  });
  await child.ready;

  const cuts: number[] = [];
  const acts = () => believers.reduce((sum, { booked, cancelled }) => sum + booked.size + cancelled.size, 0);
  const isEnough = () => cuts.length >= CUTS && acts() >= ACTS;
  const lives = Promise.all(believers.map((one) => one.live(isEnough)));
  for (let cut = 0; cut < CUTS; cut++) {
    await pause(random.between(700, 2_500));
    cuts.push(Date.now());
    if (cut % 2 === 0) {
      await door.shut();
      await pause(random.between(100, 1_500));
      expect(await health()).toBe(503);
      await door.open();
    } else {
      // As a server that is told to stop ends its sessions.
      await admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
        [DATABASE],
      );
    }
  }
  await lives;
  await expect.poll(health).toBe(200);
  const open = async () => {
    const rows = await admin.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM inbox WHERE status IN ('pending', 'working'))::int
            + (SELECT count(*) FROM notice WHERE status IN ('pending', 'sending') AND due_at <= now())::int AS n`,
    );
    return rows.rows[0]?.n;
  };
  await expect.poll(open, { timeout: 60_000, interval: 250 }).toBe(0);
  await child.stop();
  expect(await parked(admin)).toBe(0);
  await prove(db, { office, telegram, believers, updateIds, killedAt: cuts });
}, 300_000);

it('is recognised by whatever was asked when the server ended its session', async () => {
  const url = await emptyServerDatabase(DATABASE);
  const db = await openServer(url, 2);
  const [other, holder] = [new pg.Client(url), new pg.Client(url)];
  await Promise.all([other.connect(), holder.connect()]);
  onTestFinished(async () => {
    await Promise.all([other.end(), holder.end()]);
    await db.close();
  });
  const cut = async (asked: Promise<unknown>) => {
    const failure = asked.then(
      () => undefined,
      (error: unknown) => error,
    );
    // It waits for the lock: only then is it in the middle of its work.
    const waiting = `FROM pg_stat_activity WHERE datname = '${DATABASE}' AND wait_event_type = 'Lock'`;
    const end = async () => (await other.query(`SELECT pg_terminate_backend(pid) ${waiting}`)).rowCount;
    await expect.poll(end, { timeout: 20_000 }).toBe(1);
    return isOutage(await failure);
  };
  await db.prisma.person.count();
  await holder.query('BEGIN; LOCK TABLE person');
  expect(await cut(db.prisma.person.findFirst())).toBe(true);
  expect(await cut(db.sql('SELECT id FROM person'))).toBe(true);
  expect(await cut(db.transaction((tx) => tx.sql('SELECT id FROM person')))).toBe(true);
  expect(await cut(db.transaction((tx) => tx.prisma.person.findFirst()))).toBe(true);
  await holder.query('ROLLBACK');
  expect(
    isOutage(await db.prisma.person.findUniqueOrThrow({ where: { id: 'x' } }).catch((error: unknown) => error)),
  ).toBe(false);
});

const parked = async (admin: pg.Client) =>
  (await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM inbox WHERE status = 'parked'`)).rows[0]?.n;
