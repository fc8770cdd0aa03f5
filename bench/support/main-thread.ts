import type { Page } from '@playwright/test'

/** What the page's own thread did while it was watched: tasks over 50 ms, and the pauses between two frames. */
export interface MainThread {
  readonly longTasks: readonly number[]
  readonly longestFrameMs: number
  readonly frames: number
}

/** Begins to watch. The watch itself costs one short callback per frame. */
export async function watchMainThread(page: Page): Promise<() => Promise<MainThread>> {
  await page.evaluate(() => {
    const seen = {
      tasks: [] as number[],
      frames: 0,
      longest: 0,
      on: true,
      last: performance.now(),
      // A method: the loader of this bench gives other functions a name by a helper that the page does not have.
      frame(): void {
        const now = performance.now()
        this.longest = Math.max(this.longest, now - this.last)
        this.frames++
        this.last = now
        if (this.on) requestAnimationFrame(() => this.frame())
      },
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.tasks.push(Math.round(entry.duration))
    }).observe({ type: 'longtask' })
    seen.frame()
    Object.assign(window, { benchSeen: seen })
  })
  return () =>
    page.evaluate(() => {
      const { benchSeen: seen } = window as unknown as {
        benchSeen: { tasks: number[]; frames: number; longest: number; on: boolean }
      }
      seen.on = false
      return { longTasks: seen.tasks, longestFrameMs: Math.round(seen.longest), frames: seen.frames }
    })
}
