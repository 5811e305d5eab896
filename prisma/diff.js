// What the schema has that the migrations lack, by Prisma's own schema engine (as WebAssembly) against an embedded
// PostgreSQL: no server, no download. `node prisma/diff.ts` prints the difference and ends with 1 when there is one;
// `node prisma/diff.ts NAME` writes it as the next migration. The engine's package is a development tool, pinned.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { PGliteWire } from '../src/platform/pglite-wire.ts';

const here = import.meta.dirname;

/** Two gaps of the adapter under this engine: PostgreSQL's one-byte "char", and scripts with bodies in `$$`. */
function forSchemaEngine(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  let chars = [];
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    chars = result.fields.flatMap((field, index) => (field.dataTypeID === 18 ? [index] : []));
    for (const index of chars) result.fields[index].dataTypeID = 25;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of chars) {
      result.columnTypes[index] = ColumnTypeEnum.Character;
      for (const row of result.rows) if (row[index] === '') row[index] = '\0';
    }
    return result;
  };
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
}

async function memoryAdapter() {
  const engine = await PGlite.create({ extensions: { btree_gist } });
  return new PrismaPg(new pg.Pool(new PGliteWire(engine).poolConfig()));
}

async function schemaEngine(datamodels) {
  const require = createRequire(import.meta.url);
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const { instance } = await globalThis.WebAssembly.instantiate(await readFile(wasm), { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const main = await memoryAdapter();
  const factory = {
    provider: 'postgres',
    adapterName: main.adapterName,
    connect: async () => forSchemaEngine(await main.connect()),
    connectToShadowDb: async () => forSchemaEngine(await (await memoryAdapter()).connect()),
  };
  return glue.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
}

async function schemaFiles() {
  const models = (await readdir(path.join(here, 'models'))).sort().map((name) => path.join(here, 'models', name));
  const files = [path.join(here, 'schema.prisma'), ...models];
  return Promise.all(files.map(async (file) => ({ path: file, content: await readFile(file, 'utf8') })));
}

async function migrationFolders() {
  const entries = await readdir(path.join(here, 'migrations'), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: await readFile(path.join(here, 'migrations', name, 'migration.sql'), 'utf8') },
      },
    })),
  );
}

/** The SQL that leads from the migrations to the schema; empty when they agree. */
export async function difference() {
  const files = await schemaFiles();
  const migrationDirectories = await migrationFolders();
  const engine = await schemaEngine(files.map((file) => [file.path, file.content]));
  const migrations = {
    tag: 'migrations',
    baseDir: path.join(here, 'migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories,
  };
  const result = await engine.diff({
    from: migrationDirectories.length > 0 ? migrations : { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.exitCode === 0 ? '' : result.stdout;
}

if (import.meta.main) {
  const sql = await difference();
  const name = process.argv[2];
  if (sql !== '' && name !== undefined) {
    await mkdir(path.join(here, 'migrations', name), { recursive: true });
    await writeFile(path.join(here, 'migrations', name, 'migration.sql'), sql);
    await writeFile(path.join(here, 'migrations', 'migration_lock.toml'), 'provider = "postgresql"\n');
  }
  process.stdout.write(sql);
  process.exit(sql !== '' && name === undefined ? 1 : 0);
}
