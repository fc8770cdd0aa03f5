import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './primitives.module.css'

/** Icon 20, one strong line, one quiet line, one button; in the top third of its place unless `inline`. */
export function EmptyState(props: {
  readonly icon: ReactNode
  readonly lead: ReactNode
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly inline?: boolean
}) {
  return (
    <div className={cx(styles.empty, props.inline !== true && styles.emptyFill)}>
      {props.icon}
      <p className={styles.emptyLead}>{props.lead}</p>
      {props.children !== undefined && <p className={styles.emptyText}>{props.children}</p>}
      {props.action !== undefined && <div className={styles.emptyAction}>{props.action}</div>}
    </div>
  )
}
