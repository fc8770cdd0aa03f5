/**
 * How long 10,000 Full Engage clients take from "Add and sync" to "all stored, searchable, checkpoint durable, on the
 * screen", as a multiple of a floor that fetches the same pages and `bulkPut`s the same rows and does nothing else. Both
 * in one run, in turn, each in a fresh browser context; the median of the pairs is what counts. The processor time of
 * all processes is told beside it, because it depends less on what else the machine does.
 *
 *   npm start -- --build-only && npx tsx bench/pull-full-engage.ts [clients] [pairs]
 *
 * Exits with 1 when the median ratio is over 2, or when anything takes longer than LIMIT_MS.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { startSimulator } from '../electron/simulator/start-simulator.ts'
import { cpuBetween, processesUnder, sum, tell } from './support/processes.ts'
import { chromiumPath, fillSource, ROOT, runApp, waitForClients } from './support/run-app.ts'
import { within } from './support/within.ts'

const GOAL = 2
const PAGE_LIMIT = 100
/** For one floor or one pull of ours. Many times what a busy machine needs. */
const LIMIT_MS = 120_000

const clients = Number(process.argv[2] ?? 10_000)
const pairs = Number(process.argv[3] ?? 3)

const simulator = await startSimulator({
  clients: 0,
  counts: { 'full-engage': clients, endors: 0, spott: 0, connect: 0, clnt: 0 },
  seed: 1,
  now: Date.now(),
})
const { source } = simulator.servers['full-engage']
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  // The floor fetches from another origin than its page, which only a bench may.
  args: ['--no-sandbox', '--disable-web-security'],
})

const ratios: number[] = []
try {
  for (let pair = 1; pair <= pairs; pair++) {
    const load = loadavg()[0] ?? 0
    const floor = await runFloor(browser)
    const ours = await runOurs(browser)
    const ratio = ours.ms / floor.ms
    ratios.push(ratio)
    print(
      `pair ${pair} (load ${load.toFixed(1)}): floor ${floor.ms.toFixed(0)} ms (${floor.pages} pages, ${floor.rows} rows), ` +
        `Clientele ${ours.ms.toFixed(0)} ms, ratio ${ratio.toFixed(2)}; ` +
        `processor ${(sum(ours.cpu) / sum(floor.cpu)).toFixed(2)} x (floor: ${tell(floor.cpu)}; Clientele: ${tell(ours.cpu)} ms)`,
    )
  }
} finally {
  await browser.close()
  await simulator.close()
}
const median = [...ratios].sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN
print(`median ratio ${median.toFixed(2)}, goal at most ${GOAL}`)
process.exitCode = median <= GOAL ? 0 : 1

interface Figures {
  readonly ms: number
  readonly cpu: Readonly<Record<string, number>>
}

async function runFloor(chrome: Browser): Promise<Figures & { rows: number; pages: number }> {
  const files: Readonly<Record<string, { path: string; type: string }>> = {
    '/': { path: 'bench/pull/floor.html', type: 'text/html' },
    '/floor-worker.js': { path: 'bench/pull/floor-worker.js', type: 'text/javascript' },
    '/dexie.mjs': { path: 'node_modules/dexie/dist/modern/dexie.mjs', type: 'text/javascript' },
  }
  const server = createServer((request, response) => {
    const file = files[request.url ?? '']
    if (file === undefined) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': file.type }).end(readFileSync(join(ROOT, file.path)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const context = await chrome.newContext()
  try {
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const before = processesUnder(process.pid)
    const figures = await within(
      LIMIT_MS,
      'the floor',
      page.evaluate(
        (options) =>
          (
            window as unknown as { runFloor: (o: unknown) => Promise<{ ms: number; rows: number; pages: number }> }
          ).runFloor(options),
        { baseUrl: `${source.baseUrl.replace(/\/api\/v1$/, '')}/api/v1`, key: source.key, limit: PAGE_LIMIT },
      ),
    )
    return { ...figures, cpu: cpuBetween(before, processesUnder(process.pid)) }
  } finally {
    await context.close()
    server.close()
  }
}

async function runOurs(chrome: Browser): Promise<Figures> {
  const app = await runApp()
  const context = await chrome.newContext()
  try {
    const page = await context.newPage()
    await page.goto(app.address)
    const add = await fillSource(page, 'Full Engage', { 'Base URL': source.baseUrl, 'API key': source.key })
    const before = processesUnder(process.pid)
    const startedAt = performance.now()
    await add.click()
    await waitForClients(page, clients, LIMIT_MS)
    const ms = performance.now() - startedAt
    return { ms, cpu: cpuBetween(before, processesUnder(process.pid)) }
  } catch (cause) {
    throw new Error(`${String(cause)} ${app.errors()}`)
  } finally {
    await context.close()
    await app.stop()
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
