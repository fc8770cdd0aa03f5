import type { Session } from 'electron'
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
    decide(ALLOWED.has(permission) && details.isMainFrame && isAppUrl(details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    return ALLOWED.has(permission) && details.isMainFrame && isAppUrl(requestingOrigin)
  })
  session.setDevicePermissionHandler(() => false)
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
}
