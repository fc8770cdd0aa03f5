import type { StoreLink } from '../../bridge/start-store-worker.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import type { Decision } from './decisions.ts'

/** Makes the rules that were ticked on a card. What was decided stays decided, whatever comes of the rules. */
export async function makeRules(
  store: StoreLink,
  conflict: ConflictView,
  decision: Decision,
  sourceName: string,
): Promise<{ readonly rules: number; readonly ruled: number; readonly ruleError: string | null }> {
  let rules = 0
  let ruled = 0
  let ruleError: string | null = null
  for (const field of decision.always) {
    const choice = decision.choices[field]
    if (choice === undefined) continue
    const reply = await store.call['fieldRules.make']({ sourceId: conflict.sourceId, field, choice })
    if (reply.ok) {
      rules++
      ruled += reply.value.decided
    } else {
      ruleError = `The rule for ${FIELD_LABELS[field]} was not made. ${errorLine(reply.error, { sourceName, during: 'edit' })}`
    }
  }
  return { rules, ruled, ruleError }
}
