import type { Port } from '../../shared/ipc/port.ts'

/** A `MessagePort` of the preload as the Port that the RPC speaks over. */
export function portOfMessagePort(channel: MessagePort): Port {
  const closeListeners: (() => void)[] = []
  let closed = false
  const end = (): void => {
    if (closed) return
    closed = true
    for (const listener of closeListeners) listener()
  }
  channel.addEventListener('close', end)
  return {
    post: (message) => channel.postMessage(message),
    onMessage: (listener) => {
      channel.addEventListener('message', (event) => listener(event.data))
      channel.start()
    },
    onClose: (listener) => closeListeners.push(listener),
    close: () => {
      channel.close()
      end()
    },
  }
}
