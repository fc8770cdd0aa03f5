import type { StorageUsage } from '../../store/store-contract.ts'
import { formatBytes, formatCount, formatNumber, formatRelative } from '../../text/format.ts'

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

/** `12.4 MB for 1,024 clients, of 2.1 GB allowed. Book version 3.` */
export function storageText(usage: StorageUsage): string {
  const clients = formatCount(usage.clients, 'client')
  const size = usage.bytes === null ? `Not measured, for ${clients}` : `${formatBytes(usage.bytes)} for ${clients}`
  const quota = usage.quotaBytes === null ? '' : `, of ${formatBytes(usage.quotaBytes)} allowed`
  return `${size}${quota}. Book version ${usage.schemaVersion}.`
}

/** `31 MB: 12 MB is what the sources say, 6 MB who is known, 5 MB for lists, 8 MB for search.` */
export function memoryText({ memory }: StorageUsage): string {
  const { records, heads, lists, search } = memory
  const all = formatBytes(records + heads + lists + search)
  const parts = `${formatBytes(heads)} is what the sources say, ${formatBytes(records)} who is known`
  return `${all}: ${parts}, ${formatBytes(lists)} for lists, ${formatBytes(search)} for search.`
}

/** What the next start rests on, and whether this one could. */
export function nextStartText({ saved }: StorageUsage, now: number): string {
  const before = whyAllWereRead(saved, now)
  return saved.at === null
    ? `${before}Nothing is saved yet: the next start reads every client.`
    : `${before}Saved ${formatRelative(saved.at, now).toLowerCase()} (${formatBytes(saved.bytes)}): the next start takes up list and search from there and adds what came since.`
}

/** Ends in a blank where there is something to say. */
function whyAllWereRead({ startedFrom, damage }: StorageUsage['saved'], now: number): string {
  const here =
    startedFrom === 'damaged'
      ? 'This start found its saved form damaged and read every client instead; nothing is missing. '
      : startedFrom === 'outdated'
        ? 'After the update this start read every client once. '
        : ''
  if (damage === null || (damage.times === 1 && startedFrom === 'damaged')) return here
  const times = damage.times === 1 ? 'Once' : `${formatNumber(damage.times)} times so far`
  return `${here}${times} a saved form was found damaged, last ${formatRelative(damage.at, now).toLowerCase()}; if that goes on, look after the disk. `
}

/** Whether the browser, or Electron's, has promised to keep the book when the disk runs full. */
export function keptText(persisted: boolean): string {
  return persisted
    ? 'This device keeps the book until you remove it.'
    : 'This device may clear the book when the disk runs full. Clients can be read again; your own work comes back from the second copy.'
}

/** Where the second copy stands. `unjournaled` null: not counted yet. */
export function secondCopyText(unjournaled: number | null, connected: boolean): string {
  if (unjournaled === null) return 'Not known yet.'
  if (unjournaled > 0) {
    const changes = formatCount(unjournaled, 'saved change')
    return `${changes} ${unjournaled === 1 ? 'waits' : 'wait'} for the second copy${connected ? '' : ' until Clientele’s background part answers again'}.`
  }
  return 'Everything you wrote is stored twice: in the book, and in a journal in the profile folder.'
}

export const ONLY_IN_THE_APP =
  'Menus of the system, a tray icon, notifications, quick search from any program, spelling and updates belong to the desktop app. Here your browser does what it can.'
