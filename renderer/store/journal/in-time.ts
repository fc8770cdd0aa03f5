import type { Clock } from '../../../shared/clock.ts'

const ANSWER_MS = 5_000

/** Null where no answer came. */
export function inTime<T>(clock: Clock, answer: Promise<T>, ms = ANSWER_MS): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(ms, () => resolve(null))
    answer.then(
      (value) => {
        cancel()
        resolve(value)
      },
      (cause: unknown) => {
        cancel()
        reject(cause)
      },
    )
  })
}
