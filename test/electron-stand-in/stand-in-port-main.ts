import type { MessagePort } from 'node:worker_threads'
import type { EndpointPort } from '../../electron/host/electron/port-endpoint.ts'

/** A port of Node as Electron's main process has it: an event around each message, silent until it is started. */
export function standInPortMain(port: MessagePort): EndpointPort {
  const listeners: ((event: { data: unknown }) => void)[] = []
  return {
    on: (event: 'message' | 'close', listener: ((event: { data: unknown }) => void) | (() => void)) => {
      if (event === 'message') listeners.push(listener)
      // Takes no argument, as the overloads of `EndpointPort` say.
      else port.on('close', listener as () => void)
    },
    start: () => {
      port.on('message', (data: unknown) => {
        for (const listener of listeners) listener({ data })
      })
    },
    postMessage: (message) => port.postMessage(message),
    close: () => port.close(),
  }
}
