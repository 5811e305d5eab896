import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Every Prisma command first looks for a native schema engine and downloads it when there is none. Generating the
// client needs none of it, and migrations are applied by src/platform/migrate.ts. Any existing file satisfies the look.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(import.meta.url);

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
