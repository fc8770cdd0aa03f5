/**
 * A book of 50,000 clients in the whole app: from the address to the first rows on the screen, and from a key pressed in
 * the search box to its results painted. A start into an empty book is measured in turn, as what a start costs at all.
 *
 *   npm start -- --build-only && npx tsx bench/start-and-search.ts [clients] [starts]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { startSimulator } from '../electron/simulator/start-simulator.ts'
import { chromiumPath, describePage, fillSource, type RunningApp, runApp, waitForClients } from './support/run-app.ts'
import { within } from './support/within.ts'

const LIMIT_MS = 180_000
const clients = Number(process.argv[2] ?? 50_000)
const starts = Number(process.argv[3] ?? 3)
const WORDS = ['maria', 'smith', "o'connor", 'invoice', '415', 'jos', 'anna schmidt', 'zzzz']

const simulator = await startSimulator({
  clients: 0,
  counts: { 'full-engage': 0, endors: clients, spott: 0, connect: 0, clnt: 0 },
  seed: 1,
  now: Date.now(),
})
const { source } = simulator.servers.endors
const folders = { full: newFolder(), empty: newFolder() }
const profiles = { full: newFolder(), empty: newFolder() }
try {
  const port = await fill()
  const full: number[] = []
  const empty: number[] = []
  for (let i = 0; i < starts; i++) {
    empty.push(await coldStart('empty', 0, 0))
    full.push(await coldStart('full', port, clients))
  }
  print(`load ${(loadavg()[0] ?? 0).toFixed(1)}`)
  print(`start, address to rows: ${list(full)} ms; into an empty book ${list(empty)} ms`)
  await opened('full', port, async (page) => {
    await waitForClients(page, clients, LIMIT_MS)
    const keys = await typeWords(page)
    const sorted = [...keys].sort((a, b) => a - b)
    const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)
    print(`key to painted results, ${keys.length} keys: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(0.999)} ms`)
  })
} finally {
  await simulator.close()
  for (const folder of [...Object.values(folders), ...Object.values(profiles)]) {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fill(): Promise<number> {
  let port = 0
  await opened('full', 0, async (page, app) => {
    port = Number(new URL(app.address).port)
    const add = await fillSource(page, 'Endors', {
      'Base URL': source.baseUrl,
      'API key': source.key,
      'Space ID': String(source.settings.spaceId),
    })
    await add.click()
    await waitForClients(page, clients, LIMIT_MS)
  })
  return port
}

/** Milliseconds of the page's own clock, which begins with the navigation. */
function coldStart(which: 'full' | 'empty', port: number, wanted: number): Promise<number> {
  return opened(which, port, async (page) => {
    const handle = await within(
      LIMIT_MS,
      'the first rows',
      page.waitForFunction(
        (rows) => {
          const grid = document.querySelector('[role=grid]')
          const there =
            rows === 0 ? document.querySelector('h1') !== null : grid?.querySelector('[data-client-id]') !== null
          const all = rows === 0 || Number(grid?.getAttribute('aria-rowcount') ?? 0) >= rows
          return grid !== undefined && there && all ? performance.now() : false
        },
        wanted,
        { timeout: LIMIT_MS, polling: 'raf' },
      ),
      () => describePage(page),
    )
    return Number(await handle.jsonValue())
  })
}

/** Types each word key by key; the page notes when the key came and when the frame with its results was out. */
async function typeWords(page: Page): Promise<readonly number[]> {
  const search = page.getByRole('searchbox', { name: 'Search clients' })
  const took: number[] = []
  for (const word of WORDS) {
    await search.fill('')
    await page.waitForTimeout(300)
    await search.focus()
    for (let i = 1; i <= word.length; i++) {
      const text = word.slice(0, i)
      // In place before the key comes.
      await page.evaluate((wanted) => {
        const painted = new Promise<number>((done) => {
          const clock = { pressedAt: 0 }
          addEventListener('keydown', (event) => Object.assign(clock, { pressedAt: event.timeStamp }), {
            once: true,
            capture: true,
          })
          const grid = document.querySelector('[role=grid]')
          const observer = new MutationObserver(() => {
            if (clock.pressedAt === 0 || grid?.getAttribute('data-query')?.trim() !== wanted.trim()) return
            observer.disconnect()
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - clock.pressedAt)))
          })
          if (grid !== null) observer.observe(grid, { attributes: true, subtree: true, childList: true })
        })
        Object.assign(window, { benchPainted: painted })
      }, text)
      await page.keyboard.press(word.charAt(i - 1) === ' ' ? 'Space' : word.charAt(i - 1))
      const painted = page.evaluate(() => (window as unknown as { benchPainted: Promise<number> }).benchPainted)
      const ms = await Promise.race([painted, page.waitForTimeout(1_000).then(() => null)])
      if (ms !== null) took.push(ms)
    }
  }
  return took
}

/** The app and a browser, both with what they had before. */
async function opened<T>(
  which: 'full' | 'empty',
  port: number,
  work: (page: Page, app: RunningApp) => Promise<T>,
): Promise<T> {
  const app = await runApp({ profile: profiles[which], port })
  let context: BrowserContext | null = null
  try {
    context = await chromium.launchPersistentContext(folders[which], {
      executablePath: chromiumPath(),
      args: ['--no-sandbox'],
    })
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(app.address)
    return await work(page, app)
  } finally {
    await context?.close()
    await app.stop({ forget: false })
  }
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'clientele-bench-'))
}

function list(values: readonly number[]): string {
  return values.map((value) => value.toFixed(0)).join(', ')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
