import type { Clock } from '../../../shared/clock.ts'
import type { Checkpoint, SweepKind } from '../../../shared/model/checkpoint.ts'

/** Where there is an incremental pull, a full sweep still runs this often: only it sees deletions. */
const FULL_SWEEP_EVERY_MS = 86_400_000

/** What the stored checkpoint says of past runs, as far as it is comparable to what would be pulled now. */
export interface CheckpointFacts {
  readonly lastComplete: Checkpoint['lastComplete']
  readonly lastFullAt: number | null
  readonly watermark: string | null
  readonly interruptedKind: SweepKind | null
}

export const NO_CHECKPOINT: CheckpointFacts = {
  lastComplete: null,
  lastFullAt: null,
  watermark: null,
  interruptedKind: null,
}

export function checkpointFacts(checkpoint: Checkpoint | null, paramsHash: string): CheckpointFacts {
  // What was complete under other settings, or another key, says nothing of what these would bring.
  const comparable = checkpoint !== null && checkpoint.paramsHash === paramsHash ? checkpoint : null
  return {
    lastComplete: comparable?.lastComplete ?? null,
    lastFullAt: comparable?.lastFullAt ?? null,
    watermark: comparable?.watermark ?? null,
    interruptedKind: checkpoint?.run?.kind ?? null,
  }
}

export function kindOfNext(
  facts: CheckpointFacts,
  options: { readonly incremental: boolean; readonly full: boolean; readonly clock: Clock },
): SweepKind {
  const { lastFullAt, watermark, interruptedKind } = facts
  if (!options.incremental || options.full || watermark === null || lastFullAt === null) return 'full'
  if (interruptedKind !== null) return interruptedKind
  return options.clock.now() - lastFullAt > FULL_SWEEP_EVERY_MS ? 'full' : 'incremental'
}
