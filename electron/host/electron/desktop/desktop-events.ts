import type { DesktopEvent } from '../../../../shared/model/desktop.ts'

/** What the desktop has to tell the page. Until someone listens it is kept: a link may be what started the app. */
export interface DesktopEvents {
  readonly tell: (event: DesktopEvent) => void
  readonly listen: (listener: (event: DesktopEvent) => void) => () => void
}

/** Nobody reads more than that at a start; a stream of links must not fill the memory. */
const MAX_KEPT = 50

export function createDesktopEvents(): DesktopEvents {
  const listeners = new Set<(event: DesktopEvent) => void>()
  let kept: DesktopEvent[] = []
  return {
    tell: (event) => {
      if (listeners.size > 0) {
        for (const listener of listeners) listener(event)
        return
      }
      // The state is asked for by whoever comes.
      if (event.kind !== 'state') kept = [...kept, event].slice(-MAX_KEPT)
    },
    listen: (listener) => {
      listeners.add(listener)
      const waiting = kept
      kept = []
      for (const event of waiting) listener(event)
      return () => listeners.delete(listener)
    },
  }
}
