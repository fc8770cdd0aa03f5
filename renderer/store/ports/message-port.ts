import type { Port } from '../../../shared/ipc/port.ts'

/** A MessagePort or a worker's own scope: what can post and be listened to. */
export interface MessageEndpoint {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
  start?(): void
  close?(): void
}

/** In Electron the core's port; between worker and page the worker's scope. */
export function messagePort(endpoint: MessageEndpoint): Port {
  const closeListeners: (() => void)[] = []
  let closed = false
  const end = (): void => {
    if (closed) return
    closed = true
    for (const listener of closeListeners) listener()
  }
  endpoint.addEventListener('close', end)
  return {
    post: (message) => {
      if (!closed) endpoint.postMessage(message)
    },
    onMessage: (listener) => {
      endpoint.addEventListener('message', (event) => {
        if (!closed) listener(event.data)
      })
      endpoint.start?.()
    },
    onClose: (listener) => {
      if (closed) listener()
      else closeListeners.push(listener)
    },
    close: () => {
      endpoint.close?.()
      end()
    },
  }
}
