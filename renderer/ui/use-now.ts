import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Map<number, Set<() => void>>()
const timers = new Map<number, ReturnType<typeof setInterval>>()
const times = new Map<number, number>()

/** The time, renewed every `everyMs` for all who ask for the same pace. 30 s suits relative times, 1 s countdowns. */
export function useNow(everyMs = 30_000): number {
  // Stable functions: a new one each time would subscribe anew after every paint, and the time would never rest.
  const subscribe = useCallback((listener: () => void) => follow(everyMs, listener), [everyMs])
  const read = useCallback(() => timeOf(everyMs), [everyMs])
  return useSyncExternalStore(subscribe, read)
}

function follow(everyMs: number, listener: () => void): () => void {
  const set = listeners.get(everyMs) ?? new Set()
  listeners.set(everyMs, set)
  set.add(listener)
  if (!timers.has(everyMs)) {
    timers.set(
      everyMs,
      setInterval(() => {
        times.set(everyMs, Date.now())
        for (const each of set) each()
      }, everyMs),
    )
  }
  return () => {
    set.delete(listener)
    if (set.size > 0) return
    clearInterval(timers.get(everyMs))
    timers.delete(everyMs)
    times.delete(everyMs)
  }
}

function timeOf(everyMs: number): number {
  const known = times.get(everyMs)
  if (known !== undefined) return known
  const now = Date.now()
  times.set(everyMs, now)
  return now
}
