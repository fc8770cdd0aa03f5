import type { Host } from '../host/host.ts'
import type { ProfileLock } from './lock/app-lock.ts'
import type { OpenProfile } from './open-profile.ts'

const TRY_AGAIN_MS = 60_000

/** Opens the profile and closes it again, one thing at a time: whatever is asked meanwhile waits for its turn. */
export interface ProfileDoor {
  /** Null while it is locked. */
  readonly profile: () => OpenProfile | null
  readonly open: () => Promise<void>
  /** Ends all work on the profile and forgets its keys. */
  readonly close: () => Promise<void>
  /** Writes files as the lock has them by now. False where not all could be; then it is tried again by itself. */
  readonly settle: () => Promise<boolean>
  /** In the same order as all of these. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  readonly stop: () => Promise<void>
}

export function createProfileDoor(deps: {
  readonly host: Pick<Host, 'clock' | 'log'>
  readonly lock: ProfileLock
  readonly openProfile: () => Promise<OpenProfile>
  readonly onOpened: (profile: OpenProfile) => void
  readonly onClosed: () => void
}): ProfileDoor {
  const { host, lock } = deps
  let profile: OpenProfile | null = null
  let cancel = (): void => undefined
  let last: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(work, work)
    last = run.catch(() => undefined)
    return run
  }

  const settleNow = async (): Promise<boolean> => {
    cancel()
    if (profile === null || !lock.isUnsettled()) return true
    const isWhole = await profile.rewriteAtRest(lock.setLeft)
    // What the passphrase sealed is sealed otherwise before the passphrase goes.
    const hasKeys = lock.box()?.seal !== null || (await profile.sealKeysAnew()).ok
    if (isWhole && hasKeys) {
      await lock.settle()
      return true
    }
    host.log.warn('files-not-rewritten')
    cancel = host.clock.schedule(TRY_AGAIN_MS, () => void inTurn(settleNow).catch(() => undefined))
    return false
  }

  const openNow = async (): Promise<void> => {
    if (profile !== null || lock.state().locked) return
    profile = await deps.openProfile()
    deps.onOpened(profile)
    // What a crash interrupted goes on, behind the first page.
    if (lock.isUnsettled()) void inTurn(settleNow).catch(() => undefined)
  }

  const closeNow = async (): Promise<void> => {
    cancel()
    const open = profile
    profile = null
    await open?.stop()
  }
  return {
    profile: () => profile,
    inTurn,
    open: () => inTurn(openNow),
    settle: () => inTurn(settleNow),
    close: () =>
      inTurn(async () => {
        if (profile === null) return
        await closeNow()
        lock.close()
        deps.onClosed()
      }),
    stop: () => inTurn(closeNow),
  }
}
