import { setTimeout as pause } from 'node:timers/promises';
import { type Log, safeError } from '../platform/log.ts';
import { refusalOf } from './refusal.ts';

const LONGEST_PAUSE_MS = 15_000;

/**
 * Repeats a call that the start cannot do without until Telegram answers it: a program that starts during an outage
 * waits for its end. Throws what waiting does not cure (a wrong token), and the last error once `stop` has aborted.
 */
export async function insist<T>(call: () => Promise<T>, log: Log, stop?: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await call();
    } catch (error) {
      const refusal = refusalOf(error);
      if (stop?.aborted || (refusal?.kind !== 'outage' && refusal?.kind !== 'wait')) throw error;
      log.warn('telegram.unreached', { tries: tries + 1, ...safeError(error) });
      const ms = refusal.kind === 'wait' ? refusal.seconds * 1_000 : Math.min(500 * 2 ** tries, LONGEST_PAUSE_MS);
      await pause(ms, undefined, { signal: stop }).catch(() => {});
    }
  }
}
