import type { BulkPlan } from '../../store/store-contract.ts'
import { formatCount, formatNumber } from '../../text/format.ts'

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
