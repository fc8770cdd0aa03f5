/**
 * 50,000 Endors clients in one response through the whole app: time, peak memory of the core and of the window, progress
 * on the screen, and what the window's own thread and the core's event loop stood still for, first untouched, then in a
 * second run while somebody scrolls and types.
 *
 *   npm start -- --build-only && npx tsx bench/import-endors.ts [clients]
 */
import { loadavg } from 'node:os'
import { chromium, type Page } from '@playwright/test'
import { startSimulator } from '../electron/simulator/start-simulator.ts'
import { watchMainThread } from './support/main-thread.ts'
import { processesUnder } from './support/processes.ts'
import { chromiumPath, fillSource, runApp, runIdleCore, waitForClients } from './support/run-app.ts'

const LIMIT_MS = 180_000
const SAMPLE_MS = 100
const clients = Number(process.argv[2] ?? 50_000)

const simulator = await startSimulator({
  clients: 0,
  counts: { 'full-engage': 0, endors: clients, spott: 0, connect: 0, clnt: 0 },
  seed: 1,
  now: Date.now(),
})
const { source } = simulator.servers.endors
try {
  for (const busy of [false, true]) print(await importOnce(busy))
} finally {
  await simulator.close()
}

async function importOnce(busy: boolean): Promise<string> {
  const app = await runApp()
  const idle = runIdleCore()
  // A browser of its own, so that the memory of the window is that of this run.
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(app.address)
    const add = await fillSource(page, 'Endors', {
      'Base URL': source.baseUrl,
      'API key': source.key,
      'Space ID': String(source.settings.spaceId),
    })
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
    return [
      `${busy ? 'with scrolling and typing' : 'untouched'} (load ${(loadavg()[0] ?? 0).toFixed(1)}): ${ms.toFixed(0)} ms`,
      `  core: at most ${memory.core.toFixed(0)} MB, event loop stood still at most ${core.toFixed(0)} ms (that of an idle program beside it: ${idleCore.toFixed(0)} ms), processor ${cpuMs.toFixed(0)} ms`,
      `  window: ${memory.before.toFixed(0)} MB before, at most ${memory.window.toFixed(0)} MB`,
      `  its thread: ${seen.longTasks.length} tasks over 50 ms (${seen.longTasks.join(', ')}), longest frame ${seen.longestFrameMs} ms of ${seen.frames}`,
      `  progress: ${steps.length} different counts of clients in the side bar, such as ${steps[Math.floor(steps.length / 2)] ?? 'none'}`,
    ].join('\n')
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

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
