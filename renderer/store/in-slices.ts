import type { Clock } from '../../shared/clock.ts'

/** Work between two turns of the others: less than a frame. */
const SLICE_MS = 10

/** Runs long work piece by piece, so that whoever asks something meanwhile is answered between two pieces. */
export function inSlices<T>(clock: Clock, steps: Iterator<undefined, T, undefined>): Promise<T> {
  return new Promise((resolve, reject) => {
    const go = (): void => {
      try {
        const end = clock.now() + SLICE_MS
        for (;;) {
          const step = steps.next()
          if (step.done === true) {
            resolve(step.value)
            return
          }
          if (clock.now() >= end) break
        }
        clock.schedule(0, go)
      } catch (thrown) {
        reject(thrown)
      }
    }
    go()
  })
}

/** The same at one go, where nobody else can wait. */
export function atOnce<T>(steps: Iterator<undefined, T, undefined>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
