import type { StoreDatabase } from '../database.ts'
import {
  fenceRowSchema,
  type JournalRow,
  journalRowSchema,
  type UnjournaledRow,
  unjournaledRowSchema,
} from '../rows.ts'

/** What the database knew of the journal when it was opened. */
export interface JournalState {
  readonly identity: JournalRow | null
  /** Oldest first. */
  readonly unjournaled: readonly UnjournaledRow[]
  /** Epoch of the last lease. */
  readonly epoch: number
}

export const NO_JOURNAL_STATE: JournalState = { identity: null, unjournaled: [], epoch: 0 }

export async function loadJournalState(db: StoreDatabase): Promise<JournalState> {
  const identity = journalRowSchema.safeParse(await db.meta.get('journal'))
  const fence = fenceRowSchema.safeParse(await db.meta.get('fence'))
  const unjournaled: UnjournaledRow[] = []
  for (const row of await db.unjournaled.toArray()) {
    const parsed = unjournaledRowSchema.safeParse(row)
    // One that cannot be read leaves a gap, and a gap makes the journal be written anew from the tables.
    if (parsed.success) unjournaled.push(parsed.data)
  }
  return {
    identity: identity.success ? identity.data : null,
    unjournaled,
    epoch: fence.success ? fence.data.epoch : 0,
  }
}
