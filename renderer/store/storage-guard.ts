import type { AppError } from '../../shared/app-error.ts'
import type { Clock } from '../../shared/clock.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { StorageHealth } from './store-contract.ts'

export type StorageState = StorageHealth

/** A full disk can make a call of IndexedDB never settle (SYNC.md 1.10). */
export const WATCHDOG_MS = 5_000
/** For work over the whole book. */
export const LONG_WORK_MS = 120_000

/** What somebody has to do about it: free room and look again, look again, open anew, or step down. */
export type Trouble = 'full' | 'doubtful' | 'closed' | 'fenced'

/** Hands in how to undo what has been begun, for the case that nobody waits for it any more. */
export type OnGiveUp = (abort: () => void) => void

export interface StorageGuard {
  /** Runs database work; trouble becomes a value, and a call that hangs is given up and undone where it can be. */
  readonly run: <T>(work: (onGiveUp: OnGiveUp) => PromiseLike<T>, timeoutMs?: number) => Promise<Result<T, AppError>>
  readonly state: () => StorageState
  readonly setState: (state: StorageState) => void
  /** What the core says: its disk takes nothing, or another browser has the profile. Shown where all is well here. */
  readonly impose: (trouble: 'read-only' | 'elsewhere' | null) => void
  /** A write of this size went through after a full disk: all is well again. */
  readonly roomAgain: () => void
}

/**
 * Full is not over because something small still fits: only `roomAgain` ends it. Being closed is over when somebody has
 * opened again. Everything else ends with the next call that succeeds.
 */
const ENDS_WITH_SUCCESS: readonly StorageState[] = ['opening', 'failed', 'blocked', 'newer']

export function createStorageGuard(
  clock: Clock,
  onState: (state: StorageState) => void,
  onTrouble: (trouble: Trouble) => void = () => undefined,
): StorageGuard {
  let own: StorageState = 'opening'
  let imposed: 'read-only' | 'elsewhere' | null = null
  let told: StorageState = 'opening'
  const state = (): StorageState => (own === 'ok' ? (imposed ?? 'ok') : own)
  const tell = (): void => {
    if (state() === told) return
    told = state()
    onState(told)
  }
  const setState = (next: StorageState): void => {
    own = next
    tell()
  }
  const inTrouble = (trouble: Trouble): void => {
    if (trouble === 'full') setState('full')
    else if (trouble === 'doubtful') setState('failed')
    else if (trouble === 'closed') setState('reopening')
    onTrouble(trouble)
  }
  return {
    state,
    setState,
    impose: (next) => {
      imposed = next
      tell()
    },
    roomAgain: () => {
      if (own === 'full') setState('ok')
    },
    run: async (work, timeoutMs = WATCHDOG_MS) => {
      let cancel = (): void => undefined
      let abort = (): void => undefined
      const hung = new Promise<'hung'>((resolve) => {
        cancel = clock.schedule(timeoutMs, () => resolve('hung'))
      })
      try {
        const begun = work((undo) => {
          abort = undo
        })
        const done = await Promise.race([begun.then((value) => ({ value })), hung])
        if (done === 'hung') {
          Promise.resolve(begun).catch(() => undefined)
          abort()
          inTrouble('doubtful')
          return err({ code: 'storage', kind: 'failed' })
        }
        if (ENDS_WITH_SUCCESS.includes(own)) setState('ok')
        return ok(done.value)
      } catch (cause) {
        const { kind, trouble } = meaningOf(cause)
        if (trouble !== null) inTrouble(trouble)
        else if (kind === 'newer' || kind === 'blocked') setState(kind)
        return err({ code: 'storage', kind })
      } finally {
        cancel()
      }
    },
  }
}

type Kind = Extract<AppError, { code: 'storage' }>['kind']
interface Meaning {
  readonly kind: Kind
  /** Null where it is about this one call and says nothing of the store as a whole. */
  readonly trouble: Trouble | null
}

/** By name, most telling first: Dexie wraps, and a failed transaction carries what failed inside it. */
const MEANINGS: readonly (readonly [name: string, meaning: Meaning])[] = [
  ['FencedError', { kind: 'fenced', trouble: 'fenced' }],
  ['QuotaExceededError', { kind: 'full', trouble: 'full' }],
  ['VersionError', { kind: 'newer', trouble: null }],
  // One value that is missing from the disk, or one row that cannot be stored: the others are well.
  ['NotReadableError', { kind: 'failed', trouble: null }],
  ['NotFoundError', { kind: 'failed', trouble: null }],
  ['DataCloneError', { kind: 'failed', trouble: null }],
  ['DataError', { kind: 'failed', trouble: null }],
  ['ForeignAwaitError', { kind: 'failed', trouble: null }],
  ['OnlyATrial', { kind: 'failed', trouble: null }],
  ['DatabaseClosedError', { kind: 'reopening', trouble: 'closed' }],
  ['InvalidStateError', { kind: 'reopening', trouble: 'closed' }],
  ['UnknownError', { kind: 'reopening', trouble: 'closed' }],
]

export function meaningOf(cause: unknown): Meaning {
  const names = errorNames(cause)
  for (const [name, meaning] of MEANINGS) if (names.includes(name)) return meaning
  return { kind: 'failed', trouble: 'doubtful' }
}

/** One value that the disk does not give, though its row is there. */
export function isUnreadable(cause: unknown): boolean {
  const names = errorNames(cause)
  return names.includes('NotReadableError') || names.includes('DataError')
}

function errorNames(cause: unknown): readonly string[] {
  const names: string[] = []
  let at: unknown = cause
  for (let depth = 0; depth < 4 && at instanceof Object; depth++) {
    if ('name' in at && typeof at.name === 'string') names.push(at.name)
    at = 'inner' in at ? at.inner : undefined
  }
  return names
}
