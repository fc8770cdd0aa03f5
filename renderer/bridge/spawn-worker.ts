import workerUrl from '../store/worker.ts?worker&url'

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

let early: Worker | null = null
let hasEarlyFailed = false

/**
 * Starts the first worker while the page still reads its own scripts: both take about as long, and there are two
 * processors. It waits for its first message (`WorkerHello`), so nothing happens before the page is there.
 */
export function spawnEarly(): void {
  early = spawn()
  early.addEventListener('error', () => {
    hasEarlyFailed = true
  })
}

/** The early one, once; then, or where that one could not be loaded, another. */
export function takeWorker(): Worker {
  const first = early
  early = null
  if (first === null) return spawn()
  if (!hasEarlyFailed) return first
  first.terminate()
  return spawn()
}
