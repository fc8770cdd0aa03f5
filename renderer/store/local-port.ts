import type { Port } from '../../shared/ipc/port.ts'

export interface LocalPort extends Port {
  readonly arrive: (message: unknown) => void
  readonly end: () => void
}

/** A port whose other end is in this worker. Messages that arrive before anybody listens wait. */
export function localPort(post: (message: unknown) => void): LocalPort {
  let listener: ((message: unknown) => void) | null = null
  const waiting: unknown[] = []
  const closeListeners: (() => void)[] = []
  let closed = false
  const end = (): void => {
    if (closed) return
    closed = true
    for (const close of closeListeners) close()
  }
  return {
    post: (message) => {
      if (!closed) post(message)
    },
    onMessage: (next) => {
      listener = next
      for (const message of waiting.splice(0)) next(message)
    },
    onClose: (close) => closeListeners.push(close),
    close: end,
    end,
    arrive: (message) => {
      if (closed || message === null) return
      if (listener === null) waiting.push(message)
      else listener(message)
    },
  }
}
