import type { SourceView } from '../../../shared/model/source.ts'
import { formatCount } from '../../text/format.ts'

/** Whether clients that the source deletes are noticed, and what has to hold before one is believed to be gone. */
const NOTICED_BY: Readonly<Record<SourceView['deletionsSeenBy'], string>> = {
  'key-chain': 'Deletions are noticed: a full read without a gap.',
  'clean-sweeps': 'Deletions are noticed: two full reads agree.',
  'two-snapshots': 'Deletions are noticed: two whole lists agree.',
  none: 'Deletions at the source are not noticed.',
}

export function deletionWords(source: Pick<SourceView, 'deletionsSeenBy' | 'suspects'>): string {
  const { suspects } = source
  const missing =
    suspects === 0 ? '' : ` ${formatCount(suspects, 'client')} missing once; checked again at the next full read.`
  return `${NOTICED_BY[source.deletionsSeenBy]}${missing}`
}
