import { IconScale } from '@tabler/icons-react'
import { useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { SourceSquare } from '../../domain/source-label.tsx'
import { useSource } from '../../state/host-state.ts'
import type { FieldRuleView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/toast.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './conflicts.module.css'
import { ruleText, ruleUseText } from './rule-words.ts'

/** What was said to be "always" so: listed, and removed here. Made on the cards, from a choice. */
export function RulesList() {
  const rules = useStoreQuery('fieldRules.list', {}, ['conflicts']).data ?? []
  if (rules.length === 0) return null
  return (
    <section className={styles.rules} aria-labelledby="conflict-rules">
      <h2 id="conflict-rules" className={styles.rulesHead}>
        <IconScale size={14} aria-hidden />
        Rules
      </h2>
      <ul aria-label="Rules">
        {rules.map((rule) => (
          <RuleLine key={rule.ruleId} rule={rule} />
        ))}
      </ul>
    </section>
  )
}

function RuleLine(props: { readonly rule: FieldRuleView }) {
  const { rule } = props
  const store = useStore()
  const source = useSource(rule.sourceId)
  const now = useNow()
  const sourceName = source?.name ?? 'Removed source'
  const remove = async (): Promise<void> => {
    const reply = await store.call['fieldRules.remove']({ ruleId: rule.ruleId })
    notify(
      reply.ok
        ? { text: `Removed. Conflicts in ${FIELD_LABELS[rule.field]} of ${sourceName} ask again.` }
        : { tone: 'danger', text: errorLine(reply.error, { sourceName: 'This device', during: 'edit' }) },
    )
  }
  return (
    <li className={styles.rule}>
      <SourceSquare source={source} />
      <span>{ruleText(rule.choice, rule.field, sourceName)}</span>
      <span className={styles.ruleUse}>{ruleUseText(rule, now)}</span>
      <Button variant="quiet" onClick={() => void remove()}>
        {NAMES.remove}
      </Button>
    </li>
  )
}
