import { noCalls, noEvents } from '../../shared/ipc/host-contract.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { type Client, createRpc, type Listen } from '../../shared/ipc/rpc.ts'
import { type StorePageApi, type StorePageEvents, storePageApi, storePageEvents } from '../store/store-contract.ts'
import type { CoreAccess } from './open-core-port.ts'
import { reportBug } from './report-bug.ts'
import { createRestartingLink } from './restarting-link.ts'
import { greet, type TakenWorker, takeWorker } from './spawn-worker.ts'

/** The store worker, seen from the page. */
export interface StoreLink {
  readonly call: Client<StorePageApi>
  readonly on: Listen<StorePageEvents>
}

/** One life of the worker. */
export interface StoreLife extends StoreLink {
  readonly end: () => void
}

export async function startStoreWorker(access: CoreAccess, profileId: string): Promise<StoreLife> {
  const start = async (): Promise<StoreLife> => {
    const taken = takeWorker(profileId)
    if (!taken.greeted) greet(taken.worker, { ...(await access.forWorker()), profileId })
    const { call, on, close } = createRpc({
      port: portOfWorker(taken),
      serves: noCalls,
      calls: storePageApi,
      emits: noEvents,
      hears: storePageEvents,
      onBug: reportBug,
    })
    return { call, on, end: close }
  }
  return createRestartingLink(await start(), {
    start,
    newCommandId: () => crypto.randomUUID(),
    now: () => performance.now(),
  })
}

function portOfWorker({ worker, listen }: TakenWorker): Port {
  const closeListeners: (() => void)[] = []
  const end = (): void => {
    for (const listener of closeListeners.splice(0)) listener()
  }
  worker.addEventListener('error', (event) => {
    reportBug('the store worker failed', event.error)
  })
  return {
    post: (message) => worker.postMessage(message),
    onMessage: listen,
    onClose: (listener) => closeListeners.push(listener),
    close: () => {
      worker.terminate()
      end()
    },
  }
}
