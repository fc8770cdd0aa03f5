import type { Port } from '../../shared/ipc/port.ts'
import { messagePort } from './ports/message-port.ts'
import { socketPort } from './ports/socket-port.ts'
import type { WorkerHello } from './store-contract.ts'

/** The way to the core. */
export interface CoreDoor {
  /** A connection of its own each time, or null where there is none (any more: Electron hands ports out once). */
  readonly open: () => Promise<Port | null>
  /** There will be none any more in this worker's life. */
  readonly isSpent?: () => boolean
  /** For one question before that. `giveBack` leaves the connection as it was for the next to use. */
  readonly borrow: () => Promise<{ readonly port: Port; readonly giveBack: () => void } | null>
}

export function createCoreDoor(hello: WorkerHello): CoreDoor {
  if (hello.kind === 'socket') {
    const open = (): Promise<Port | null> => openSocket(hello.coreUrl)
    return {
      open,
      borrow: async () => {
        const port = await open()
        return port === null ? null : { port, giveBack: port.close }
      },
    }
  }
  const only = messagePort(hello.corePort)
  let given = false
  return {
    open: async () => {
      if (given) return null
      given = true
      return only
    },
    isSpent: () => given,
    borrow: async () => (given ? null : borrowed(only)),
  }
}

/** Part of a port's life: what comes later is no longer heard. */
function borrowed(port: Port): { readonly port: Port; readonly giveBack: () => void } {
  let over = false
  return {
    port: {
      post: (message) => {
        if (!over) port.post(message)
      },
      onMessage: (listener) => port.onMessage((message) => !over && listener(message)),
      onClose: (listener) => port.onClose(() => !over && listener()),
      close: () => undefined,
    },
    giveBack: () => {
      over = true
    },
  }
}

function openSocket(url: string): Promise<Port | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    socket.addEventListener('open', () => resolve(socketPort(socket)), { once: true })
    socket.addEventListener('close', () => resolve(null), { once: true })
  })
}
