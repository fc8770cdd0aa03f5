import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runElectronApp } from '../../electron/host/electron/run-electron-app.ts'
import type { Host } from '../../electron/host/host.ts'
import type { DesktopEvent } from '../../shared/model/desktop.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/model/settings.ts'
import { StandInElectron, type StandInWindow } from '../electron-stand-in/stand-in-electron.ts'
import { testFolder } from './test-folder.ts'

export interface ShellOptions {
  readonly platform?: string
  readonly electron?: StandInElectron
  readonly folder?: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly settings?: Partial<Settings>
  /** The core starts when this has resolved. */
  readonly coreAfter?: () => Promise<unknown>
  /** The page listens from the start. */
  readonly isDeaf?: boolean
}

/** The app in the stand-in of Electron, with a core that hears the desktop as a page would. */
export async function testStartShell(options: ShellOptions = {}) {
  const platform = options.platform ?? 'linux'
  const electron = options.electron ?? new StandInElectron({ platform })
  const folder = options.folder ?? (await testFolder())
  const pageFolder = join(folder, 'page')
  await mkdir(pageFolder, { recursive: true })
  await writeFile(join(pageFolder, 'index.html'), 'the page')
  const heard: DesktopEvent[] = []
  const said: string[] = []
  const core = { stops: 0, host: null as Host | null }
  const settings = (more: Partial<Settings> = {}): Settings => ({ ...DEFAULT_SETTINGS, ...options.settings, ...more })
  const running = runElectronApp({
    electron: electron.pieces,
    args: ['.', `--profile=${join(folder, 'profile')}`, ...(options.args ?? [])],
    folder,
    program: '/programs/clientele',
    env: options.env ?? {},
    platform,
    pageFolder,
    assetsFolder: join(folder, 'assets'),
    resourcesFolder: join(folder, 'resources'),
    updateSource: { feed: '', keys: [] },
    preload: '/built/preload.cjs',
    startCore: async (host) => {
      await options.coreAfter?.()
      core.host = host
      host.desktop.follow(settings())
      if (options.isDeaf !== true) host.desktop.listen((event) => heard.push(event))
      return {
        attachPage: () => undefined,
        attachStore: () => undefined,
        isTrafficAllowed: () => true,
        stop: async () => {
          core.stops += 1
        },
      }
    },
    tell: (line) => said.push(line),
  })
  const shell = {
    electron,
    folder,
    heard,
    said,
    running,
    stops: () => core.stops,
    host: (): Host => {
      if (core.host === null) throw new Error('The core was not started')
      return core.host
    },
    follow: (more: Partial<Settings>) => shell.host().desktop.follow(settings(more)),
    window: (): StandInWindow => {
      const window = electron.windows.at(-1)
      if (window === undefined) throw new Error('No window was opened')
      return window
    },
    quit: async (): Promise<void> => {
      electron.app.quit()
      while (!electron.app.hasEnded) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    /** The same profile on the same machine, after the app has ended. */
    again: (more: ShellOptions = {}) =>
      testStartShell({ ...options, ...more, folder, electron: more.electron ?? new StandInElectron({ platform }) }),
  }
  if (options.coreAfter === undefined) await running
  return shell
}
