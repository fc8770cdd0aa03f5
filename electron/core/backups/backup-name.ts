import type { BackupView } from '../../../shared/model/unsent-work.ts'

export type BackupReason = BackupView['reason']

/** What a list of backups shows, all in the name: no file is read for it. */
export interface BackupFacts {
  readonly at: number
  readonly reason: BackupReason
  readonly edits: number
  readonly localValues: number
  readonly bytes: number
  /** CRC of the rows: equal work needs no second copy. */
  readonly check: string
}

/** Sorted by name is sorted by time. */
export function backupName({ at, reason, edits, localValues, bytes, check }: BackupFacts): string {
  const time = new Date(at).toISOString().replaceAll(/[-:.]/g, '')
  return `backup-${time}-${reason}-e${edits}-v${localValues}-b${bytes}-c${check}.json`
}

const NAME =
  /^backup-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(daily|schema-upgrade|asked|before-restore|before-update)-e(\d+)-v(\d+)-b(\d+)-c([0-9a-f]{8})\.json$/

/** Null where it is no backup of ours. */
export function readBackupName(name: string): BackupFacts | null {
  const match = NAME.exec(name)
  if (match === null) return null
  const [, year, month, day, hour, minute, second, ms, reason, edits, localValues, bytes, check] = match
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
  const known = REASONS.find((one) => one === reason)
  if (Number.isNaN(at) || known === undefined || check === undefined) return null
  return { at, reason: known, edits: Number(edits), localValues: Number(localValues), bytes: Number(bytes), check }
}

const REASONS: readonly BackupReason[] = ['daily', 'schema-upgrade', 'asked', 'before-restore', 'before-update']
