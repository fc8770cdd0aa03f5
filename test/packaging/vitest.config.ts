import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** A step of its own in test/run.mjs: it looks at `out/`, which must be built before. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: {
    include: ['test/packaging/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
