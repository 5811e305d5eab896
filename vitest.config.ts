import { defineConfig } from 'vitest/config';

const DATABASE = process.env['TEST_DATABASE_URL'];

export default defineConfig({
  test: {
    include: process.env['TEST_BROWSER'] === undefined ? ['test/**/*.test.ts'] : ['test/browser/**/*.ts'],
    exclude: ['test/browser/**/*.test.ts', ...(DATABASE === undefined ? ['test/**/*.postgres.test.ts'] : [])],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TZ: 'Asia/Tokyo' },
  },
});
