import { useHostState } from '../state/host-state.ts'
import { setLock, useLockState } from '../state/lock-state.ts'
import type { HostLink } from './create-host-link.ts'

/** The core hears of a used key or pointer this often at most. */
const ACTIVE_EVERY_MS = 5_000

/** Keeps `lock-state` what the core says. `onLock` and `onUnlock` are told of each change. */
export function followLock(
  host: HostLink,
  { onLock, onUnlock }: { readonly onLock: () => void; readonly onUnlock: () => void },
): void {
  let wasLocked = useLockState.getState().lock.locked
  useLockState.subscribe(({ lock }) => {
    if (lock.locked === wasLocked) return
    wasLocked = lock.locked
    if (wasLocked) onLock()
    else onUnlock()
  })
  useLockState.setState({
    files: {
      seal: (text) => host.call['lock.sealFile']({ text }),
      open: (text, passphrase) => host.call['lock.openFile']({ text, passphrase }),
    },
  })
  host.on('lockChanged', setLock)
  host.onConnection((connected) => {
    if (!connected) return
    void host.call['lock.state']({}).then((reply) => reply.ok && setLock(reply.value))
  })
  tellActivity(host)
}

/** That somebody is at the app, and nothing of what is done there. */
function tellActivity(host: HostLink): void {
  let toldAt = Number.NEGATIVE_INFINITY
  const tell = (): void => {
    const { lock } = useLockState.getState()
    if (!lock.encrypted || lock.locked || useHostState.getState().settings.lockAfterMinutes === 0) return
    if (performance.now() - toldAt < ACTIVE_EVERY_MS) return
    toldAt = performance.now()
    void host.call['lock.active']({})
  }
  for (const name of ['keydown', 'pointerdown', 'pointermove', 'wheel'])
    window.addEventListener(name, tell, { capture: true, passive: true })
}
