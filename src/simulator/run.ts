import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Hono } from 'hono';
import { type SimulatorOptions, type StartingPerson, simulatorApp } from './server.ts';
import { createTelegram } from './telegram.ts';

/** Looks like a token, opens nothing: the simulator is its own Telegram. */
const TOKEN = '1000000001:SIMULATOR-has-no-secret-1234567890ABC';
const SAVE_AFTER_MS = 1_000;

interface Saved {
  readonly clockOffset: number;
  readonly telegram: unknown;
}

export interface Simulator {
  readonly token: string;
  /** Milliseconds that its clock was ahead when it was last saved. */
  readonly clockOffset: number;
  /** The Bot API and the page; `clock` is what the page moves. */
  app(clock: { now(): number; moveTo(to: number): void; offset(): number }): Hono;
  save(): void;
}

/** Goes on where it was: phones, chats and clock are kept in `folder`. `people` have a phone from the beginning. */
export function runSimulator(folder: string, people: readonly StartingPerson[]): Simulator {
  const file = path.join(folder, 'simulator.json');
  const saved = read(file);
  let clock: Parameters<Simulator['app']>[0] | undefined;
  const now = () => clock?.now() ?? Date.now() + (saved?.clockOffset ?? 0);
  const telegram = createTelegram({ token: TOKEN, now, keepCalls: 200 });
  if (saved !== undefined) telegram.restore(saved.telegram);
  // Staff who have joined can be written to without having pressed START here.
  for (const { id, firstName, languageCode, role, started } of people as readonly (StartingPerson & {
    started?: boolean;
  })[]) {
    telegram.person({ id, firstName, languageCode, role, ...(started === true && { started }) });
  }

  let timer: NodeJS.Timeout | undefined;
  function save(): void {
    clearTimeout(timer);
    timer = undefined;
    mkdirSync(folder, { recursive: true });
    const state: Saved = { clockOffset: clock?.offset() ?? saved?.clockOffset ?? 0, telegram: telegram.snapshot() };
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  }
  telegram.onChange(() => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  });
  return {
    token: TOKEN,
    clockOffset: saved?.clockOffset ?? 0,
    save,
    app(given) {
      clock = given;
      const options: SimulatorOptions = {
        people,
        clock: {
          now: () => given.now(),
          moveTo: (to) => {
            given.moveTo(to);
            save();
          },
        },
      };
      return simulatorApp(telegram, options) as unknown as Hono;
    },
  };
}

function read(file: string): Saved | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Saved;
  } catch {
    return undefined;
  }
}
