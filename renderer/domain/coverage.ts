import type { SourceView } from '../../shared/model/source.ts'
import { formatPercent, formatRelative, formatTime } from '../text/format.ts'

/**
 * How much of the sources is on this device: `All 5 sources complete`, `4 of 5 sources complete, Spott at 62 %`.
 * `time` appends the oldest of the last complete reads, so that the line never sounds fresher than it is.
 */
export function coverageText(sources: readonly SourceView[], now: number, detail: 'plain' | 'time' = 'plain'): string {
  if (sources.length === 0) return ''
  const complete = sources.filter((source) => source.lastComplete !== null)
  if (complete.length === sources.length) {
    const whole = sources.length === 1 ? '1 source complete' : `All ${sources.length} sources complete`
    if (detail === 'plain') return whole
    const oldest = Math.min(...complete.map((source) => source.lastComplete?.at ?? now))
    const sameDay = new Date(oldest).toDateString() === new Date(now).toDateString()
    return `${whole}, ${sameDay ? formatTime(oldest) : formatRelative(oldest, now)}`
  }
  const whole = `${complete.length} of ${sources.length} sources complete`
  const open = sources.find((source) => source.lastComplete === null && source.progress !== null)
  if (detail === 'time' || open === undefined || open.progress === null || open.progress.total === null) return whole
  return `${whole}, ${open.name} at ${formatPercent(open.progress.done, open.progress.total)}`
}
