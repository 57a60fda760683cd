import { defineConfig } from 'vitest/config';

/** What takes built-in objects away for a while must not take them from others. */
const alone = ['test/explorer/memory.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        // One process runs file after file: the model and the explorer are read and compiled once, not a hundred times.
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
    coverage: {
      include: ['{model,properties,explorer,checking,evidence,engines,review,cli}/**/*.ts'],
    },
  },
});
