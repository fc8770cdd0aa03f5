import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'test/{unit,integration,acceptance,architecture,property,faults,simulator,rig}/**/*.test.{ts,tsx}',
      'bench/{corpus,oracle,support}/*.test.ts',
    ],
    environment: 'node',
    // Files share their modules: no test keeps anything in one, and reading them anew for each file was half of a run.
    isolate: false,
    testTimeout: 20_000,
    // What is waited for comes late on a busy machine; a second is no proof that it never comes.
    expect: { poll: { timeout: 10_000 } },
  },
})
