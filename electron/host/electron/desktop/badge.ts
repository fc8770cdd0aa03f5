import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import type { ElectronPieces } from '../electron-pieces.ts'
import { conflictsToDecide } from './words.ts'

/** How many conflicts wait, on the icon of the app: a number in docks, a dot on the task bar of Windows. */
export function createBadge(deps: {
  readonly electron: Pick<ElectronPieces, 'app' | 'nativeImage'>
  readonly platform: string
  readonly assetsFolder: string
  readonly window: () => BrowserWindow | null
}): { readonly set: (conflicts: number) => void } {
  const { app, nativeImage } = deps.electron
  return {
    set: (conflicts) => {
      if (deps.platform !== 'win32') {
        app.setBadgeCount(conflicts)
        return
      }
      const dot = conflicts === 0 ? null : nativeImage.createFromPath(join(deps.assetsFolder, 'tray', 'asks.png'))
      // Read out by screen readers; without conflicts there is nothing to read.
      deps.window()?.setOverlayIcon(dot, conflicts === 0 ? '' : conflictsToDecide(conflicts))
    },
  }
}
