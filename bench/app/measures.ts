import type { Page } from '@playwright/test'
import { describePage } from '../support/run-app.ts'
import { within } from '../support/within.ts'
import { awaitPainted, type Frames, type KeyTimes, startFrames } from './page-watch.ts'

/** Typed key by key: names, common words, digits, an error of typing, nothing to find. */
const WORDS = [
  'maria s',
  'smith',
  "o'connor",
  'invoice',
  '415',
  'jos',
  'anna schmidt',
  'mraia',
  'zzzz',
  'head of',
  'vip',
]
const KEY_PAUSE_MS = 120
const KEY_LIMIT_MS = 3_000
/** A quick hand at the wheel. */
const SCROLL_PX = 12_000
const SCROLL_PX_PER_S = 4_000

/** From the navigation to the first clients in a frame that is out, by the page's own clock. */
export async function firstRows(page: Page, selector: string, limitMs: number): Promise<number> {
  return within(limitMs, 'the first rows', page.evaluate<number>(`bench.shown(${JSON.stringify(selector)})`), () =>
    describePage(page),
  )
}

/** Types each word key by key, at the pace of a quick typist. */
export async function typeWords(page: Page, words: readonly string[] = WORDS): Promise<readonly KeyTimes[]> {
  const search = page.getByRole('searchbox', { name: 'Search clients' })
  const took: KeyTimes[] = []
  for (const word of words) {
    await search.fill('')
    await page.waitForTimeout(400)
    await search.focus()
    for (let length = 1; length <= word.length; length++) {
      const painted = await awaitPainted(page, word.slice(0, length), KEY_LIMIT_MS)
      const key = word.charAt(length - 1)
      await page.keyboard.press(key === ' ' ? 'Space' : key)
      const times = await painted()
      took.push(times ?? { typed: word.slice(0, length), ms: KEY_LIMIT_MS, askMs: Number.NaN, answerMs: Number.NaN })
      await page.waitForTimeout(Math.max(0, KEY_PAUSE_MS - (times?.ms ?? 0)))
    }
  }
  await search.fill('')
  return took
}

/** The wheel over the middle of the window, and the frames meanwhile. */
export async function scroll(page: Page, lookForBlanks: boolean): Promise<Frames & { readonly ms: number }> {
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 }
  const middle = { x: Math.round(width / 2), y: Math.round(height / 2) }
  const session = await page.context().newCDPSession(page)
  try {
    const stop = await startFrames(page, lookForBlanks ? middle : null)
    const startedAt = performance.now()
    await session.send('Input.synthesizeScrollGesture', {
      ...middle,
      yDistance: -SCROLL_PX,
      speed: SCROLL_PX_PER_S,
      gestureSourceType: 'mouse',
    })
    const ms = performance.now() - startedAt
    return { ...(await stop()), ms }
  } finally {
    await session.detach()
  }
}

/** The thumb pulled to the middle: until another client stands in the middle of the window. */
export async function jumpToMiddle(page: Page): Promise<number> {
  return page.evaluate(`new Promise((done) => {
    const grid = document.querySelector('[role=grid]')
    const all = [grid, ...grid.querySelectorAll('*'), grid.parentElement]
    const scroller = all.find((one) => one.scrollHeight > one.clientHeight + 100 && getComputedStyle(one).overflowY !== 'visible')
    const box = grid.getBoundingClientRect()
    const idThere = () => document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest('[data-client-id]')?.getAttribute('data-client-id')
    const before = idThere()
    const startedAt = performance.now()
    scroller.scrollTop = scroller.scrollHeight / 2
    const look = () => {
      const now = idThere()
      if ((now !== undefined && now !== before) || performance.now() - startedAt > 5000) done(performance.now() - startedAt)
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })`)
}

/** A page with nothing but height: what this machine can do at best. */
export async function openEmptyPage(page: Page): Promise<void> {
  await showMarkup(page, '<!doctype html><title>empty</title><div style="height: 1000000px"></div>')
}

export async function openEmptySearch(page: Page): Promise<void> {
  await showMarkup(
    page,
    `<!doctype html><title>empty</title><input type="search" aria-label="Search clients" oninput="grid.dataset.query = value"><div id="grid" role="grid" data-query=""></div>`,
  )
}

/** By its address: what is written into a page takes the watch's listeners away. */
async function showMarkup(page: Page, markup: string): Promise<void> {
  await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(markup)}`)
}
