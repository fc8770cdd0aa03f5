import { useId } from 'react'
import type { ConflictChoice, ConflictField } from '../../../shared/model/conflict.ts'
import { fieldText } from '../../domain/field-diff.tsx'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { NAMES } from '../../text/names.ts'
import { markDifferences } from './conflict-words.ts'
import styles from './conflicts.module.css'
import { OwnStatusDot } from './own-status-dot.tsx'
import { SideChoice } from './side-choice.tsx'

/** One field that both sides changed: what it was, and the two values to choose from. */
export function FieldDecision(props: {
  readonly field: ConflictField
  readonly statusLabels: Readonly<Record<string, string>>
  readonly choice: ConflictChoice | null
  readonly onChoose: (choice: ConflictChoice) => void
}) {
  const { field, statusLabels } = props
  const group = useId()
  const label = FIELD_LABELS[field.field]
  const base = fieldText(field.field, field.base, statusLabels)
  const mine = fieldText(field.field, field.mine, statusLabels)
  const theirs = fieldText(field.field, field.theirs, statusLabels)
  return (
    <div role="radiogroup" aria-label={label} data-subject={field.field} className={styles.decision}>
      <span className={styles.label}>{label}</span>
      <span className={styles.base} dir="auto">
        <OwnStatusDot field={field.field} value={field.base} />
        {base ?? <span className="t3">empty</span>}
      </span>
      <SideChoice
        group={group}
        label={NAMES.keepMine}
        checked={props.choice === 'mine'}
        onChoose={() => props.onChoose('mine')}
      >
        <OwnStatusDot field={field.field} value={field.mine} />
        <Value text={mine} other={theirs} />
      </SideChoice>
      <SideChoice
        group={group}
        label={NAMES.takeTheirs}
        checked={props.choice === 'theirs'}
        onChoose={() => props.onChoose('theirs')}
      >
        <OwnStatusDot field={field.field} value={field.theirs} />
        <Value text={theirs} other={mine} />
      </SideChoice>
    </div>
  )
}

/** From this length on, the words that differ are strong; a short value is read at a glance. */
const LONG_TEXT = 60

function Value(props: { readonly text: string | null; readonly other: string | null }) {
  const { text, other } = props
  if (text === null) return <span className="t3">empty</span>
  if (other === null || Math.max(text.length, other.length) < LONG_TEXT) return <span dir="auto">{text}</span>
  let start = 0
  return (
    <span dir="auto">
      {markDifferences(text, other).map((part) => {
        const key = start
        start += part.text.length
        return part.differs ? <strong key={key}>{part.text}</strong> : <span key={key}>{part.text}</span>
      })}
    </span>
  )
}
