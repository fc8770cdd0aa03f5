import type { AppError } from '../../shared/app-error.ts'
import type { Clock } from '../../shared/clock.ts'
import { err, ok, type Result } from '../../shared/result.ts'

export type StorageState = 'ok' | 'opening' | 'full' | 'blocked' | 'newer' | 'failed'

/** A full disk can make a call of IndexedDB never settle (SYNC.md 1.10). */
export const WATCHDOG_MS = 5_000
/** For work over the whole book. */
export const LONG_WORK_MS = 120_000

export interface StorageGuard {
  /** Runs database work; trouble becomes a value, and a call that hangs is given up. */
  readonly run: <T>(work: () => PromiseLike<T>, timeoutMs?: number) => Promise<Result<T, AppError>>
  readonly state: () => StorageState
  readonly setState: (state: StorageState) => void
}

export function createStorageGuard(clock: Clock, onState: (state: StorageState) => void): StorageGuard {
  let state: StorageState = 'opening'
  const setState = (next: StorageState): void => {
    if (next === state) return
    state = next
    onState(next)
  }
  return {
    state: () => state,
    setState,
    run: async (work, timeoutMs = WATCHDOG_MS) => {
      let cancel = (): void => undefined
      const hung = new Promise<'hung'>((resolve) => {
        cancel = clock.schedule(timeoutMs, () => resolve('hung'))
      })
      try {
        const done = await Promise.race([work().then((value) => ({ value })), hung])
        if (done === 'hung') {
          setState('failed')
          return err({ code: 'storage', kind: 'failed' })
        }
        setState('ok')
        return ok(done.value)
      } catch (cause) {
        const kind = storageKind(cause)
        // Being fenced says that another worker is well; it is no trouble of the disk.
        if (kind !== 'fenced') setState(kind)
        return err({ code: 'storage', kind })
      } finally {
        cancel()
      }
    },
  }
}

type Kind = Extract<AppError, { code: 'storage' }>['kind']

function storageKind(cause: unknown): Kind {
  const names = errorNames(cause)
  if (names.includes('FencedError')) return 'fenced'
  if (names.includes('QuotaExceededError')) return 'full'
  if (names.includes('VersionError')) return 'newer'
  return 'failed'
}

/** Dexie wraps: a failed transaction carries what failed inside it. */
function errorNames(cause: unknown): readonly string[] {
  const names: string[] = []
  let at: unknown = cause
  for (let depth = 0; depth < 4 && at instanceof Object; depth++) {
    if ('name' in at && typeof at.name === 'string') names.push(at.name)
    at = 'inner' in at ? at.inner : undefined
  }
  return names
}
