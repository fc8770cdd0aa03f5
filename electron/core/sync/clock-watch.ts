import type { Clock } from '../../../shared/clock.ts'
import type { SourceId } from '../../../shared/ids.ts'

/** Further off than this, times that are shown mislead (SYNC.md 1.7). Nothing that is decided rests on them. */
const OFF_MS = 300_000
/** One odd answer is no proof: a cache, or a server whose own clock is being set. */
const AGREEING = 2

/** Compares this machine's clock with the `Date` of each answer, per source. */
export interface ClockWatch {
  readonly heard: (sourceId: SourceId, serverAt: number) => void
  /** Minutes that this clock is ahead of each source's, where it is off. */
  readonly off: () => ReadonlyMap<SourceId, number>
}

export function createClockWatch(
  clock: Pick<Clock, 'now'>,
  onChange: (sourceId: SourceId, minutesAhead: number | null) => void,
): ClockWatch {
  const off = new Map<SourceId, number>()
  const agreeing = new Map<SourceId, number>()
  return {
    heard: (sourceId, serverAt) => {
      const aheadMs = clock.now() - serverAt
      const isOff = Math.abs(aheadMs) > OFF_MS
      if (isOff === off.has(sourceId)) {
        agreeing.delete(sourceId)
        return
      }
      const count = (agreeing.get(sourceId) ?? 0) + 1
      agreeing.set(sourceId, count)
      if (count < AGREEING) return
      agreeing.delete(sourceId)
      const minutes = Math.round(aheadMs / 60_000)
      if (isOff) off.set(sourceId, minutes)
      else off.delete(sourceId)
      onChange(sourceId, isOff ? minutes : null)
    },
    off: () => off,
  }
}
