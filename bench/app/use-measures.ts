import type { Page } from '@playwright/test'
import { attachWorker } from '../support/attach-worker.ts'
import { within } from '../support/within.ts'

const LIMIT_MS = 90_000
/** What begins to work later than this after a press had nothing to do. */
const NOTHING_TO_DO_MS = 400

/** One thing that somebody does: from the press to the frame in which the list is at rest again, ms. */
export interface Done {
  readonly ms: number
  /** Longest task of the page's thread meanwhile, ms; 0 where none was over 50. */
  readonly longestTaskMs: number
}

/** Does it, and waits until no list is busy any more. */
export async function untilQuiet(page: Page, work: () => Promise<unknown>): Promise<Done> {
  const quiet = page.evaluate<Done>(`new Promise((done) => {
    bench.tasks.length = 0
    const from = performance.now()
    let sawBusy = false
    const end = () => requestAnimationFrame(() => setTimeout(() => done({ ms: performance.now() - from, longestTaskMs: Math.max(0, ...bench.tasks.map((task) => task.ms)) })))
    const look = () => {
      const busy = document.querySelector('[role=grid]')?.getAttribute('aria-busy') === 'true'
      sawBusy ||= busy
      if ((sawBusy && !busy) || (!sawBusy && performance.now() - from > ${NOTHING_TO_DO_MS})) end()
      else requestAnimationFrame(look)
    }
    look()
  })`)
  await work()
  return within(LIMIT_MS, 'a list at rest', quiet)
}

/** Does it, and waits until the page has what `selector` names. */
export async function untilThere(page: Page, selector: string, work: () => Promise<unknown>): Promise<Done> {
  await page.evaluate(
    `void (window.benchThere = new Promise((done) => {
      bench.tasks.length = 0
      const from = performance.now()
      const look = () => {
        if (document.querySelector(${JSON.stringify(selector)}) === null) return requestAnimationFrame(look)
        requestAnimationFrame(() => setTimeout(() => done({ ms: performance.now() - from, longestTaskMs: Math.max(0, ...bench.tasks.map((task) => task.ms)) })))
      }
      look()
    }))`,
  )
  await work()
  return within(LIMIT_MS, selector, page.evaluate<Done>('window.benchThere'))
}

/** Asks for words or filters at once, as from the clipboard, and waits for their results. */
export async function find(page: Page, text: string): Promise<Done> {
  const box = page.getByRole('searchbox', { name: 'Search clients' })
  return untilThere(page, `[role=grid][data-query=${JSON.stringify(text)}]`, () => box.fill(text))
}

/** What V8 and its buffers hold in the page and in its worker after a collection, MB. */
export async function heapMb(page: Page): Promise<Readonly<Record<string, number>>> {
  const session = await page.context().newCDPSession(page)
  const found: Record<string, number> = {}
  const note = (name: string, use: Readonly<Record<string, number>>): void => {
    for (const key of ['usedSize', 'totalSize', 'backingStorageSize', 'embedderHeapUsedSize'])
      found[`${name} ${key}`] = Math.round((use[key] ?? 0) / 1e5) / 10
  }
  try {
    const tell = await attachWorker<Record<string, number>>(session)
    await session.send('HeapProfiler.collectGarbage')
    const use = await session.send('Runtime.getHeapUsage')
    note('page', { ...use })
    if (tell !== null) {
      note('worker before', await tell('Runtime.getHeapUsage'))
      await tell('HeapProfiler.collectGarbage')
      note('worker', await tell('Runtime.getHeapUsage'))
    }
    return found
  } finally {
    await session.detach()
  }
}
