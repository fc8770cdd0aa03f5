import type { SourceState, SourceView } from '../../shared/model/source.ts'
import { formatMoment, formatNumber, formatPercent, formatUntil } from '../text/format.ts'

/** State words of UI-CONTRACT.md. */
export const SOURCE_STATE_WORDS: Readonly<Record<SourceState, string>> = {
  'up-to-date': 'Up to date',
  syncing: 'Syncing',
  'waiting-to-retry': 'Waiting to retry',
  paused: 'Paused',
  'key-rejected': 'Key rejected',
  offline: 'Offline',
  error: 'Error',
  'not-synced': 'Not synced yet',
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** What was last read and what comes next, in half a line. */
export function sourceNextText(source: SourceView, now: number): string {
  if (source.progress !== null) {
    const { done, total } = source.progress
    return total === null
      ? `${formatNumber(done)} read so far`
      : `${formatNumber(done)} of ${formatNumber(total)}, ${formatPercent(done, total)}`
  }
  const last =
    source.lastComplete === null
      ? 'Never complete'
      : `Complete ${lowerFirst(formatMoment(source.lastComplete.at, now))}`
  if (source.nextAttemptAt === null || source.paused) return last
  return `${last}, next ${formatUntil(source.nextAttemptAt, now)}`
}
