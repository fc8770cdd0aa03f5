import { type Clock, sleep } from '../../../shared/clock.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { Call, Connector } from '../../connectors/connector.ts'
import type { StoreClient } from '../store-link.ts'

const BATCH = 20
/** At most this often, beside the source's own budget: nobody waits for these. */
const PAUSE_MS = 40

/**
 * Reads the testimonials of clients that changed since theirs were last read, one request each, in the background.
 * Stops at the first failure: the next sync comes by again.
 */
export async function readTestimonials(deps: {
  readonly store: StoreClient
  readonly connector: Connector
  readonly call: Call
  readonly clock: Clock
  readonly sourceId: SourceId
  readonly goOn: () => boolean
}): Promise<void> {
  const { store, connector, call, clock, sourceId, goOn } = deps
  if (connector.testimonials === undefined) return
  while (goOn()) {
    const due = await store['testimonials.due']({ sourceId, limit: BATCH })
    if (!due.ok || due.value.remoteIds.length === 0) return
    for (const remoteId of due.value.remoteIds) {
      if (!goOn()) return
      const answer = await connector.testimonials(call, remoteId)
      if (!answer.ok) {
        // A client that was removed meanwhile has none; anything else ends this round.
        if (answer.error.code !== 'not-found') return
      }
      const items = answer.ok ? [...answer.value] : []
      const put = await store['testimonials.put']({ sourceId, remoteId, items, readAt: clock.now() })
      if (!put.ok) return
      await sleep(clock, PAUSE_MS)
    }
  }
}
