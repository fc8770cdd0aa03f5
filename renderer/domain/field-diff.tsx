import { IconArrowRight } from '@tabler/icons-react'
import { type FieldKey, type FieldValue, isEmptyFieldValue } from '../../shared/model/field.ts'
import styles from './domain.module.css'

/** A value as text: tags by commas, status ids by their labels. Empty values give `null`. */
export function fieldText(
  field: FieldKey,
  value: FieldValue | undefined,
  statusLabels: Readonly<Record<string, string>> = {},
): string | null {
  if (value === undefined || value === null || isEmptyFieldValue(value)) return null
  if (typeof value !== 'string') return value.join(', ')
  return field === 'status' ? (statusLabels[value] ?? value) : value
}

/** `old` struck, arrow, **new**; only new for what was created; `empty` for what was cleared. */
export function FieldDiff(props: {
  readonly field: FieldKey
  readonly from: FieldValue
  readonly to: FieldValue
  readonly statusLabels?: Readonly<Record<string, string>>
  /** A create has no old value worth showing. */
  readonly onlyNew?: boolean
}) {
  const from = fieldText(props.field, props.from, props.statusLabels)
  const to = fieldText(props.field, props.to, props.statusLabels)
  return (
    <span className={styles.diff}>
      {props.onlyNew !== true &&
        (from === null ? (
          <span className={styles.empty}>empty</span>
        ) : (
          <s dir="auto">
            <span className="visually-hidden">was </span>
            {from}
          </s>
        ))}
      <span className={styles.becomes}>
        {props.onlyNew !== true && <IconArrowRight size={12} aria-hidden />}
        {to === null ? <span className={styles.empty}>empty</span> : <b dir="auto">{to}</b>}
      </span>
    </span>
  )
}
