import { IconLock, IconPlugConnected, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { SourceId } from '../../../shared/ids.ts'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { openAddSource } from '../../state/dialogs.ts'
import { useAppInfo, useManifests, useSources, useSourcesKnown } from '../../state/host-state.ts'
import { navigate } from '../../state/route.ts'
import { formatNumber } from '../../text/format.ts'
import { keyStoreText } from '../../text/key-store-text.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { GridTable } from '../../ui/grid-table.tsx'
import { Place } from '../../ui/place.tsx'
import { EditSourceDialog } from './edit-source-dialog.tsx'
import { RemoveSourceQuestion } from './remove-source-question.tsx'
import { SourceRow } from './source-row.tsx'
import styles from './sources.module.css'

const NO_COUNTS = { clients: 0, edits: 0, conflicts: 0, problems: 0 } as const

/** Which window stands over the place. `key`: the user came to replace a rejected key. */
type Window =
  | { readonly kind: 'edit'; readonly sourceId: SourceId; readonly key: boolean }
  | { readonly kind: 'remove'; readonly sourceId: SourceId }

export function SourcesPlace() {
  const sources = useSources()
  const known = useSourcesKnown()
  const manifests = useManifests()
  const appInfo = useAppInfo()
  const counts = useStoreQuery('counts.get', {}, ['counts'])
  const [open, setOpen] = useState<Window | null>(null)
  const close = (): void => setOpen(null)
  const removed = counts.data?.tray ?? 0

  const opened = open === null ? null : (sources.find((source) => source.sourceId === open.sourceId) ?? null)
  const openedManifest = manifests.find((manifest) => manifest.connectorId === opened?.connectorId) ?? null

  const addButton = (
    <Button variant="primary" icon={<IconPlus size={16} aria-hidden />} onClick={openAddSource}>
      {NAMES.addSource}
    </Button>
  )
  return (
    <Place
      title={NAMES.sources}
      count={sources.length === 0 ? undefined : formatNumber(sources.length)}
      ruled
      actions={
        <>
          {removed > 0 && (
            <Button variant="quiet" icon={<IconTrash size={16} aria-hidden />} onClick={() => navigate('removed')}>
              {NAMES.removedClients} <span className={styles.removedCount}>{formatNumber(removed)}</span>
            </Button>
          )}
          {sources.length > 0 && addButton}
        </>
      }
    >
      {known && sources.length === 0 && (
        <EmptyState icon={<IconPlugConnected size={20} aria-hidden />} lead="No source yet" action={addButton}>
          A source is one of your services. Its clients are read into the book on this device.
        </EmptyState>
      )}
      {sources.length > 0 && (
        <>
          <GridTable label={NAMES.sources} className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">State</th>
                <th scope="col" className={styles.number}>
                  Clients
                </th>
                <th scope="col">Last complete sync</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <SourceRow
                  key={source.sourceId}
                  source={source}
                  manifest={manifests.find((manifest) => manifest.connectorId === source.connectorId) ?? null}
                  counts={counts.data === null ? null : (counts.data.bySource[source.sourceId] ?? NO_COUNTS)}
                  onEdit={(key) => setOpen({ kind: 'edit', sourceId: source.sourceId, key })}
                  onRemove={() => setOpen({ kind: 'remove', sourceId: source.sourceId })}
                />
              ))}
            </tbody>
          </GridTable>
          {appInfo !== null && (
            <p className={styles.footer}>
              <IconLock size={14} aria-hidden />
              <span>{keyStoreText(appInfo.keyStore)} They can be replaced, never read back.</span>
            </p>
          )}
        </>
      )}
      {open?.kind === 'edit' && opened !== null && openedManifest !== null && (
        <EditSourceDialog source={opened} manifest={openedManifest} focusKey={open.key} onClose={close} />
      )}
      {open?.kind === 'remove' && opened !== null && <RemoveSourceQuestion source={opened} onClose={close} />}
    </Place>
  )
}
