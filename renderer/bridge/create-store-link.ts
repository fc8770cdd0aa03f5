import type { Client, Listen } from '../../shared/ipc/rpc.ts'
import { type StorePageApi, type StorePageEvents, storePageApi } from '../store/store-contract.ts'
import type { StoreLink } from './start-store-worker.ts'

/** Calls and listeners that may come before the worker is there: they wait for it. */
export function createStoreLink(started: Promise<StoreLink>): StoreLink {
  const call: Record<string, (input: never) => Promise<unknown>> = {}
  // `Object.keys` widens to string; these are literally the keys of the contract.
  for (const name of Object.keys(storePageApi) as (keyof StorePageApi)[]) {
    call[name] = async (input) => (await started).call[name](input)
  }
  const on: Listen<StorePageEvents> = (name, listener) => {
    let off: (() => void) | null = null
    let stopped = false
    void started.then((link) => {
      if (!stopped) off = link.on(name, listener)
    })
    return () => {
      stopped = true
      off?.()
    }
  }
  // One forwarding function per name of the contract, built right above.
  return { call: call as unknown as Client<StorePageApi>, on }
}
