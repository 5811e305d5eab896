import { expect, it } from 'vitest';
import { startRounds } from '../../src/delivery/rounds.ts';
import { createLog } from '../../src/platform/log.ts';
import { berlin, testClock } from '../support/clock.ts';

function loop(round: () => Promise<void>) {
  const clock = testClock(berlin('2026-11-23', '09:00'));
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => logged.push(line) });
  return { clock, logged, rounds: startRounds({ clock, log, round, pauseMs: 0 }) };
}

it('makes one at the start, one at a time, and one more for all who called meanwhile', async () => {
  let made = 0;
  let atOnce = 0;
  const { rounds } = loop(async () => {
    made += 1;
    atOnce += 1;
    expect(atOnce).toBe(1);
    await Promise.resolve();
    if (made === 1) for (let times = 0; times < 5; times++) rounds.wake();
    atOnce -= 1;
  });
  await rounds.idle();
  expect(made).toBe(2);
  await rounds.stop();
});

it('looks again when the clock jumps, and no more once it is stopped', async () => {
  let made = 0;
  const { rounds, clock } = loop(async () => {
    made += 1;
  });
  await rounds.idle();
  clock.pass(60);
  await rounds.idle();
  expect(made).toBe(2);
  await rounds.stop();
  clock.pass(60);
  rounds.wake();
  await rounds.idle();
  expect(made).toBe(2);
});

it('that fails is logged and made again at the next occasion', async () => {
  let made = 0;
  const { rounds, logged } = loop(async () => {
    made += 1;
    if (made === 1) throw new Error('the database is away');
  });
  await rounds.idle();
  rounds.wake();
  await rounds.idle();
  expect(made).toBe(2);
  expect(logged.filter((line) => line.includes('rounds.failed'))).toHaveLength(1);
  await rounds.stop();
});

it('waits for the round in hand when it is stopped', async () => {
  let isDone = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const { rounds } = loop(async () => {
    await promise;
    isDone = true;
  });
  const stopped = rounds.stop();
  resolve();
  await stopped;
  expect(isDone).toBe(true);
});
