import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['source'] };
const shared = { resolve, ssr: { resolve: { conditions: ['source'] } } };

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: { name: 'unit', include: ['{core,agent,broker,plugins,cli,bench,scripts,test}/**/*.test.ts'], exclude: ['test/system/**', '**/*.engine.test.ts'], setupFiles: ['./test/setup.ts'], testTimeout: 30_000 },
      },
      {
        // Real processes, engines and sockets: one file at a time, and time to spare.
        ...shared,
        test: { name: 'system', include: ['test/system/**/*.test.ts', '**/*.engine.test.ts'], setupFiles: ['./test/setup.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
