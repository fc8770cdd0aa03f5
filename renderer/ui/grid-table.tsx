import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './grid-table.module.css'

/** A table of a few tall rows. `className` sets `--cols`, and `--row-space` where 10 px are not right. */
export function GridTable(props: {
  readonly label: string
  readonly className: string | undefined
  readonly children: ReactNode
}) {
  return (
    <table aria-label={props.label} className={cx(styles.table, props.className)}>
      {props.children}
    </table>
  )
}
