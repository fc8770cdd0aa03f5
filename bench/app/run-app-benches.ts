import type { Page } from '@playwright/test'
import { startVendor } from '../pull/vendor.ts'
import { hasFigure, saveFigure } from '../support/figures.ts'
import { type BenchOptions, sizeName } from '../support/options.ts'
import { percentile } from '../support/percentile.ts'
import { waitForClients } from '../support/run-app.ts'
import { OURS } from '../support/table.ts'
import { within } from '../support/within.ts'
import { Book, rendererCpuMs, rendererMb } from './book.ts'
import { firstRows, jumpToMiddle, openEmptyPage, openEmptySearch, scroll, typeWords } from './measures.ts'
import { installWatch, startFrames } from './page-watch.ts'
import { heapMb } from './use-measures.ts'

const STARTS = 3
const CHANGED = 1_000
/** A million takes minutes to pull: only when it is named. */
const LARGEST_BY_ITSELF = 100_000
const EMPTY = 'empty book'
const EMPTY_PAGE = 'empty page'
const ROWS = '[role=grid] [data-client-id]'

type Values = Record<string, number | null>

/** The whole app over a vendor on loopback: how it starts, scrolls, answers keys, and takes news meanwhile. */
export async function run(options: BenchOptions): Promise<void> {
  const wanted = options.sizes.filter((size) => options.sizesNamed || size <= LARGEST_BY_ITSELF)
  for (const size of wanted) {
    if (!options.fresh && hasFigure('app', OURS, size)) continue
    await measureSize(size, options.seed)
  }
}

async function measureSize(size: number, seed: number): Promise<void> {
  const limitMs = 120_000 + size * 1.2
  const vendor = await startVendor(size, seed)
  const book = new Book()
  const values: Values = {}
  const notes: string[] = []
  let browser = ''
  try {
    const { values: empty, browser: version } = await emptyBook()
    browser = version
    saveFigure({ group: 'app', subject: EMPTY, size, values: empty, notes: [] }, browser)
    values['pull s'] = (await book.fill(vendor.baseUrl, size, limitMs)) / 1_000
    const starts: number[] = []
    for (let start = 0; start < STARTS; start++)
      starts.push(await book.opened((page) => firstRows(page, ROWS, limitMs)))
    values['start ms'] = percentile(starts, 50)
    values['start + search ms'] = await book.opened((page) => startAndSearch(page, limitMs))
    await book.opened(async (page) => {
      await waitForClients(page, size, limitMs)
      await page.waitForTimeout(1_000)
      await inPart(notes, 'keys', async () => {
        const slowest = await measureKeys(page, values, 'key')
        notes.push(`slowest keys: ${slowest.join('; ')}`)
      })
      await inPart(notes, 'scrolling', () => measureScroll(page, values))
      await inPart(notes, 'news', () => measureNews(page, values, () => vendor.change(CHANGED)))
      values['memory MB'] = rendererMb()
      // How much of it is garbage that nobody has asked for yet.
      await heapMb(page)
      values['memory after a collection MB'] = rendererMb()
      await inPart(notes, 'an empty page', async () => {
        const floor = await emptyPageKeys(page)
        saveFigure({ group: 'app', subject: EMPTY_PAGE, size, values: floor, notes: [] }, browser)
      })
    })
  } catch (cause) {
    notes.push(`gave up: ${String(cause).split('\n')[0]}`)
  } finally {
    vendor.stop()
    book.forget()
  }
  saveFigure({ group: 'app', subject: OURS, size, values, notes }, browser)
  process.stdout.write(`app ${sizeName(size)}: ${JSON.stringify(values)} ${notes.join('; ')}\n`)
}

/** One part that fails leaves the others' figures. */
async function inPart(notes: string[], what: string, work: () => Promise<void>): Promise<void> {
  await work().catch((cause: unknown) => notes.push(`${what}: ${String(cause).split('\n')[0]}`))
}

async function emptyBook(): Promise<{ values: Values; browser: string }> {
  const book = new Book()
  try {
    const starts: number[] = []
    let [memory, browser] = [0, '']
    for (let start = 0; start <= STARTS; start++) {
      await book.opened(async (page, _, context) => {
        const ms = await firstRows(page, 'h1', 60_000)
        // The first start makes the profile.
        if (start > 0) starts.push(ms)
        await page.waitForTimeout(500)
        memory = rendererMb()
        browser = `Chromium ${context.browser()?.version() ?? ''}`
      })
    }
    return { values: { 'start ms': percentile(starts, 50), 'memory MB': memory }, browser }
  } finally {
    book.forget()
  }
}

