import type { FieldKey, FieldValue } from '../../../shared/model/field.ts'
import { StatusDot } from '../../ui/status-dot.tsx'
import styles from './conflicts.module.css'

/** The dot before a status in our three words; nothing before any other value. */
export function OwnStatusDot(props: { readonly field: FieldKey; readonly value: FieldValue }) {
  const { field, value } = props
  if (field !== 'status' || typeof value !== 'string') return null
  const tone = value.toLowerCase()
  if (tone !== 'active' && tone !== 'paused' && tone !== 'inactive') return null
  return (
    <span className={styles.statusDot}>
      <StatusDot tone={tone} />
    </span>
  )
}
