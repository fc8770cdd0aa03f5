import { z } from 'zod'
import type { ReadRecords } from '../reading/read-records.ts'

/** Share of unreadable records above which a sweep is no evidence of anything (SYNC.md F064). */
const MAX_BAD_SHARE = 0.2

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

/** Whether a sweep that reached its end missed nothing, and if not, why. */
export function verdictOf(facts: SweepFacts): { readonly proven: boolean; readonly reason: string | null } {
  if (facts.reason !== null) return { proven: false, reason: facts.reason }
  const isBad = facts.nameless > 0 || facts.bad > facts.received * MAX_BAD_SHARE
  return isBad ? { proven: false, reason: 'bad-records' } : { proven: true, reason: null }
}
