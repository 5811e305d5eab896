import { Api } from 'grammy';
import { startNoticeSender } from '../../src/delivery/notice-sender.ts';
import { readFacts } from '../../src/features/county/source.ts';
import { createRender } from '../../src/notices.ts';
import { createSeal } from '../../src/platform/crypto.ts';
import { type Database, openEmbedded, openServer } from '../../src/platform/database.ts';
import { at, dayOf, fromDate, type Instant, wallTime } from '../../src/platform/datetime.ts';
import { createI18n } from '../../src/platform/i18n.ts';
import { silentLog } from '../../src/platform/log.ts';
import { createServices } from '../../src/services.ts';
import { MANAGERS, settle } from './crowd.ts';
import { median } from './figures.ts';
import type { Server } from './postgres.ts';
import { bookAhead, leaveBehind } from './slots.ts';

export interface MorningFigures {
  readonly database: string;
  readonly past: number;
  readonly future: number;
  /** Owing all managers the messages of two days. */
  readonly planMs: number;
  /** A round that finds everything planned. */
  readonly againMs: number;
  /** From the hour itself until all lists have left. */
  readonly sentMs: number;
}

const REFUGEES = 3_000;
const seal = createSeal(new Uint8Array(32).fill(7));

/** One morning message for each of 18 managers with full diaries: planned, read, put into words and sent. */
export async function measureMornings(
  server: Server | undefined,
  past: { readonly server: number; readonly embedded: number },
  rounds: number,
): Promise<MorningFigures[]> {
  const databases = [
    ...(server === undefined
      ? []
      : [['PostgreSQL', past.server, async () => openServer(await server.fresh('bench_mornings'))] as const]),
    ['embedded', past.embedded, () => openEmbedded('memory')] as const,
  ];
  const figures: MorningFigures[] = [];
  for (const [database, behind, open] of databases) {
    const db = await open();
    try {
      await settle(db, REFUGEES, 'full');
      const future = await bookAhead(db);
      await leaveBehind(db, 0, behind);
      figures.push({ database, past: behind, future, ...(await measure(db, rounds)) });
    } finally {
      await db.close();
    }
  }
  return figures;
}

async function measure(db: Database, rounds: number): Promise<Pick<MorningFigures, 'planMs' | 'againMs' | 'sentMs'>> {
  const first = await db.prisma.appointment.findFirstOrThrow({
    where: { startsAt: { gt: new Date(Date.now() + 2 * 86_400_000) } },
    orderBy: { startsAt: 'asc' },
  });
  const hour = at(dayOf(fromDate(first.startsAt)), wallTime('07:30'));
  let present: Instant = hour;
  const clock = { now: () => present, onJump: () => () => {}, every: () => () => {} };
  const services = createServices({ db, clock, seal, facts: readFacts('calw'), wake: () => {} });
  const render = createRender({
    db,
    seal,
    i18n: createI18n(),
    services,
  });
  const fetch = async () => ({ status: 200, json: async () => ({ ok: true, result: { message_id: 1 } }) });
  const api = new Api('123456:ABC', { fetch: fetch as never });
  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const taken: { plan: number; again: number; sent: number }[] = [];
  for (let round = -2; round < rounds; round++) {
    await db.prisma.$executeRawUnsafe('TRUNCATE notice');
    present = (hour - 30 * 60_000) as Instant;
    const plan = await timed(services.appointments.planDays);
    const again = await timed(services.appointments.planDays);
    present = hour;
    let sender: ReturnType<typeof startNoticeSender> | undefined;
    const sent = await timed(() => {
      const options = { outbox: services.outbox, api, clock, log: silentLog, render, unreachable: async () => {} };
      sender = startNoticeSender({ ...options, chatPauseMs: 0 });
      return sender.idle();
    });
    await sender?.stop();
    const lists = await db.prisma.notice.count({ where: { kind: 'morning', status: 'sent' } });
    if (lists !== MANAGERS) throw new Error(`${lists} of ${MANAGERS} lists were sent`);
    if (round >= 0) taken.push({ plan, again, sent });
  }
  return {
    planMs: median(taken.map(({ plan }) => plan)),
    againMs: median(taken.map(({ again }) => again)),
    sentMs: median(taken.map(({ sent }) => sent)),
  };
}
