import type { AppError } from '../../../shared/app-error.ts'
import type { BulkPlan, BulkStep } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { copiesText } from '../../text/saved-text.ts'

/** What a change of many clients will do, a sentence each: requests by source, what stays here, and who is left out. */
export function bulkPlanLines(plan: BulkPlan, nameOf: (sourceId: string) => string): readonly string[] {
  const lines = plan.sends.map(
    ({ sourceId, clients }) => `${formatCount(clients, 'request goes', 'requests go')} to ${nameOf(sourceId)}.`,
  )
  if (plan.here > 0) {
    lines.push(`${formatCount(plan.here, 'client changes', 'clients change')} on this device only; nothing is sent.`)
  }
  if (plan.same > 0) lines.push(`${formatNumber(plan.same)} ${plan.same === 1 ? 'has' : 'have'} it so already.`)
  if (plan.refused > 0) {
    lines.push(
      `${formatCount(plan.refused, 'client is', 'clients are')} left out: the source does not take this value.`,
    )
  }
  return lines
}

/** What a delete of many clients will do: which source is asked and when, what only goes out of sight, and what is gone. */
export function deletePlanLines(plan: BulkPlan, nameOf: (sourceId: string) => string): readonly string[] {
  const lines = plan.sends.map(
    ({ sourceId, clients }) =>
      `${formatCount(clients, 'client is', 'clients are')} deleted at ${nameOf(sourceId)}, a request each. Nothing is sent for a minute.`,
  )
  if (plan.hidden > 0) {
    lines.push(
      `${formatCount(plan.hidden, 'client goes', 'clients go')} out of sight here; ${plan.hidden === 1 ? 'its' : 'their'} source takes no deletes and keeps ${plan.hidden === 1 ? 'it' : 'them'}.`,
    )
  }
  if (plan.here > 0) {
    lines.push(
      `${formatCount(plan.here, 'client lives', 'clients live')} on this device only and ${plan.here === 1 ? 'is' : 'are'} removed.`,
    )
  }
  if (plan.same > 0) lines.push(`${formatCount(plan.same, 'client is', 'clients are')} being deleted already.`)
  lines.push('One undo brings all of them back; for 30 days copies stay here.')
  return lines
}

/** Added to what is told at the end, where not all of it is stored twice yet. */
export function secondCopyText(copies: BulkStep['copies']): string {
  return copies === 'both' ? '' : ` ${copiesText('one')}`
}

/** Why a piece of work for many clients was not begun, or not finished. */
export function bulkProblemText(problem: AppError, done: 'changed' | 'deleted'): string {
  return problem.code === 'bad-input' && problem.rule === 'too-many'
    ? `At most 10,000 clients are ${done} at once, because each may be a request to its source. Narrow the list first.`
    : errorLine(problem, { sourceName: 'This device' })
}
