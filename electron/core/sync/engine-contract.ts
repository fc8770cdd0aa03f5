import type { AppError } from '../../../shared/app-error.ts'
import type { RemoteId } from '../../../shared/ids.ts'
import type { Checkpoint } from '../../../shared/model/checkpoint.ts'
import type { Coverage, DeletionsSeenBy, HeldRemoval, SourceState, SyncProgress } from '../../../shared/model/source.ts'
import type { Call, Connector } from '../../connectors/connector.ts'
import type { Host } from '../../host/host.ts'
import type { ReadRank } from '../http/rate-budget.ts'
import type { SourcePace } from '../http/source-pace.ts'
import type { IntentJournal } from '../journal/intent-journal.ts'
import type { Sequence } from '../sequence.ts'
import type { SourceEntry } from '../sources/source-registry.ts'
import type { StoreClient } from '../store-link.ts'
import type { Traffic } from '../traffic.ts'

export interface EngineCall extends Call {
  /** Print of address and key: the same for the same account of a vendor, and nothing can be read from it. */
  readonly tenant: string
}

export interface EngineDeps {
  readonly host: Pick<Host, 'clock' | 'random' | 'log'>
  readonly connector: Connector
  readonly traffic: Traffic
  readonly sequence: Sequence
  readonly entry: () => SourceEntry | undefined
  /** Null where the key cannot be opened. `onRequest` is told of every request that leaves. */
  readonly makeCall: (
    signal: AbortSignal,
    options?: {
      readonly onRequest?: () => void
      readonly rank?: ReadRank
      readonly reserveWrite?: boolean
      readonly onDuplicateKeys?: () => void
      readonly onUnasked?: (records: number) => void
      readonly onServerDate?: (at: number) => void
    },
  ) => Promise<EngineCall | null>
  /** How fast requests of this source may leave, and whether at all. */
  readonly pace: SourcePace
  /** Where attempts and outcomes outlive this process. */
  readonly journal: Pick<IntentJournal, 'attempt' | 'outcome' | 'settled' | 'openOutcomes' | 'isDone'>
  readonly paramsHash: () => string
  readonly intervalMs: () => number | null
  readonly onChange: () => void
  /** Told of what must never happen; returns the incident number. */
  readonly onBug: (what: string, cause: unknown) => string
}

export interface EngineView {
  readonly state: SourceState
  readonly progress: SyncProgress | null
  readonly error: AppError | null
  readonly nextAttemptAt: number | null
  readonly circuitOpen: boolean
  readonly lastComplete: Checkpoint['lastComplete']
  readonly heldRemoval: HeldRemoval | null
  readonly problems: number
  readonly coverage: Coverage | null
  readonly deletionsSeenBy: DeletionsSeenBy
  readonly suspects: number
}

/**
 * The life of one source. Two loops, so that a user's edits never wait behind a long pull, and one of each at a time:
 *
 *   pull: idle ─due or asked─► syncing ─► up-to-date ─(interval)─► …
 *                                 ├─ retryable ─► waiting-to-retry ─(backoff)─► syncing
 *                                 ├─ 401 ─► key-rejected      (until the key or the user says otherwise)
 *                                 └─ other ─► error           (next interval, or until the settings change)
 *   push: waits ─edits─► take, send, settle, take … ─none due─► waits
 */
export interface SourceEngine {
  readonly view: () => EngineView
  readonly attachStore: (
    store: StoreClient,
    checkpoint: Checkpoint | null,
    held: HeldRemoval | null,
    syncNow: boolean,
  ) => void
  readonly detachStore: () => void
  /** Hands over outcomes that the last store went away without. False where this one would not take them. */
  readonly deliver: (store: StoreClient) => Promise<boolean>
  readonly sync: (full: boolean) => void
  /** `hurry`: delays of our own making are over (reconnected, or the user asked). */
  readonly push: (hurry: boolean) => void
  readonly cancel: () => void
  /** Settings, key or pause changed. */
  readonly reconfigured: (options: { readonly resync: boolean }) => void
  readonly trafficChanged: () => void
  readonly intervalChanged: () => void
  readonly setHeld: (held: HeldRemoval | null) => void
  readonly readTestimonials: (remoteId: RemoteId) => Promise<void>
  readonly stop: () => void
}
