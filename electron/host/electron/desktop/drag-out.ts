import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import type { Clock } from '../../../../shared/clock.ts'
import type { Log } from '../../host.ts'
import type { ElectronPieces } from '../electron-pieces.ts'
import { safeFileName } from './file-name.ts'

/** Where it was dropped it has been copied by then. */
const KEPT_MS = 600_000

export interface DragOut {
  readonly start: (file: { readonly name: string; readonly vcard: string }) => Promise<void>
  /** Takes all of them away, those of an earlier run among them. */
  readonly clear: () => Promise<void>
}

/**
 * Dragging a client out of the window as a vCard. The file lies in the profile, where nobody else can put one in its
 * place, each in a folder of its own, and for ten minutes only. The page gives its text and a wish for its name.
 */
export function createDragOut(deps: {
  readonly nativeImage: Pick<ElectronPieces['nativeImage'], 'createFromPath'>
  readonly assetsFolder: string
  readonly profileFolder: string
  readonly window: () => BrowserWindow | null
  readonly clock: Clock
  readonly log: Log
}): DragOut {
  const folder = join(deps.profileFolder, 'dragged')
  let count = 0
  return {
    start: async ({ name, vcard }) => {
      const window = deps.window()
      const icon = deps.nativeImage.createFromPath(join(deps.assetsFolder, 'drag', 'client.png'))
      // macOS throws without one.
      if (window === null || icon.isEmpty()) return
      count += 1
      const own = join(folder, String(count))
      await mkdir(own, { recursive: true, mode: 0o700 })
      const file = join(own, safeFileName(name, '.vcf'))
      await writeFile(file, vcard, { mode: 0o600 })
      deps.clock.schedule(KEPT_MS, () => {
        rm(own, { recursive: true, force: true }).catch(() => deps.log.warn('drag.not-cleared'))
      })
      if (!window.isDestroyed()) window.webContents.startDrag({ file, icon })
    },
    clear: () => rm(folder, { recursive: true, force: true }).catch(() => deps.log.warn('drag.not-cleared')),
  }
}
