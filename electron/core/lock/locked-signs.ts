import type { DesktopStatus, MenuLine } from '../../../shared/model/desktop.ts'
import type { Desktop } from '../../host/host.ts'

/** What menus and tray show: nothing of what is locked away, and what they showed before once it is open again. */
export interface LockedSigns {
  readonly desktop: Desktop
  readonly hide: () => void
  readonly show: () => void
}

const LOCKED: DesktopStatus = { sentence: 'Locked', tone: 'calm', conflicts: 0 }

export function createLockedSigns(desktop: Desktop): LockedSigns {
  let lines: readonly MenuLine[] | null = null
  let status: DesktopStatus | null = null
  return {
    desktop: {
      ...desktop,
      setMenu: (next) => {
        lines = next
        desktop.setMenu(next)
      },
      setStatus: (next) => {
        status = next
        desktop.setStatus(next)
      },
    },
    hide: () => {
      desktop.setMenu([])
      desktop.setStatus(LOCKED)
    },
    show: () => {
      if (lines !== null) desktop.setMenu(lines)
      if (status !== null) desktop.setStatus(status)
    },
  }
}
