import { type ApiAnswer, refuse } from './answers.ts';

/** What can go wrong on demand. `status` of a server error defaults to 500; 502 is answered as a proxy would, in HTML. */
export type Fault =
  | { kind: 'too-many'; retryAfter: number }
  | { kind: 'server-error'; status?: number }
  | { kind: 'drop'; when: 'before' | 'after' }
  | { kind: 'hang'; ms: number }
  | { kind: 'refuse'; code: number; description: string };

export interface FaultRule {
  /** Every method if left out. A name fits whatever its letter case. */
  method?: string | RegExp;
  /** Every chat if left out. */
  chatId?: number;
  /** How often the rule strikes; without end if left out. */
  times?: number;
  fault: Fault;
}

/** The connection ended without an answer. Whether the call was executed is what a bot cannot know. */
export class ConnectionDropped extends Error {
  override name = 'ConnectionDropped';
}

const STATUS_TEXTS: Record<number, string> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The faults that are to strike, oldest first. */
export class Faults {
  private rules: { rule: FaultRule; left: number }[] = [];

  /** Adds a rule; the function returned takes it away again. */
  add(rule: FaultRule): () => void {
    const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
    this.rules.push(entry);
    return () => {
      this.rules = this.rules.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.rules = [];
  }

  /** The fault that strikes this call, if any; counted as used. */
  strike(method: string, chatId: number | undefined): Fault | undefined {
    const entry = this.rules.find(({ rule, left }) => left > 0 && fits(rule, method, chatId));
    if (!entry) return undefined;
    entry.left -= 1;
    return entry.rule.fault;
  }
}

function fits(rule: FaultRule, method: string, chatId: number | undefined): boolean {
  if (rule.chatId !== undefined && rule.chatId !== chatId) return false;
  if (rule.method === undefined) return true;
  return typeof rule.method === 'string'
    ? rule.method.toLowerCase() === method.toLowerCase()
    : rule.method.test(method);
}

/**
 * Lets a fault happen around a call. Refusing faults keep the call from being executed; `hang` and a connection that
 * drops after execution do not, which is what makes them ambiguous. Throws `ConnectionDropped`.
 */
export async function underFault(
  fault: Fault | undefined,
  execute: () => Promise<ApiAnswer>,
  sleep: (ms: number) => Promise<void>,
): Promise<ApiAnswer> {
  switch (fault?.kind) {
    case undefined:
      return execute();
    case 'too-many':
      return {
        ...refuse(429, `Too Many Requests: retry after ${fault.retryAfter}`),
        parameters: { retry_after: fault.retryAfter },
      };
    case 'server-error': {
      const status = fault.status ?? 500;
      return refuse(status, STATUS_TEXTS[status] ?? 'Internal Server Error');
    }
    case 'refuse':
      return refuse(fault.code, fault.description);
    case 'drop':
      if (fault.when === 'after') await execute();
      throw new ConnectionDropped(`socket hang up (${fault.when} execution)`);
    case 'hang': {
      const answer = await execute();
      await sleep(fault.ms);
      return answer;
    }
  }
}
