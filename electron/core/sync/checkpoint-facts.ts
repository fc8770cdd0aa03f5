import type { Clock } from '../../../shared/clock.ts'
import { READING_VERSION } from '../../../shared/connector/reading-version.ts'
import type { Checkpoint, SweepKind } from '../../../shared/model/checkpoint.ts'
import type { Coverage, DeletionsSeenBy } from '../../../shared/model/source.ts'
import type { SweepProof } from '../../../shared/sync/verdict.ts'

/** Where there is an incremental pull, a full sweep still runs this often: only it sees deletions. */
const FULL_SWEEP_EVERY_MS = 86_400_000

/** What the stored checkpoint says of past runs, as far as it is comparable to what would be pulled now. */
export interface CheckpointFacts {
  readonly lastComplete: Checkpoint['lastComplete']
  /** The last complete run was made with another key or other settings: what would be written to now is not known yet. */
  readonly otherSettings: boolean
  readonly lastFullAt: number | null
  readonly watermark: string | null
  readonly interruptedKind: SweepKind | null
  /** When another full sweep could decide what the last one could not. */
  readonly lookAgainAt: number | null
  readonly deletionsSeenBy: DeletionsSeenBy | null
  /** How far the run reaches that was cut short. */
  readonly coverage: Omit<Coverage, 'interrupted'> | null
}

export const NO_CHECKPOINT: CheckpointFacts = {
  lastComplete: null,
  otherSettings: false,
  lastFullAt: null,
  watermark: null,
  interruptedKind: null,
  lookAgainAt: null,
  deletionsSeenBy: null,
  coverage: null,
}

export function checkpointFacts(checkpoint: Checkpoint | null, paramsHash: string): CheckpointFacts {
  // What was complete under other settings, or another key, says nothing of what these would bring.
  const comparable = checkpoint !== null && checkpoint.paramsHash === paramsHash ? checkpoint : null
  const run = checkpoint?.run ?? null
  const proof = comparable?.lastProof ?? null
  return {
    lastComplete: comparable?.lastComplete ?? null,
    otherSettings: comparable === null && (checkpoint?.paramsHash ?? null) !== null,
    // Read by other rules than now: to be read once more, all of it.
    lastFullAt: comparable?.readingVersion === READING_VERSION ? comparable.lastFullAt : null,
    watermark: comparable?.watermark ?? null,
    interruptedKind: run?.kind ?? null,
    lookAgainAt: comparable?.lookAgainAt ?? null,
    deletionsSeenBy: proof === null ? null : SEEN_BY[proof],
    coverage:
      run === null || run.position === null
        ? null
        : { pages: run.pages, ofPages: run.ofPages, clients: run.received, ofClients: run.ofClients },
  }
}

const SEEN_BY: Readonly<Record<SweepProof, DeletionsSeenBy>> = {
  chain: 'key-chain',
  clean: 'clean-sweeps',
  traverse: 'clean-sweeps',
  snapshot: 'two-snapshots',
  none: 'none',
}

export function kindOfNext(
  facts: CheckpointFacts,
  options: { readonly incremental: boolean; readonly full: boolean; readonly clock: Clock },
): SweepKind {
  const { lastFullAt, watermark, interruptedKind, lookAgainAt } = facts
  const now = options.clock.now()
  if (!options.incremental || options.full || watermark === null || lastFullAt === null) return 'full'
  if (interruptedKind !== null) return interruptedKind
  if (lookAgainAt !== null && lookAgainAt <= now) return 'full'
  // Stamped later than now by a clock that has been set back: nobody knows how long ago.
  return now - lastFullAt > FULL_SWEEP_EVERY_MS || lastFullAt > now ? 'full' : 'incremental'
}
