/**
 * One counter over all reads and writes of the core, so that an answer that was asked for before a write can be told
 * from one asked for after it (SYNC.md 1.4, stale-page guard). Clocks play no part. It goes on across restarts because
 * it begins with the lease's epoch, which only ever rises.
 */
export interface Sequence {
  readonly next: () => number
  readonly current: () => number
  readonly startEpoch: (epoch: number) => void
}

const PER_EPOCH = 1_000_000_000

export function createSequence(): Sequence {
  let value = 0
  return {
    next: () => ++value,
    current: () => value,
    startEpoch: (epoch) => {
      value = Math.max(value, epoch * PER_EPOCH)
    },
  }
}
