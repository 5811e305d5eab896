import type { Clock } from '../platform/clock.ts';

/** Says whether one more is allowed under this name; each name has `perMinute`, with bursts of that size. */
export type Limit = (name: string) => boolean;

interface Bucket {
  tokens: number;
  at: number;
}

/** More names than this are not remembered: whoever has been quiet for a minute has a full bucket anyway. */
const NAMES = 10_000;

export function createLimit(perMinute: number, clock: Clock): Limit {
  const buckets = new Map<string, Bucket>();
  return (name) => {
    const now = clock.now();
    if (buckets.size > NAMES) for (const [known, one] of buckets) if (now - one.at > 60_000) buckets.delete(known);
    const bucket = buckets.get(name) ?? { tokens: perMinute, at: now };
    bucket.tokens = Math.min(perMinute, bucket.tokens + (Math.max(0, now - bucket.at) / 60_000) * perMinute);
    bucket.at = now;
    buckets.set(name, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}
