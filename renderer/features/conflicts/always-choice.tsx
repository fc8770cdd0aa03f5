import type { ConflictId, SourceId } from '../../../shared/ids.ts'
import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { Checkbox } from '../../ui/form-field.tsx'
import styles from './conflicts.module.css'
import { previewText, ruleText } from './rule-words.ts'

/** Makes the choice a rule. Offered once there is a choice, in the room under the field's base value. */
export function AlwaysChoice(props: {
  readonly conflictId: ConflictId
  readonly sourceId: SourceId
  readonly sourceName: string
  readonly field: FieldKey
  readonly choice: ConflictChoice | null
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}) {
  const { sourceId, field, choice, checked } = props
  const preview = useStoreQuery(
    'fieldRules.preview',
    choice !== null && checked ? { sourceId, field, choice, except: props.conflictId } : null,
    ['conflicts'],
  )
  if (choice === null) return null
  return (
    <div className={styles.always}>
      <Checkbox
        label={ruleText(choice, field, props.sourceName)}
        checked={checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {checked && preview.data !== null && (
        <p className={styles.preview} role="status">
          {previewText(preview.data)}
        </p>
      )}
    </div>
  )
}
