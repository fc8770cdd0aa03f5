import type { Port } from '../../../shared/ipc/port.ts'

/** The part of a WebSocket that a port needs. */
export interface SocketLike {
  send(data: string): void
  close(): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close' | 'error', listener: () => void): void
}

/** An open WebSocket as a port: one JSON text per message. What is no JSON closes it. */
export function socketPort(socket: SocketLike): Port {
  const closeListeners: (() => void)[] = []
  let closed = false
  const end = (): void => {
    if (closed) return
    closed = true
    for (const listener of closeListeners) listener()
  }
  socket.addEventListener('close', end)
  socket.addEventListener('error', () => {
    socket.close()
    end()
  })
  return {
    post: (message) => {
      if (!closed) socket.send(JSON.stringify(message))
    },
    onMessage: (listener) =>
      socket.addEventListener('message', (event) => {
        if (closed || typeof event.data !== 'string') return
        let message: unknown
        try {
          message = JSON.parse(event.data)
        } catch {
          socket.close()
          return
        }
        listener(message)
      }),
    onClose: (listener) => {
      if (closed) listener()
      else closeListeners.push(listener)
    },
    close: () => {
      socket.close()
      end()
    },
  }
}
