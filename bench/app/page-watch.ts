import type { Page } from '@playwright/test'

/**
 * What the page notes about itself from its first moment on: keys, what goes to the worker and comes from it, frames and
 * long tasks. A text and not a function: the loader of this bench would give its inner functions a name by a helper that
 * the page does not have.
 */
const WATCH = `
window.bench = { pressedAt: 0, askedAt: 0, answeredAt: 0, tasks: [], frames: [], blanks: 0, on: false }
addEventListener('keydown', (event) => { Object.assign(bench, { pressedAt: event.timeStamp, askedAt: 0, answeredAt: 0 }) }, true)
window.Worker = class extends Worker {
  constructor(...given) { super(...given); this.addEventListener('message', () => { bench.answeredAt = performance.now() }) }
  postMessage(...given) { bench.askedAt ||= performance.now(); return super.postMessage(...given) }
}
new PerformanceObserver((list) => { for (const entry of list.getEntries()) bench.tasks.push({ at: entry.startTime, ms: entry.duration }) }).observe({ type: 'longtask' })
bench.frame = (now) => {
  if (!bench.on) return
  bench.frames.push(now)
  if (bench.lookAt) {
    const { x, y } = bench.lookAt
    if (!document.elementFromPoint(x, y)?.closest('[data-client-id]')) bench.blanks++
  }
  requestAnimationFrame(bench.frame)
}
bench.start = (lookAt) => { Object.assign(bench, { frames: [], tasks: [], blanks: 0, on: true, lookAt }); requestAnimationFrame(bench.frame) }
bench.stop = () => { bench.on = false; const { frames, tasks, blanks } = bench; return { frames, tasks: tasks.map((task) => task.ms), blanks } }
bench.shown = (selector) => new Promise((done) => {
  const look = () => document.querySelector(selector) === null ? requestAnimationFrame(look) : requestAnimationFrame(() => setTimeout(() => done(performance.now())))
  look()
})
bench.painted = (wanted, limitMs) => new Promise((done) => {
  const from = performance.now()
  const look = () => {
    const grid = document.querySelector('[role=grid]')
    const there = bench.pressedAt >= from - 1 && grid !== null && (grid.getAttribute('data-query') ?? '').trim() === wanted.trim()
    if (there) requestAnimationFrame(() => setTimeout(() => done({ typed: wanted, ms: performance.now() - bench.pressedAt, askMs: bench.askedAt - bench.pressedAt, answerMs: bench.answeredAt - bench.askedAt })))
    else if (performance.now() - from > limitMs) done(null)
    else new MutationObserver((_, observer) => { observer.disconnect(); look() }).observe(document.body, { attributes: true, subtree: true, childList: true, characterData: true })
  }
  setTimeout(() => done(null), limitMs)
  look()
})
`

export interface Frames {
  /** Times of the frames, ms. */
  readonly frames: readonly number[]
  /** Tasks over 50 ms, ms each. */
  readonly tasks: readonly number[]
  /** Frames in which no client stood in the middle of the list. */
  readonly blanks: number
}

export interface KeyTimes {
  /** What stood in the box then. */
  readonly typed: string
  /** From the key to the frame with its results. */
  readonly ms: number
  /** From the key to the question to the worker, and from there to the worker's last answer before that frame. */
  readonly askMs: number
  readonly answerMs: number
}

export async function installWatch(page: Page): Promise<void> {
  await page.addInitScript({ content: WATCH })
}

export async function startFrames(
  page: Page,
  lookAt: { x: number; y: number } | null = null,
): Promise<() => Promise<Frames>> {
  await page.evaluate(`bench.start(${JSON.stringify(lookAt)})`)
  return () => page.evaluate<Frames>('bench.stop()')
}

/** Call before the key is pressed; resolves when the list shows what was typed, or with null when it does not in time. */
export async function awaitPainted(
  page: Page,
  wanted: string,
  limitMs: number,
): Promise<() => Promise<KeyTimes | null>> {
  await page.evaluate(`void (window.benchPainted = bench.painted(${JSON.stringify(wanted)}, ${limitMs}))`)
  return () => page.evaluate<KeyTimes | null>('benchPainted')
}
