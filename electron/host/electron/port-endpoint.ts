import type { MessagePortMain } from 'electron'
import type { Port } from '../../../shared/ipc/port.ts'

/** The part of Electron's port that is used here. */
export type EndpointPort = Pick<MessagePortMain, 'postMessage' | 'close' | 'start'> & {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/** A port of Electron's main process as a port of ours. Messages wait until someone listens. */
export function createPortEndpoint(channel: EndpointPort): Port {
  const closeListeners: (() => void)[] = []
  let listener: ((message: unknown) => void) | null = null
  let isClosed = false

  const closed = (): void => {
    if (isClosed) return
    isClosed = true
    for (const run of closeListeners) run()
  }
  channel.on('message', ({ data }) => {
    if (!isClosed) listener?.(data)
  })
  channel.on('close', closed)

  return {
    post: (message) => {
      // By copy: a message that transfers bytes is lost without an error (electron MessagePortMain takes ports only).
      if (!isClosed) channel.postMessage(message)
    },
    onMessage: (run) => {
      listener = run
      channel.start()
    },
    onClose: (run) => {
      if (isClosed) run()
      else closeListeners.push(run)
    },
    close: () => {
      channel.close()
      closed()
    },
  }
}
