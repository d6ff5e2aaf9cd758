import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: ['src/**/*.test.ts', 'conformance/**/*.test.ts', 'test/**/*.test.ts'],
          // Nothing here changes what a module keeps: each process reads the modules once.
          isolate: false,
        },
      },
      {
        extends: true,
        // Reading the server's modules anew for each screen took as long as some of the screens.
        test: { name: 'browser', include: ['web/**/*.test.ts'], isolate: false },
      },
    ],
  },
})
