import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,integration,acceptance,architecture,property,faults,simulator,rig}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 20_000,
    // What is waited for comes late on a busy machine; a second is no proof that it never comes.
    expect: { poll: { timeout: 10_000 } },
  },
})
