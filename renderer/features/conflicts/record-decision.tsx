import { IconTrash } from '@tabler/icons-react'
import { useId } from 'react'
import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import { fieldText } from '../../domain/field-diff.tsx'
import type { ConflictView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { NAMES } from '../../text/names.ts'
import { recordChoiceWords } from './conflict-words.ts'
import styles from './conflicts.module.css'
import { OwnStatusDot } from './own-status-dot.tsx'
import { SideChoice } from './side-choice.tsx'

/**
 * A decision about the whole client: one side deleted it, or it may be at the source several times. With a single
 * changed field it is named by that field and shows its values in place.
 */
export function RecordDecision(props: {
  readonly conflict: ConflictView
  readonly sourceName: string
  readonly choice: ConflictChoice | null
  readonly onChoose: (choice: ConflictChoice) => void
}) {
  const { conflict, choice, onChoose } = props
  const group = useId()
  const words = recordChoiceWords(conflict, props.sourceName)
  const single = conflict.fields.length === 1 ? conflict.fields[0] : undefined
  const label = single === undefined ? 'Client' : FIELD_LABELS[single.field]
  const text = (field: ConflictView['fields'][number], side: 'base' | 'mine' | 'theirs'): string =>
    fieldText(field.field, field[side], conflict.statusLabels) ?? 'empty'
  // Where the source has deleted it there is no value of theirs to show, and where we delete it none of ours.
  const mineGone = words.mine.gone
  const theirsGone = words.theirs.gone
  return (
    <>
      {single === undefined &&
        conflict.fields.map((field) => (
          <div key={field.field} className={styles.decision}>
            <div className={styles.asked}>
              <span className={styles.label}>{FIELD_LABELS[field.field]}</span>
              <span className={styles.base} dir="auto">
                {text(field, 'base')}
              </span>
            </div>
            <div className={styles.sides}>
              <span className={styles.plain} dir="auto">
                {mineGone ? '' : text(field, 'mine')}
              </span>
              <span className={styles.plain} dir="auto">
                {theirsGone ? '' : text(field, 'theirs')}
              </span>
            </div>
          </div>
        ))}
      <div data-subject="record" className={styles.decision}>
        <div className={styles.asked}>
          <span className={styles.label}>{label}</span>
          <span className={styles.base} dir="auto">
            {single !== undefined && <OwnStatusDot field={single.field} value={single.base} />}
            {single === undefined ? '' : text(single, 'base')}
          </span>
        </div>
        <div role="radiogroup" aria-label={label} className={styles.sides}>
          <SideChoice
            group={group}
            label={NAMES.keepMine}
            effect={words.mine.effect}
            checked={choice === 'mine'}
            onChoose={() => onChoose('mine')}
          >
            {single !== undefined && !mineGone && <OwnStatusDot field={single.field} value={single.mine} />}
            <Side gone={mineGone} text={single === undefined || mineGone ? words.mine.value : text(single, 'mine')} />
          </SideChoice>
          <SideChoice
            group={group}
            label={NAMES.takeTheirs}
            effect={words.theirs.effect}
            checked={choice === 'theirs'}
            onChoose={() => onChoose('theirs')}
          >
            {single !== undefined && !theirsGone && <OwnStatusDot field={single.field} value={single.theirs} />}
            <Side
              gone={theirsGone}
              text={single === undefined || theirsGone ? words.theirs.value : text(single, 'theirs')}
            />
          </SideChoice>
        </div>
      </div>
    </>
  )
}

function Side(props: { readonly gone: boolean; readonly text: string }) {
  if (!props.gone) return <span dir="auto">{props.text}</span>
  return (
    <span className={styles.gone}>
      <IconTrash size={16} aria-hidden />
      {props.text}
    </span>
  )
}
