import { type BackupReason, readBackupName } from './backup-name.ts'

const DAILY_DAYS = 7
const DAILY_WEEKS = 4
const DAY_MS = 86_400_000

/** Of those that are not made daily, the newest so many. */
const KEPT: Readonly<Record<Exclude<BackupReason, 'daily'>, number>> = {
  'schema-upgrade': 3,
  'before-restore': 1,
  'before-update': 2,
  asked: 5,
}

/** Names that may go: all but the newest of each of the last 7 days and 4 weeks that have one, and the newest of others. */
export function outdated(names: readonly string[]): readonly string[] {
  const backups = names
    .flatMap((name) => {
      const facts = readBackupName(name)
      return facts === null ? [] : [{ name, ...facts }]
    })
    .sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))
  const kept = new Set<string>()
  for (const [reason, count] of Object.entries(KEPT)) {
    const those = backups.filter((backup) => backup.reason === reason)
    for (const { name } of those.slice(0, count)) kept.add(name)
  }
  const daily = backups.filter((backup) => backup.reason === 'daily')
  keepNewestOfEach(daily, (at) => Math.floor(at / DAY_MS), DAILY_DAYS, kept)
  // Weeks begin on Monday; the first of January 1970 was a Thursday.
  keepNewestOfEach(daily, (at) => Math.floor((at / DAY_MS + 3) / 7), DAILY_WEEKS, kept)
  return backups.filter(({ name }) => !kept.has(name)).map(({ name }) => name)
}

function keepNewestOfEach(
  newestFirst: readonly { readonly name: string; readonly at: number }[],
  spanOf: (at: number) => number,
  spans: number,
  kept: Set<string>,
): void {
  const seen = new Set<number>()
  for (const { name, at } of newestFirst) {
    const span = spanOf(at)
    if (seen.has(span)) continue
    if (seen.size === spans) return
    seen.add(span)
    kept.add(name)
  }
}
