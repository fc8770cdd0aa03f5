import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import type { ClientDetails } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PutBack } from './put-back.tsx'
import { TimelineLine } from './timeline-line.tsx'

const STEP = 50

/** Everything that happened to this client here, newest first: who changed which field when, from what to what. */
export function ClientTimeline(props: { readonly details: ClientDetails }) {
  const { details } = props
  const { clientId } = details.row
  const [limit, setLimit] = useState(STEP)
  // One more than is shown, so that `Show more` stands only where there is more.
  const query = useStoreQuery('clients.timeline', { clientId, limit: limit + 1 }, ['clients', 'edits', 'conflicts'])
  const items = query.data

  if (query.error !== null) return <Banner tone="danger">{errorLine(query.error, { sourceName: THIS_DEVICE })}</Banner>
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
        {items.slice(0, limit).map((item) => (
          <TimelineLine
            key={item.id}
            item={item}
            full
            action={(field) =>
              item.canPutBack.includes(field.field) && <PutBack details={details} item={item} field={field} />
            }
          />
        ))}
      </ul>
      {items.length > limit && (
        <Button variant="quiet" onClick={() => setLimit(limit + STEP)}>
          Show more
        </Button>
      )}
    </>
  )
}
