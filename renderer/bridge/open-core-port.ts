import type { Port } from '../../shared/ipc/port.ts'
import { portOfMessagePort } from './message-port.ts'
import { openSocketPort } from './socket-port.ts'

/** How this window reaches the core. */
export interface CoreAccess {
  /** Opens the page's port. Null where the core does not answer now; ask again later. */
  readonly openPage: () => Promise<Port | null>
  /** What the store worker needs for its own port. */
  readonly forWorker: () => Promise<
    { readonly kind: 'socket'; readonly coreUrl: string } | { readonly kind: 'port'; readonly corePort: MessagePort }
  >
  /** False where a lost port never comes back (Electron: the core lives as long as the window). */
  readonly reopens: boolean
}

/** The window message in which the preload hands over two ports: the page's, then the worker's. */
export const PORTS_MESSAGE = 'clientele:ports'
/** Asked by the page once it listens, so that no port is posted into the void. */
export const WANT_PORTS_MESSAGE = 'clientele:want-ports'

/** Picks by the address: the Node host serves on loopback, any other address is shown in a window with a preload. */
function findCoreAccess(): CoreAccess {
  const isServed = ['127.0.0.1', 'localhost', '[::1]'].includes(location.hostname)
  return isServed ? socketsOfServer() : portsOfPreload()
}

let found: CoreAccess | null = null

/** The one of this window: its ports are handed out once. */
export function coreAccess(): CoreAccess {
  found ??= findCoreAccess()
  return found
}

function portsOfPreload(): CoreAccess {
  const first = askPreload()
  let workers = 0
  return {
    reopens: false,
    openPage: async () => portOfMessagePort((await first).page),
    forWorker: async () => {
      const isFirst = workers++ === 0
      const { page, worker } = await (isFirst ? first : askPreload())
      // Ports come in pairs; the page has its own already.
      if (!isFirst) page.close()
      return { kind: 'port', corePort: worker }
    },
  }
}

function askPreload(): Promise<{ page: MessagePort; worker: MessagePort }> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent): void => {
      if (event.source !== window || event.data !== PORTS_MESSAGE) return
      const [page, worker] = event.ports
      if (page === undefined || worker === undefined) return
      window.removeEventListener('message', listen)
      resolve({ page, worker })
    }
    window.addEventListener('message', listen)
    window.postMessage(WANT_PORTS_MESSAGE, location.origin)
  })
}

/** The cookie of the first visit opens both sockets. */
function socketsOfServer(): CoreAccess {
  const address = (path: string): string => {
    const url = new URL(path, location.href)
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    return url.href
  }
  return {
    reopens: true,
    openPage: () => openSocketPort(address('/rpc/page')),
    forWorker: async () => ({ kind: 'socket', coreUrl: address('/rpc/store') }),
  }
}
