import { Menu } from '@mantine/core'
import {
  IconAddressBook,
  IconCircleDot,
  IconDownload,
  IconFileSpreadsheet,
  IconTag,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { exportClients } from '../../actions/export-clients.tsx'
import { useStore } from '../../bridge/app-context.tsx'
import type { BulkSelection, ListQuery } from '../../store/store-contract.ts'
import { formatNumber } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import styles from './clients.module.css'
import type { RowSelection, Selected } from './row-selection.ts'

const BulkChangeDialog = lazy(async () => ({ default: (await import('./bulk-change-dialog.tsx')).BulkChangeDialog }))
const DeleteManyDialog = lazy(async () => ({ default: (await import('./delete-many-dialog.tsx')).DeleteManyDialog }))

/** Takes the place of the toolbar while rows are selected: how many, and what can be done with them. */
export function SelectionBar(props: {
  readonly selection: RowSelection
  readonly selected: Selected
  readonly count: number
  readonly total: number
  readonly query: ListQuery
}) {
  const { selection, selected, count, total, query } = props
  const store = useStore()
  const [dialog, setDialog] = useState<'tags' | 'status' | 'delete' | null>(null)
  const chosen: BulkSelection = { query, all: selected.all, ids: [...selected.ids] }
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
      <span className="spring" />
      <Button variant="quiet" icon={<IconTag size={16} aria-hidden />} onClick={() => setDialog('tags')}>
        Tags…
      </Button>
      <Button variant="quiet" icon={<IconCircleDot size={16} aria-hidden />} onClick={() => setDialog('status')}>
        Status…
      </Button>
      <Button variant="quiet" icon={<IconTrash size={16} aria-hidden />} onClick={() => setDialog('delete')}>
        Delete…
      </Button>
      <Menu position="bottom-end" width={200} offset={4}>
        <Menu.Target>
          <Button icon={<IconDownload size={16} aria-hidden />}>Export selection</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            onClick={() => void exportClients(store, chosen, 'csv')}
          >
            Export as CSV
          </Menu.Item>
          <Menu.Item
            leftSection={<IconAddressBook size={16} aria-hidden />}
            onClick={() => void exportClients(store, chosen, 'vcard')}
          >
            Export as vCard
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog !== null && (
        <Suspense fallback={null}>
          {dialog === 'delete' ? (
            <DeleteManyDialog
              selection={chosen}
              count={count}
              onClose={(deleted) => {
                setDialog(null)
                if (deleted) selection.clear()
              }}
            />
          ) : (
            <BulkChangeDialog what={dialog} selection={chosen} count={count} onClose={() => setDialog(null)} />
          )}
        </Suspense>
      )}
    </div>
  )
}
