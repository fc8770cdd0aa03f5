import type { IpcMainEvent } from 'electron'
import type { Port } from '../../../shared/ipc/port.ts'
import type { CoreDoors, Log } from '../host.ts'
import type { MediaHandler } from '../media/media-handler.ts'
import { createPortEndpoint } from './port-endpoint.ts'
import { isTrustedSender } from './trusted-sender.ts'

/** Doors of a core that is still starting: the window does not wait for it, so its page knocks early. */
export interface LateCore {
  /** The page's two ports. Whoever is not our page in the main frame gets them closed. */
  readonly attach: (event: IpcMainEvent) => void
  /** Waits for the core: only it knows what may be fetched. */
  readonly media: MediaHandler
  /** The core is there: those that came before are let in first. */
  readonly serve: (core: CoreDoors, media: MediaHandler) => void
}

export function createLateCore(log: Pick<Log, 'warn'>): LateCore {
  let core: CoreDoors | null = null
  let waiting: (readonly [page: Port, store: Port])[] = []
  let giveMedia: (media: MediaHandler) => void = () => undefined
  const media = new Promise<MediaHandler>((resolve) => {
    giveMedia = resolve
  })
  return {
    media: async (request) => (await media)(request),
    attach: (event) => {
      const [page, store] = event.ports
      if (!isTrustedSender(event) || page === undefined || store === undefined) {
        log.warn('ports.refused')
        for (const port of event.ports) port.close()
        return
      }
      const pair = [createPortEndpoint(page), createPortEndpoint(store)] as const
      if (core === null) {
        waiting.push(pair)
        return
      }
      core.attachPage(pair[0])
      core.attachStore(pair[1])
    },
    serve: (started, handler) => {
      core = started
      giveMedia(handler)
      const before = waiting
      waiting = []
      for (const [page, store] of before) {
        started.attachPage(page)
        started.attachStore(store)
      }
    },
  }
}
