import type { AppError } from '../../../shared/app-error.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { RemoteId, SourceId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { Call, Connector } from '../../connectors/connector.ts'
import type { StoreClient } from '../store-link.ts'
import { isSourceWide } from './is-source-wide.ts'

/** Asked for and told to the store at a time: what a crash makes us ask for again. */
const BATCH = 20
/** When the vendor cannot be asked now. */
const LATER_MS = 60_000

export interface Confirmed {
  readonly suspects: number
  /** When there is somebody to ask for next; null where there is nobody. */
  readonly nextAt: number | null
}

/**
 * What sweeps have missed, up to the end of its proof: where the vendor can be asked for one record, each is asked for
 * twice, apart; what is proven gone is removed, a chunk at a time. Both are remembered by the store, so that this goes on
 * where it was after a crash.
 */
export async function confirmAbsence(deps: {
  readonly store: StoreClient
  readonly connector: Connector
  readonly call: Call | null
  readonly clock: Clock
  readonly sourceId: SourceId
  readonly aborted: () => boolean
}): Promise<Result<Confirmed, AppError>> {
  const { store, connector, call, clock, sourceId, aborted } = deps
  for (;;) {
    const due = await store['suspects.due']({ sourceId, at: clock.now(), limit: BATCH })
    if (!due.ok) return due
    const { ask, proven, suspects, nextAt } = due.value
    if (proven > 0) {
      const removed = await store['run.remove']({ sourceId, at: clock.now() })
      if (!removed.ok) return removed
      continue
    }
    if (ask.length === 0 || aborted()) return ok({ suspects, nextAt })
    // Nobody can be asked now: in a while, perhaps.
    if (call === null || connector.read === undefined) return ok({ suspects, nextAt: nextAt ?? clock.now() + LATER_MS })
    const answers: { remoteId: RemoteId; is: 'gone' | 'there' | 'unknown' }[] = []
    let isDown = false
    for (const remoteId of ask) {
      if (aborted() || isDown) break
      const answer = await connector.read(call, remoteId)
      if (answer.ok) answers.push({ remoteId, is: 'there' })
      else if (answer.error.code === 'not-found' && answer.error.what === 'record')
        answers.push({ remoteId, is: 'gone' })
      else if (answer.error.code !== 'cancelled') {
        answers.push({ remoteId, is: 'unknown' })
        isDown = isSourceWide(answer.error)
      }
    }
    if (answers.length === 0) return ok({ suspects, nextAt: nextAt ?? clock.now() + LATER_MS })
    const told = await store['suspects.answer']({ sourceId, at: clock.now(), answers })
    if (!told.ok) return told
    if (aborted() || isDown) return ok({ suspects, nextAt: nextAt ?? clock.now() + LATER_MS })
  }
}
