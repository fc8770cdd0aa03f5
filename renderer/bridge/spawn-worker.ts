import type { WorkerHello } from '../store/store-contract.ts'
import workerUrl from '../store/worker.ts?worker&url'
import type { CoreAccess } from './open-core-port.ts'

interface WorkerUrlPolicy {
  createScriptURL(url: string): URL
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): WorkerUrlPolicy
}

/** The policy lets exactly one address through: the worker that this build brings. May be made once per page. */
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

const url = trustedWorkerUrl()

function spawn(): Worker {
  return new Worker(url, { type: 'module', name: 'store' })
}

/** A worker for the page. What it says before somebody listens is kept for them. */
export interface TakenWorker {
  readonly worker: Worker
  /** It has had its first message already. */
  readonly greeted: boolean
  /** Hears everything from its first word on, in order. */
  readonly listen: (listener: (message: unknown) => void) => void
}

let early: { readonly profileId: string | null; readonly taken: TakenWorker; hasFailed: boolean } | null = null

/**
 * Starts the first worker while the page still reads its own scripts: both take about as long, and there are two
 * processors. Where the profile is known from the last start, and no passphrase is on it, the worker is told at once and
 * opens the book meanwhile.
 */
export function spawnEarly(profileId: string | null, access: CoreAccess): void {
  const worker = spawn()
  const started = { profileId, taken: takenOf(worker, profileId !== null), hasFailed: false }
  early = started
  worker.addEventListener('error', () => {
    started.hasFailed = true
  })
  if (profileId !== null) void access.forWorker().then((forWorker) => greet(worker, { ...forWorker, profileId }))
}

export function greet(worker: Worker, hello: WorkerHello): void {
  worker.postMessage(hello, hello.kind === 'port' ? [hello.corePort] : [])
}

/** The early one, once; then, or where that one could not be loaded or serves another profile, another. */
export function takeWorker(profileId: string): TakenWorker {
  const first = early
  early = null
  if (first === null) return takenOf(spawn(), false)
  if (!first.hasFailed && (first.profileId ?? profileId) === profileId) return first.taken
  first.taken.worker.terminate()
  return takenOf(spawn(), false)
}

function takenOf(worker: Worker, greeted: boolean): TakenWorker {
  const kept: unknown[] = []
  let deliver = (message: unknown): void => void kept.push(message)
  worker.addEventListener('message', (event) => deliver(event.data))
  return {
    worker,
    greeted,
    listen: (listener) => {
      // In a task of its own: whoever takes the worker adds what it wants to hear of right after.
      setTimeout(() => {
        deliver = listener
        for (const message of kept.splice(0)) listener(message)
      })
    },
  }
}
