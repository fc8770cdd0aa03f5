import type { Clock } from '../../shared/clock.ts'
import type { Databases } from './database.ts'
import type { StorageGuard, Trouble } from './storage-guard.ts'

/** How often a full disk is tried for room, and a store that has failed for life. */
export const ROOM_EVERY_MS = 5_000
export const LIFE_EVERY_MS = 2_000
/** So many times without an answer, and the connection itself is given up. */
const LIVES = 3
/** Room that must be there again before pages are stored: edits fit before that. */
const ROOM_CHARS = 256 * 1024

/** `misfit`: memory was made from a saved form that the disk does not bear out. */
export type Lost = 'closed' | 'hung' | 'fenced' | 'misfit'

export interface StorageKeeper {
  readonly onTrouble: (trouble: Trouble) => void
  readonly stop: () => void
}

/**
 * Finds out by itself when trouble is over: writes a row to see whether there is room, or life. What cannot end by
 * waiting is handed on: a connection that is closed, dead, or no longer ours.
 */
export function createStorageKeeper(deps: {
  readonly clock: Clock
  readonly guard: StorageGuard
  readonly databases: Databases
  /** The disk is full: whoever keeps some room in reserve gives it now. */
  readonly freeRoom: () => void
  readonly onLost: (why: Lost) => void
}): StorageKeeper {
  const { clock, guard, databases } = deps
  let watching: 'full' | 'doubtful' | null = null
  let cancel = (): void => undefined
  let stopped = false

  const write = (chars: number) =>
    guard.run(async () => {
      // A row of no meaning, in a table that is there for single rows; gone at once.
      const meta = databases.strict.table('meta')
      await meta.put({ k: 'room', text: 'x'.repeat(chars) })
      await meta.delete('room')
    })

  const lose = (why: Lost): void => {
    if (stopped) return
    stop()
    deps.onLost(why)
  }

  const lookForRoom = async (lives: number): Promise<void> => {
    const written = await write(ROOM_CHARS)
    if (stopped || watching !== 'full') return
    if (written.ok) {
      watching = null
      guard.roomAgain()
      return
    }
    // Full is an answer. None at all is what Chromium does when the disk under it is full (SYNC.md 1.10).
    const left = written.error.code === 'storage' && written.error.kind === 'full' ? LIVES : lives - 1
    if (left <= 0) lose('hung')
    else cancel = clock.schedule(ROOM_EVERY_MS, () => void lookForRoom(left))
  }

  const lookForLife = async (lives: number): Promise<void> => {
    const written = await write(1)
    if (stopped || watching !== 'doubtful') return
    if (written.ok) watching = null
    else if (lives <= 1) lose('hung')
    else cancel = clock.schedule(LIFE_EVERY_MS, () => void lookForLife(lives - 1))
  }

  const stop = (): void => {
    stopped = true
    cancel()
  }

  return {
    stop,
    onTrouble: (trouble) => {
      if (stopped) return
      if (trouble === 'closed' || trouble === 'fenced') {
        lose(trouble)
      } else if (trouble === 'full' && watching !== 'full') {
        cancel()
        watching = 'full'
        deps.freeRoom()
        cancel = clock.schedule(ROOM_EVERY_MS, () => void lookForRoom(LIVES))
      } else if (trouble === 'doubtful' && watching === null) {
        watching = 'doubtful'
        cancel = clock.schedule(LIFE_EVERY_MS, () => void lookForLife(LIVES))
      }
    },
  }
}
