import { useId, useState } from 'react'
import { SourceLabel, THIS_DEVICE } from '../../domain/source-label.tsx'
import type { DuplicateChoice, ImportDuplicate, ImportPlan } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { NativeSelect } from '../../ui/form-field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { ShownText } from '../../ui/shown-text.tsx'
import styles from './import.module.css'
import { and, duplicateText } from './import-words.ts'
import type { ImportControl } from './use-import.ts'

const CHOICES = [
  { value: 'skip', label: 'Skip' },
  { value: 'import', label: 'Import anyway' },
  { value: 'fill', label: 'Fill empty fields' },
] as const satisfies readonly { readonly value: DuplicateChoice; readonly label: string }[]

const SHOWN_AT_FIRST = 50

/** Who may be here already, why that is thought, and what is to become of each. */
export function DuplicatesList(props: { readonly control: ImportControl; readonly plan: ImportPlan }) {
  const { control, plan } = props
  const { choices } = control.state
  const id = useId()
  const [all, setAll] = useState(false)
  if (plan.duplicateCount === 0) return null
  const shown = all ? plan.duplicates : plan.duplicates.slice(0, SHOWN_AT_FIRST)
  const more = plan.duplicateCount - shown.length
  return (
    <section className={styles.section} aria-labelledby={`${id}-title`}>
      <div className={styles.headingLine}>
        <h3 id={`${id}-title`} className={styles.heading}>
          {formatCount(plan.duplicateCount, 'possible duplicate')}
        </h3>
        <span className="spring" />
        <Segmented
          label="What to do with all possible duplicates"
          value={choices.all}
          segments={CHOICES}
          onChange={(choice) => control.setChoices({ all: choice, rows: {} })}
        />
      </div>
      <ul className={styles.rows}>
        {shown.map((duplicate) => (
          <DuplicateRow
            key={duplicate.index}
            duplicate={duplicate}
            choice={choices.rows[duplicate.index] ?? choices.all}
            onChange={(choice) =>
              control.setChoices({ ...choices, rows: { ...choices.rows, [duplicate.index]: choice } })
            }
          />
        ))}
      </ul>
      {more > 0 && shown.length < plan.duplicates.length && (
        <Button variant="quiet" onClick={() => setAll(true)}>
          Show all
        </Button>
      )}
      {more > 0 && shown.length === plan.duplicates.length && (
        <p className="small t3">and {formatNumber(more)} more, for whom the choice for all holds</p>
      )}
    </section>
  )
}

function DuplicateRow(props: {
  readonly duplicate: ImportDuplicate
  readonly choice: DuplicateChoice
  readonly onChange: (choice: DuplicateChoice) => void
}) {
  const { duplicate, choice } = props
  const { client, fills } = duplicate
  const canFill = client !== null && fills.length > 0
  const source = client?.sourceIds[0]
  return (
    <li className={styles.item}>
      <span className={styles.line}>{duplicate.line}</span>
      <div className={styles.what}>
        <span className="strong" dir="auto">
          <ShownText text={duplicate.name} />
        </span>
        <span className="small t2" dir="auto">
          <ShownText text={duplicateText(duplicate)} />{' '}
          {client !== null && (source === undefined ? THIS_DEVICE : <SourceLabel sourceId={source} extra={0} />)}
        </span>
        {choice === 'fill' && (
          <span className="small t3">
            {canFill
              ? `Fills ${and(fills.map((field) => FIELD_LABELS[field].toLowerCase()))}.`
              : 'Nothing to fill: skipped.'}
          </span>
        )}
      </div>
      <div className={styles.choice}>
        <NativeSelect
          aria-label={`What to do with ${duplicate.name}, line ${duplicate.line}`}
          value={choice}
          onChange={(event) => {
            const wanted = CHOICES.find((each) => each.value === event.currentTarget.value)
            if (wanted !== undefined) props.onChange(wanted.value)
          }}
        >
          {CHOICES.map((each) => (
            <option key={each.value} value={each.value} disabled={each.value === 'fill' && !canFill}>
              {each.label}
            </option>
          ))}
        </NativeSelect>
      </div>
    </li>
  )
}
