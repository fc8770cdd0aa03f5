import type { Session } from 'electron'
import { isPlayerUrl } from '../../../shared/address/embed-address.ts'
import { isAppUrl } from './app-address.ts'

/** All that the page may have. Electron grants everything by default, so both handlers are needed. */
const ALLOWED: ReadonlySet<string> = new Set([
  'persistent-storage',
  'clipboard-sanitized-write',
  'notifications',
  'fullscreen',
])

export type PermissionSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setUSBProtectedClassesHandler'
>

export function restrictPermissions(session: PermissionSession): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(isAllowed(permission, details.requestingUrl, details.isMainFrame))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    return isAllowed(permission, requestingOrigin, details.isMainFrame)
  })
  session.setDevicePermissionHandler(() => false)
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
}

/** `address` is a whole one or just an origin. */
function isAllowed(permission: string, address: string, isMainFrame: boolean): boolean {
  if (isMainFrame) return ALLOWED.has(permission) && isAppUrl(address)
  // A testimonial's player may fill the screen, and nothing else.
  return permission === 'fullscreen' && isPlayerUrl(URL.canParse(address) ? new URL(address).href : '')
}
