import styles from './primitives.module.css'

/** 4 px bar. `value` from 0 to 1, or null where no total is known: then a still 30 % bar without a value. */
export function ProgressBar(props: { readonly label: string; readonly value: number | null; readonly text?: string }) {
  const percent = props.value === null ? null : Math.round(Math.min(1, Math.max(0, props.value)) * 100)
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      aria-valuetext={props.text}
    >
      <i className={styles.progressFill} style={{ width: `${percent ?? 30}%` }} />
    </div>
  )
}
