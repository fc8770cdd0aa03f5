import { IconArrowRight } from '@tabler/icons-react'
import { visibleText } from '../../shared/display/visible-text.ts'
import { type FieldKey, type FieldValue, isEmptyFieldValue } from '../../shared/model/field.ts'
import styles from './domain.module.css'

/** Longer ones are cut: a note of a megabyte would hold up the window. */
const MAX_SHOWN = 20_000

/** A value as it is shown: tags by commas, status ids by their labels, marks for what is hidden. Empty gives `null`. */
export function fieldText(
  field: FieldKey,
  value: FieldValue | undefined,
  statusLabels: Readonly<Record<string, string>> = {},
): string | null {
  if (value === undefined || value === null || isEmptyFieldValue(value)) return null
  if (typeof value !== 'string') return visibleText(value.slice(0, 1000).join(', '), MAX_SHOWN)
  const isLabelled = field === 'status' && Object.hasOwn(statusLabels, value)
  return visibleText(isLabelled ? (statusLabels[value] ?? value) : value, MAX_SHOWN)
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
