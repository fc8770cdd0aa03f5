import { defineConfig } from '@playwright/test'
import type { HostOptions } from '../e2e/fixtures.ts'
import { findChromium } from '../e2e/support/find-chromium.ts'

const executablePath = findChromium()

/** Makes docs/screenshots from the running app. */
export default defineConfig<HostOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: '../e2e/support/build-once.ts',
  outputDir: '../../test-results/screenshots',
  fullyParallel: true,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    actionTimeout: 20_000,
    host: 'browser',
    screenshot: 'only-on-failure',
    launchOptions: executablePath === undefined ? {} : { executablePath },
  },
})
