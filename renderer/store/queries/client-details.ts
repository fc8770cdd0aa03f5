import { type ClientId, recordIdOfClient } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { routeEdit } from '../../../shared/sync/route-edit.ts'
import { clientRow, statusOptionsOf } from '../projection/client-row.ts'
import { routeInput } from '../routing.ts'
import { readBody } from '../segments/read-body.ts'
import type { StoreContext } from '../store-context.ts'
import type { ClientDetails, FieldView, Origin, RecordView } from '../store-contract.ts'
import { editView } from './edit-view.ts'
import { formFields } from './form-fields.ts'

/** Everything about one client. The raw record is read from the disk only here. */
export async function clientDetails(context: StoreContext, clientId: ClientId): Promise<ClientDetails | null> {
  const { book } = context
  const recordId = recordIdOfClient(clientId)
  const head = book.heads.get(recordId)
  if (head === undefined) return null
  const body = await readBody(context, recordId)
  const overlay = book.overlays.get(recordId)
  const over = overlay?.fields ?? {}
  const edits = book.editsOfRecord.get(recordId) ?? []
  const local = book.locals.get(recordId)
  const shown = effectiveFields(head.fields, over)
  const source = head.sourceId === null ? undefined : book.sources.get(head.sourceId)
  const conflicts = [...book.conflicts.values()].filter((c) => c.recordId === recordId && c.resolvedAt === null)
  const route = routeInput(book, head, local, edits)

  const originOfField = (field: FieldKey): Origin => {
    const value = over[field]
    const sourceId = head.sourceId
    if (value === undefined || sourceId === null) {
      return value !== undefined || sourceId === null || local?.deviceOnly === true
        ? { kind: 'device' }
        : { kind: 'source', sourceId }
    }
    if (value.mode === 'local') return { kind: 'device' }
    const conflict =
      conflicts.find((c) => c.fields.some((f) => f.field === field)) ?? conflicts.find((c) => c.kind !== 'field')
    if (conflict !== undefined) return { kind: 'conflict', sourceId, conflictId: conflict.conflictId }
    const edit = edits.findLast((e) => e.changes.some((change) => change.field === field)) ?? edits.at(-1)
    return edit === undefined ? { kind: 'device' } : { kind: 'waiting', sourceId, editId: edit.editId }
  }

  const fields = formFields(book, head.sourceId, shown).map((field): FieldView => {
    const sends = routeEdit(route, [field]).send.length > 0
    return {
      field,
      value: shown[field] ?? null,
      origin: originOfField(field),
      sourceValue: over[field] === undefined || head.remoteId === null ? undefined : (head.fields[field] ?? null),
      destination: sends && head.sourceId !== null ? { kind: 'sends', sourceId: head.sourceId } : { kind: 'device' },
    }
  })
  const lastComplete = head.sourceId === null ? null : (book.checkpoints.get(head.sourceId)?.lastComplete?.at ?? null)
  const readAt = head.readAt === null ? null : Math.max(head.readAt, lastComplete ?? 0)
  const record: RecordView = {
    recordId,
    sourceId: local?.deviceOnly === true ? null : head.sourceId,
    remoteId: head.remoteId,
    readAt,
    fields: head.fields,
    extra: body.extra,
    raw: body.raw,
    present: head.remoteId !== null && !conflicts.some((c) => c.kind === 'gone'),
  }
  return {
    row: clientRow(book, { head, overlay, edits, deviceOnly: local?.deviceOnly ?? false }),
    fields,
    nameStyle: source?.nameStyle ?? 'full',
    statusOptions: statusOptionsOf(book, head.sourceId),
    statusLabel: source?.statusLabel ?? 'Status',
    records: [record],
    edits: edits.map((edit) => editView(book, edit)),
    conflictIds: conflicts.map((c) => c.conflictId),
    testimonialCount: book.testimonials.get(recordId)?.items.length ?? 0,
    canDelete: source?.deletes === true && local?.deviceOnly !== true ? 'at-source' : 'on-device',
    readAt,
  }
}
