import type { Clock } from '../../shared/clock.ts'
import { type ClientId, clientIdOfRecord, type SourceId } from '../../shared/ids.ts'
import type { Topic } from './store-contract.ts'
import type { Committed } from './writer.ts'

export const NOTIFY_EVERY_MS = 50
/** While a source is being read: a list that is painted oftener takes the processor from the reading. */
export const NOTIFY_OF_PAGES_EVERY_MS = 500
/** Beyond this many changed clients, a list of them helps nobody. */
const MAX_IDS = 200

export interface Changes {
  readonly topics: readonly Topic[]
  readonly clientIds: readonly ClientId[] | null
  /** All of it came from sources. */
  readonly pulled: boolean
}

export interface Notifier {
  readonly committed: (committed: Committed) => void
  readonly all: () => void
  readonly topic: (topic: Topic) => void
}

/** Tells of changes at most every 50 ms, of a source's pages every 500 ms. The first of a quiet time goes at once. */
export function createNotifier(
  clock: Clock,
  onChanged: (changes: Changes) => void,
  onEditsWaiting: (sourceId: SourceId) => void,
): Notifier {
  const topics = new Set<Topic>()
  let clientIds: Set<ClientId> | null = new Set()
  let pulled = true
  let toldAt = Number.NEGATIVE_INFINITY
  let next: { readonly at: number; readonly cancel: () => void } | null = null

  const flush = (): void => {
    next = null
    toldAt = clock.now()
    const changes: Changes = { topics: [...topics], clientIds: clientIds === null ? null : [...clientIds], pulled }
    topics.clear()
    clientIds = new Set()
    pulled = true
    onChanged(changes)
  }
  const soon = (pauseMs = NOTIFY_EVERY_MS): void => {
    const now = clock.now()
    // A clock set back makes nobody wait longer than the pause.
    const at = Math.min(now + pauseMs, Math.max(now, toldAt + pauseMs))
    if (next !== null && next.at <= at) return
    next?.cancel()
    next = { at, cancel: clock.schedule(at - now, flush) }
  }

  return {
    all: () => {
      clientIds = null
      pulled = false
      for (const topic of ALL_TOPICS) topics.add(topic)
      soon()
    },
    topic: (topic) => {
      topics.add(topic)
      soon()
    },
    committed: ({ touched, waiting, byCore, draft }) => {
      topics.add('counts')
      // What the core says of an edit follows from what the user did.
      if (!byCore || draft.edits.size > 0) pulled = false
      if (touched.size > 0) {
        topics.add('clients').add('insights')
        if (touched.size > MAX_IDS) clientIds = null
        else for (const recordId of touched) clientIds?.add(clientIdOfRecord(recordId))
        if (clientIds !== null && clientIds.size > MAX_IDS) clientIds = null
      }
      if (draft.edits.size > 0) topics.add('edits')
      if (draft.conflicts.size > 0) topics.add('conflicts')
      if (draft.checkpoints.size > 0) topics.add('sources').add('insights')
      for (const topic of draft.topics) topics.add(topic)
      // A name that stands in many lines.
      if (draft.topics.has('clients')) clientIds = null
      soon(draft.sweepPages.length > 0 && draft.edits.size === 0 ? NOTIFY_OF_PAGES_EVERY_MS : NOTIFY_EVERY_MS)
      for (const sourceId of waiting) onEditsWaiting(sourceId)
    },
  }
}

const ALL_TOPICS: readonly Topic[] = ['clients', 'edits', 'conflicts', 'testimonials', 'counts', 'insights', 'sources']
