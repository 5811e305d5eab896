import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';
import type pg from 'pg';

// Lets node-postgres, and Prisma on top of it, talk to an embedded PGlite inside the process: the real wire protocol
// without port or socket file. What is scheduled is everything up to a Sync or simple Query, so that the messages of
// two connections never interleave, and an open transaction owns the engine until it ends. The engine has one session:
// connections share their prepared statements, so each forgets its own, and no two may give one name to two texts.

const PARSE = 0x50;
const SYNC = 0x53;
const QUERY = 0x51;
const COPY_DONE = 0x63;
const COPY_FAIL = 0x66;
const FLUSH = 0x48;
const TERMINATE = 0x58;
const COMPLETES_A_UNIT: ReadonlySet<number> = new Set([SYNC, QUERY, COPY_DONE, COPY_FAIL, FLUSH]);

/** What runs on the engine without anything in between. */
interface Unit {
  readonly connection: WireConnection;
  readonly run: (engine: PGlite) => Promise<void>;
  readonly done: (error?: Error | null) => void;
}

export class PGliteWire {
  #queue: Unit[] = [];
  #busy = false;
  #owner: WireConnection | undefined;
  readonly #engine: PGlite;

  constructor(engine: PGlite) {
    this.#engine = engine;
  }

  /** A pool over this wire. One connection: the engine has one session, and transactions would only wait. */
  poolConfig(): pg.PoolConfig {
    return {
      user: 'postgres',
      database: 'postgres',
      max: 1,
      idleTimeoutMillis: 0,
      ssl: false,
      stream: () => new WireConnection(this) as never,
    };
  }

  /** Hands bytes to the engine when it is this connection's turn, and what it answers back to the connection. */
  submit(connection: WireConnection, bytes: Buffer, done: Unit['done']): void {
    const run = async (engine: PGlite) => {
      await engine.runExclusive(() =>
        engine.execProtocolRawStream(bytes, {
          // Copied: the bytes are a view into memory that the engine uses again.
          onRawData: (data) => void connection.push(Buffer.from(data)),
        }),
      );
    };
    this.#queue.push({ connection, run, done });
    void this.#pump();
  }

  /** A connection went away: its open transaction is rolled back and its prepared statements are forgotten. */
  closed(connection: WireConnection, statements: Iterable<string>): Promise<void> {
    this.#queue = this.#queue.filter((unit) => unit.connection !== connection);
    return new Promise((resolve) => {
      const run = async (engine: PGlite) => {
        if (!engine.ready || engine.closed) return;
        if (this.#owner === connection) await engine.exec('ROLLBACK');
        for (const name of statements) {
          // One whose preparation failed is not there.
          await engine.exec(`DEALLOCATE "${name.replaceAll('"', '""')}"`).catch(() => {});
        }
      };
      this.#queue.push({ connection, run, done: () => resolve() });
      void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let unit = this.#next(); unit !== undefined; unit = this.#next()) await this.#run(unit);
    } finally {
      this.#busy = false;
    }
  }

  #next(): Unit | undefined {
    const index = this.#owner === undefined ? 0 : this.#queue.findIndex((unit) => unit.connection === this.#owner);
    return index < 0 ? undefined : this.#queue.splice(index, 1)[0];
  }

  async #run(unit: Unit): Promise<void> {
    try {
      await unit.run(this.#engine);
      this.#owner = this.#engine.isInTransaction() ? unit.connection : undefined;
      unit.done();
    } catch (error) {
      unit.done(error instanceof Error ? error : new Error('the embedded database failed'));
    }
  }
}

class WireConnection extends Duplex {
  readonly #wire: PGliteWire;
  #buffer: Buffer = Buffer.alloc(0);
  #started = false;
  /** Names of what it has prepared. */
  readonly #statements = new Set<string>();

  constructor(wire: PGliteWire) {
    super({ allowHalfOpen: false });
    this.#wire = wire;
  }

  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer', done);
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#buffer = this.#buffer.length > 0 ? Buffer.concat([this.#buffer, chunk]) : chunk;
    const cut = this.#started ? this.#endOfUnit() : this.#endOfStartup();
    if (cut === 'closed') {
      this.#buffer = Buffer.alloc(0);
      this.push(null);
      done();
      return;
    }
    if (cut === 0) {
      done();
      return;
    }
    const bytes = Buffer.from(this.#buffer.subarray(0, cut));
    this.#buffer = this.#buffer.subarray(cut);
    this.#wire.submit(this, bytes, done);
  }

  /** The first packet has a length and no type. */
  #endOfStartup(): number {
    if (this.#buffer.length < 4) return 0;
    const length = this.#buffer.readInt32BE(0);
    if (this.#buffer.length < length) return 0;
    this.#started = true;
    return length;
  }

  #endOfUnit(): number | 'closed' {
    let end = 0;
    let cut = 0;
    while (this.#buffer.length >= end + 5) {
      const type = this.#buffer.readUInt8(end);
      const next = end + 1 + this.#buffer.readInt32BE(end + 1);
      if (next > this.#buffer.length) break;
      if (type === PARSE) this.#remember(end + 5);
      end = next;
      if (type === TERMINATE) return 'closed';
      if (COMPLETES_A_UNIT.has(type)) cut = end;
    }
    return cut;
  }

  /** A Parse begins with the statement's name, ended by a zero; without a name it is gone with the next one. */
  #remember(start: number): void {
    const name = this.#buffer.toString('utf8', start, this.#buffer.indexOf(0, start));
    if (name !== '') this.#statements.add(name);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#wire.closed(this, this.#statements).then(
      () => done(error),
      () => done(error),
    );
  }
}
