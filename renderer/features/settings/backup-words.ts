import type { BackupView } from '../../../shared/model/unsent-work.ts'
import { formatBytes, formatCount } from '../../text/format.ts'

const REASONS: Readonly<Record<BackupView['reason'], string>> = {
  daily: 'Made by itself',
  'schema-upgrade': 'Made before an upgrade',
  asked: 'Made by you',
  'before-restore': 'Made before a restore',
  'before-update': 'Made before an update',
}

export function backupReason(reason: BackupView['reason']): string {
  return REASONS[reason]
}

/** `3 edits, 12 values of this device, 4.2 KB`. */
export function backupContents(backup: BackupView): string {
  const { edits, localValues, bytes } = backup
  const work =
    edits + localValues === 0
      ? 'Nothing unsent'
      : [
          ...(edits > 0 ? [formatCount(edits, 'edit')] : []),
          ...(localValues > 0 ? [formatCount(localValues, 'value of this device', 'values of this device')] : []),
        ].join(', ')
  return `${work}, ${formatBytes(bytes)}`
}
