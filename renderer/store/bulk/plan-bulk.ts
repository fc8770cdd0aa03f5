import type { AppError } from '../../../shared/app-error.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { routeEdit } from '../../../shared/sync/route-edit.ts'
import { deleteFate } from '../commands/delete-client.ts'
import { pause } from '../imports/import-session.ts'
import { recordState } from '../record-state.ts'
import { routeInput } from '../routing.ts'
import type { StoreContext } from '../store-context.ts'
import { type BulkChange, type BulkPlan, MOST_CHANGED } from '../store-contract.ts'
import { bulkSession } from './bulk-session.ts'
import { changesOf } from './changes-of.ts'

/** Clients that are looked at before others are served. */
const PER_TURN = 500

/** What a change of all chosen clients would do, and where its requests would go. Changes nothing. */
export async function planBulk(
  context: StoreContext,
  input: { readonly bulkId: string; readonly change: BulkChange },
): Promise<Result<BulkPlan, AppError>> {
  const { book } = context
  const session = bulkSession(book, input.bulkId)
  if (session === null) return err({ code: 'missing', what: 'selection' })
  if (session.slots.length > MOST_CHANGED) return err({ code: 'bad-input', field: 'selection', rule: 'too-many' })
  const sends = new Map<SourceId, number>()
  const count = { clients: 0, here: 0, hidden: 0, same: 0, refused: 0 }
  const countSend = (sourceId: SourceId): unknown => sends.set(sourceId, (sends.get(sourceId) ?? 0) + 1)
  for (const [at, slot] of session.slots.entries()) {
    if (at > 0 && at % PER_TURN === 0) await pause()
    const recordId = book.records.recordAt(slot)
    const record = recordId === undefined ? null : recordState(book, recordId)
    if (record === null) continue
    count.clients++
    if (input.change.kind === 'delete') {
      const fate = deleteFate(book, record)
      if (fate === 'at-source' && record.head.sourceId !== null) countSend(record.head.sourceId)
      else if (fate === 'gone') count.here++
      else if (fate === 'asked') count.same++
      else count.hidden++
      continue
    }
    const changes = changesOf(book, input.change, record)
    if (typeof changes === 'string') {
      count[changes]++
      continue
    }
    const { head, local, edits } = record
    // Values of one field: its keys are field keys.
    const route = routeEdit(routeInput(book, head, local, edits), Object.keys(changes) as FieldKey[])
    if (route.send.length > 0 && head.sourceId !== null) countSend(head.sourceId)
    else count.here++
  }
  const bySource = [...sends].map(([sourceId, clients]) => ({ sourceId, clients }))
  return ok({ ...count, sends: bySource.sort((a, b) => b.clients - a.clients) })
}
