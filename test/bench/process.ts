import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** A module of this folder in a process of its own, so that its CPU and memory are its own. */
export interface Spawned {
  /** Calls a handler there. Rejects with what it threw, or when the process ended. */
  ask<T>(name: string, ...values: readonly unknown[]): Promise<T>;
  stop(): Promise<void>;
}

interface Question {
  readonly id: number;
  readonly name: string;
  readonly values: readonly unknown[];
}
interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export function spawnModule(file: string, args: readonly string[] = []): Spawned {
  const child: ChildProcess = fork(path.join(import.meta.dirname, file), args, { execArgv: ['--expose-gc'] });
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let next = 0;
  child.on('message', ({ id, value, error }: Reply) => {
    if (error === undefined) open.get(id)?.resolve(value);
    else open.get(id)?.reject(new Error(`${file}: ${error}`));
    open.delete(id);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    for (const one of open.values()) one.reject(new Error(`${file} ended`));
  });
  return {
    ask<T>(name: string, ...values: readonly unknown[]) {
      const answer = Promise.withResolvers<unknown>();
      open.set(next, answer);
      child.send({ id: next++, name, values } satisfies Question);
      return answer.promise as Promise<T>;
    },
    async stop() {
      child.disconnect();
      const timer = setTimeout(() => child.kill(), 3_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The other side: answers questions until the parent lets go. */
export function serve(handlers: Readonly<Record<string, (...values: never[]) => unknown>>): void {
  process.on('message', async ({ id, name, values }: Question) => {
    try {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`nobody answers ${name}`);
      process.send?.({ id, value: await handler(...(values as never[])) } satisfies Reply);
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : 'failed' } satisfies Reply);
    }
  });
  process.once('disconnect', () => process.exit(0));
}
