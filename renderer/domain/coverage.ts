import type { SourceView } from '../../shared/model/source.ts'
import { coveragePlace, coverageShare, stoppedPlace } from '../text/coverage-text.ts'
import { errorText } from '../text/error-text.ts'
import { formatMoment, formatPercent, formatRelative, formatTime } from '../text/format.ts'

/**
 * What is missing of a source, and why; null where it is complete. A source that was complete once and has stopped is
 * not: what is shown of it is as old as that. One that is only being read again is, and so is every source while the
 * network is away: that is said elsewhere, and its time stands beside it.
 */
export function missingText(source: SourceView, now: number): string | null {
  const { name, lastComplete, coverage } = source
  if (lastComplete === null) {
    if (source.state === 'syncing' && coverage !== null && coverage.pages > 0) {
      return `${name} is being read: ${lowerFirst(coveragePlace(coverage))}.`
    }
    if (source.state === 'syncing') return `${name} is being read.`
    const place = coverage === null || coverage.pages === 0 ? '' : `, only ${stoppedPlace(coverage)}`
    return join(`${name} was not read to its end yet${place}.`, stopText(source))
  }
  const why = stopText(source)
  return why === '' ? null : join(`${name} is as of ${lowerFirst(formatMoment(lastComplete.at, now))}.`, why)
}

/** Why a source does not go on, or the empty string where it does. */
function stopText(source: SourceView): string {
  switch (source.state) {
    case 'key-rejected':
      return 'Its key was rejected.'
    case 'paused':
      return 'It is paused.'
    case 'error':
    case 'waiting-to-retry':
      return source.error === null ? 'It waits.' : errorText(source.error, { sourceName: source.name }).title
    case 'up-to-date':
    case 'syncing':
    case 'offline':
    case 'not-synced':
      return ''
  }
}

/** Sentences on what is missing, one per incomplete source. Empty where all are complete. */
export function missingTexts(sources: readonly SourceView[], now: number): readonly string[] {
  return sources.flatMap((source) => missingText(source, now) ?? [])
}

/**
 * How much of the sources is on this device: `All 5 sources complete`, `4 of 5 sources complete, Spott at 62 %`.
 * `time` appends the oldest of the last complete reads, so that the line never sounds fresher than it is.
 */
export function coverageText(sources: readonly SourceView[], now: number, detail: 'plain' | 'time' = 'plain'): string {
  if (sources.length === 0) return ''
  const missing = sources.filter((source) => missingText(source, now) !== null)
  if (missing.length === 0) {
    const whole = sources.length === 1 ? '1 source complete' : `All ${sources.length} sources complete`
    if (detail === 'plain') return whole
    const oldest = Math.min(...sources.map((source) => source.lastComplete?.at ?? now))
    const sameDay = new Date(oldest).toDateString() === new Date(now).toDateString()
    return `${whole}, ${sameDay ? formatTime(oldest) : formatRelative(oldest, now)}`
  }
  const complete = sources.length - missing.length
  const whole = `${complete} of ${sources.length === 1 ? '1 source' : `${sources.length} sources`} complete`
  if (detail === 'time') return whole
  const open = missing.find((source) => source.lastComplete === null && readShare(source) !== null)
  return open === undefined ? whole : `${whole}, ${open.name} at ${formatPercent(readShare(open) ?? 0, 1)}`
}

function readShare(source: SourceView): number | null {
  if (source.coverage !== null && source.coverage.pages > 0) return coverageShare(source.coverage)
  const { progress } = source
  return progress === null || progress.total === null || progress.total === 0 ? null : progress.done / progress.total
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}
