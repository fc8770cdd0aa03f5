import { chromium, type Page } from '@playwright/test'
import { startSimulator } from '../../electron/simulator/start-simulator.ts'
import { type Figure, saveFigure } from '../support/figures.ts'
import { watchMainThread } from '../support/main-thread.ts'
import type { BenchOptions } from '../support/options.ts'
import { processesUnder } from '../support/processes.ts'
import { chromiumPath, fillSource, runApp, runIdleCore, waitForClients } from '../support/run-app.ts'

const LIMIT_MS = 180_000
const SAMPLE_MS = 100
const CLIENTS = 50_000

/**
 * 50,000 Endors clients in one response through the whole app: time, peak memory of the core and of the window, progress
 * on the screen, and what the window's own thread and the core's event loop stood still for, first untouched, then in a
 * second run while somebody scrolls and types.
 */
export async function run(options: BenchOptions): Promise<void> {
  for (const size of options.sizesNamed ? options.sizes : [CLIENTS]) {
    const simulator = await startSimulator({
      clients: 0,
      counts: { 'full-engage': 0, endors: size, spott: 0, connect: 0, clnt: 0 },
      seed: options.seed,
      now: Date.now(),
    })
    try {
      const { baseUrl, key, settings } = simulator.servers.endors.source
      const source = { 'Base URL': baseUrl, 'API key': key, 'Space ID': String(settings.spaceId) }
      for (const busy of [false, true]) {
        const { figure, browser } = await importOnce(source, size, busy)
        saveFigure(figure, browser)
      }
    } finally {
      await simulator.close()
    }
  }
}

async function importOnce(
  source: Readonly<Record<string, string>>,
  clients: number,
  busy: boolean,
): Promise<{ figure: Figure; browser: string }> {
  const app = await runApp()
  const idle = runIdleCore()
  // A browser of its own, so that the memory of the window is that of this run.
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(app.address)
    const add = await fillSource(page, 'Endors', source)
    const memory = { core: 0, window: 0, before: windowMemory() }
    const sampling = setInterval(() => {
      const all = processesUnder(process.pid)
      memory.core = Math.max(memory.core, all.find((use) => use.pid === app.pid)?.rssMb ?? 0)
      memory.window = Math.max(memory.window, windowMemory(all))
    }, SAMPLE_MS)
    const cpuBefore = processesUnder(app.pid)[0]?.cpuMs ?? 0
    await add.click()
    await page.getByRole('dialog', { name: 'Add source' }).waitFor({ state: 'hidden' })
    const stopWatch = await watchMainThread(page)
    const startedAt = performance.now()
    const startedWall = Date.now()
    const done = { now: false }
    const progress = new Set<string>()
    const company = (async () => {
      while (!done.now) {
        progress.add(await page.evaluate(() => document.querySelector('nav, aside')?.textContent ?? ''))
        if (busy) await handleIt(page)
        else await page.waitForTimeout(200)
      }
    })()
    await waitForClients(page, busy ? 0 : clients, LIMIT_MS)
    done.now = true
    await company
    if (busy) {
      await page.getByRole('searchbox', { name: 'Search clients' }).fill('')
      await waitForClients(page, clients, LIMIT_MS)
    }
    const ms = performance.now() - startedAt
    const seen = await stopWatch()
    clearInterval(sampling)
    // The watch of the core writes once a second.
    await page.waitForTimeout(1_100)
    const seconds = app.seconds().filter((second) => second.at >= startedWall)
    const core = Math.max(0, ...seconds.map((second) => second.longestMs))
    const idleCore = Math.max(0, ...idle.seconds().map((second) => second.longestMs))
    const cpuMs = (processesUnder(app.pid)[0]?.cpuMs ?? 0) - cpuBefore
    const steps = [...progress].flatMap((text) => /([\d,.]+) clients on this device/.exec(text)?.[1] ?? [])
    const values = {
      s: ms / 1_000,
      'core: most MB': memory.core,
      'core: longest stand-still ms': core,
      'an idle program beside it: longest stand-still ms': idleCore,
      'core: processor ms': cpuMs,
      'window before MB': memory.before,
      'window: most MB': memory.window,
      'long tasks': seen.longTasks.length,
      'longest task ms': Math.max(0, ...seen.longTasks),
      'longest frame ms': seen.longestFrameMs,
      'counts shown meanwhile': steps.length,
    }
    const subject = busy ? 'with scrolling and typing' : 'untouched'
    return {
      figure: { group: 'import', subject, size: clients, values, notes: [] },
      browser: `Chromium ${browser.version()}`,
    }
  } catch (cause) {
    throw new Error(`${String(cause)} ${app.errors()}`)
  } finally {
    await browser.close()
    idle.stop()
    await app.stop()
  }
}

/** Scrolls the grid and types into the search box as a person would. */
async function handleIt(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Clients' })
  const box = await grid.boundingBox({ timeout: 1_000 }).catch(() => null)
  if (box !== null) {
    await page.mouse.move(box.x + 200, box.y + 200)
    for (let i = 0; i < 5; i++) {
      await page.mouse.wheel(0, 600)
      await page.waitForTimeout(30)
    }
  }
  const search = page.getByRole('searchbox', { name: 'Search clients' })
  await search.pressSequentially('mar', { delay: 60 })
  await page.waitForTimeout(150)
  await search.fill('')
}

function windowMemory(all = processesUnder(process.pid)): number {
  return Math.max(0, ...all.filter((use) => use.kind === 'renderer').map((use) => use.rssMb))
}
