import type { Clock } from '../../shared/clock.ts'
import type { JournalFiles, Log, ProfileFiles } from '../host/host.ts'
import { diskTrouble } from './disk-trouble.ts'

const NAME = 'ballast'
/** Enough for weeks of edits in both stores. */
export const BALLAST_BYTES = 16 * 1024 * 1024
const FIRST_MS = 30_000
/** Once spent it is made again only much later, so that it is not made and spent in turn. */
const AGAIN_MS = 3_600_000

/**
 * Room in reserve: a file that is there to be deleted. On a full disk IndexedDB refuses, and may never answer again for
 * this session (SYNC.md 1.10), so that a reserve inside of it could not be given free; a file of the profile can, and in
 * Electron both lie on one disk. It is noise, not zeros: those would be no room at all on a disk that compresses.
 */
export interface Ballast {
  /** Gives the room free, at once. Again is a no-op. */
  readonly free: () => Promise<void>
  readonly start: () => void
  readonly stop: () => void
}

export function createBallast(deps: {
  readonly files: JournalFiles
  readonly clock: Clock
  readonly log: Log
}): Ballast {
  const { files, clock, log } = deps
  let cancel = (): void => undefined
  let stopped = false

  const again = (afterMs: number): void => {
    if (stopped) return
    cancel()
    cancel = clock.schedule(afterMs, () => void make())
  }
  const make = async (): Promise<void> => {
    try {
      if (!(await files.list()).includes(NAME)) await files.replace(NAME, noise(BALLAST_BYTES))
    } catch {
      // No room for it now.
      again(AGAIN_MS)
    }
  }
  return {
    free: async () => {
      again(AGAIN_MS)
      try {
        if (!(await files.list()).includes(NAME)) return
        await files.remove(NAME)
        log.warn('ballast-spent')
      } catch (cause) {
        log.warn('ballast-stuck', { why: diskTrouble(cause)?.kind ?? 'failed' })
      }
    },
    start: () => again(FIRST_MS),
    stop: () => {
      stopped = true
      cancel()
    },
  }
}

/** Documents that on a full disk give the ballast free and try once more. */
export function writingWithBallast(files: ProfileFiles, ballast: Pick<Ballast, 'free'>): ProfileFiles {
  return {
    ...files,
    write: async (name, value) => {
      try {
        await files.write(name, value)
      } catch (cause) {
        if (diskTrouble(cause)?.kind !== 'full') throw cause
        await ballast.free()
        await files.write(name, value)
      }
    },
  }
}

/** The same for the journal; there the caller tries again, with a new file. */
export function journalWithBallast(files: JournalFiles, ballast: Pick<Ballast, 'free'>): JournalFiles {
  const freeing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      if (diskTrouble(cause)?.kind === 'full') await ballast.free()
      throw cause
    }
  }
  return {
    ...files,
    replace: (name, bytes) => freeing(() => files.replace(name, bytes)),
    open: async (name) => {
      const file = await freeing(() => files.open(name))
      return { ...file, append: (bytes) => freeing(() => file.append(bytes)) }
    },
  }
}

/** xorshift32: nothing that a disk could make smaller. */
function noise(bytes: number): Uint8Array {
  const words = new Uint32Array(bytes / 4)
  let state = 0x9e3779b9
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[i] = state
  }
  return new Uint8Array(words.buffer)
}
