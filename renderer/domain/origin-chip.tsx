import { IconDeviceLaptop } from '@tabler/icons-react'
import { useSource } from '../state/host-state.ts'
import type { Origin } from '../store/store-contract.ts'
import styles from './domain.module.css'
import { SourceSquare, THIS_DEVICE } from './source-label.tsx'

/** Where a shown value comes from: square and source, or laptop and `This device`. */
export function OriginChip(props: { readonly origin: Origin }) {
  const { origin } = props
  const source = useSource(origin.kind === 'device' ? null : origin.sourceId)
  if (origin.kind === 'device') {
    return (
      <span className={styles.origin}>
        <IconDeviceLaptop size={12} aria-hidden />
        {THIS_DEVICE}
      </span>
    )
  }
  return (
    <span className={styles.origin}>
      <SourceSquare source={source} small />
      <span className="ell" dir="auto">
        {source?.name ?? 'Removed source'}
      </span>
    </span>
  )
}
