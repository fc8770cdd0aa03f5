import type { EditId, RemoteId } from '../../../shared/ids.ts'
import type { Outcome } from '../../../shared/ipc/store-sync-contract.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { type FieldKey, type Fields, type FieldValue, sameFieldValue } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { stepEdit } from '../../../shared/sync/edit-machine.ts'
import { type OverlayValue, overlayKeys } from '../../../shared/sync/effective-client.ts'
import type { Draft, SyncedWrite } from '../draft.ts'
import type { EditRow, OverlayRow } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import { dropEqualLocals } from './apply-page.ts'
import { noteMade } from './made-twice.ts'
import { guardEchoes, noteTaken } from './own-values.ts'
import { rebaseUndo } from './rebase-undo.ts'
import type { SyncContext } from './sync-context.ts'
import { syncedWrite } from './synced-record.ts'

/**
 * The source accepted: its answer is the new base. Values that were sent no longer lie over it, unless a later edit
 * changes them again; that one now starts from what the source has.
 */
export function settleDone(
  context: SyncContext,
  draft: Draft,
  edit: EditRow,
  record: RemoteRecord | null,
  writeSeq: number,
  at: number,
): void {
  const before = draft.head(edit.recordId)
  if (before === undefined) {
    draft.dropEdit(edit)
    return
  }
  const { sourceId, recordId } = edit
  if (record !== null) {
    adoptPulledTwin(draft, edit, record.remoteId, at)
    const known: RecordHead = {
      ...before,
      // What was sent and accepted stands until the source says otherwise: an answer need not repeat it all.
      fields: { ...before.fields, ...sentFields(edit) },
      // From here on it can be missing from a sweep; a sweep begun before could not have it.
      firstKnownAt: edit.operation === 'create' ? at : before.firstKnownAt,
    }
    draft.putSynced(syncedWrite({ sourceId, recordId, record, before: known, writeSeq, at }))
    if (edit.operation === 'create') {
      fenceOtherCreates(draft, edit, record)
      noteMade(draft, edit, record, at)
    }
  } else if (before.sourceId !== null && before.remoteId !== null) {
    // Accepted without an answer: what was sent is what it has, until the next pull says otherwise.
    const head: SyncedWrite['head'] = {
      ...before,
      sourceId: before.sourceId,
      remoteId: before.remoteId,
      fields: { ...before.fields, ...sentFields(edit) },
      hash: '',
      writeSeq,
      readAt: at,
    }
    draft.putSynced({ head, body: { extra: [], raw: null } })
  }
  stepEdit(edit, 'done')
  draft.dropEdit(edit)
  noteTaken(draft, edit, record, at)
  settleOverlay(draft, edit)
  const after = draft.head(recordId)
  rebaseUndo(draft, edit, after?.fields ?? {})
  if (after !== undefined && edit.operation === 'update') guardEchoes(context, draft, before, after, at)
  dropEqualLocals(draft, recordId)
  if (edit.operation === 'create') releaseHolds(draft, edit.editId)
  draft.log({
    at,
    recordId,
    kind: 'sent',
    sourceId,
    onDevice: false,
    fields: edit.changes.map(({ field, from, to }) => ({ field, from, to })),
  })
}

/** The source took a part of it: that part is settled, and `left` is all that the edit is still about. */
export function settlePart(
  draft: Draft,
  edit: EditRow,
  taken: NonNullable<Extract<Outcome, { kind: 'needs-attention' }>['taken']>,
  at: number,
): EditRow {
  const before = draft.head(edit.recordId)
  if (before === undefined) return edit
  const { sourceId, recordId } = edit
  const { record, writeSeq, left } = taken
  draft.putSynced(syncedWrite({ sourceId, recordId, record, before, writeSeq, at }))
  const isLeft = (change: FieldChange): boolean => left.includes(change.field)
  const rest: EditRow = {
    ...edit,
    changes: edit.changes.filter(isLeft).map((c) => ({ ...c, from: record.fields[c.field] ?? c.from })),
  }
  draft.putEdit(rest)
  const settled = { ...edit, changes: edit.changes.filter((change) => !isLeft(change)) }
  noteTaken(draft, settled, record, at)
  settleOverlay(draft, settled)
  return rest
}

