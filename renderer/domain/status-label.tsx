import { memo } from 'react'
import type { StatusView } from '../store/store-contract.ts'
import { StatusDot } from '../ui/status-dot.tsx'
import styles from './domain.module.css'

/** Dot and word of a status, stage or lead status. */
export const StatusLabel = memo(function StatusLabel(props: { readonly status: StatusView }) {
  const { status } = props
  return (
    <span className={styles.status}>
      <StatusDot tone={status.tone} color={status.color} />
      <span className="ell" dir="auto">
        {status.label}
      </span>
    </span>
  )
}, saysTheSame)

/** Each answer of the store has objects of its own. */
function saysTheSame({ status: a }: { status: StatusView }, { status: b }: { status: StatusView }): boolean {
  return a.label === b.label && a.tone === b.tone && a.color === b.color
}
