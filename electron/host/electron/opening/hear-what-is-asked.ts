import { z } from 'zod'
import type { ElectronPieces } from '../electron-pieces.ts'
import { LINK_SCHEME } from './deep-link.ts'
import { type Asked, readStartArguments } from './read-start-arguments.ts'

/** What a second start hands to the first. Chromium adds to a command line and sorts it anew, so it goes beside it. */
const handedOverSchema = z.object({ args: z.array(z.string().max(8192)).max(200), folder: z.string().max(4096) })
export type HandedOver = z.infer<typeof handedOverSchema>

export interface AskedQueue {
  /** From now on all of it goes here, what came before first. */
  readonly serve: (open: (asked: Asked) => void) => void
}

/**
 * Hears what the system asks this app to open, from before it is ready: links and files of the first command line, of a
 * second start, and the events of macOS. A second start always wants the window, too.
 */
export function hearWhatIsAsked(
  app: Pick<ElectronPieces['app'], 'on'>,
  start: { readonly args: readonly string[]; readonly folder: string },
): AskedQueue {
  let waiting: Asked[] = [readStartArguments(start.args, start.folder)]
  let open: ((asked: Asked) => void) | null = null
  const ask = (asked: Asked): void => {
    if (open === null) waiting.push(asked)
    else open(asked)
  }

  app.on('open-url', (event, url) => {
    event.preventDefault()
    ask({ links: [url], files: [] })
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    ask({ links: [], files: [path] })
  })
  app.on('second-instance', (_event, argv, folder, extra) => {
    const handed = handedOverSchema.safeParse(extra)
    ask(handed.success ? readStartArguments(handed.data.args, handed.data.folder) : readStartArguments(argv, folder))
  })

  return {
    serve: (run) => {
      open = run
      const before = waiting
      waiting = []
      for (const asked of before) run(asked)
    },
  }
}

/**
 * Makes this program the one for `clientele:` links. A packaged app is registered by its installer as well; one that is
 * run from a checkout on Windows is the program `electron`, which must be told the folder.
 */
export function claimLinks(
  app: Pick<ElectronPieces['app'], 'isPackaged' | 'setAsDefaultProtocolClient'>,
  how: { readonly platform: string; readonly program: string; readonly folder: string | null },
): boolean {
  if (app.isPackaged) return app.setAsDefaultProtocolClient(LINK_SCHEME)
  // From a checkout: only where it can be said how to start it, and never in place of one that is installed.
  return how.platform === 'win32' && how.folder !== null
    ? app.setAsDefaultProtocolClient(LINK_SCHEME, how.program, [how.folder])
    : false
}
