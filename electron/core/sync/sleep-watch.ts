import type { Clock, Random } from '../../../shared/clock.ts'
import type { Log, Power } from '../../host/host.ts'
import type { Traffic } from '../traffic.ts'

/** After waking, the network needs a moment, and so do the machines of a whole office that wake at nine. */
const WAIT_MS = 1_000
const SPREAD_MS = 4_000
/** Awake for that long without having been told so: not every system says that it woke. */
const SURELY_AWAKE_MS = 60_000

/** Keeps requests from beginning while the machine goes to sleep, and lets them go again, spread, after it woke. */
export function followSleep(deps: {
  readonly power: Pick<Power, 'listen'>
  readonly traffic: Pick<Traffic, 'setAsleep' | 'isAsleep'>
  readonly clock: Clock
  readonly random: Random
  readonly log: Pick<Log, 'info'>
}): () => void {
  const { traffic, clock } = deps
  let cancel: (() => void) | null = null
  let isWaking = false
  const wakeIn = (ms: number): void => {
    cancel?.()
    cancel = clock.schedule(ms, () => {
      cancel = null
      isWaking = false
      traffic.setAsleep(false)
    })
  }
  const unlisten = deps.power.listen((event) => {
    if (event === 'suspend') {
      deps.log.info('machine.sleeps')
      isWaking = false
      traffic.setAsleep(true)
      // Timers stand still in sleep: this one comes due only when the machine has been awake all that time.
      wakeIn(SURELY_AWAKE_MS)
      return
    }
    // Windows says twice that it woke; and nobody unlocks a machine that sleeps.
    const isAwake = event === 'resume' || event === 'unlock-screen'
    if (!isAwake || !traffic.isAsleep() || isWaking) return
    isWaking = true
    wakeIn(WAIT_MS + Math.round(deps.random.next() * SPREAD_MS))
  })
  return () => {
    unlisten()
    cancel?.()
  }
}
