import { useEffect, useRef, useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { useStore } from '../../bridge/app-context.tsx'
import type { BulkChange, BulkPlan, BulkSelection, BulkStep } from '../../store/store-contract.ts'

/** Clients of one transaction: see bulk/take-bulk.ts. */
const PER_STEP = 250

export interface BulkWork {
  /** What the change would do; null until that was looked at. */
  readonly plan: BulkPlan | null
  readonly problem: AppError | null
  /** Clients that are through, while it runs. */
  readonly done: number | null
  /** Takes in whom it is about, and looks what the change would do. */
  readonly look: (change: BulkChange) => Promise<void>
  /** Does it, part by part, and tells how many were changed: of all, or of as many as until it was closed or failed. */
  readonly run: (change: BulkChange) => Promise<BulkDone>
  /** Another change is meant: it is looked at anew. */
  readonly reset: () => void
}

export interface BulkDone {
  readonly changed: number
  readonly whole: boolean
  /** `one` where the second copy lacks some of it. */
  readonly copies: BulkStep['copies']
}

/** One piece of work for all selected clients, as long as its dialog is open. */
export function useBulkWork(selection: BulkSelection): BulkWork {
  const store = useStore()
  const [bulkId] = useState(() => crypto.randomUUID())
  const [plan, setPlan] = useState<BulkPlan | null>(null)
  const [problem, setProblem] = useState<AppError | null>(null)
  const [done, setDone] = useState<number | null>(null)
  const stopped = useRef(false)
  useEffect(() => {
    stopped.current = false
    return () => {
      stopped.current = true
      void store.call['bulk.end']({ bulkId })
    }
  }, [store, bulkId])

  const look = async (change: BulkChange): Promise<void> => {
    setProblem(null)
    const begun = await store.call['bulk.begin']({ bulkId, selection })
    const reply = begun.ok ? await store.call['bulk.plan']({ bulkId, change }) : begun
    if (reply.ok) setPlan(reply.value)
    else setProblem(reply.error)
  }
  const run: BulkWork['run'] = async (change) => {
    let changed = 0
    let copies: BulkDone['copies'] = 'both'
    setDone(0)
    for (let from = 0, total = 1; from < total; ) {
      const step = await store.call['bulk.take']({ bulkId, change, from, limit: PER_STEP })
      if (!step.ok) {
        setDone(null)
        setPlan(null)
        setProblem(step.error)
        return { changed, whole: false, copies }
      }
      changed += step.value.changed
      if (step.value.copies === 'one') copies = 'one'
      from = step.value.next
      total = step.value.total
      // Closed by the user: what is done is done, and one step of undo.
      if (stopped.current) return { changed, whole: false, copies }
      setDone(from)
    }
    return { changed, whole: true, copies }
  }
  return { plan, problem, done, look, run, reset: () => setPlan(null) }
}
