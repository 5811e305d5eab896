import { flushCompileCache } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { Api } from 'grammy';
import { COMMANDS } from './bot.ts';
import { type Config, ConfigError, courseFeeds, helpText, readConfig } from './config.ts';
import { ALLOWED_UPDATES, poll } from './delivery/poll.ts';
import { countyFolder, readCounty } from './features/county/source.ts';
import { readContent } from './features/guidance/source.ts';
import { type AdjustableClock, adjustableClock, systemClock } from './platform/clock.ts';
import { createSeal, dataKey } from './platform/crypto.ts';
import { openEmbedded, openServer } from './platform/database.ts';
import { assertFullIcu } from './platform/date-formats.ts';
import { createI18n } from './platform/i18n.ts';
import { createLog, safeError, scrub } from './platform/log.ts';
import { PAGES, type Program, startProgram } from './program.ts';
import { blaming, ofFolder, ofListening, ofServer, ofTelegram } from './start-errors.ts';
import { insist } from './telegram/insist.ts';
import { localiseSurface } from './telegram/surface.ts';
import { createTransport, undiciSend } from './telegram/transport.ts';
import { createWeb, listen } from './web/server.ts';

/** What is started, in order; stopped in reverse. */
type Stop = () => Promise<void> | void;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function start(config: Config): Promise<{ readonly stops: Stop[]; readonly failed: Promise<never> }> {
  assertFullIcu();
  const stops: Stop[] = [];
  const log = createLog(config.LOG_LEVEL);
  const county = readCounty(config.COUNTY);
  const isSimulated = config.BOT_TOKEN === undefined;

  const { DATABASE_URL: server } = config;
  const db =
    server === undefined
      ? await blaming(ofFolder, config, () => openEmbedded(config.DATA_DIR))
      : await blaming(ofServer, config, () => openServer(server));
  stops.push(() => db.close());
  const seal = createSeal(await blaming(ofFolder, config, () => dataKey(config.DATA_KEY, config.DATA_DIR)));
  const i18n = createI18n();

  const simulator = isSimulated ? await openSimulator(config) : undefined;
  if (simulator !== undefined) stops.push(() => simulator.save());
  const clock = simulator === undefined ? systemClock : adjustableClock(simulator.clockOffset);
  const token = config.BOT_TOKEN ?? simulator?.token ?? '';
  const apiRoot = simulator === undefined ? config.TELEGRAM_API_ROOT : `http://127.0.0.1:${config.PORT}`;

  let program: Program | undefined;
  const webhook =
    config.PUBLIC_URL === undefined || config.WEBHOOK_SECRET === undefined
      ? undefined
      : {
          path: '/telegram',
          secret: config.WEBHOOK_SECRET,
          receive: async (updates: Parameters<Program['receive']>[0]) => {
            if (program === undefined) throw new Error('not started yet');
            await program.receive(updates);
          },
          failed: (error: unknown) => log.error('webhook.failed', safeError(error)),
        };
  // Telegram refuses links to a host without a dot, so that `localhost` is written as its number.
  const pagesUrl = simulator === undefined ? originOf(config.PUBLIC_URL) : apiRoot;
  const web = createWeb({
    pages: { paths: PAGES, fetch: (request) => program?.pages.fetch(request) },
    healthy: () => db.ping(),
    metrics: async () => ({
      bot_updates_open: (await program?.services.inbox.open()) ?? 0,
      bot_memory_bytes: process.memoryUsage().rss,
      bot_uptime_seconds: Math.floor(process.uptime()),
    }),
    ...(webhook !== undefined && { webhook }),
  });
  if (simulator !== undefined) web.route('/', simulator.app(clock as AdjustableClock));
  const host = isSimulated ? '127.0.0.1' : config.HOST;
  const listening = await blaming(ofListening, config, () => listen(web, config.PORT, host));
  stops.push(() => listening.close());

  const transport = undiciSend();
  stops.push(() => transport.close());
  const api = new Api(token, { apiRoot, fetch: createTransport(transport.send, { patient: true }) as never });
  const me = await blaming(ofTelegram, config, () => insist(() => api.getMe(), log));
  if (me.can_join_groups) {
    throw new ConfigError('The bot may be added to groups: switch that off with /setjoingroups at @BotFather.');
  }
  program = await startProgram({
    db,
    clock,
    seal,
    i18n,
    log,
    facts: county.facts,
    content: readContent(countyFolder(config.COUNTY)),
    token,
    me,
    apiRoot,
    send: transport.send,
    download: transport.download,
    feeds: courseFeeds(config),
    pagesUrl,
  });
  const { services } = program;
  stops.push(() => program?.stop());
  await services.county.load(county);
  if (simulator !== undefined) {
    const { loadDemo, loadDemoCourses } = await import('./demo.ts');
    await loadDemo(services, config.COUNTY, clock);
    await loadDemoCourses(services, config.COUNTY, clock);
  }
  const surface = localiseSurface(api, i18n, { county: county.facts.name, commands: COMMANDS });
  surface.catch((error: unknown) => log.warn('surface.failed', safeError(error)));

  const failed = Promise.withResolvers<never>();
  if (webhook === undefined) {
    const stopPolling = new AbortController();
    const polling = poll(
      program.bot,
      (updates) => program?.receive(updates) ?? Promise.resolve(),
      stopPolling.signal,
      log,
    );
    polling.catch(failed.reject);
    stops.push(async () => {
      stopPolling.abort();
      await Promise.race([polling.catch(() => undefined), pause(2_000)]);
    });
  } else {
    const address = new URL(webhook.path, config.PUBLIC_URL).href;
    const { secret } = webhook;
    await insist(() => api.setWebhook(address, { secret_token: secret, allowed_updates: [...ALLOWED_UPDATES] }), log);
  }

  // Before anybody is told that it is ready: loading it stops everything else for a moment.
  void db.prisma;
  // Also for whoever is killed and never ends well.
  flushCompileCache();
  say(
    isSimulated
      ? `The simulator is ready: http://localhost:${config.PORT}`
      : `@${me.username} is ready: ${webhook === undefined ? 'long polling' : 'webhook'}, ${db.engine === 'embedded' ? 'embedded database (never calls fsync: keep backups)' : 'PostgreSQL'}, http://${config.HOST}:${config.PORT}/health`,
  );
  return { stops, failed: failed.promise };
}