/** A word typed as soon as there is a box for it: until its results are painted, from the navigation on. */
async function startAndSearch(page: Page, limitMs: number): Promise<number> {
  await firstRows(page, ROWS, limitMs)
  await page.getByRole('searchbox', { name: 'Search clients' }).fill('maria')
  return within(limitMs, 'the first answer', firstRows(page, '[role=grid][data-query=maria] [data-client-id]', limitMs))
}

/** Answers the slowest keys in words. */
async function measureKeys(page: Page, values: Values, name: string): Promise<readonly string[]> {
  const cpuBefore = rendererCpuMs()
  const keys = await typeWords(page)
  // Of the page and its worker: what another program takes of the machine does not count.
  values[`${name}: processor ms`] = (rendererCpuMs() - cpuBefore) / keys.length
  const frame = await frameMs(page)
  const part = (which: 'ms' | 'askMs' | 'answerMs'): readonly number[] =>
    keys.map((key) => key[which]).filter((ms) => ms >= 0)
  values[`${name} p50 ms`] = percentile(part('ms'), 50)
  values[`${name} p95 ms`] = percentile(part('ms'), 95)
  values[`${name} p95 frames`] = (percentile(part('ms'), 95) ?? 0) / frame
  values[`${name}: page p50 ms`] = percentile(part('askMs'), 50)
  values[`${name}: worker p50 ms`] = percentile(part('answerMs'), 50)
  values[`${name}: worker p95 ms`] = percentile(part('answerMs'), 95)
  return [...keys]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 8)
    .map((key) => `"${key.typed}" ${key.ms.toFixed(0)} ms, of these the worker ${key.answerMs.toFixed(0)}`)
}

/** Keys into a box that does nothing but note them: what a key costs on this machine at the least. */
async function emptyPageKeys(page: Page): Promise<Values> {
  const values: Values = {}
  const empty = await page.context().newPage()
  try {
    await installWatch(empty)
    await openEmptySearch(empty)
    await measureKeys(empty, values, 'key')
    return {
      'key p50 ms': values['key p50 ms'] ?? null,
      'key p95 ms': values['key p95 ms'] ?? null,
      'key p95 frames': values['key p95 frames'] ?? null,
    }
  } finally {
    await empty.close()
  }
}

/** How long a frame is here, where nothing has to be drawn. */
async function frameMs(page: Page): Promise<number> {
  const empty = await page.context().newPage()
  try {
    const frames = await empty.evaluate<number[]>(`new Promise((done) => {
      const frames = []
      const frame = (now) => { frames.push(now); frames.length < 60 ? requestAnimationFrame(frame) : done(frames) }
      requestAnimationFrame(frame)
    })`)
    return (
      percentile(
        frames.slice(1).map((at, index) => at - (frames[index] ?? at)),
        50,
      ) ?? 1_000 / 60
    )
  } finally {
    await empty.close()
    await page.bringToFront()
  }
}

async function measureScroll(page: Page, values: Values): Promise<void> {
  const rates: number[] = []
  const emptyRates: number[] = []
  const tasks: number[] = []
  const busy: number[] = []
  // In turn, so that a busy machine bears on both alike.
  for (let round = 0; round < 3; round++) {
    const cpuBefore = rendererCpuMs()
    const ours = await scroll(page, false)
    busy.push((rendererCpuMs() - cpuBefore) / ours.ms)
    rates.push(ours.frames.length / ours.ms)
    tasks.push(...ours.tasks)
    const empty = await page.context().newPage()
    await installWatch(empty)
    await openEmptyPage(empty)
    const blank = await scroll(empty, false)
    emptyRates.push(blank.frames.length / blank.ms)
    await empty.close()
    await page.bringToFront()
  }
  const looked = await scroll(page, true)
  values['scroll frames share'] = (percentile(rates, 50) ?? 0) / (percentile(emptyRates, 50) ?? 1)
  values['scroll frames/s'] = (percentile(rates, 50) ?? 0) * 1_000
  values['scroll: processors in use'] = percentile(busy, 50)
  values['scroll long tasks'] = tasks.length
  values['scroll longest task ms'] = Math.max(0, ...tasks)
  values['scroll blank share'] = looked.blanks / Math.max(1, looked.frames.length)
  values['jump to middle ms'] = await jumpToMiddle(page)
}

/** The same keys while so many changed clients come in. */
async function measureNews(page: Page, values: Values, change: () => Promise<void>): Promise<void> {
  await change()
  // The key of "Sync all sources", pressed where nothing takes text.
  await page.evaluate('document.activeElement?.blur()')
  await page.keyboard.press('r')
  const stop = await startFrames(page)
  await measureKeys(page, values, 'key + news')
  const { tasks, frames } = await stop()
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
  values['news long tasks'] = tasks.length
  values['news longest frame ms'] = Math.max(0, ...gaps)
}
