import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { processesUnder } from '../support/processes.ts'
import { chromiumPath, fillSource, type RunningApp, runApp, waitForClients } from '../support/run-app.ts'
import { within } from '../support/within.ts'
import { installWatch } from './page-watch.ts'

/** A profile of the app and one of the browser, as a user has them: both stay between starts. */
export class Book {
  readonly #profile: string
  readonly #browser: string
  /** The port is part of where a browser keeps its data. */
  #port: number

  /** A new one; or one that an earlier run has left, with the port that it was opened at. */
  constructor(folder: string | null = null) {
    this.#profile = folder === null ? mkdtempSync(join(tmpdir(), 'clientele-book-')) : join(folder, 'profile')
    this.#browser = folder === null ? mkdtempSync(join(tmpdir(), 'clientele-browser-')) : join(folder, 'browser')
    this.#port = folder === null ? 0 : portOf(this.#browser)
  }

  /** Starts the app and a browser with what they had before, and shows the app's page. */
  async opened<T>(work: (page: Page, app: RunningApp, context: BrowserContext) => Promise<T>): Promise<T> {
    const app = await runApp({ profile: this.#profile, port: this.#port })
    this.#port = Number(new URL(app.address).port)
    let context: BrowserContext | null = null
    try {
      context = await chromium.launchPersistentContext(this.#browser, {
        executablePath: chromiumPath(),
        viewport: { width: 1280, height: 800 },
        args: ['--no-sandbox'],
      })
      const page = context.pages()[0] ?? (await context.newPage())
      await installWatch(page)
      await page.goto(app.address, { waitUntil: 'commit' })
      return await work(page, app, context)
    } finally {
      if (context !== null) await within(30_000, 'the end of the browser', context.close()).catch(() => undefined)
      await app.stop({ forget: false })
    }
  }

  /** Adds the vendor as a Full Engage source and waits until all of its clients are there. Answers how long that took. */
  async fill(baseUrl: string, clients: number, limitMs: number): Promise<number> {
    return this.opened(async (page) => {
      const add = await fillSource(page, 'Full Engage', { 'Base URL': baseUrl, 'API key': 'ba_bench' })
      const startedAt = performance.now()
      await add.click()
      await waitForClients(page, clients, limitMs)
      const ms = performance.now() - startedAt
      // What the store still tidies up and saves, so that the next start finds it.
      await page.waitForTimeout(Math.min(20_000, 2_000 + clients / 50))
      return ms
    })
  }

  forget(): void {
    for (const folder of [this.#profile, this.#browser]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** As the names of the databases in a browser's folder have it: `http_127.0.0.1_35491.indexeddb.leveldb`. */
function portOf(browser: string): number {
  const names = readdirSync(join(browser, 'Default/IndexedDB'))
  return Number(names.map((name) => /_(\d+)\.indexeddb/.exec(name)?.[1]).find((port) => port !== undefined))
}

/** MB of the largest renderer of the browsers that this program started. */
export function rendererMb(): number {
  return Math.max(0, ...processesUnder(process.pid).map((use) => (use.kind === 'renderer' ? use.rssMb : 0)))
}

/** Processor time of all renderers of the browsers that this program started, ms. */
export function rendererCpuMs(): number {
  return processesUnder(process.pid).reduce((ms, use) => (use.kind === 'renderer' ? ms + use.cpuMs : ms), 0)
}
