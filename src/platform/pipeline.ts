import pg from 'pg';
import type { SqlValue } from './database.ts';

/**
 * Single statements over a few connections that do not wait for each other's answers: whatever is asked within one turn
 * of the event loop leaves in one packet. Each statement is a transaction of its own and fails alone. A statement may
 * stand behind others of its connection, so nothing that holds a lock for long belongs here.
 */
export interface Pipeline {
  run<Row>(statement: string, values: readonly SqlValue[]): Promise<Row[]>;
  close(): Promise<void>;
}

interface Lane {
  readonly client: pg.Client;
  readonly ready: Promise<unknown>;
  isReady: boolean;
  /** Asked and not yet answered. */
  open: number;
  corked: boolean;
}

/** With so many unanswered statements on every connection, another connection is opened. */
const DEEP = 8;

export function createPipeline(config: pg.ClientConfig, width: number): Pipeline {
  let lanes: Lane[] = [];

  function openLane(): Lane {
    const client = new pg.Client({ ...config, pipeline: true, keepAlive: true });
    const lane: Lane = { client, ready: client.connect(), isReady: false, open: 0, corked: false };
    const leave = () => {
      lanes = lanes.filter((one) => one !== lane);
    };
    // A broken connection fails what was asked of it; the next statement opens another.
    client.on('error', leave).on('end', leave);
    lane.ready.then(() => {
      lane.isReady = true;
    }, leave);
    lanes.push(lane);
    return lane;
  }

  /** The connection that this turn writes to already, or the least busy one: whatever is slow holds up few. */
  function choose(): Lane {
    const [first, ...others] = lanes;
    if (first === undefined) return openLane();
    const best = lanes.find((lane) => lane.corked) ?? others.reduce((a, b) => (b.open < a.open ? b : a), first);
    return best.open >= DEEP && lanes.length < width ? openLane() : best;
  }

  return {
    async run<Row>(statement: string, values: readonly SqlValue[]): Promise<Row[]> {
      const lane = choose();
      lane.open += 1;
      try {
        if (!lane.isReady) await lane.ready;
        collect(lane);
        const { rows } = await lane.client.query({
          name: nameOf(statement),
          text: statement,
          values: values as unknown[],
        });
        return rows as Row[];
      } finally {
        lane.open -= 1;
      }
    },
    async close() {
      await Promise.all(lanes.map(({ client }) => client.end()));
    },
  };
}

/** Holds back what is written until this turn of the event loop is over: one system call instead of one a statement. */
function collect(lane: Lane): void {
  if (lane.corked) return;
  const { stream } = lane.client.connection;
  lane.corked = true;
  stream.cork();
  setImmediate(() => {
    lane.corked = false;
    stream.uncork();
  });
}

const names = new Map<string, string>();

/** A prepared statement per text: parsed and planned once a connection. */
function nameOf(statement: string): string {
  let name = names.get(statement);
  if (name === undefined) {
    name = `s${names.size}`;
    names.set(statement, name);
  }
  return name;
}
