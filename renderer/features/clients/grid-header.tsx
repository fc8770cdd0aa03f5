// biome-ignore-all lint/a11y/useSemanticElements: a virtualised ARIA grid of positioned rows; a table cannot be laid out so
// biome-ignore-all lint/a11y/useFocusableInteractive: one tab stop that roves over the cells; the rest takes no focus
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { memo } from 'react'
import type { Sort } from '../../store/store-contract.ts'
import { cx } from '../../ui/cx.ts'
import { COLUMNS } from './columns.ts'
import styles from './grid.module.css'
import { SelectBox } from './select-box.tsx'

export interface GridHeaderProps {
  readonly template: string
  readonly width: number
  readonly sort: Sort | null
  /** Something is looked for: the best match leads where the user asked for no order. */
  readonly searching: boolean
  readonly onSort: (sort: Sort) => void
  readonly selected: boolean | 'some'
  readonly onSelectAll: () => void
}

export const GridHeader = memo(function GridHeader(props: GridHeaderProps) {
  const { sort } = props
  return (
    <div role="row" className={styles.header} style={{ gridTemplateColumns: props.template, width: props.width }}>
      <span role="columnheader" className={styles.mark}>
        <SelectBox label="Select all results" checked={props.selected} onPress={props.onSelectAll} />
        <span className="visually-hidden">Sync mark</span>
      </span>
      {COLUMNS.map((column) => {
        // Without an order of the user's the newest change leads, and the best match where something is looked for.
        const newest = sort === null && !props.searching && column.key === 'updated' ? 'desc' : null
        const sorted = sort?.key === column.sort ? sort.direction : newest
        return (
          <span
            key={column.key}
            role="columnheader"
            aria-sort={sorted === null ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
            className={cx(styles.headCell, column.key === 'name' && styles.name, sorted !== null && styles.sorted)}
          >
            <button
              type="button"
              className={styles.sort}
              onClick={() => {
                const reverse = sorted === 'asc' ? 'desc' : 'asc'
                props.onSort({ key: column.sort, direction: sorted === null ? column.first : reverse })
              }}
            >
              {column.label}
              {sorted === 'asc' && <IconArrowUp size={12} aria-hidden />}
              {sorted === 'desc' && <IconArrowDown size={12} aria-hidden />}
            </button>
          </span>
        )
      })}
    </div>
  )
})
