import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createUi, type Ui } from '../e2e/page-models/ui.ts'
import { connectSource, endorsSource, fullEngageSource } from '../e2e/support/add-sources.ts'
import { type AppProcess, startAppProcess } from '../e2e/support/app-process.ts'
import { type Connect, startConnect } from '../e2e/vendors/connect.ts'
import { type Endors, startEndors } from '../e2e/vendors/endors.ts'
import { type FullEngage, startFullEngage } from '../e2e/vendors/full-engage.ts'
import { type ChromiumProcess, startChromium } from './chromium-process.ts'

/** The app as real processes on a profile of its own, with vendors that outlive them. */
export interface Stage {
  readonly vendors: { readonly fullEngage: FullEngage; readonly connect: Connect; readonly endors: Endors }
  readonly folders: { readonly profile: string; readonly chromium: string }
  readonly ui: Ui
  readonly page: () => Page
  /** Starts what is not running, and opens the app. */
  readonly start: () => Promise<void>
  readonly killHost: () => Promise<void>
  readonly killChromium: () => Promise<void>
  /** Ends both as a user would. */
  readonly close: () => Promise<void>
  readonly remove: () => Promise<void>
  /** Where Chromium keeps the database. */
  readonly databaseFolder: () => string
}

export interface StageOptions {
  readonly fullEngage: number
  readonly connect: number
  readonly endors: number
  readonly port: number
}

export async function createStage(options: StageOptions): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), 'clientele-rig-'))
  const folders = { profile: join(root, 'profile'), chromium: join(root, 'chromium') }
  mkdirSync(folders.profile, { recursive: true })
  const vendors = {
    fullEngage: await startFullEngage(options.fullEngage),
    connect: await startConnect(options.connect),
    endors: await startEndors(options.endors),
  }
  let host: AppProcess | null = null
  let browser: ChromiumProcess | null = null
  let page: Page | null = null
  const current = (): Page => {
    if (page === null) throw new Error('the app is not open')
    return page
  }
  return {
    vendors,
    folders,
    ui: createUi(current),
    page: current,
    start: async () => {
      host ??= await startAppProcess({ profile: folders.profile, port: options.port })
      browser ??= await startChromium(folders.chromium)
      page = await browser.page()
      await page.goto(host.address)
    },
    killHost: async () => {
      await host?.stop('SIGKILL')
      host = null
    },
    killChromium: async () => {
      await browser?.kill()
      browser = null
      page = null
    },
    close: async () => {
      await browser?.close()
      browser = null
      page = null
      await host?.stop()
      host = null
    },
    remove: async () => {
      await browser?.kill()
      await host?.stop('SIGKILL')
      for (const vendor of Object.values(vendors)) await vendor.close()
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
    databaseFolder: () =>
      join(folders.chromium, 'Default', 'IndexedDB', `http_127.0.0.1_${options.port}.indexeddb.leveldb`),
  }
}

/** Adds the three sources and waits until all of them are here. */
export async function addSources({ ui, vendors }: Stage): Promise<void> {
  for (const source of [
    fullEngageSource(vendors.fullEngage),
    connectSource(vendors.connect),
    endorsSource(vendors.endors),
  ]) {
    await ui.addSource.add(source)
    await ui.shell.goTo('Sources')
  }
  const all = vendors.fullEngage.clients.length + vendors.connect.contacts.length + vendors.endors.clients.length
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(all, { timeout: 180_000 })
}
