import '../../shared/zod-without-eval.ts'
import type { Clock, Random } from '../../shared/clock.ts'
import { createCoreDoor } from './core-door.ts'
import { openOwnerDesk } from './open-owner-desk.ts'
import { messagePort } from './ports/message-port.ts'
import { createNextTurn } from './ports/next-turn.ts'
import type { WorkerHello } from './store-contract.ts'
import { joinTabs, type Locks } from './tabs.ts'

/** Root of the store worker: the only place that knows of `self`, the clock on the wall and the network's socket. */
declare const self: DedicatedWorkerGlobalScope

const MAX_TIMER_MS = 2 ** 31 - 1

const nextTurn = createNextTurn()

const clock: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, run) => {
    if (delayMs <= 0) return nextTurn(run)
    const timer = setTimeout(run, Math.min(delayMs, MAX_TIMER_MS))
    return () => clearTimeout(timer)
  },
}

const random = createRandom()

/** A call of the system per number would be a fifth of a pull's work: every new record draws sixteen. */
function createRandom(): Random {
  const drawn = new Uint32Array(1024)
  let next = drawn.length
  return {
    next: () => {
      if (next === drawn.length) {
        crypto.getRandomValues(drawn)
        next = 0
      }
      return (drawn[next++] ?? 0) / 2 ** 32
    },
  }
}

function reportBug(what: string, cause: unknown): string {
  const incident = Math.floor(random.next() * 1e9).toString(36)
  // biome-ignore lint/suspicious/noConsole: a bug of the worker itself has no other way to be seen
  console.error(`[store ${incident}] ${what}`, cause instanceof Error ? cause.message : '')
  return incident
}

/** The first message says where the core is; everything after it belongs to the page's port. */
self.addEventListener(
  'message',
  (event: MessageEvent<WorkerHello>) => {
    start(event.data)
  },
  { once: true },
)

function start(hello: WorkerHello): void {
  const database = `clientele-${hello.profileId}`
  const page = messagePort({
    postMessage: (message) => self.postMessage(message),
    addEventListener: (type: 'message' | 'close', listener: (event: MessageEvent) => void) => {
      if (type === 'message') self.addEventListener('message', listener)
    },
  })
  const channel = new BroadcastChannel(`clientele-store-${hello.profileId}`)
  joinTabs({
    name: `clientele-store-${hello.profileId}`,
    tabId: Math.floor(random.next() * 2 ** 52).toString(36),
    page,
    channel: {
      postMessage: (message) => channel.postMessage(message),
      addEventListener: (type, listener) => channel.addEventListener(type, listener),
      close: () => channel.close(),
    },
    locks: webLocks,
    clock,
    random,
    becomeOwner: async ({ askToClose }) =>
      openOwnerDesk({
        database,
        idb: { indexedDB, IDBKeyRange },
        door: createCoreDoor(hello),
        clock,
        random,
        locale: navigator.language,
        estimate,
        askToClose,
        onBug: reportBug,
      }),
  })
}

const webLocks: Locks = {
  hold: (name, run, { steal = false, onLost } = {}) => {
    const waiting = new AbortController()
    let held = false
    const holding = async (): Promise<void> => {
      held = true
      await run()
    }
    // A stolen lock tells its holder by rejecting; giving up waiting rejects, too.
    navigator.locks
      .request(name, steal ? { steal: true } : { signal: waiting.signal }, holding)
      .catch(() => held && onLost?.())
    return () => waiting.abort()
  },
}

async function estimate() {
  const [used, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()])
  return { bytes: used.usage ?? null, quotaBytes: used.quota ?? null, persisted }
}
