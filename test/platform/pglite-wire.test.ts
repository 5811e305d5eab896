import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PGliteWire } from '../../src/platform/pglite-wire.ts';

let engine: PGlite;
let wire: PGliteWire;
beforeAll(async () => {
  engine = await PGlite.create();
});
afterAll(() => engine.close());
beforeEach(async () => {
  await engine.exec('DROP TABLE IF EXISTS n; CREATE TABLE n (i int PRIMARY KEY)');
  wire = new PGliteWire(engine);
});

async function connected(): Promise<pg.Client> {
  const client = new pg.Client(wire.poolConfig());
  client.on('error', () => {});
  await client.connect();
  return client;
}
const count = async (client: pg.Client) => (await client.query('SELECT count(*)::int AS n FROM n')).rows[0].n as number;

describe('the embedded database behind the wire protocol', () => {
  it('answers plain, parameterised and prepared queries, with every type', async () => {
    const client = await connected();
    const values = ['ሰላም', 2 ** 31 - 1, true, new Date('2026-11-23T09:00:00Z'), Buffer.from([0, 255]), null];
    const text =
      'SELECT $1::text AS a, $2::int AS b, $3::bool AS c, $4::timestamptz AS d, $5::bytea AS e, $6::text AS f';
    for (const query of [
      { text, values },
      { name: 'typed', text, values },
      { name: 'typed', text, values },
    ]) {
      expect(Object.values((await client.query(query)).rows[0])).toEqual(values);
    }
    expect((await client.query('SELECT 1 AS a; SELECT 2 AS b')) as unknown).toMatchObject([
      { rows: [{ a: 1 }] },
      { rows: [{ b: 2 }] },
    ]);
    await client.end();
  });

  it('carries answers and questions of megabytes whole', async () => {
    const client = await connected();
    const long = 'x'.repeat(3_000_000);
    const { rows } = await client.query('SELECT $1::text AS a', [long]);
    expect(rows[0].a).toBe(long);
    expect((await client.query('SELECT i FROM generate_series(1, 50000) AS i')).rows).toHaveLength(50_000);
    await client.end();
  });

  it('lets a failed query fail alone', async () => {
    const client = await connected();
    const results = await Promise.allSettled([
      client.query('INSERT INTO n VALUES (1)'),
      client.query('INSERT INTO n VALUES (1)'),
      client.query('SELECT nothing'),
      client.query('INSERT INTO n VALUES ($1)', [2]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await count(client)).toBe(2);
    await client.end();
  });

  it('keeps other connections out of an open transaction, also a failed one', async () => {
    const [one, other] = [await connected(), await connected()];
    await one.query('BEGIN');
    await one.query('INSERT INTO n VALUES (1)');
    const seen = count(other);
    await expect(one.query('SELECT nothing')).rejects.toThrow();
    await expect(one.query('SELECT 1')).rejects.toThrow('current transaction is aborted');
    await one.query('ROLLBACK');
    expect(await seen).toBe(0);
    await Promise.all([one.end(), other.end()]);
  });

  it('lets transactions of several connections follow one another', async () => {
    const clients = await Promise.all([connected(), connected(), connected()]);
    await Promise.all(
      clients.map(async (client, index) => {
        for (let round = 0; round < 10; round++) {
          await client.query('BEGIN');
          await client.query('INSERT INTO n VALUES ($1)', [index * 100 + round]);
          await client.query(round % 2 === 0 ? 'COMMIT' : 'ROLLBACK');
        }
      }),
    );
    expect(await count(clients[0] as pg.Client)).toBe(15);
    await Promise.all(clients.map((client) => client.end()));
  });

  it('rolls back the transaction of a connection that goes away', async () => {
    const [one, other] = [await connected(), await connected()];
    await one.query('BEGIN');
    await one.query('INSERT INTO n VALUES (1)');
    const seen = count(other);
    one.connection.stream.destroy();
    expect(await seen).toBe(0);
    await other.end();
  });

  it('forgets the statements of a connection that goes away, and no one else’s', async () => {
    const [one, other] = [await connected(), await connected()];
    const mine = { name: 'mine', text: 'SELECT $1::int AS a', values: [1] };
    const yours = { name: 'yours', text: 'SELECT $1::int AS b', values: [2] };
    await one.query(mine);
    await other.query(yours);
    await one.end();
    expect((await other.query(yours)).rows).toEqual([{ b: 2 }]);
    const next = await connected();
    expect((await next.query(mine)).rows).toEqual([{ a: 1 }]);
    await Promise.all([next.end(), other.end()]);
  });

  it('goes on after a statement could not be prepared', async () => {
    const client = await connected();
    const wrong = { name: 'wrong', text: 'SELECT nothing', values: [] };
    await expect(client.query(wrong)).rejects.toThrow();
    await client.end();
    const next = await connected();
    expect((await next.query({ ...wrong, text: 'SELECT 1 AS a' })).rows).toEqual([{ a: 1 }]);
    await next.end();
  });

  it('answers many statements that were asked without waiting, each in its place', async () => {
    const client = new pg.Client({ ...wire.poolConfig(), pipeline: true } as pg.ClientConfig);
    await client.connect();
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        index % 7 === 3
          ? client.query({ name: 'bad', text: 'INSERT INTO n VALUES (($1::text)::int)', values: ['x'] })
          : client.query({ name: 'good', text: 'SELECT $1::int AS a', values: [index] }),
      ),
    );
    for (const [index, result] of results.entries()) {
      expect(result.status).toBe(index % 7 === 3 ? 'rejected' : 'fulfilled');
      if (result.status === 'fulfilled') expect(result.value.rows).toEqual([{ a: index }]);
    }
    await client.end();
  });
});