/** A pull was faster than the answer to our create: what it brought becomes part of our record. */
export function adoptPulledTwin(draft: Draft, edit: EditRow, remoteId: RemoteId, at: number): void {
  const twin = draft.recordAt(edit.sourceId, remoteId)
  if (twin === undefined || twin === edit.recordId) return
  const theirs = draft.overlay(twin)
  const ours = draft.overlay(edit.recordId)
  draft.putOverlay({ ...ours, fields: laterWords(draft, edit, theirs.fields, ours.fields, at) })
  draft.overlays.set(twin, null)
  let seq = draft.editsOf(edit.recordId).at(-1)?.seq ?? edit.seq
  for (const moved of draft.editsOf(twin)) {
    seq++
    draft.putEdit({ ...moved, recordId: edit.recordId, clientId: edit.clientId, seq })
  }
  draft.dropRecord(twin)
}

/** Both were written here, on what is one client: of two words on one field the later counts, the other can be put back. */
function laterWords(
  draft: Draft,
  { recordId, sourceId }: EditRow,
  theirs: OverlayRow['fields'],
  ours: OverlayRow['fields'],
  at: number,
): OverlayRow['fields'] {
  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...theirs, ...ours }
  const lost: FieldChange[] = []
  for (const field of overlayKeys(theirs)) {
    const [their, our] = [theirs[field], ours[field]]
    if (their === undefined || our === undefined || sameFieldValue(their.value, our.value)) continue
    // What is on its way to the source is decided there.
    const isTheirs = our.mode === 'local' && (their.mode === 'push' || their.at > our.at)
    if (isTheirs) fields[field] = their
    const [left, stays] = isTheirs ? [our, their] : [their, our]
    lost.push({ field, from: left.value, to: stays.value })
  }
  if (lost.length > 0)
    draft.log({ at, recordId, kind: 'you-changed', sourceId, onDevice: true, by: 'recovery', fields: lost })
  return fields
}

/** A record that is ours already is not what became of another create of the same words. */
function fenceOtherCreates(draft: Draft, edit: EditRow, record: RemoteRecord): void {
  for (const other of draft.book.edits.values()) {
    if (other.editId === edit.editId || other.sourceId !== edit.sourceId || other.operation !== 'create') continue
    if (other.frozenBody === null) continue
    draft.putEdit({ ...other, fence: [...new Set([...(other.fence ?? []), record.remoteId])] })
  }
}

function settleOverlay(draft: Draft, edit: EditRow): void {
  const head = draft.head(edit.recordId)
  const overlay = draft.overlay(edit.recordId)
  const later = draft.editsOf(edit.recordId)
  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...overlay.fields }
  for (const change of edit.changes) {
    const over = fields[change.field]
    const said = head?.fields[change.field]
    const base: FieldValue = said === undefined ? change.to : said
    const next = later.find((e) => e.changes.some((c) => c.field === change.field))
    if (next === undefined) {
      if (over !== undefined && (over.mode === 'push' || sameFieldValue(over.value, base))) delete fields[change.field]
      continue
    }
    // As it stands by now: an earlier round may have moved another of its fields.
    const current = draft.edit(next.editId) ?? next
    draft.putEdit({
      ...current,
      changes: current.changes.map((c) => (c.field === change.field ? { ...c, from: base } : c)),
    })
    if (over !== undefined) fields[change.field] = { ...over, from: base }
  }
  for (const { editId } of later) {
    const next = draft.edit(editId)
    if (next !== undefined && next.base !== null) draft.putEdit({ ...next, base: laterBase(next.base, edit, head) })
  }
  draft.putOverlay({ ...overlay, fields })
}

/** What a delete that waits behind this edit takes as unchanged: our own writing included. */
function laterBase(base: Fields, edit: EditRow, head: RecordHead | undefined): Fields {
  // A create had no base at all before: its answer is the first.
  if (edit.operation === 'create') return head?.fields ?? base
  const next: Partial<Record<FieldKey, FieldValue>> = { ...base }
  for (const { field, to } of edit.changes) {
    const said = head?.fields[field]
    next[field] = said === undefined ? to : said
  }
  return next
}

function sentFields(edit: EditRow): Fields {
  if (edit.frozenBody !== null) return edit.frozenBody
  const fields: Partial<Record<FieldKey, FieldValue>> = {}
  for (const change of edit.changes) fields[change.field] = change.to
  return fields
}

/** Records that were held aside for this create are listed after all. */
export function releaseHolds(draft: Draft, editId: EditId): void {
  for (const hold of draft.book.holds.values()) {
    if (hold.editId !== editId) continue
    draft.holds.set(hold.recordId, null)
    draft.touched.add(hold.recordId)
  }
}
