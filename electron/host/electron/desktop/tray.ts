import { join } from 'node:path'
import type { MenuItemConstructorOptions, NativeImage, Tray } from 'electron'
import type { DesktopState, DesktopStatus } from '../../../../shared/model/desktop.ts'
import type { Log } from '../../host.ts'
import type { ElectronPieces } from '../electron-pieces.ts'
import { plainLabel } from './menu-template.ts'
import { WORDS } from './words.ts'

/** Keeps the place in the menu bar of macOS. Windows ties such a mark to the program's signature, so not there. */
const MAC_GUID = '9e2f1a04-6c0b-4d6e-9f35-1d7a5c3b8e21'

export interface TrayChoices {
  readonly open: () => void
  readonly quickSearch: () => void
  readonly quickAdd: () => void
  readonly syncAll: () => void
  readonly quit: () => void
}

export interface TrayIcon {
  readonly follow: (isWanted: boolean) => void
  readonly setStatus: (status: DesktopStatus) => void
  readonly state: () => DesktopState['tray']
  readonly remove: () => void
}

/** The icon beside the clock: how things stand, and the few things that are wanted without the window. */
export function createTrayIcon(deps: {
  readonly electron: Pick<ElectronPieces, 'Menu' | 'nativeImage' | 'Tray'>
  readonly platform: string
  readonly assetsFolder: string
  readonly log: Log
  readonly choices: TrayChoices
}): TrayIcon {
  const { electron, platform } = deps
  // Kept here for as long as it is shown: an icon that nobody refers to is collected, and gone.
  let tray: Tray | null = null
  let state: DesktopState['tray'] = 'off'
  let status: DesktopStatus = { sentence: 'Clientele', tone: 'calm', conflicts: 0 }

  const image = (): NativeImage =>
    electron.nativeImage.createFromPath(
      // A name that ends in `Template` is what macOS draws in the colours of its bar.
      join(deps.assetsFolder, 'tray', `${status.tone}${platform === 'darwin' ? 'Template' : ''}.png`),
    )

  const show = (): void => {
    if (tray === null || tray.isDestroyed()) return
    tray.setImage(image())
    tray.setToolTip(status.sentence)
    tray.setContextMenu(electron.Menu.buildFromTemplate(trayTemplate(status, platform, deps.choices)))
  }

  const remove = (): void => {
    if (tray !== null && !tray.isDestroyed()) tray.destroy()
    tray = null
    state = 'off'
  }

  return {
    state: () => state,
    remove,
    follow: (isWanted) => {
      if (!isWanted) {
        remove()
        return
      }
      if (tray !== null) return
      try {
        tray = platform === 'darwin' ? new electron.Tray(image(), MAC_GUID) : new electron.Tray(image())
        // On macOS a click opens the menu, as of every icon there.
        if (platform !== 'darwin') tray.on('click', deps.choices.open)
        state = 'on'
        show()
      } catch (cause) {
        deps.log.warn('tray.refused', { cause: cause instanceof Error ? cause.message : 'unknown' })
        remove()
        state = 'refused'
      }
    },
    setStatus: (next) => {
      // A menu that is put anew closes under the pointer: only when it reads differently.
      if (next.sentence === status.sentence && next.tone === status.tone) return
      status = next
      show()
    },
  }
}

export function trayTemplate(
  { sentence }: Pick<DesktopStatus, 'sentence'>,
  platform: string,
  choices: TrayChoices,
): MenuItemConstructorOptions[] {
  return [
    { label: plainLabel(sentence, platform), enabled: false },
    { type: 'separator' },
    { label: WORDS.open, click: choices.open },
    { label: WORDS.quickSearch, click: choices.quickSearch },
    { label: WORDS.quickAdd, click: choices.quickAdd },
    { label: WORDS.syncAll, click: choices.syncAll },
    { type: 'separator' },
    { label: WORDS.quit, click: choices.quit },
  ]
}
