import type { SourceId } from '../../../shared/ids.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import type { EditView } from '../../store/store-contract.ts'
import { formatCount } from '../../text/format.ts'

/** Edits that one press sends. What the user held stays out of it: that was said edit by edit. */
export interface HeldGroup {
  readonly sourceId: SourceId | null
  readonly hold: 'review' | 'recovered'
  readonly lead: string
  readonly text: string
}

export function heldGroups(edits: readonly EditView[], sources: readonly SourceView[]): readonly HeldGroup[] {
  const groups: HeldGroup[] = []
  for (const { sourceId, name } of sources) {
    const count = edits.filter((edit) => edit.hold === 'review' && edit.sourceId === sourceId).length
    if (count === 0) continue
    groups.push({
      sourceId,
      hold: 'review',
      lead: `${formatCount(count, 'edit')} of ${name} ${count === 1 ? 'waits' : 'wait'} for your look.`,
      text: 'Review before sending is on; nothing leaves until you release it.',
    })
  }
  const recovered = edits.filter((edit) => edit.hold === 'recovered').length
  if (recovered > 0) {
    groups.push({
      sourceId: null,
      hold: 'recovered',
      lead: `${formatCount(recovered, 'edit')} came back and ${recovered === 1 ? 'waits' : 'wait'} for your look.`,
      text: 'After a repair or an import nothing is sent unseen.',
    })
  }
  return groups
}
