import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import radio from '../../ui/radio-card.module.css'
import styles from './conflicts.module.css'

/** A whole cell as a radio: the value on top, what choosing it means under it. */
export function SideChoice(props: {
  readonly group: string
  /** `Keep mine` or `Take theirs`, and the whole accessible name. */
  readonly label: string
  /** What it does, where that is more than keeping a value. */
  readonly effect?: string | undefined
  readonly checked: boolean
  readonly onChoose: () => void
  readonly children: ReactNode
}) {
  const valueId = `${props.group}-${props.label.replaceAll(' ', '-')}`
  return (
    <label className={cx(radio.card, styles.choice)}>
      <input
        type="radio"
        name={props.group}
        aria-label={props.label}
        aria-describedby={valueId}
        checked={props.checked}
        onChange={props.onChoose}
      />
      <span className={styles.dot} aria-hidden />
      <span className={styles.choiceText}>
        <span id={valueId} className={styles.value}>
          {props.children}
        </span>
        <span className={styles.means}>
          {props.label}
          {props.effect !== undefined && <span className={styles.effect}> {props.effect}</span>}
        </span>
      </span>
    </label>
  )
}
