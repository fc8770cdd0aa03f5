// Loaded into the core before it starts (--import). Once a second: the longest stand-still of its event loop, its memory.
import { appendFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const file = process.env.BENCH_CORE_FIGURES
if (file !== undefined) {
  const resolution = 5
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  setInterval(() => {
    const longestMs = Math.max(0, delay.max / 1e6 - resolution)
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), longestMs, rssMb: process.memoryUsage().rss / 1e6 })}\n`)
    delay.reset()
  }, 1_000).unref()
}
