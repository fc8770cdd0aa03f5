import type { StorageUsage } from '../../store/store-contract.ts'
import { formatBytes, formatCount } from '../../text/format.ts'

/** Choices of the sync interval; 0 is "only when asked". */
export const INTERVALS: readonly { readonly minutes: number; readonly label: string }[] = [
  { minutes: 1, label: 'Every minute' },
  { minutes: 5, label: 'Every 5 minutes' },
  { minutes: 15, label: 'Every 15 minutes' },
  { minutes: 30, label: 'Every 30 minutes' },
  { minutes: 60, label: 'Every hour' },
  { minutes: 360, label: 'Every 6 hours' },
  { minutes: 0, label: 'Only when you ask' },
]

export const SAMPLE_CLIENTS_HINT =
  'A thousand invented clients from five simulated services on this device. Nothing leaves it.'

/** `12.4 MB for 1,024 clients, of 2.1 GB allowed. The system keeps it until you remove it.` */
export function storageText(usage: StorageUsage): string {
  const clients = formatCount(usage.clients, 'client')
  const size = usage.bytes === null ? `Not measured, for ${clients}` : `${formatBytes(usage.bytes)} for ${clients}`
  const quota = usage.quotaBytes === null ? '' : `, of ${formatBytes(usage.quotaBytes)} allowed`
  const kept = usage.persisted
    ? 'The system keeps it until you remove it.'
    : 'The system may clear it when the disk runs full; what was synced can be read again, unsent edits cannot.'
  return `${size}${quota}. ${kept}`
}
