import { noCalls, noEvents } from '../../shared/ipc/host-contract.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { type Client, createRpc, type Listen } from '../../shared/ipc/rpc.ts'
import type { WorkerHello } from '../store/store-contract.ts'
import { type StorePageApi, type StorePageEvents, storePageApi, storePageEvents } from '../store/store-contract.ts'
import workerUrl from '../store/worker.ts?worker&url'
import type { CoreAccess } from './open-core-port.ts'
import { reportBug } from './report-bug.ts'
import { createRestartingLink } from './restarting-link.ts'

/** The store worker, seen from the page. */
export interface StoreLink {
  readonly call: Client<StorePageApi>
  readonly on: Listen<StorePageEvents>
}

/** One life of the worker. */
export interface StoreLife extends StoreLink {
  readonly end: () => void
}

interface WorkerUrlPolicy {
  createScriptURL(url: string): URL
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): WorkerUrlPolicy
}

/** The policy lets exactly one address through: the worker that this build brings. */
function trustedWorkerUrl(): string | URL {
  // Not in the DOM typings yet; absent in browsers without trusted types.
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  if (trustedTypes === undefined) return workerUrl
  const policy = trustedTypes.createPolicy('clientele-worker', {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new TypeError('Only the store worker may be started.')
      return url
    },
  })
  return policy.createScriptURL(workerUrl)
}

export async function startStoreWorker(access: CoreAccess, profileId: string): Promise<StoreLink> {
  const url = trustedWorkerUrl()
  const start = async (): Promise<StoreLife> => {
    const forWorker = await access.forWorker()
    const worker = new Worker(url, { type: 'module', name: 'store' })
    const hello: WorkerHello = { ...forWorker, profileId }
    worker.postMessage(hello, hello.kind === 'port' ? [hello.corePort] : [])
    const { call, on, close } = createRpc({
      port: portOfWorker(worker),
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

function portOfWorker(worker: Worker): Port {
  const closeListeners: (() => void)[] = []
  const end = (): void => {
    for (const listener of closeListeners.splice(0)) listener()
  }
  worker.addEventListener('error', (event) => {
    reportBug('the store worker failed', event.error)
  })
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onClose: (listener) => closeListeners.push(listener),
    close: () => {
      worker.terminate()
      end()
    },
  }
}
