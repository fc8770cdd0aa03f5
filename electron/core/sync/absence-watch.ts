import type { AppError } from '../../../shared/app-error.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import type { Connector } from '../../connectors/connector.ts'
import type { StoreClient } from '../store-link.ts'
import { confirmAbsence } from './confirm-absence.ts'
import type { EngineDeps } from './engine-contract.ts'

/** How many clients of a source are missing and not yet proven gone, and when somebody has to be asked for by id. */
export interface AbsenceWatch {
  readonly suspects: () => number
  readonly nextAt: () => number | null
  readonly isDue: () => boolean
  readonly cameDue: () => void
  /** Another store, or none: to be looked at anew. */
  readonly reset: () => void
  /** Goes on with what is suspected, as far as it goes now. */
  readonly follow: (store: StoreClient, sourceId: SourceId, signal: AbortSignal) => Promise<Result<null, AppError>>
}

export function createAbsenceWatch({
  clock,
  connector,
  makeCall,
}: {
  readonly clock: Clock
  readonly connector: Connector
  readonly makeCall: EngineDeps['makeCall']
}): AbsenceWatch {
  let suspects = 0
  let nextAt: number | null = null
  return {
    suspects: () => suspects,
    nextAt: () => nextAt,
    isDue: () => nextAt !== null && nextAt <= clock.now(),
    cameDue: () => {
      if (nextAt !== null) nextAt = Math.min(nextAt, clock.now())
    },
    reset: () => {
      nextAt = clock.now()
    },
    follow: async (store, sourceId, signal) => {
      const call = connector.read === undefined ? null : await makeCall(signal, { rank: 'background' })
      const aborted = (): boolean => signal.aborted
      const done = await confirmAbsence({ store, connector, call, clock, sourceId, aborted })
      if (!done.ok) {
        nextAt = clock.now() + 60_000
        return done
      }
      suspects = done.value.suspects
      nextAt = done.value.nextAt
      return ok(null)
    },
  }
}
