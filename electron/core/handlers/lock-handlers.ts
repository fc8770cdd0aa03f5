import type { HostApi } from '../../../shared/ipc/host-contract.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import { NO_LOCK } from '../../../shared/model/app-lock.ts'
import { err, ok } from '../../../shared/result.ts'

export type LockCalls = Pick<Handlers<HostApi>, Extract<keyof HostApi, `lock.${string}`>>

const NOT_BUILT = err({ code: 'missing' as const, what: 'NOT_BUILT' })

/** Passphrase and lock. */
export function createLockHandlers(): LockCalls {
  return {
    'lock.state': async () => ok(NO_LOCK),
    'lock.unlock': async () => NOT_BUILT,
    'lock.lock': async () => NOT_BUILT,
    'lock.change': async () => NOT_BUILT,
    'lock.forget': async () => NOT_BUILT,
    'lock.sealFile': async () => NOT_BUILT,
    'lock.openFile': async () => NOT_BUILT,
  }
}
