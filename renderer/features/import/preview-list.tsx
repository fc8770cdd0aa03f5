import { useId } from 'react'
import { FIELD_KEYS, isEmptyFieldValue } from '../../../shared/model/field.ts'
import type { ImportPlan } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { ShownText } from '../../ui/shown-text.tsx'
import styles from './import.module.css'

/** The first clients as they will be, field by field. */
export function PreviewList(props: { readonly plan: ImportPlan }) {
  const { preview, creates } = props.plan
  const id = useId()
  if (preview.length === 0) return null
  const fields = FIELD_KEYS.filter((field) => preview.some((client) => !isEmptyFieldValue(client.fields[field])))
  return (
    <section className={styles.section} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} className={styles.heading}>
        {creates > preview.length ? `The first ${preview.length} new clients` : 'New clients'}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className={styles.tableBox} tabIndex={0} aria-label="Preview">
        <table className={styles.preview}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {FIELD_LABELS[field]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.map((client) => (
              <tr key={client.line}>
                <td className="t3 tnum">{client.line}</td>
                {fields.map((field) => {
                  const value = client.fields[field]
                  const list =
                    typeof value === 'string' || value === null || value === undefined ? value : value.join(', ')
                  const text = field === 'status' ? (client.statusLabel ?? '') : (list ?? '')
                  return (
                    <td key={field} dir="auto">
                      <div className={styles.cell} title={text}>
                        <ShownText text={text.slice(0, 200)} />
                      </div>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
