import type { Update } from 'grammy/types';
import { expect } from 'vitest';
import { loadDemo, loadDemoCourses, readDemo } from '../../src/demo.ts';
import { countyFolder, readCounty } from '../../src/features/county/source.ts';
import type { Feed } from '../../src/features/courses/model-sources.ts';
import type { Content } from '../../src/features/guidance/model.ts';
import { readContent } from '../../src/features/guidance/source.ts';
import { createSeal, type Seal } from '../../src/platform/crypto.ts';
import type { Database } from '../../src/platform/database.ts';
import type { Instant } from '../../src/platform/datetime.ts';
import { createI18n, type I18n } from '../../src/platform/i18n.ts';
import { createLog } from '../../src/platform/log.ts';
import { type Program, startProgram } from '../../src/program.ts';
import { fakeDownload, fakeFetch } from '../../src/simulator/fake-fetch.ts';
import type { SimulatedPerson } from '../../src/simulator/person.ts';
import { createTelegram, type SimulatedTelegram } from '../../src/simulator/telegram.ts';
import type { Download, Send } from '../../src/telegram/transport.ts';
import { berlin, type TestClock, testClock } from './clock.ts';
import { emptyDatabase } from './database.ts';
import { houseRules } from './house-rules.ts';

export const TOKEN = '1000000001:TEST-token-1234567890-abcdefghijKLM';
/** Where the pages are, as Telegram and browsers know it. */
export const PAGES_URL = 'https://termine.test';
/** A Monday morning with the whole week ahead. */
export const MONDAY = berlin('2026-11-23', '07:30');

/** What a worker's test files have in common; `testProgram` is the one program on the worker's one database. */
const shared = globalThis as { testI18n?: I18n; testProgram?: string };

/** The whole program with an empty database, the demo's staff, and a Telegram that checks every call. */
export interface World {
  readonly db: Database;
  readonly clock: TestClock;
  readonly telegram: SimulatedTelegram;
  readonly program: Program;
  readonly seal: Seal;
  readonly i18n: I18n;
  /** Every line that was logged. */
  readonly logged: readonly string[];
  /** Somebody with a phone whose client speaks `languageCode`. */
  person(name: string, languageCode?: string): SimulatedPerson;
  /** Delivers what people did and waits until everybody has been answered. */
  settle(): Promise<void>;
  /** Delivers these updates (again). */
  deliver(updates: readonly Update[]): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly now?: Instant;
  /** Whether the demo's managers (Maria Keller for Calw, 700003), volunteer and coordinator (700008) have joined. */
  readonly withDemo?: boolean;
  /** Whether the demo's 26 courses are in the catalogue. */
  readonly withCourses?: boolean;
  readonly send?: (send: Send) => Send;
  readonly download?: Download;
  /** Lists of courses that are fetched. */
  readonly feeds?: readonly Feed[];
  readonly perMinute?: number;
  /** Undefined: no pages can be reached from outside. */
  readonly pagesUrl?: string | undefined;
  /** What the county says; else what its folder holds. */
  readonly content?: Content;
  /** Whether errors of ours are what the test is about. */
  readonly mayFail?: boolean;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const test = expect.getState().currentTestName ?? 'a hook';
  // Two programs would take each other's updates, and a later test would fail in an earlier one's name.
  if (shared.testProgram !== undefined) throw new Error(`"${shared.testProgram}" has not stopped its world`);
  const db = await emptyDatabase();
  const clock = testClock(options.now ?? MONDAY);
  const telegram = createTelegram({ token: TOKEN, now: () => clock.now() });
  shared.testI18n ??= createI18n({ strict: true });
  const i18n = shared.testI18n;
  const seal = createSeal(new Uint8Array(32).fill(7));
  const logged: string[] = [];
  const county = readCounty('calw');
  const send = fakeFetch(telegram) as Send;
  const program = await startProgram({
    db,
    clock,
    seal,
    i18n,
    log: createLog('debug', { write: (line) => logged.push(line) }),
    facts: county.facts,
    content: options.content ?? readContent(countyFolder('calw')),
    token: TOKEN,
    me: telegram.bot,
    apiRoot: 'http://telegram.test',
    send: options.send?.(send) ?? send,
    download: options.download ?? fakeDownload(telegram),
    feeds: options.feeds ?? [],
    pause: async () => {},
    editPauseMs: 0,
    pagesUrl: 'pagesUrl' in options ? options.pagesUrl : PAGES_URL,
    perMinute: options.perMinute ?? 10_000,
    chatPauseMs: 0,
    roundPauseMs: 0,
  });
  shared.testProgram = test;
  await program.services.county.load(county);
  if (options.withDemo !== false) {
    await loadDemo(program.services, 'calw', clock);
    for (const { id, firstName, client, role } of readDemo('calw')) {
      if (role !== 'refugee') telegram.person({ id, firstName, languageCode: client, started: true });
    }
  }
  if (options.withCourses === true) await loadDemoCourses(program.services, 'calw', clock);
  let nextId = 100;
  let looked = 0;
  let settledAt: Instant | undefined;

  async function settle(): Promise<void> {
    // What time has made due is said before what people do now is answered.
    if (clock.now() !== settledAt) await program.idle();
    settledAt = clock.now();
    for (let updates = telegram.takeUpdates(); ; updates = telegram.takeUpdates()) {
      if (updates.length > 0) await program.receive(updates);
      await program.idle();
      if (telegram.pending() === 0) break;
    }
    houseRules(telegram);
    const failure =
      options.mayFail === true
        ? undefined
        : logged.slice(looked).find((line) => /update\.parked|notice\.failed|unsettled/.test(line));
    looked = logged.length;
    if (failure !== undefined) throw new Error(`something failed inside: ${failure}`);
  }
  return {
    db,
    clock,
    telegram,
    program,
    seal,
    i18n,
    logged,
    settle,
    person: (firstName, languageCode = 'de') => telegram.person({ id: nextId++, firstName, languageCode }),
    async deliver(updates) {
      await program.receive(updates);
      await program.idle();
    },
    async stop() {
      await program.stop();
      delete shared.testProgram;
    },
  };
}
