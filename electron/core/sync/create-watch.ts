import type { Clock } from '../../../shared/clock.ts'
import type { EditId } from '../../../shared/ids.ts'
import { holds } from '../../../shared/safety/rules.ts'

/** Longest delay of a vendor that we guard against (SYNC.md 1.6): before it has passed, absence proves nothing. */
export const GRACE_MS = 120_000
/** From one look after an unknown create to the next: at 2, 15, 45, 90 and 120 s, then every quarter of a minute. */
const UNTIL_NEXT_LOOK_MS = [2_000, 13_000, 30_000, 45_000, 30_000] as const
const LATER_LOOKS_MS = 15_000
/** Empty looks after the grace that it takes to believe that it never arrived. */
const ABSENCES = 2

/**
 * How long the fate of each create has been open. Counted by timers of this process from the moment that its fate became
 * open, or from the first that this process hears of it: a wall clock that jumps, or a restart, can make it longer and
 * never shorter.
 */
export interface CreateWatch {
  /** It has been sent, and its fate is open from now. */
  readonly opened: (editId: EditId) => void
  /** A look found nothing. True where that is proof enough that it never arrived. */
  readonly absent: (editId: EditId) => boolean
  readonly untilNextLookMs: (looks: number) => number
  readonly closed: (editId: EditId) => void
}

interface Watched {
  isGraceOver: boolean
  absences: number
  readonly cancel: () => void
}

export function createCreateWatch(clock: Clock): CreateWatch {
  const watched = new Map<EditId, Watched>()
  const closed = (editId: EditId): void => {
    watched.get(editId)?.cancel()
    watched.delete(editId)
  }
  const opened = (editId: EditId): Watched => {
    closed(editId)
    const cancel = clock.schedule(GRACE_MS, () => {
      entry.isGraceOver = true
    })
    const entry: Watched = { isGraceOver: !holds('grace'), absences: 0, cancel }
    watched.set(editId, entry)
    return entry
  }
  return {
    opened: (editId) => void opened(editId),
    absent: (editId) => {
      const entry = watched.get(editId) ?? opened(editId)
      if (!entry.isGraceOver) return false
      entry.absences += 1
      return entry.absences >= (holds('grace') ? ABSENCES : 1)
    },
    untilNextLookMs: (looks) => UNTIL_NEXT_LOOK_MS[looks] ?? LATER_LOOKS_MS,
    closed,
  }
}
