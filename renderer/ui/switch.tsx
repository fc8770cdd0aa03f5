import { cx } from './cx.ts'
import styles from './switch.module.css'

export function Switch(props: {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** The label is for screen readers only; something visible beside it says the same. */
  readonly labelHidden?: boolean
  readonly title?: string
  readonly disabled?: boolean
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={props.checked}
      className={styles.switch}
      title={props.title}
      disabled={props.disabled}
      onClick={() => props.onChange(!props.checked)}
    >
      <i aria-hidden className={styles.track} />
      <span className={cx(props.labelHidden === true && styles.hiddenLabel)}>{props.label}</span>
    </button>
  )
}
