/** The middle one; of an even number the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  return Number.isInteger(half) ? (upper + (sorted[half - 1] ?? Number.NaN)) / 2 : upper;
}

/** Milliseconds that one call takes: the median over `rounds`, after a few that do not count. */
export async function timed(rounds: number, work: () => unknown, callsInOne = 1): Promise<number> {
  const taken: number[] = [];
  const warmup = Math.max(3, Math.floor(rounds / 4));
  for (let round = 0; round < warmup + rounds; round++) {
    const began = performance.now();
    for (let call = 0; call < callsInOne; call++) await work();
    if (round >= warmup) taken.push((performance.now() - began) / callsInOne);
  }
  return median(taken);
}

/** The same for what answers at once: nothing is awaited, so that nothing but the work is measured. */
export function timedSync(rounds: number, callsInOne: number, work: () => unknown): number {
  const taken: number[] = [];
  for (let round = 0; round < rounds + 3; round++) {
    const began = performance.now();
    for (let call = 0; call < callsInOne; call++) work();
    if (round >= 3) taken.push((performance.now() - began) / callsInOne);
  }
  return median(taken);
}

/** Runs `work` on every item, `width` at a time. */
export async function sideBySide<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}

/** CPU of this process in milliseconds, user and system. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
