import type { Clock } from '../../shared/clock.ts'
import type { RecordId } from '../../shared/ids.ts'
import type { ClientView } from './projection/view.ts'
import { HeadsNotRead } from './records/record-contract.ts'
import type { SearchEngine } from './search/engine/engine-contract.ts'

/** Where nobody asks and nothing else is written, lines are brought up to date after so long. */
const AT_LAST_MS = 50
/** As many at least, while a transaction is under way. */
const SOME = 64

/**
 * Lines and search index after a commit. The records themselves change with it; what is derived of them is not what its
 * caller waits for: it is made while the next transaction is under way, or when somebody asks, or a little later. Whoever
 * asks anything of these two faces is answered as if it had been made at once.
 */
export interface LateLines {
  readonly view: ClientView
  readonly search: SearchEngine
  /** These records have changed. */
  readonly touched: (recordIds: ReadonlySet<RecordId>) => void
  /** A share of what is late: for moments in which the processor has nothing else to do. */
  readonly someOfIt: () => void
  readonly stop: () => void
}

export function createLateLines(deps: {
  readonly view: ClientView
  readonly search: SearchEngine
  readonly clock: Clock
}): LateLines {
  const { view, search, clock } = deps
  const waiting = new Set<RecordId>()
  let cancel: (() => void) | null = null

  const bring = (most: number): void => {
    const part: RecordId[] = []
    for (const recordId of waiting) {
      if (part.length >= most) break
      part.push(recordId)
    }
    view.refresh(part)
    // Only now: where one of them has no head in memory, all are still to be looked at.
    for (const recordId of part) waiting.delete(recordId)
    if (waiting.size === 0) {
      cancel?.()
      cancel = null
    }
  }
  const bringAll = (): void => {
    if (waiting.size === 0) return
    try {
      bring(waiting.size)
    } catch (thrown) {
      // A bug is told of once, and not to everybody who asks from here on.
      if (!(thrown instanceof HeadsNotRead)) waiting.clear()
      throw thrown
    }
  }
  const asked = <A extends readonly unknown[], R>(answer: (...given: A) => R): ((...given: A) => R) => {
    return (...given) => {
      bringAll()
      return answer(...given)
    }
  }

  return {
    view: {
      row: asked(view.row),
      rowAt: asked(view.rowAt),
      recall: asked(view.recall),
      slotOf: asked(view.slotOf),
      size: asked(view.size),
      all: asked(view.all),
      text: asked(view.text),
      slots: asked(view.slots),
      columns: asked(view.columns),
      get words() {
        bringAll()
        return view.words
      },
      ready: asked(view.ready),
      order: asked(view.order),
      mayBegin: asked(view.mayBegin),
      compareTexts: view.compareTexts,
      newestAt: asked(view.newestAt),
      refresh: asked(view.refresh),
      refreshing: asked(view.refreshing),
      forget: asked(view.forget),
      version: asked(view.version),
      parts: asked(view.parts),
      bytes: view.bytes,
    },
    search: {
      size: asked(search.size),
      upsert: asked(search.upsert),
      remove: asked(search.remove),
      has: asked(search.has),
      top: asked(search.top),
      all: asked(search.all),
      count: asked(search.count),
      maintain: asked(search.maintain),
      forget: asked(search.forget),
      parts: asked(search.parts),
      bytes: search.bytes,
    },
    touched: (recordIds) => {
      // Names of sources and statuses may be others now, without any record.
      if (recordIds.size === 0) view.refresh([])
      for (const recordId of recordIds) waiting.add(recordId)
      if (waiting.size === 0) return
      cancel ??= clock.schedule(AT_LAST_MS, () => {
        cancel = null
        try {
          bringAll()
        } catch (thrown) {
          // Nobody has asked: it is made when somebody does, who then reads what is missing.
          if (!(thrown instanceof HeadsNotRead)) throw thrown
        }
      })
    },
    someOfIt: () => {
      if (waiting.size === 0) return
      try {
        bring(Math.max(SOME, waiting.size >> 1))
      } catch {
        // Not in the middle of somebody's transaction: whoever asks next is told.
      }
    },
    stop: () => {
      cancel?.()
      cancel = null
    },
  }
}
