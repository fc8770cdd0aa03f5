import { type RawData, WebSocket } from 'ws'
import type { Port } from '../../../shared/ipc/port.ts'

/** The largest message either way. A page of 500 records is far below it. */
export const MAX_MESSAGE_BYTES = 32 * 1024 * 1024

const KEEP_ALIVE_MS = 30_000

export interface SocketEndpointOptions {
  /** Told how many messages of this socket were no JSON so far. They are dropped. */
  readonly onMalformed: (count: number) => void
  /** Between two pings; a socket that misses one is dead. Milliseconds. */
  readonly keepAliveMs?: number
}

/** A WebSocket as a port: each message is one JSON text. Messages wait until someone listens. */
export function createSocketEndpoint(socket: WebSocket, options: SocketEndpointOptions): Port {
  const waiting: unknown[] = []
  let listener: ((message: unknown) => void) | null = null
  const closeListeners: (() => void)[] = []
  let isClosed = false
  let malformed = 0
  let isAlive = true

  const keepAlive = setInterval(() => {
    if (!isAlive) {
      socket.terminate()
      return
    }
    isAlive = false
    socket.ping()
  }, options.keepAliveMs ?? KEEP_ALIVE_MS)
  keepAlive.unref()

  const closed = (): void => {
    if (isClosed) return
    isClosed = true
    clearInterval(keepAlive)
    for (const run of closeListeners) run()
  }

  socket.on('pong', () => {
    isAlive = true
  })
  socket.on('message', (data, isBinary) => {
    isAlive = true
    if (isClosed) return
    const message = isBinary ? MALFORMED : parse(data)
    if (message === MALFORMED) {
      malformed += 1
      options.onMalformed(malformed)
    } else if (listener === null) {
      waiting.push(message)
    } else {
      listener(message)
    }
  })
  socket.on('close', closed)
  // An error is always followed by `close`; without a listener it would end the process.
  socket.on('error', () => undefined)

  return {
    post: (message) => {
      if (!isClosed && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    onMessage: (run) => {
      listener = run
      for (const message of waiting.splice(0)) run(message)
    },
    onClose: (run) => {
      if (isClosed) run()
      else closeListeners.push(run)
    },
    close: () => {
      socket.close(1000)
      closed()
    },
  }
}

const MALFORMED = Symbol('malformed')

function parse(data: RawData): unknown {
  try {
    const value: unknown = JSON.parse(String(data))
    return value
  } catch {
    return MALFORMED
  }
}
