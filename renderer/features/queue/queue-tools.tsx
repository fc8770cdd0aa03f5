import { Menu } from '@mantine/core'
import {
  IconCloudUp,
  IconDots,
  IconFileExport,
  IconFileImport,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { exportUnsentWork } from '../../actions/export-unsent.tsx'
import { importUnsentWork } from '../../actions/import-unsent.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useMediaNarrow } from '../../state/layout.ts'
import type { EditView } from '../../store/store-contract.ts'
import { formatCount } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'

/** What is done with the queue as a whole. `shown` is what the filter lets through. */
export function QueueTools(props: {
  readonly edits: readonly EditView[]
  readonly shown: readonly EditView[]
  readonly workOffline: boolean
}) {
  const { edits, shown } = props
  const host = useHost()
  const store = useStore()
  const narrow = useMediaNarrow()
  const sendAll = async (): Promise<void> => {
    // What waits for its next try is made due now; what needs the user or is held stays as it is.
    await Promise.all(
      edits
        .filter((edit) => edit.state === 'retrying' && edit.canRetry && edit.hold === null)
        .map((edit) => store.call['edit.retry']({ editId: edit.editId })),
    )
    await host.call['edits.push']({ sourceId: null })
  }
  const free = edits.filter((edit) => edit.hold === null)
  const why = props.workOffline
    ? 'Work offline is on'
    : edits.length === 0
      ? 'Nothing waits'
      : free.length === 0
        ? 'Every edit is held'
        : undefined
  const holdable = shown.filter((edit) => edit.hold === null && edit.canHold)
  const held = shown.filter((edit) => edit.hold !== null)
  const hold = async (): Promise<void> => {
    for (const { editId } of holdable) await store.call['edit.hold']({ editId })
  }
  const release = async (): Promise<void> => {
    for (const { editId } of held) await store.call['edit.release']({ editId })
    await host.call['edits.push']({ sourceId: null })
  }
  const exportIcon = <IconFileExport size={16} aria-hidden />
  const importIcon = <IconFileImport size={16} aria-hidden />
  return (
    <>
      {narrow ? (
        <>
          <IconButton label="Import…" onClick={() => void importUnsentWork(store)}>
            {importIcon}
          </IconButton>
          <IconButton label="Export unsent work" onClick={() => void exportUnsentWork(store)}>
            {exportIcon}
          </IconButton>
        </>
      ) : (
        <>
          <Button variant="quiet" icon={importIcon} onClick={() => void importUnsentWork(store)}>
            Import…
          </Button>
          <Button icon={exportIcon} onClick={() => void exportUnsentWork(store)}>
            Export unsent work
          </Button>
        </>
      )}
      <Button icon={<IconCloudUp size={16} aria-hidden />} disabledReason={why} onClick={() => void sendAll()}>
        Send all now
      </Button>
      {edits.length > 0 && (
        <Menu position="bottom-end" width={220} offset={4}>
          <Menu.Target>
            <IconButton label="More" hint="More for all edits shown">
              <IconDots size={16} aria-hidden />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconPlayerPause size={16} aria-hidden />}
              disabled={holdable.length === 0}
              onClick={() => void hold()}
            >
              {holdable.length === 0 ? 'Nothing to hold' : `Hold ${formatCount(holdable.length, 'edit')}`}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              disabled={held.length === 0}
              onClick={() => void release()}
            >
              {held.length === 0 ? 'Nothing is held' : `Release ${formatCount(held.length, 'held edit')}`}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}
