import type { SyncStatus } from '../../shared/sync/sync-status.ts'

/** The exact words of UI-CONTRACT.md: `N conflicts` and `N edits waiting` for one, too. */
export function syncStatusText(status: SyncStatus): string {
  switch (status.kind) {
    case 'attention':
      return 'Attention needed'
    case 'conflicts':
      return `${status.count} conflicts`
    case 'offline':
      return 'Offline'
    case 'syncing':
      return 'Syncing…'
    case 'waiting':
      return `${status.count} edits waiting`
    case 'up-to-date':
      return 'Up to date'
  }
}
