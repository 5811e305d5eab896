import type { Fault } from '../../src/simulator/faults.ts';
import type { SimulatedTelegram } from '../../src/simulator/telegram.ts';
import type { Random } from './kill-random.ts';

const FAULTS: readonly [Fault, ...Fault[]] = [
  { kind: 'too-many', retryAfter: 1 },
  { kind: 'server-error', status: 500 },
  { kind: 'server-error', status: 502 },
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
];
const METHODS: readonly [RegExp, ...RegExp[]] = [/./, /^send/, /^edit/, /^answer/];
/** A rule that nobody met is gone after this: no heap of them waits for the next program. */
const LASTS_MS = 400;

/** Now and then Telegram refuses, fails or hangs up, a few calls in a row. Returns how to end it, and the count. */
export function makeTrouble(telegram: SimulatedTelegram, random: Random): { heal(): void; count(): number } {
  let isOver = false;
  let rules = 0;
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    timer = setTimeout(
      () => {
        if (isOver) return;
        rules += 1;
        const fault = random.pick(FAULTS);
        setTimeout(telegram.fail({ method: random.pick(METHODS), times: random.between(1, 5), fault }), LASTS_MS);
        next();
      },
      random.between(100, 900),
    );
  };
  next();
  return {
    heal() {
      isOver = true;
      clearTimeout(timer);
      telegram.heal();
    },
    count: () => rules,
  };
}
