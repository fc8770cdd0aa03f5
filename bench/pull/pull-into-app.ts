import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { cpuBetween, processesUnder } from '../support/processes.ts'
import { chromiumPath, describePage, fillSource, runApp, waitForClients } from '../support/run-app.ts'
import { within } from '../support/within.ts'
import type { Vendor } from './vendor.ts'

/** Longer than housekeeping waits after a commit. */
const REST_MS = 12_000
const REST_LIMIT_MS = 90_000

export interface AppPull {
  /** From the first page that the vendor was asked for to "Up to date" on the screen. */
  readonly ms: number
  readonly diskMb: number | null
  /** Processor time of core, browser, vendor and the bench itself, by kind of process, ms. */
  readonly cpu?: Readonly<Record<string, number>>
  /** Rows of all tables that are not as they were. */
  readonly rows: readonly string[]
}

/** Pulls the vendor's list into the built app: for the first time, again with nothing new, and with 1,000 changes. */
export async function pullIntoApp(vendor: Vendor, clients: number, limitMs: number) {
  const app = await runApp()
  const profile = mkdtempSync(join(tmpdir(), 'clientele-pull-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    viewport: { width: 1280, height: 800 },
    args: ['--no-sandbox'],
  })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    // What is evaluated in the page comes out of a compiler that names its functions.
    await page.addInitScript({ content: 'globalThis.__name ??= (named) => named' })
    await page.goto(app.address)
    const add = await fillSource(page, 'Full Engage', { 'Base URL': vendor.baseUrl, 'API key': 'ba_bench' })
    await vendor.marks()
    const before = processesUnder(process.pid)
    await add.click()
    await waitForClients(page, clients, limitMs)
    const cpu = cpuBetween(before, processesUnder(process.pid))
    const first = { ...(await measured(page, {}, (await vendor.marks()).firstAt)), cpu }
    // What a store tidies up and saves behind a pull is not the next one's.
    await rested(page)
    const again = await pullAgain(page, vendor, clients, limitMs)
    await vendor.change(1_000)
    const changed = await pullAgain(page, vendor, clients, limitMs)
    return { first, again, changed, browser: `Chromium ${context.browser()?.version() ?? ''}`.trim() }
  } finally {
    await within(30_000, 'the end of the browser', context.close()).catch(() => undefined)
    await app.stop()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Housekeeping puts segments together seconds after the last commit; done when no segment has come or gone for long. */
async function rested(page: Page): Promise<void> {
  let [segments, since] = ['', Date.now()]
  const until = since + REST_LIMIT_MS
  while (Date.now() < Math.min(until, since + REST_MS)) {
    await page.waitForTimeout(1_000)
    const now = Object.keys(await rowsOf(page, ['heads'])).join()
    if (now !== segments) [segments, since] = [now, Date.now()]
  }
}

async function pullAgain(page: Page, vendor: Vendor, clients: number, limitMs: number): Promise<AppPull> {
  const before = await rowsOf(page)
  await vendor.marks()
  await page.getByRole('button', { name: 'Sync all', exact: true }).first().click()
  const until = Date.now() + limitMs
  // The page after the last full one says that the list has been read.
  let seen = { firstAt: 0, lastAt: 0, pages: 0 }
  while (seen.pages < Math.floor(clients / 100)) {
    if (Date.now() > until) throw new Error(`not pulled again. ${await describePage(page)}`)
    const more = await vendor.marks()
    seen = { firstAt: seen.firstAt || more.firstAt, lastAt: more.lastAt, pages: seen.pages + more.pages }
    await page.waitForTimeout(10)
  }
  await waitForClients(page, clients, limitMs)
  const more = await vendor.marks()
  return measured(page, before, seen.firstAt || more.firstAt)
}

async function measured(page: Page, before: Readonly<Record<string, string>>, firstAt: number): Promise<AppPull> {
  const ms = Date.now() - firstAt
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? null)
  return { ms, diskMb: usage === null ? null : usage / 1e6, rows: changedRows(before, await rowsOf(page)) }
}

/** What lies in the tables of the store: of each row a short text that changes with it. */
function rowsOf(page: Page, only: readonly string[] | null = null): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(async (wanted) => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('clientele-') === true)?.name
    if (name === undefined) return {}
    const db = await asked(indexedDB.open(name))
    const rows: Record<string, string> = {}
    for (const table of db.objectStoreNames) {
      const store = db.transaction(table, 'readonly').objectStore(table)
      // Segments are written once and never changed: their numbers tell. Saved pieces are no rows of clients.
      if (table === 'saved' || wanted?.includes(table) === false) continue
      if (table === 'heads' || table === 'bodies') {
        for (const key of await asked(store.getAllKeys())) rows[`${table} ${String(key)}`] = ''
        continue
      }
      const [keys, values] = [await asked(store.getAllKeys()), await asked(store.getAll())]
      keys.forEach((key, at) => {
        rows[`${table} ${JSON.stringify(key)}`] = JSON.stringify(values[at])
      })
    }
    db.close()
    return rows
  }, only)
}

function changedRows(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return Object.keys({ ...before, ...after }).filter((key) => before[key] !== after[key])
}
