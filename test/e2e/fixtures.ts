import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { createUi, type Ui } from './page-models/ui.ts'
import { type AppDriver, driveBrowser, driveElectron } from './support/app-driver.ts'
import { type ConsoleWatch, createConsoleWatch } from './support/console-watch.ts'
import type { NativeProbe } from './support/native-probe.ts'
import { driveElectronStandIn } from './support/stand-in-driver.ts'
import { type Bookings, startBookings } from './vendors/bookings.ts'
import { type Clnt, startClnt } from './vendors/clnt.ts'
import { type Connect, startConnect } from './vendors/connect.ts'
import { type Endors, startEndors } from './vendors/endors.ts'
import { type FullEngage, startFullEngage } from './vendors/full-engage.ts'
import { type Spott, startSpott } from './vendors/spott.ts'
import type { VendorServer } from './vendors/vendor-server.ts'

export interface HostOptions {
  /** The Node host in a browser, the built main process over the stand-in of Electron, or Electron itself. */
  readonly host: 'browser' | 'electron-stand-in' | 'electron'
}

/** Starts vendors that are closed with the test. */
export interface Vendors {
  readonly fullEngage: (clients: number) => Promise<FullEngage>
  readonly endors: (clients: number) => Promise<Endors>
  readonly spott: (contacts: number) => Promise<Spott>
  readonly connect: (contacts: number) => Promise<Connect>
  readonly clnt: (clients: number) => Promise<Clnt>
  readonly bookings: (guests: number) => Promise<Bookings>
}

export interface Fixtures {
  readonly profile: string
  readonly consoleWatch: ConsoleWatch
  readonly vendors: Vendors
  /** The app, started on a profile of its own and open. */
  readonly app: AppDriver
  readonly ui: Ui
  /** The desktop around the window: in Electron and over its stand-in only. */
  readonly native: NativeProbe
}

export const test = base.extend<Fixtures & HostOptions>({
  host: ['browser', { option: true }],

  profile: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'clientele-e2e-'))
    await use(folder)
    // Chromium's helpers may still write for a moment.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  },

  consoleWatch: async ({ browserName: _ }, use) => {
    const watch = createConsoleWatch()
    await use(watch)
    expect(watch.problems(), 'nothing is said in the console').toEqual([])
  },

  vendors: async ({ browserName: _ }, use) => {
    const started: VendorServer[] = []
    const keep = async <V extends VendorServer>(starting: Promise<V>): Promise<V> => {
      const vendor = await starting
      started.push(vendor)
      return vendor
    }
    await use({
      fullEngage: (clients) => keep(startFullEngage(clients)),
      endors: (clients) => keep(startEndors(clients)),
      spott: (contacts) => keep(startSpott(contacts)),
      connect: (contacts) => keep(startConnect(contacts)),
      clnt: (clients) => keep(startClnt(clients)),
      bookings: (guests) => keep(startBookings(guests)),
    })
    for (const vendor of started) await vendor.close()
  },

  // `vendors` is named first so that the app is gone before its vendors are.
  app: async (
    { vendors: _, host, profile, consoleWatch, context, viewport, colorScheme, contextOptions },
    use,
    testInfo,
  ) => {
    const { follow } = consoleWatch
    // A context of one's own has them from its options; Electron's is there already.
    const media = { colorScheme: colorScheme ?? null, reducedMotion: contextOptions.reducedMotion ?? null }
    if (host === 'browser') follow(context)
    const app =
      host === 'browser'
        ? await driveBrowser(context, profile)
        : host === 'electron-stand-in'
          ? await driveElectronStandIn({ profile, viewport, media, follow })
          : await driveElectron(profile, media, follow)
    await use(app)
    await app.stop()
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('stderr', { body: app.stderr(), contentType: 'text/plain' })
    }
  },

  native: async ({ app }, use) => {
    if (app.native === null) throw new Error('A browser has no desktop: this spec is for Electron and its stand-in')
    await use(app.native)
  },

  ui: async ({ app }, use) => {
    await use(createUi(() => app.page()))
  },
})

export { expect }
