import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DesktopState } from '../../../../shared/model/desktop.ts'
import type { Log } from '../../host.ts'
import type { ElectronPieces } from '../electron-pieces.ts'

/** Started with the session: the window stays away if there is a tray icon to bring it. */
export const AT_LOGIN_FLAG = '--at-login'

export interface LoginItem {
  readonly follow: (isWanted: boolean) => void
  readonly state: () => DesktopState['startAtLogin']
}

/** Start with the user's session. On macOS and Windows Electron asks the system, on Linux it is a file. */
export function createLoginItem(deps: {
  readonly app: Pick<ElectronPieces['app'], 'getLoginItemSettings' | 'setLoginItemSettings'>
  readonly platform: string
  /** `$XDG_CONFIG_HOME` or `~/.config`. */
  readonly configFolder: string
  /** The program as the session must start it: on Linux that is the AppImage, not what is unpacked from it. */
  readonly program: string
  readonly log: Log
  readonly onChange: () => void
}): LoginItem {
  const { app, platform } = deps
  let known: boolean | null = null
  let state: DesktopState['startAtLogin'] = 'off'

  const setBySystem = (isWanted: boolean): DesktopState['startAtLogin'] => {
    const args = platform === 'win32' ? { args: [AT_LOGIN_FLAG] } : {}
    if (app.getLoginItemSettings(args).openAtLogin !== isWanted)
      app.setLoginItemSettings({ openAtLogin: isWanted, ...args })
    const now = app.getLoginItemSettings(args)
    if (!isWanted) return 'off'
    return now.openAtLogin && now.status !== 'requires-approval' ? 'on' : 'refused'
  }

  const setByFile = async (isWanted: boolean): Promise<DesktopState['startAtLogin']> => {
    const path = join(deps.configFolder, 'autostart', 'app.clientele.desktop')
    if (!isWanted) {
      await rm(path, { force: true })
      return 'off'
    }
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, autostartEntry(deps.program))
    return 'on'
  }

  const set = async (isWanted: boolean): Promise<void> => {
    const before = state
    try {
      const next = platform === 'linux' ? await setByFile(isWanted) : setBySystem(isWanted)
      if (known === isWanted) state = next
    } catch (cause) {
      deps.log.warn('login-item.refused', { cause: cause instanceof Error ? cause.message : 'unknown' })
      if (known === isWanted) state = isWanted ? 'refused' : 'off'
    }
    if (state !== before) deps.onChange()
  }

  return {
    state: () => state,
    follow: (isWanted) => {
      // Never switched on, never touched: the first word of a fresh profile must not undo what another one set.
      if (known === isWanted || (known === null && !isWanted)) return
      known = isWanted
      void set(isWanted)
    },
  }
}

export function autostartEntry(program: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Clientele',
    `Exec="${program.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%')}" ${AT_LOGIN_FLAG}`,
    'Icon=app.clientele',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}
