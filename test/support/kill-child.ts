import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const START = path.join(import.meta.dirname, '../../src/start.js');

export interface Child {
  /** Resolves when it says that it is ready, or has ended. */
  readonly ready: Promise<void>;
  /** Ends at once, in the middle of whatever it is doing. Throws when it had ended by itself. */
  kill(): Promise<void>;
  /** Ends as an operator ends it. Throws unless it ends well. */
  stop(): Promise<void>;
}

/** The real program as a process of its own. */
export function startChild(env: Readonly<Record<string, string>>): Child {
  const child = spawn(process.execPath, [START], {
    env: { PATH: process.env.PATH ?? '', TZ: 'Asia/Tokyo', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const began = Date.now();
  let endedAfter = 0;
  const exited = once(child, 'exit');
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (text) => {
      said = (said + text).slice(-4_000);
      if (String(text).includes('is ready')) resolve();
    });
    child.once('exit', () => {
      endedAfter = Date.now() - began;
      resolve();
    });
  });
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-4_000);
  });
  const end = async (signal: NodeJS.Signals) => {
    if (hasEnded(child)) {
      throw new Error(
        `the program ended by itself after ${endedAfter} ms (${child.exitCode ?? child.signalCode}): ${said}`,
      );
    }
    child.kill(signal);
    await exited;
  };
  return {
    ready,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      if (child.exitCode !== 0) throw new Error(`the program did not stop well (${child.exitCode}): ${said}`);
    },
  };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
