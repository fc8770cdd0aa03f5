import type { DesktopState } from '../../../../shared/model/desktop.ts'
import type { Log } from '../../host.ts'
import type { ElectronPieces } from '../electron-pieces.ts'

export interface QuickSearchKeys {
  readonly follow: (keys: string | null) => void
  readonly state: () => DesktopState['quickSearchKeys']
  readonly release: () => void
}

/**
 * The keys that work while another program has the focus. Other programs and Wayland refuse them in silence, and keys
 * that are none throw: both are `refused`, which the settings say.
 */
export function createQuickSearchKeys(deps: {
  readonly globalShortcut: Pick<ElectronPieces['globalShortcut'], 'register' | 'unregister' | 'isRegistered'>
  readonly log: Log
  readonly onPress: () => void
}): QuickSearchKeys {
  const { globalShortcut } = deps
  let held: string | null = null
  let wanted: string | null = null

  const release = (): void => {
    if (held !== null) globalShortcut.unregister(held)
    held = null
  }

  return {
    release,
    state: () => (wanted === null ? 'off' : held === wanted ? 'on' : 'refused'),
    follow: (keys) => {
      if (keys === wanted) return
      wanted = keys
      release()
      if (keys === null) return
      try {
        if (globalShortcut.register(keys, deps.onPress) && globalShortcut.isRegistered(keys)) held = keys
      } catch {
        // Not keys of this system.
      }
      if (held === null) deps.log.info('quick-search-keys.refused')
    },
  }
}
