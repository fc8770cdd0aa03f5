import type { Client } from '../../shared/ipc/rpc.ts'
import type { StoreSyncApi } from '../../shared/ipc/store-sync-contract.ts'

export type StoreClient = Client<StoreSyncApi>

/** The store worker that holds the lease, if one is there. Without it the core starts nothing. */
export interface StoreLink {
  readonly current: () => StoreClient | null
}
