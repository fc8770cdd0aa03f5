import type { SourceView } from '../../shared/model/source.ts'
import { SOURCE_STATE_WORDS, sourceNextText } from '../domain/source-state.ts'
import type { PlaceName } from '../state/route.ts'
import type { Counts } from '../store/store-contract.ts'
import { stoppedPlace } from '../text/coverage-text.ts'
import { formatCount, formatCountdown } from '../text/format.ts'

/**
 * The state of one source in the popover. A source whose edits have not all gone is not "Up to date" here, whatever
 * was read from it.
 */
export function sourceWord(source: SourceView, edits: number): string {
  if (source.state === 'up-to-date' && edits > 0) return `${formatCount(edits, 'edit')} waiting`
  return SOURCE_STATE_WORDS[source.state]
}

/** Last complete read, how far the read that is under way or broke off has come, and when it goes on. */
export function sourceDetail(source: SourceView, now: number): string {
  if (source.circuitOpen && source.nextAttemptAt !== null && source.nextAttemptAt > now) {
    return `Too many requests failed. One is tried in ${formatCountdown(source.nextAttemptAt, now)}`
  }
  const next = sourceNextText(source, now)
  if (source.progress !== null || source.coverage?.interrupted !== true) return next
  return `${next}; stopped at ${stoppedPlace(source.coverage)}`
}

export interface WaitingLine {
  readonly kind: 'attention' | 'unknown' | 'conflicts' | 'removal' | 'edits' | 'held' | 'copies' | 'notices'
  readonly text: string
  /** Where it is looked at; null where it is said on every place, or settles by itself. */
  readonly place: PlaceName | null
}

/** Everything that is not through, most urgent first; empty only where nothing waits. */
export function waitingLines(counts: Counts): readonly WaitingLine[] {
  const lines: WaitingLine[] = []
  const say = (count: number, kind: WaitingLine['kind'], text: string, place: PlaceName | null): void => {
    if (count > 0) lines.push({ kind, text, place })
  }
  const { needsAttention, unknownOutcome, conflicts, heldRemovals, edits, held, unjournaled, notices } = counts
  say(needsAttention, 'attention', `${formatCount(needsAttention, 'edit needs', 'edits need')} your attention`, 'queue')
  say(conflicts, 'conflicts', `${formatCount(conflicts, 'conflict')} to decide`, 'conflicts')
  say(heldRemovals, 'removal', `${formatCount(heldRemovals, 'removal')} held until you confirm`, 'sources')
  say(
    unknownOutcome,
    'unknown',
    `${formatCount(unknownOutcome, 'edit is', 'edits are')} looked up before anything is sent again`,
    'queue',
  )
  // Each edit stands in one line only; an edit in conflict is the conflict.
  const free = edits - held - needsAttention - unknownOutcome - conflicts
  say(free, 'edits', `${formatCount(free, 'edit')} waiting`, 'queue')
  say(held, 'held', `${formatCount(held, 'edit')} held until you release ${held === 1 ? 'it' : 'them'}`, 'queue')
  say(unjournaled, 'copies', `${formatCount(unjournaled, 'change')} without a second copy yet`, null)
  say(notices, 'notices', `${formatCount(notices, 'notice')} about this book`, null)
  return lines
}
