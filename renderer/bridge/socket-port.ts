import type { Port } from '../../shared/ipc/port.ts'

/** Opens one WebSocket as a Port: JSON text both ways. Resolves null where it could not be opened. */
export function openSocketPort(url: string): Promise<Port | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    const closeListeners: (() => void)[] = []
    let settled = false
    socket.addEventListener('close', () => {
      if (!settled) {
        settled = true
        resolve(null)
      }
      for (const listener of closeListeners.splice(0)) listener()
    })
    socket.addEventListener('open', () => {
      settled = true
      resolve({
        post: (message) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
        },
        onMessage: (listener) => {
          socket.addEventListener('message', (event) => {
            if (typeof event.data !== 'string') return
            const message = parseJson(event.data)
            if (message !== undefined) listener(message)
          })
        },
        onClose: (listener) => closeListeners.push(listener),
        close: () => socket.close(),
      })
    })
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
