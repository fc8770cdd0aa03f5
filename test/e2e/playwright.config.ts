import { defineConfig } from '@playwright/test'
import type { HostOptions } from './fixtures.ts'
import { findChromium } from './support/find-chromium.ts'
import { findElectron } from './support/find-electron.ts'

const executablePath = findChromium()
const electron = findElectron()

/**
 * About the local server, several tabs or the storage of one browser, the page's own way of printing, and the stand-in:
 * real Electron has none of them.
 */
const BROWSER_ONLY = [
  '**/hosts.spec.ts',
  '**/lock-tabs.spec.ts',
  '**/multi-tab.spec.ts',
  '**/print.spec.ts',
  '**/safety.spec.ts',
  '**/desktop-*.spec.ts',
]

/** What only the stand-in can be asked for, besides. */
const NOT_IN_ELECTRON = [...BROWSER_ONLY, '**/electron-*.spec.ts']

/**
 * Long, and about looks, settings, drafts, the vendors' weather and the desktop, whose rules have tests without a browser too (of damage: the rig's): with the rest
 * they do not fit into the twenty minutes of a test run. `E2E_ALL=1` runs them; before a release they all run.
 */
const LONG_SPECS =
  process.env.E2E_ALL === undefined
    ? [
        '**/damaged-database.spec.ts',
        '**/desktop-page.spec.ts',
        '**/desktop-settings.spec.ts',
        '**/edits-accessibility.spec.ts',
        '**/electron-client-files.spec.ts',
        '**/electron-keys.spec.ts',
        '**/electron-notifications.spec.ts',
        '**/form-drafts.spec.ts',
        '**/import-accessibility.spec.ts',
        '**/plain-controls.spec.ts',
        '**/preferences.spec.ts',
        '**/print.spec.ts',
        '**/read-only.spec.ts',
        '**/removed-clients.spec.ts',
        '**/timeline.spec.ts',
        '**/unsent-work.spec.ts',
        '**/weather.spec.ts',
      ]
    : []

/** About the desktop around the window: a browser has none. */
const ELECTRON_ONLY = ['**/electron-*.spec.ts']

/** What must hold in the built main process too. `E2E_ALL=1` runs the rest there as well. */
const MAIN_SPECS = [
  '**/confinement.spec.ts',
  '**/electron-*.spec.ts',
  '**/embeds.spec.ts',
  '**/first-run.spec.ts',
  '**/hostile-vendor.spec.ts',
  '**/secrets.spec.ts',
]

/** Run over the stand-in, where more is at stake, and with `E2E_ALL=1` in the browser as well. */
const STAND_IN_ENOUGH = process.env.E2E_ALL === undefined ? ['**/hostile-vendor.spec.ts', '**/embeds.spec.ts'] : []

export default defineConfig<HostOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './support/build-once.ts',
  outputDir: '../../test-results/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    trace: process.env.E2E_TRACE === undefined ? 'off' : 'retain-on-failure',
    // Nothing here has a graphics card; without the process that stands in for one a test takes a tenth less.
    launchOptions: { args: ['--disable-gpu'], ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: 'browser', use: { host: 'browser' }, testIgnore: [...ELECTRON_ONLY, ...LONG_SPECS, ...STAND_IN_ENOUGH] },
    {
      name: 'electron-stand-in',
      use: { host: 'electron-stand-in' },
      testIgnore: [...BROWSER_ONLY, ...LONG_SPECS],
      ...(process.env.E2E_ALL === undefined ? { testMatch: MAIN_SPECS } : {}),
    },
    // Without Electron's program one test says that it is not there: what cannot run must not look as if it had passed.
    {
      name: 'electron',
      use: { host: 'electron' },
      ...(electron.program === null ? { testMatch: '**/no-electron.ts' } : { testIgnore: NOT_IN_ELECTRON }),
    },
  ],
})
