import type { SourceView } from '../../../shared/model/source.ts'
import { formatCount } from '../../text/format.ts'

/** Whether clients that the source deletes are noticed, and what has to hold before one is believed to be gone. */
const NOTICED_BY: Readonly<Record<SourceView['deletionsSeenBy'], string>> = {
  'key-chain': 'Deletions are noticed: a full read without a gap.',
  'clean-sweeps': 'Deletions are noticed: two full reads agree.',
  'two-snapshots': 'Deletions are noticed: two whole lists agree.',
  none: 'Deletions at the source are not noticed.',
}

export function deletionWords(source: Pick<SourceView, 'deletionsSeenBy'>): string {
  return NOTICED_BY[source.deletionsSeenBy]
}

/** Clients that were missing once and are not yet believed to be gone; null where there are none. */
export function suspectWords(source: Pick<SourceView, 'suspects'>): string | null {
  if (source.suspects === 0) return null
  return `${formatCount(source.suspects, 'client')} missing once; checked again next time.`
}
