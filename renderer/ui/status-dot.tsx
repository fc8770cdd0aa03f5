import { cx } from './cx.ts'
import styles from './primitives.module.css'

export type DotTone = 'active' | 'paused' | 'inactive' | 'vendor' | 'plain'

const TONES = { active: styles.active, paused: styles.half, inactive: styles.ring, plain: styles.plain } as const

/** Filled green, half amber, hollow, the vendor's own colour, or grey. Never alone: the word stands beside it. */
export function StatusDot(props: { readonly tone: DotTone; readonly color?: string | null }) {
  if (props.tone === 'vendor') {
    return <i aria-hidden className={styles.dot} style={{ background: props.color ?? 'var(--border-control)' }} />
  }
  return <i aria-hidden className={cx(styles.dot, TONES[props.tone])} />
}
