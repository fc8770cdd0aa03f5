import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Host } from '../../host.ts'
import type { ElectronPieces } from '../electron-pieces.ts'
import { createUpdates, type Updates } from './create-updates.ts'
import { type UpdateSource, whyNoUpdates } from './update-support.ts'

/** Updates of this installation, on the machine it runs on. */
export function createElectronUpdates(
  machine: Pick<Host, 'fetch' | 'files' | 'clock' | 'random' | 'log' | 'platform' | 'version' | 'profileFolder'>,
  options: {
    readonly electron: Pick<ElectronPieces, 'app'>
    readonly env: Readonly<Record<string, string | undefined>>
    readonly resourcesFolder: string
    readonly updateSource: UpdateSource
  },
): Promise<Updates> {
  const { platform } = machine
  const { electron, env, updateSource } = options
  return createUpdates({
    unavailable: whyNoUpdates({
      isPackaged: electron.app.isPackaged,
      platform,
      source: updateSource,
      appImage: env.APPIMAGE ?? null,
    }),
    loadEngine: async () => {
      const { createElectronUpdaterEngine } = await import('./electron-updater-engine.ts')
      return createElectronUpdaterEngine({
        ...machine,
        source: updateSource,
        appImage: env.APPIMAGE ?? null,
        resourcesFolder: options.resourcesFolder,
        cacheFolder: cacheFolder(platform, env),
      })
    },
    files: machine.files,
    clock: machine.clock,
    random: machine.random,
    log: machine.log,
    quit: () => electron.app.quit(),
  })
}

function cacheFolder(platform: string, env: Readonly<Record<string, string | undefined>>): string {
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  return env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
}
