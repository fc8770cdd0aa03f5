import { clientIdOfRecord, type SourceId } from '../../../shared/ids.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import type { Draft } from '../draft.ts'
import { notice } from '../journal/notice.ts'
import type { EditRow, OverlayRow } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import { samePerson } from './match-create.ts'
import { ECHO_MS } from './own-values.ts'

const FORGET_AT_ONCE = 20

/** A create that the source took, as far as it matters for knowing its double. */
export interface Made {
  readonly head: RecordHead
  readonly made: NonNullable<OverlayRow['made']>
}

/** Remembers what was sent: a proxy may send it again, and a late request may land after another was answered. */
export function noteMade(draft: Draft, edit: EditRow, record: RemoteRecord, at: number): void {
  if (edit.frozenBody === null) return
  const fence = [...(edit.fence ?? []), record.remoteId].slice(-1_000)
  draft.putOverlay({ ...draft.overlay(edit.recordId), made: { body: edit.frozenBody, fence, at } })
}

/** Creates of this source that were taken a short while ago; older ones are forgotten. */
export function recentlyMade(draft: Draft, sourceId: SourceId, at: number): readonly Made[] {
  const recent: Made[] = []
  let forgotten = 0
  for (const row of draft.book.overlays.values()) {
    const { made, ...rest } = row
    if (made === undefined) continue
    if (at - made.at > ECHO_MS) {
      // A few at a time: nothing waits for it.
      if (forgotten++ < FORGET_AT_ONCE) draft.putOverlay(rest)
      continue
    }
    const head = draft.head(row.recordId)
    if (head?.sourceId === sourceId) recent.push({ head, made })
  }
  return recent
}

/**
 * A new record of a source that equals one that was made from here a short while ago, and was not there before that:
 * probably the same request, landed twice. Both are listed and the user is told; nothing is deleted for him.
 */
export function noteMadeTwice(
  draft: Draft,
  recent: readonly Made[],
  record: Pick<RemoteRecord, 'remoteId' | 'fields' | 'fallbackName'>,
  at: number,
): void {
  for (const { head, made } of recent) {
    if (made.fence.includes(record.remoteId) || !samePerson(made.body, record.fields)) continue
    const name = typeof record.fields.name === 'string' ? record.fields.name : (record.fallbackName ?? '')
    notice(
      draft,
      at,
      'made-twice',
      { name, remoteId: record.remoteId },
      {
        clientId: clientIdOfRecord(head.recordId),
        sourceId: head.sourceId,
      },
    )
    return
  }
}
