import type { HostApi } from '../../../shared/ipc/host-contract.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import { FORGET_WORD } from '../../../shared/model/app-lock.ts'
import { err, ok } from '../../../shared/result.ts'
import type { ProfileLock } from '../lock/app-lock.ts'
import type { ProfileDoor } from '../profile-door.ts'

export type LockCalls = Pick<Handlers<HostApi>, Extract<keyof HostApi, `lock.${string}`>>

/** Passphrase and lock. */
export function createLockHandlers(deps: {
  readonly lock: ProfileLock
  readonly door: ProfileDoor
  readonly onActive: () => void
  /** A passphrase was set or taken away. */
  readonly onChanged: () => void
  readonly forget: () => Promise<void>
}): LockCalls {
  const { lock, door } = deps
  return {
    'lock.state': async () => ok(lock.state()),

    'lock.unlock': async ({ passphrase }) => {
      const unlocked = await lock.unlock(passphrase)
      if (!unlocked.ok) return unlocked
      await door.open()
      return ok(null)
    },

    'lock.lock': async () => {
      if (!lock.state().encrypted) return err({ code: 'missing', what: 'passphrase' })
      await door.close()
      return ok(null)
    },

    'lock.active': async () => {
      deps.onActive()
      return ok(null)
    },

    'lock.change': async ({ current, next }) => {
      if (door.profile() === null) return err({ code: 'locked' })
      const changed = await door.inTurn(() => (next === null ? lock.takeAway(current) : lock.set(current, next)))
      if (!changed.ok) return changed
      deps.onChanged()
      // The passphrase holds from here on in any case; what could not be written anew is tried again.
      return (await door.settle()) ? ok(null) : err({ code: 'storage', kind: 'failed' })
    },

    'lock.forget': async ({ typed }) => {
      if (!lock.state().encrypted) return err({ code: 'missing', what: 'passphrase' })
      if (typed.trim().toLowerCase() !== FORGET_WORD)
        return err({ code: 'bad-input', field: 'typed', rule: 'other-word' })
      await deps.forget()
      return ok(null)
    },

    'lock.sealFile': async ({ text }) => (door.profile() === null ? err({ code: 'locked' }) : lock.sealFile(text)),
    'lock.openFile': async ({ text, passphrase }) =>
      door.profile() === null ? err({ code: 'locked' }) : lock.openFile(text, passphrase),
  }
}
