import { IconCircleCheck, IconCloudUp, IconPlugConnectedX } from '@tabler/icons-react'
import { useState } from 'react'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useNetwork, useSources } from '../../state/host-state.ts'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine, offlineText } from '../../text/error-text.ts'
import { formatCount } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Place } from '../../ui/place.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { DiscardQuestion } from './discard-question.tsx'
import styles from './queue.module.css'
import { QueueRow } from './queue-row.tsx'
import { filterEdits, isBehind, orderEdits, type QueueFilter, queueFilters } from './queue-rows.ts'

/** Everything that was written here and has not arrived yet. */
export function QueuePlace() {
  const host = useHost()
  const store = useStore()
  const sources = useSources()
  const network = useNetwork()
  const queue = useStoreQuery('queue.list', {}, ['edits'])
  const [filter, setFilter] = useState<QueueFilter>('all')
  const [discarding, setDiscarding] = useState<EditView | null>(null)

  const edits = queue.data ?? []
  const filters = queueFilters(edits, sources)
  const shownFilter = filters.some((choice) => choice.value === filter) ? filter : 'all'
  const rows = orderEdits(filterEdits(edits, shownFilter))
  const offline = network.workOffline || !network.online

  const sendAll = async (): Promise<void> => {
    // What waits for its next try is made due now; what needs the user stays as it is.
    await Promise.all(
      edits
        .filter((edit) => edit.state === 'retrying' && edit.canRetry)
        .map((edit) => store.call['edit.retry']({ editId: edit.editId })),
    )
    await host.call['edits.push']({ sourceId: null })
  }
  const why = network.workOffline ? 'Work offline is on' : edits.length === 0 ? 'Nothing waits' : undefined
  return (
    <Place
      title={NAMES.queue}
      count={edits.length === 0 ? undefined : formatCount(edits.length, 'edit')}
      ruled
      controls={
        filters.length > 1 && (
          <Segmented
            label="Show edits"
            value={shownFilter}
            segments={filters.map((choice) => ({ ...choice, count: String(choice.count) }))}
            onChange={setFilter}
          />
        )
      }
      actions={
        <Button icon={<IconCloudUp size={16} aria-hidden />} disabledReason={why} onClick={() => void sendAll()}>
          Send all now
        </Button>
      }
      banners={
        queue.error !== null ? (
          <Banner tone="danger">{errorLine(queue.error, { sourceName: 'This device' })}</Banner>
        ) : offline && edits.length > 0 ? (
          <Banner tone="quiet" icon={<IconPlugConnectedX size={16} aria-hidden />} className={styles.offline}>
            {network.workOffline ? 'Work offline is on. ' : 'You are offline. '}
            {offlineText(edits.length, network.workOffline ? 'when it is off again' : undefined)}
          </Banner>
        ) : undefined
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
                <th scope="col">Operation</th>
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
                  behind={isBehind(edit, edits)}
                  onDiscard={() => setDiscarding(edit)}
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
    </Place>
  )
}
