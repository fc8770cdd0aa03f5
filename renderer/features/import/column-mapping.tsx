import { useId } from 'react'
import type { ColumnTarget } from '../../../shared/csv/guess-columns.ts'
import type { CsvMapping, ImportFileView } from '../../store/store-contract.ts'
import { Checkbox, FormField, NativeSelect } from '../../ui/form-field.tsx'
import { ShownText } from '../../ui/shown-text.tsx'
import styles from './import.module.css'
import { DELIMITER_LABELS, TARGET_LABELS } from './import-words.ts'

/** Which column is which field: guessed from its name, or from what stands in it; every guess can be changed. */
export function ColumnMapping(props: {
  readonly csv: NonNullable<ImportFileView['csv']>
  readonly onChange: (csv: Partial<CsvMapping>) => void
}) {
  const { csv, onChange } = props
  const id = useId()
  const change = (at: number, target: ColumnTarget): void =>
    onChange({ targets: csv.columns.map((column, index) => (index === at ? target : column.target)) })
  return (
    <section className={styles.section} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} className={styles.heading}>
        Columns
      </h3>
      <div className={styles.csvForm}>
        <FormField id={`${id}-separator`} label="Separator">
          {(binding) => (
            <NativeSelect
              {...binding}
              value={csv.delimiter}
              onChange={(event) => {
                const wanted = event.currentTarget.value
                const known = DELIMITER_LABELS.find(([delimiter]) => delimiter === wanted)
                if (known !== undefined) onChange({ delimiter: known[0] })
              }}
            >
              {DELIMITER_LABELS.map(([delimiter, label]) => (
                <option key={delimiter} value={delimiter}>
                  {label}
                </option>
              ))}
            </NativeSelect>
          )}
        </FormField>
        <Checkbox
          label="The first row has the names of the columns"
          checked={csv.hasHeader}
          onChange={(event) => onChange({ hasHeader: event.currentTarget.checked })}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className={styles.tableBox} tabIndex={0} aria-label="Columns and their fields">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">First values</th>
              <th scope="col" className={styles.targetColumn}>
                Goes to
              </th>
            </tr>
          </thead>
          <tbody>
            {csv.columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names repeat
              <tr key={at}>
                <th scope="row" className="ell" dir="auto" title={column.label}>
                  <ShownText text={column.label} />
                </th>
                <td className="ell t2" dir="auto" title={column.samples.join(' · ')}>
                  {column.samples.length === 0 ? (
                    <span className="t3">empty</span>
                  ) : (
                    <ShownText text={column.samples.join(' · ')} />
                  )}
                </td>
                <td>
                  <NativeSelect
                    aria-label={`Field for ${column.label}`}
                    value={column.target}
                    onChange={(event) => {
                      const wanted = TARGET_LABELS.find(([target]) => target === event.currentTarget.value)
                      if (wanted !== undefined) change(at, wanted[0])
                    }}
                  >
                    {TARGET_LABELS.map(([target, label]) => (
                      <option key={target} value={target}>
                        {label}
                      </option>
                    ))}
                  </NativeSelect>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
