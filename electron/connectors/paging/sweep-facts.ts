import { z } from 'zod'
import type { SweepProof } from '../../../shared/sync/verdict.ts'
import type { PullEnd } from '../connector.ts'
import type { ReadRecords } from '../reading/read-records.ts'

/** Share of unreadable records above which a sweep is no evidence of anything (SYNC.md F064). */
const MAX_BAD_SHARE = 0.2
/** So few unreadable records never are the vendor's whole answer, however short its list. */
const MIN_BAD = 5

/** What every kind of sweep keeps count of. Small and JSON, because it travels in the position of each page. */
export const sweepFactsSchema = z.object({
  received: z.number().int().nonnegative(),
  bad: z.number().int().nonnegative(),
  /** Unreadable records whose id is unknown: what they are about could be missing only by being unreadable. */
  nameless: z.number().int().nonnegative(),
  /** The first thing that kept the sweep from being proof. */
  reason: z.string().nullable(),
})
export interface SweepFacts extends z.infer<typeof sweepFactsSchema> {}

export const NO_FACTS: SweepFacts = { received: 0, bad: 0, nameless: 0, reason: null }

export function countPage(facts: SweepFacts, page: ReadRecords): SweepFacts {
  return {
    received: facts.received + page.records.length + page.problems.length,
    bad: facts.bad + page.problems.length,
    nameless: facts.nameless + page.problems.filter((problem) => problem.remoteId === null).length,
    reason: facts.reason,
  }
}

export function spoil(facts: SweepFacts, reason: string): SweepFacts {
  return facts.reason === null ? { ...facts, reason } : facts
}

/** What a sweep that reached its end proves: `best`, if nothing came in its way. */
export function proofOf(
  facts: SweepFacts,
  best: SweepProof,
  size: number | null,
): Pick<PullEnd, 'proof' | 'reason' | 'size' | 'isVoid'> {
  const isBad = facts.bad > facts.received * MAX_BAD_SHARE
  const reason = facts.reason ?? (facts.nameless > 0 || isBad ? 'bad-records' : null)
  return { proof: reason === null ? best : 'none', reason, size, isVoid: isBad && facts.bad > MIN_BAD }
}
