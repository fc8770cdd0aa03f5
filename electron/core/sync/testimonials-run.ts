import { type Clock, sleep } from '../../../shared/clock.ts'
import type { RemoteId, SourceId } from '../../../shared/ids.ts'
import type { Call, Connector } from '../../connectors/connector.ts'
import type { StoreClient } from '../store-link.ts'
import type { EngineDeps } from './engine-contract.ts'
import { isSourceWide } from './is-source-wide.ts'

const BATCH = 20
/** At most this often, beside the source's own budget: nobody waits for these. */
const PAUSE_MS = 40

/**
 * Reads the testimonials of clients that changed since theirs were last read, one request each, in the background.
 * Stops at a failure of the source, until the next sync comes by; one client that cannot be read is passed over.
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
  const passedOver = new Set<string>()
  while (goOn()) {
    const due = await store['testimonials.due']({ sourceId, limit: BATCH + passedOver.size })
    const remoteIds = due.ok ? due.value.remoteIds.filter((remoteId) => !passedOver.has(remoteId)) : []
    if (remoteIds.length === 0) return
    for (const remoteId of remoteIds) {
      if (!goOn()) return
      const answer = await connector.testimonials(call, remoteId)
      // A client that was removed meanwhile: that is for the next sweep to say, and until then it keeps what it has.
      if (!answer.ok && answer.error.code !== 'not-found') {
        if (isSourceWide(answer.error)) return
        passedOver.add(remoteId)
        continue
      }
      const items = answer.ok ? [...answer.value] : []
      const mayBeCut = !answer.ok || mayBeCutAt(connector, items.length)
      const put = await store['testimonials.put']({ sourceId, remoteId, items, readAt: clock.now(), mayBeCut })
      if (!put.ok) return
      await sleep(clock, PAUSE_MS)
    }
  }
}

/** As many as the vendor gives at most: there may be more. */
function mayBeCutAt({ testimonialsCap }: Connector, count: number): boolean {
  return testimonialsCap !== undefined && count >= testimonialsCap
}

/** The testimonials of one source: of one client when it is opened, and of all that changed, one round at a time. */
export interface TestimonialReader {
  readonly readOne: (remoteId: RemoteId) => Promise<void>
  readonly readDue: () => Promise<void>
}

export function createTestimonialReader(
  deps: Pick<EngineDeps, 'host' | 'connector' | 'traffic' | 'entry' | 'makeCall'> & {
    readonly store: () => StoreClient | null
    readonly mayRun: () => boolean
  },
): TestimonialReader {
  const { connector, traffic, mayRun } = deps
  const { clock } = deps.host
  let isReading = false
  return {
    readOne: async (remoteId) => {
      const client = deps.store()
      const entry = deps.entry()
      if (client === null || entry === undefined || connector.testimonials === undefined || !mayRun()) return
      const call = await deps.makeCall(traffic.signal())
      if (call === null) return
      const answer = await connector.testimonials(call, remoteId)
      if (!answer.ok) return
      const { sourceId } = entry
      const items = [...answer.value]
      const mayBeCut = mayBeCutAt(connector, items.length)
      await client['testimonials.put']({ sourceId, remoteId, items, readAt: clock.now(), mayBeCut })
    },
    readDue: async () => {
      const client = deps.store()
      const entry = deps.entry()
      if (client === null || entry === undefined || isReading || !mayRun()) return
      if (connector.testimonials === undefined) return
      isReading = true
      try {
        const call = await deps.makeCall(traffic.signal(), { rank: 'background' })
        if (call === null) return
        const goOn = (): boolean => mayRun() && deps.store() === client
        await readTestimonials({ store: client, connector, call, clock, sourceId: entry.sourceId, goOn })
      } finally {
        isReading = false
      }
    },
  }
}
