import { IconX } from '@tabler/icons-react'
import type { ListQuery } from '../../store/store-contract.ts'
import { formatNumber } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import styles from './clients.module.css'
import type { RowSelection, Selected } from './row-selection.ts'

/** Takes the place of the toolbar while rows are selected: how many, and what can be done with them. */
export function SelectionBar(props: {
  readonly selection: RowSelection
  readonly selected: Selected
  readonly count: number
  readonly total: number
  readonly query: ListQuery | null
}) {
  const { selection, count, total } = props
  return (
    <div role="toolbar" aria-label="Selection" className={styles.toolbar}>
      <b className={styles.picked} role="status">
        {formatNumber(count)} selected
      </b>
      {count < total && (
        <Button variant="quiet" onClick={() => selection.all()}>
          Select all results
        </Button>
      )}
      <Button variant="quiet" icon={<IconX size={16} aria-hidden />} onClick={() => selection.clear()}>
        Clear selection
      </Button>
    </div>
  )
}
