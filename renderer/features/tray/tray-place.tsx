import { IconArrowLeft, IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import { navigate } from '../../state/route.ts'
import type { TrayItem } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { GridTable } from '../../ui/grid-table.tsx'
import { Place } from '../../ui/place.tsx'
import { ForgetQuestion } from './forget-question.tsx'
import styles from './tray.module.css'
import { TrayRow } from './tray-row.tsx'

/** Rows drawn at once; a mass removal may have thousands. */
const STEP = 100

/** Clients that their source no longer has, or that are out of sight here, newest first, with the ways back. */
export function TrayPlace() {
  const tray = useStoreQuery('tray.list', {}, ['clients', 'counts', 'edits'])
  const [limit, setLimit] = useState(STEP)
  const [forgetting, setForgetting] = useState<TrayItem | null>(null)
  const items = tray.data ?? []
  return (
    <Place
      title={NAMES.removedClients}
      count={items.length === 0 ? undefined : formatNumber(items.length)}
      ruled
      actions={
        <Button variant="quiet" icon={<IconArrowLeft size={16} aria-hidden />} onClick={() => navigate('clients')}>
          Back to Clients
        </Button>
      }
      banners={
        tray.error === null ? undefined : (
          <Banner tone="danger">{errorLine(tray.error, { sourceName: THIS_DEVICE })}</Banner>
        )
      }
    >
      {tray.data !== null && items.length === 0 && (
        <EmptyState icon={<IconCircleCheck size={20} aria-hidden />} lead="No client was removed">
          A client that its source no longer has is kept here for 30 days, and one that you removed on this device only
          for as long as its source has it. Each can be brought back.
        </EmptyState>
      )}
      {items.length > 0 && (
        <>
          <GridTable label={NAMES.removedClients} className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Client</th>
                <th scope="col">What happened</th>
                <th scope="col">Removed</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.slice(0, limit).map((item) => (
                <TrayRow key={item.key} item={item} onForget={() => setForgetting(item)} />
              ))}
            </tbody>
          </GridTable>
          {items.length > limit && (
            <Button variant="quiet" className={styles.more} onClick={() => setLimit(limit + STEP)}>
              Show more
            </Button>
          )}
          <p className={styles.footer}>
            The last state of a client is kept for 30 days after its source has let go of it. Nothing here is sent or
            synced before you bring it back.
          </p>
        </>
      )}
      {forgetting !== null && <ForgetQuestion item={forgetting} onClose={() => setForgetting(null)} />}
    </Place>
  )
}
