/**
 * How long 10,000 Full Engage clients take from "Add and sync" to "all stored, searchable, checkpoint durable", as a
 * multiple of a floor that fetches the same pages and `bulkPut`s the same rows and does nothing else. Both in one run,
 * in turn, each in a fresh browser context; the median of the pairs is what counts.
 *
 *   npm start -- --build-only && npx tsx bench/pull-full-engage.ts [clients] [pairs]
 *
 * Exits with 1 when the median ratio is over 2.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { startSimulator } from '../electron/simulator/start-simulator.ts'

const ROOT = resolve(import.meta.dirname, '..')
const GOAL = 2
const PAGE_LIMIT = 100

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
  executablePath: execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(),
  // The floor fetches from another origin than its page, which only a bench may.
  args: ['--no-sandbox', '--disable-web-security'],
})

const ratios: number[] = []
try {
  for (let pair = 1; pair <= pairs; pair++) {
    const floor = await runFloor(browser)
    const ours = await runOurs(browser)
    const ratio = ours.ms / floor.ms
    ratios.push(ratio)
    print(
      `pair ${pair}: floor ${floor.ms.toFixed(0)} ms (${floor.pages} pages, ${floor.rows} rows), ` +
        `Clientele ${ours.ms.toFixed(0)} ms (its run alone ${ours.runMs} ms), ratio ${ratio.toFixed(2)}`,
    )
  }
} finally {
  await browser.close()
  await simulator.close()
}
const median = [...ratios].sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN
print(`median ratio ${median.toFixed(2)}, goal at most ${GOAL}`)
process.exitCode = median <= GOAL ? 0 : 1

async function runFloor(chrome: Browser): Promise<{ ms: number; rows: number; pages: number }> {
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
    return await page.evaluate(
      (options) =>
        (
          window as unknown as { runFloor: (o: unknown) => Promise<{ ms: number; rows: number; pages: number }> }
        ).runFloor(options),
      { baseUrl: `${source.baseUrl.replace(/\/api\/v1$/, '')}/api/v1`, key: source.key, limit: PAGE_LIMIT },
    )
  } finally {
    await context.close()
    server.close()
  }
}

async function runOurs(chrome: Browser): Promise<{ ms: number; runMs: string }> {
  const profile = mkdtempSync(join(tmpdir(), 'clientele-bench-'))
  const app = spawn(
    process.execPath,
    [join(ROOT, 'out/main/server.js'), '--no-open', '--port', '0', '--profile', profile],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const context = await chrome.newContext()
  try {
    const address = await addressOf(app)
    const page = await context.newPage()
    await page.goto(address)
    await page.getByRole('button', { name: 'Add source' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add source' })
    await dialog.getByRole('radio', { name: 'Full Engage' }).check({ force: true })
    await dialog.getByLabel('Base URL').fill(source.baseUrl)
    await dialog.getByLabel('API key', { exact: true }).fill(source.key)
    const startedAt = performance.now()
    await dialog.getByRole('button', { name: 'Add and sync' }).click()
    await page.waitForFunction(
      (wanted) => {
        const grid = document.querySelector('[role=grid]')
        const status = document.querySelector('[role=status][aria-label="Sync status"]')?.textContent ?? ''
        return Number(grid?.getAttribute('aria-rowcount') ?? 0) >= wanted && status.includes('Up to date')
      },
      clients,
      { timeout: 120_000, polling: 20 },
    )
    const ms = performance.now() - startedAt
    await page.goto(`${new URL(address).origin}/#/sources`)
    const took = await page.getByRole('table', { name: 'Sources' }).textContent()
    return { ms, runMs: /took ([\d.,]+ m?s)/.exec(took ?? '')?.[1] ?? '?' }
  } finally {
    await context.close()
    app.kill('SIGTERM')
    await new Promise((done) => app.once('exit', done))
    rmSync(profile, { recursive: true, force: true })
  }
}

function addressOf(app: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    app.stdout?.on('data', (chunk: Buffer) => {
      const found = /Clientele: (\S+)/.exec(chunk.toString())
      if (found?.[1] !== undefined) done(found[1])
    })
    app.once('exit', () => fail(new Error('the app ended')))
  })
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
