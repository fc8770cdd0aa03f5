import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import type { Fields } from '../../../shared/model/field.ts'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import type { TimelineItem } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { notify } from '../../ui/toast.tsx'
import styles from './details.module.css'
import { TimelineLine } from './timeline-line.tsx'

const STEP = 50

/** Everything that happened to this client here, newest first. */
export function ClientTimeline(props: { readonly clientId: ClientId }) {
  const store = useStore()
  const [limit, setLimit] = useState(STEP)
  const { clientId } = props
  const items = useStoreQuery('clients.timeline', { clientId, limit }, ['clients', 'edits', 'conflicts']).data

  const putBack = async (item: TimelineItem): Promise<void> => {
    const changes: Fields = Object.fromEntries(item.fields.map((field) => [field.field, field.from]))
    const seen: Fields = Object.fromEntries(item.fields.map((field) => [field.field, field.to]))
    const reply = await store.call['client.save']({ clientId, changes, seen })
    if (reply.ok) {
      notify({ text: 'Put back.', action: { label: 'Undo', run: () => void undoLast(store) }, slot: 'undo' })
    } else {
      notify({ text: errorLine(reply.error, { sourceName: THIS_DEVICE }), tone: 'danger' })
    }
  }

  if (items === null) return null
  if (items.length === 0) {
    return (
      <EmptyState icon={<IconHistory size={20} aria-hidden />} lead="Nothing has happened yet" inline={false}>
        Changes by you and by the sources are listed here.
      </EmptyState>
    )
  }
  return (
    <>
      <ul>
        {items.map((item) => (
          <TimelineLine
            key={item.id}
            item={item}
            full
            action={
              (item.kind === 'you-changed' || item.kind === 'source-changed') && item.fields.length > 0 ? (
                <button type="button" className={styles.putBack} onClick={() => void putBack(item)}>
                  Put back
                </button>
              ) : undefined
            }
          />
        ))}
      </ul>
      {items.length === limit && (
        <Button variant="quiet" onClick={() => setLimit(limit + STEP)}>
          Show more
        </Button>
      )}
    </>
  )
}
