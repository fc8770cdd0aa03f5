import { type ReactNode, useId } from 'react'
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
  /** Theirs is another one than was shown before. */
  readonly moved: boolean
  readonly onChoose: (choice: ConflictChoice) => void
  /** Under the base value: the choice as a rule. */
  readonly children: ReactNode
}) {
  const { field, statusLabels } = props
  const group = useId()
  const label = FIELD_LABELS[field.field]
  const base = fieldText(field.field, field.base, statusLabels)
  const mine = fieldText(field.field, field.mine, statusLabels)
  const theirs = fieldText(field.field, field.theirs, statusLabels)
  return (
    <div data-subject={field.field} className={styles.decision}>
      <div className={styles.asked}>
        <span className={styles.label}>{label}</span>
        <span className={styles.base} dir="auto">
          <OwnStatusDot field={field.field} value={field.base} />
          {base ?? <span className="t3">empty</span>}
        </span>
        {props.children}
      </div>
      <div role="radiogroup" aria-label={label} className={styles.sides}>
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
          effect={props.moved ? 'new value' : undefined}
          checked={props.choice === 'theirs'}
          onChoose={() => props.onChoose('theirs')}
        >
          <OwnStatusDot field={field.field} value={field.theirs} />
          <Value text={theirs} other={mine} />
        </SideChoice>
      </div>
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
