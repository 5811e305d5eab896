import { defineConfig } from 'vitest/config';

const hasBrowser = process.env.TEST_BROWSER !== undefined;
const hasServer = process.env.TEST_DATABASE_URL !== undefined;

export default defineConfig({
  test: {
    include: hasBrowser ? ['test/browser/**/*.test.ts'] : ['test/**/*.test.ts'],
    exclude: [
      ...(hasBrowser ? [] : ['test/browser/**']),
      // What needs several connections at once runs on a server; what is about the embedded engine runs without one.
      ...(hasServer ? ['test/delivery/kill.test.ts'] : ['test/**/*.postgres.test.ts']),
    ],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A zone that nobody here lives in: what depends on the machine's zone shows.
    env: { TZ: 'Asia/Tokyo' },
  },
});
