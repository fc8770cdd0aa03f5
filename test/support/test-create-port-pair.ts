import type { Port } from '../../shared/ipc/port.ts'

/** Two ends of one in-memory port. Messages are cloned as JSON, as a WebSocket would, and arrive in a later task. */
export function testCreatePortPair(): readonly [Port, Port] {
  const left = createEnd()
  const right = createEnd()
  left.connect(right)
  right.connect(left)
  return [left.port, right.port]
}

interface End {
  readonly port: Port
  readonly connect: (other: End) => void
  readonly receive: (text: string) => void
  readonly end: () => void
}

function createEnd(): End {
  const listeners: ((message: unknown) => void)[] = []
  const closers: (() => void)[] = []
  const early: string[] = []
  let closed = false
  let other: End | null = null
  const end = (): void => {
    if (closed) return
    closed = true
    for (const closer of closers) closer()
  }
  return {
    connect: (peer) => {
      other = peer
    },
    receive: (text) => {
      setImmediate(() => {
        if (closed) return
        if (listeners.length === 0) early.push(text)
        for (const listener of listeners) listener(JSON.parse(text))
      })
    },
    end,
    port: {
      post: (message) => {
        if (!closed) other?.receive(JSON.stringify(message))
      },
      onMessage: (listener) => {
        listeners.push(listener)
        for (const text of early.splice(0)) listener(JSON.parse(text))
      },
      onClose: (listener) => {
        if (closed) listener()
        else closers.push(listener)
      },
      close: () => {
        end()
        other?.end()
      },
    },
  }
}
