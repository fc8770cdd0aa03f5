import type { ChromiumPages } from './chromium/chromium-pages.ts'
import type { StandInElectron } from './stand-in-electron.ts'
import { standInEvent } from './stand-in-event.ts'
import type { MenuFacts } from './stand-in-menu.ts'

/** What a test sees of the desktop and does to it, from another process: plain values both ways. */
export interface Probe {
  readonly menu: () => readonly MenuFacts[]
  readonly clickMenu: (path: readonly string[]) => void
  readonly quit: () => void
}

interface Asked {
  readonly id: number
  readonly ask: string
  readonly args: readonly never[]
}

export function answerProbe(
  electron: StandInElectron,
  _chromium: ChromiumPages | null,
  say: (message: object) => void,
): void {
  const probe: Record<string, (...args: never[]) => unknown> = {
    menu: () => electron.menu?.describe() ?? [],
    clickMenu: (path: readonly string[]) => electron.menu?.find(path).choose(electron.openWindows()[0]?.guarded),
    quit: () => electron.app.quit(),
    emitApp: (event: string, ...args: readonly unknown[]) => {
      electron.app.emit(event, standInEvent({}), ...args)
    },
  }
  process.on('message', (message: Asked) => {
    const { id, ask, args } = message
    Promise.resolve()
      .then(() => {
        const run = probe[ask]
        if (run === undefined) throw new Error(`The probe has no ${ask}`)
        return run(...args)
      })
      .then(
        (answer) => say({ kind: 'answer', id, answer: answer ?? null }),
        (cause: unknown) => say({ kind: 'answer', id, error: String(cause) }),
      )
  })
  // The channel alone does not keep the process.
  process.channel?.unref()
}