const originOf = (url: string | undefined) => (url === undefined ? undefined : new URL(url).origin);

/** Loaded only when there is no token: none of it is in the way of a real bot. */
async function openSimulator(config: Config) {
  const parts = await Promise.all([import('./simulator/run.ts'), import('./demo.ts')]).catch((error: unknown) => {
    // The image for a real bot has no simulator.
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigError('BOT_TOKEN is missing, and there is no simulator in this installation.');
  });
  const [{ runSimulator }, { readDemo }] = parts;
  const people = readDemo(config.COUNTY).map(({ id, firstName, client, role, label }) => ({
    id,
    firstName,
    languageCode: client,
    role: label,
    started: role !== 'refugee',
  }));
  return runSimulator(config.DATA_DIR, people);
}

async function stopAll(stops: readonly Stop[]): Promise<void> {
  for (const stop of stops.toReversed()) await stop();
}

/** Runs until it is told to stop. Exit code 0: told to; 1: it could not start or go on. */
async function run(): Promise<number> {
  if (process.argv.includes('--help')) {
    say(helpText());
    return 0;
  }
  const told = Promise.withResolvers<'told'>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => told.resolve('told'));
  // Told during the start (which waits for Telegram): nothing is in hand that a killed process would lose.
  const running = await Promise.race([start(readConfig()), told.promise]);
  if (running === 'told') return 0;
  try {
    await Promise.race([told.promise, running.failed]);
    return 0;
  } finally {
    await stopAll(running.stops);
  }
}

// Until it has ended well: should nothing be left to wait for before that, the supervisor shall know.
process.exitCode = 1;
run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    // One sentence for the operator; the stack only where it helps and says nothing secret.
    const isOperators =
      error instanceof ConfigError || (error instanceof Error && /in use|migration|county|\.csv/.test(error.message));
    process.stderr.write(`${scrub(error instanceof Error ? error.message : 'failed to start')}\n`);
    if (!isOperators) process.stderr.write(`${JSON.stringify(safeError(error))}\n`);
    process.exit(1);
  },
);
