/**
 * From the start of the process to the first rows on the screen, against a floor measured in turn: a bare Node server and
 * a page of the same browser that reads the rows of one screen from IndexedDB. Chromium is running already in both.
 *
 *   npm start -- --build-only && npx tsx bench/start-up.ts [clients] [starts]
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { startSimulator } from '../electron/simulator/start-simulator.ts'
import { chromiumPath, describePage, fillSource, runApp, waitForClients } from './support/run-app.ts'
import { within } from './support/within.ts'

const LIMIT_MS = 120_000
const clients = Number(process.argv[2] ?? 10_000)
const starts = Number(process.argv[3] ?? 7)

interface Start {
  /** Process started, to its address: the core answers. */
  readonly coreMs: number
  /** Process started, to rows in a frame that is out. */
  readonly rowsMs: number
}

const FLOOR_PAGE = `<!doctype html><title>floor</title><ul></ul><script>
const open = indexedDB.open('floor', 1)
open.onupgradeneeded = () => {
  const rows = open.result.createObjectStore('rows')
  for (let i = 0; i < 5000; i++) rows.put({ id: i, name: 'Client ' + i, company: 'Company ' + (i % 97), email: 'c' + i + '@example.com' }, i)
}
open.onsuccess = () => {
  const get = open.result.transaction('rows').objectStore('rows').getAll(IDBKeyRange.bound(0, 39))
  get.onsuccess = () => {
    for (const row of get.result) {
      const line = document.createElement('li')
      line.textContent = [row.name, row.company, row.email].join(' ')
      document.querySelector('ul').append(line)
    }
  }
}
</script>`
const FLOOR_SERVER = `const http = require('node:http')
const server = http.createServer((_, response) => response.end(process.env.FLOOR_PAGE))
server.listen(Number(process.env.FLOOR_PORT), '127.0.0.1', () => console.log('Clientele: http://127.0.0.1:' + server.address().port + '/'))`

const browserFolder = mkdtempSync(join(tmpdir(), 'clientele-bench-'))
const profile = mkdtempSync(join(tmpdir(), 'clientele-bench-'))
const simulator = await startSimulator({
  clients: 0,
  counts: { 'full-engage': 0, endors: clients, spott: 0, connect: 0, clnt: 0 },
  seed: 1,
  now: Date.now(),
})
const context = await chromium.launchPersistentContext(browserFolder, {
  executablePath: chromiumPath(),
  args: ['--no-sandbox'],
})
try {
  const port = await fillBook(context)
  const floorPort = await startFloor(0).then(({ floor, port: at }) => {
    floor.kill('SIGKILL')
    return at
  })
  const app: Start[] = []
  const floor: Start[] = []
  for (let i = 0; i < starts + 1; i++) {
    const one = await floorStart(context, floorPort)
    const other = await appStart(context, port)
    // The first of each fills caches.
    if (i > 0) {
      floor.push(one)
      app.push(other)
    }
  }
  print(`load ${(loadavg()[0] ?? 0).toFixed(1)}, ${clients} clients, ${starts} starts of each in turn`)
  print(`floor: server answers after ${median(floor, 'coreMs')} ms, rows after ${median(floor, 'rowsMs')} ms`)
  print(`app:   core answers after ${median(app, 'coreMs')} ms, rows after ${median(app, 'rowsMs')} ms`)
  print(`rows, app / floor: ${(median(app, 'rowsMs') / median(floor, 'rowsMs')).toFixed(2)}`)
} finally {
  await context.close()
  await simulator.close()
  for (const folder of [browserFolder, profile]) rmSync(folder, { recursive: true, force: true })
}

async function fillBook(within: BrowserContext): Promise<number> {
  const { source } = simulator.servers.endors
  const app = await runApp({ profile })
  const page = await within.newPage()
  await page.goto(app.address)
  const add = await fillSource(page, 'Endors', {
    'Base URL': source.baseUrl,
    'API key': source.key,
    'Space ID': String(source.settings.spaceId),
  })
  await add.click()
  await waitForClients(page, clients, LIMIT_MS)
  await page.close()
  await app.stop({ forget: false })
  return Number(new URL(app.address).port)
}

async function appStart(within: BrowserContext, port: number): Promise<Start> {
  const startedAt = performance.now()
  const app = await runApp({ profile, port })
  const coreMs = performance.now() - startedAt
  const page = await within.newPage()
  await page.goto(app.address, { waitUntil: 'commit' })
  await rowsShown(page, '[role=grid] [data-client-id]')
  const rowsMs = performance.now() - startedAt
  await page.close()
  await app.stop({ forget: false })
  return { coreMs, rowsMs }
}

function startFloor(port: number): Promise<{ floor: ReturnType<typeof spawn>; address: string; port: number }> {
  const floor = spawn(process.execPath, ['--eval', FLOOR_SERVER], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FLOOR_PAGE, FLOOR_PORT: String(port) },
  })
  return new Promise((resolve) => {
    let printed = ''
    floor.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const address = /Clientele: (\S+)\n/.exec(printed)?.[1]
      if (address !== undefined) resolve({ floor, address, port: Number(new URL(address).port) })
    })
  })
}

async function floorStart(within: BrowserContext, port: number): Promise<Start> {
  const startedAt = performance.now()
  const { floor, address } = await startFloor(port)
  const coreMs = performance.now() - startedAt
  const page = await within.newPage()
  await page.goto(address, { waitUntil: 'commit' })
  await rowsShown(page, 'li')
  const rowsMs = performance.now() - startedAt
  await page.close()
  floor.kill('SIGKILL')
  return { coreMs, rowsMs }
}

/** Rows are there, and a frame has gone out since. */
function rowsShown(page: Page, selector: string): Promise<unknown> {
  return within(
    LIMIT_MS,
    'the first rows',
    page.waitForFunction(
      (rows) =>
        document.querySelector(rows) === null
          ? false
          : new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true)))),
      selector,
      { timeout: LIMIT_MS, polling: 'raf' },
    ),
    () => describePage(page),
  )
}

function median(all: readonly Start[], which: keyof Start): number {
  const sorted = all.map((one) => one[which]).sort((a, b) => a - b)
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
