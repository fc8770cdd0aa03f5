import type { Clock } from '../../../shared/clock.ts'
import type { Power } from '../../host/host.ts'

const LOOK_MS = 10_000

/** Locks when nobody has used the app for a while, or the machine sleeps or locks its screen. */
export interface IdleWatch {
  /** A key or a pointer was used in a page. */
  readonly active: () => void
  /** Settings, or whether there is something to lock, have changed. */
  readonly look: () => void
  readonly stop: () => void
}

export function createIdleWatch(deps: {
  readonly clock: Clock
  readonly power: Power
  /** Minutes; 0 is never. */
  readonly after: () => number
  /** A passphrase is set, and was given. */
  readonly isLockable: () => boolean
  readonly lock: () => void
}): IdleWatch {
  const { clock, power } = deps
  let activeAt = clock.now()
  let cancel: (() => void) | null = null

  const isOn = (): boolean => deps.after() > 0 && deps.isLockable()

  const look = (): void => {
    cancel?.()
    cancel = null
    if (!isOn()) return
    const limitMs = deps.after() * 60_000
    // The clock of the wall: the time that the machine slept counts, too. Set back, it counts from now.
    activeAt = Math.min(activeAt, clock.now())
    // Who works in another program is not at this one; who touches nothing at all is at none.
    const idleMs = Math.max(clock.now() - activeAt, (power.idleSeconds() ?? 0) * 1000)
    if (idleMs >= limitMs) {
      activeAt = clock.now()
      deps.lock()
      return
    }
    cancel = clock.schedule(Math.min(LOOK_MS, limitMs - idleMs), look)
  }
  const deafen = power.listen((event) => {
    if ((event === 'suspend' || event === 'lock-screen') && isOn()) deps.lock()
  })
  return {
    active: () => {
      activeAt = clock.now()
    },
    look: () => {
      if (cancel === null) activeAt = clock.now()
      look()
    },
    stop: () => {
      cancel?.()
      deafen()
    },
  }
}
