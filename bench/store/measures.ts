export interface StoreOrder {
  readonly subject: string
  readonly clients: number
  readonly seed: number
}

export interface StoreFigures {
  readonly insertPerSecond: number
  /** From a closed database: opened, and every client's record in hand. */
  readonly readAllMs: number
  /** So many by their keys. */
  readonly keysMs: number
  /** One client changed, durable as the engine does it by default; the median. */
  readonly updateMs: number
  /** One edit of the user, flushed to the disk; null where there is no such thing. */
  readonly editMs: number | null
  /** From a closed database to the 50 newest. */
  readonly openMs: number
  /** From a closed database to the first 20 that a search finds; ours only. */
  readonly searchMs?: number
  readonly diskMb: number
}

export const BATCH = 100
export const UPDATES = 60
export const KEYS = 50

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** After the log has been taken in as far as it will be by itself. */
export async function usedMb(): Promise<number> {
  await new Promise((done) => setTimeout(done, 2_000))
  return ((await navigator.storage.estimate()).usage ?? 0) / 1e6
}
