import { expect, it, onTestFinished } from 'vitest';
import { startHousekeeping } from '../../src/delivery/housekeeping.ts';
import type { Instant } from '../../src/platform/datetime.ts';
import { createLog } from '../../src/platform/log.ts';
import { berlin, testClock } from '../support/clock.ts';

const NOW = berlin('2026-11-23', '09:00');

function house(others: Readonly<Record<string, () => Promise<unknown>>>, tidy = async () => {}) {
  const ticks = new Map<number, () => void>();
  const clock = {
    ...testClock(NOW),
    every: (ms: number, listener: () => void) => {
      ticks.set(ms, listener);
      return () => ticks.delete(ms);
    },
  };
  const logged: string[] = [];
  const hoursAgo: number[] = [];
  const note = async (before: Instant) => void hoursAgo.push((clock.now() - before) / 3_600_000);
  const housekeeping = startHousekeeping({
    clock,
    log: createLog('debug', { write: (line) => logged.push(line) }),
    keeper: { forgetInbox: note, forgetFlows: note, forgetNotices: note, tidy, others },
  });
  onTestFinished(() => housekeeping.stop());
  return { clock, ticks, logged, hoursAgo, housekeeping };
}

it('forgets as the table in the README says', async () => {
  const { hoursAgo, housekeeping } = house({});
  await housekeeping.run();
  expect(hoursAgo).toEqual([48, 24, 90 * 24]);
});

it('goes on with the rest where something cannot be forgotten, and says which', async () => {
  const forgotten: string[] = [];
  const { logged, housekeeping } = house({
    broken: () => Promise.reject(new Error('CANARY what stood in the row')),
    next: async () => forgotten.push('next'),
  });
  await housekeeping.run();
  expect(forgotten).toEqual(['next']);
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain('"task":"broken"');
  expect(logged[0]).not.toContain('CANARY');
});

it('forgets when the clock jumps, and ends what it has begun before it stops', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isDone = false;
  const { clock, housekeeping } = house({
    slow: async () => {
      await promise;
      isDone = true;
    },
  });
  clock.pass(60);
  const stopped = housekeeping.stop();
  resolve();
  await stopped;
  expect(isDone).toBe(true);
});

it('sweeps the database up every half minute, also after a time that it could not', async () => {
  let sweeps = 0;
  const { ticks, logged, housekeeping } = house({}, async () => {
    if (++sweeps === 1) throw new Error('the database is away');
  });
  ticks.get(30_000)?.();
  ticks.get(30_000)?.();
  await housekeeping.stop();
  expect([sweeps, logged.length, ticks.size]).toEqual([2, 1, 0]);
  expect(logged[0]).toContain('"task":"tidy"');
});
