import { noEvents } from '../../../shared/ipc/host-contract.ts'
import type { Port } from '../../../shared/ipc/port.ts'
import { createRpc } from '../../../shared/ipc/rpc.ts'
import { leaseApi, storeEvents, storeSyncApi } from '../../../shared/ipc/store-sync-contract.ts'
import { err } from '../../../shared/result.ts'

/** A store that comes while the profile is locked is told so, and gives its line up. */
export function refuseStore(port: Port, onBug: (what: string, cause: unknown) => string): void {
  const locked = async () => err({ code: 'locked' } as const)
  createRpc({
    port,
    serves: leaseApi,
    calls: storeSyncApi,
    emits: noEvents,
    hears: storeEvents,
    onBug,
  }).serve({
    'lease.request': locked,
    'journal.append': locked,
    'journal.read': locked,
    'journal.rebuild': locked,
    'backup.make': locked,
  })
}
