import pg from 'pg';
import { expect, it } from 'vitest';
import { openServer } from '../../src/platform/database.ts';
import { emptyServerDatabase } from './server.ts';

it('two programs that start at once on an empty database apply each migration once', async () => {
  const url = await emptyServerDatabase('test_migrations');
  const databases = await Promise.all(Array.from({ length: 4 }, () => openServer(url, 2)));
  const rows = await databases[0]?.sql<{ name: string }>(
    'SELECT migration_name::text AS name FROM "_prisma_migrations"',
  );
  expect(new Set(rows?.map(({ name }) => name)).size).toBe(rows?.length);
  expect(rows?.length).toBeGreaterThan(0);
  await Promise.all(databases.map((db) => db.close()));
});

it('every connection runs in UTC, whatever the server’s own zone', async () => {
  const url = await emptyServerDatabase('test_zone');
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`ALTER DATABASE test_zone SET TimeZone TO 'Asia/Tokyo'`);
  await admin.end();
  const db = await openServer(url, 3);
  const zones = await Promise.all([
    db.sql<{ zone: string }>(`SELECT current_setting('TimeZone') AS zone`),
    db.prisma.$queryRawUnsafe<{ zone: string }[]>(`SELECT current_setting('TimeZone') AS zone`),
    db.transaction((tx) => tx.sql<{ zone: string }>(`SELECT current_setting('TimeZone') AS zone`)),
  ]);
  expect(zones.flat().map(({ zone }) => zone)).toEqual(['UTC', 'UTC', 'UTC']);
  await db.close();
});
