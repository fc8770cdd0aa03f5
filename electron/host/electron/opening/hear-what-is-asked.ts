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
 * Makes this program the one for `clientele:` links. Installed packages say so themselves; saying it again helps where a
 * copy was moved. Not on Linux: there it runs `xdg-settings` and waits for it, at every start. A checkout is the program
 * `electron`, which on Windows must be told the folder; elsewhere it would take the links from an installed app.
 */
export function claimLinks(
  app: Pick<ElectronPieces['app'], 'isPackaged' | 'setAsDefaultProtocolClient'>,
  how: { readonly platform: string; readonly program: string; readonly folder: string },
): void {
  if (app.isPackaged && how.platform !== 'linux') app.setAsDefaultProtocolClient(LINK_SCHEME)
  if (!app.isPackaged && how.platform === 'win32')
    app.setAsDefaultProtocolClient(LINK_SCHEME, how.program, [how.folder])
}
