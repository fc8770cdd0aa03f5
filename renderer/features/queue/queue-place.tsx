import { IconCircleCheck, IconPlugConnectedX } from '@tabler/icons-react'
import { useState } from 'react'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useNetwork, useSources } from '../../state/host-state.ts'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine, offlineText } from '../../text/error-text.ts'
import { formatCount } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Place } from '../../ui/place.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { ChangeEditDialog } from './change-edit-dialog.tsx'
import { DiscardQuestion } from './discard-question.tsx'
import { ImportBanner } from './import-banner.tsx'
import styles from './queue.module.css'
import { QueueRow } from './queue-row.tsx'
import { editBefore, filterEdits, orderEdits, type QueueFilter, queueFilters } from './queue-rows.ts'
import { QueueTools } from './queue-tools.tsx'
import { ReviewBars } from './review-bars.tsx'

/** Everything that was written here and has not arrived yet. */
export function QueuePlace() {
  const sources = useSources()
  const network = useNetwork()
  const queue = useStoreQuery('queue.list', {}, ['edits'])
  const [filter, setFilter] = useState<QueueFilter>('all')
  const [discarding, setDiscarding] = useState<EditView | null>(null)
  const [changing, setChanging] = useState<EditView | null>(null)

  const edits = queue.data ?? []
  const filters = queueFilters(edits, sources)
  const shownFilter = filters.some((choice) => choice.value === filter) ? filter : 'all'
  const rows = orderEdits(filterEdits(edits, shownFilter))
  const offline = network.workOffline || !network.online
  return (
    <Place
      title={NAMES.queue}
      count={edits.length === 0 ? undefined : formatCount(edits.length, 'edit')}
      ruled
      controls={
        filters.length > 1 && (
          <div className={styles.filters}>
            <Segmented
              label="Show edits"
              value={shownFilter}
              segments={filters.map((choice) => ({ ...choice, count: String(choice.count) }))}
              onChange={setFilter}
            />
          </div>
        )
      }
      actions={<QueueTools edits={edits} shown={rows} workOffline={network.workOffline} />}
      banners={
        <>
          {queue.error !== null && (
            <Banner tone="danger" className={styles.bar}>
              {errorLine(queue.error, { sourceName: 'This device' })}
            </Banner>
          )}
          <ImportBanner />
          {offline && edits.length > 0 && (
            <Banner tone="quiet" icon={<IconPlugConnectedX size={16} aria-hidden />} className={styles.bar}>
              {network.workOffline ? 'Work offline is on. ' : 'You are offline. '}
              {offlineText(
                edits.filter((edit) => edit.hold === null).length,
                network.workOffline ? 'when it is off again' : undefined,
              )}
            </Banner>
          )}
          <ReviewBars edits={edits} sources={sources} />
        </>
      }
    >
      {queue.data !== null && edits.length === 0 && (
        <EmptyState icon={<IconCircleCheck size={20} aria-hidden />} lead="Nothing waits">
          Every edit has reached its source. New ones stand here until they have arrived.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <>
          <table aria-label={NAMES.queue} className={styles.table}>
            <colgroup>
              <col className={styles.client} />
              <col className={styles.operation} />
              <col />
              <col className={styles.state} />
              <col className={styles.buttons} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">Client</th>
                <th scope="col">
                  <span className={styles.opWord}>Operation</span>
                </th>
                <th scope="col">Change</th>
                <th scope="col">State and reason</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((edit) => (
                <QueueRow
                  key={edit.editId}
                  edit={edit}
                  offline={offline}
                  before={editBefore(edit, edits)}
                  onDiscard={() => setDiscarding(edit)}
                  onChange={() => setChanging(edit)}
                />
              ))}
            </tbody>
          </table>
          <p className={styles.footer}>
            Edits to one client are sent in order. An edit that fails never holds back other clients.
          </p>
        </>
      )}
      {discarding !== null && <DiscardQuestion edit={discarding} onClose={() => setDiscarding(null)} />}
      {changing !== null && <ChangeEditDialog edit={changing} onClose={() => setChanging(null)} />}
    </Place>
  )
}
