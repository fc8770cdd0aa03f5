import { useDesktopEvents } from './use-desktop-events.ts'
import { useMenu } from './use-menu.ts'
import { useNoticeReports } from './use-notice-reports.ts'
import { useRecents } from './use-recents.ts'
import { useStatus } from './use-status.ts'

/** The page's side of menus, tray, notifications and what comes from outside. Draws nothing; not there in a browser. */
export function Desktop() {
  useMenu()
  useStatus()
  useNoticeReports()
  useRecents()
  useDesktopEvents()
  return null
}
