import type { Clock } from '../../../shared/clock.ts'
import type { AttemptId, EditId, SourceId } from '../../../shared/ids.ts'
import { type Outcome, outcomeSchema } from '../../../shared/ipc/store-sync-contract.ts'
import { jsonValueSchema } from '../../../shared/json.ts'
import { holds } from '../../../shared/safety/rules.ts'
import type { StoreClient } from '../store-link.ts'
import type { EngineDeps } from './engine-contract.ts'

interface Kept {
  readonly editId: EditId
  readonly sourceId: SourceId
  /** Null: nothing was sent, so nothing is lost with it. */
  readonly attemptId: AttemptId | null
  readonly outcome: Outcome
}

/** Outcomes on their way to the store: kept, in the journal too, until a store has taken them. */
export interface OutcomeDesk {
  readonly keep: (item: Kept) => Promise<void>
  /** Hands over what is kept. False where the store would not take it now. */
  readonly deliver: (client: StoreClient) => Promise<boolean>
  /** The same, and settles what nobody knows of any more; nothing may be taken before it has answered true. */
  readonly catchUp: (client: StoreClient) => Promise<boolean>
  /** An edit may have been taken without our learning of it, or be taken and given up. */
  readonly mustRecover: () => void
  /** What an earlier process could not deliver comes from the journal. */
  readonly readJournal: () => void
}

export function createOutcomeDesk(
  deps: Pick<EngineDeps, 'entry' | 'journal' | 'onBug'> & {
    readonly clock: Clock
    /** Nothing is under way whose edit would be taken for one that nobody waits for. */
    readonly isIdle: () => boolean
  },
): OutcomeDesk {
  const { clock, journal, onBug } = deps
  let kept: readonly (Kept & { readonly isKept: boolean })[] = []
  let mustRecover = false

  const deliver = async (client: StoreClient): Promise<boolean> => {
    for (const item of kept) {
      const { editId, attemptId, outcome } = item
      const settled = await client['outbox.settle']({ editId, attemptId, outcome, at: clock.now() })
      if (!settled.ok && item.isKept && (settled.error.code === 'disconnected' || settled.error.code === 'storage'))
        return false
      // One that no store would ever take is not repeated for ever: the source is asked what became of it.
      if (!settled.ok) mustRecover = true
      else if (attemptId !== null) journal.settled(attemptId, settled.value.commit)
      kept = kept.filter((other) => other !== item)
    }
    return true
  }

  return {
    keep: async (item) => {
      // A program without this rule tells the store once, and thinks no more of it.
      const isKept = holds('outcome-until-acknowledged')
      kept = [...kept, { ...item, isKept }]
      if (item.attemptId === null || !isKept) return
      const { attemptId, editId, sourceId } = item
      const outcome = jsonValueSchema.parse(item.outcome)
      await journal.outcome({ attemptId, editId, sourceId, at: clock.now(), outcome })
    },
    deliver,
    catchUp: async (client) => {
      if (!(await deliver(client))) return false
      const sourceId = deps.entry()?.sourceId
      if (!mustRecover || sourceId === undefined) return true
      if (!deps.isIdle()) return false
      const recovered = await client['outbox.recover']({ at: clock.now(), sourceId })
      if (recovered.ok) mustRecover = false
      return recovered.ok
    },
    mustRecover: () => {
      mustRecover = true
    },
    readJournal: () => {
      const sourceId = deps.entry()?.sourceId
      if (sourceId === undefined) return
      for (const { attemptId, editId, outcome } of journal.openOutcomes(sourceId)) {
        if (kept.some((item) => item.attemptId === attemptId)) continue
        const parsed = outcomeSchema.safeParse(outcome)
        if (parsed.success) kept = [...kept, { attemptId, editId, sourceId, outcome: parsed.data, isKept: true }]
        else onBug('an outcome of the journal could not be read', parsed.error)
      }
    },
  }
}
