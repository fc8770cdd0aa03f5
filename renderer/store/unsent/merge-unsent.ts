import { clientIdOfRecord, type RecordId } from '../../../shared/ids.ts'
import type { JournaledRow, JournaledTable } from '../../../shared/model/journal.ts'
import { type ImportReport, MERGE_ORDER } from '../../../shared/model/unsent-work.ts'
import { overlayKeys } from '../../../shared/sync/effective-client.ts'
import type { Draft } from '../draft.ts'
import type { Anchor } from '../journal/journaled-rows.ts'
import { anchoredEditSchema, anchoredOverlaySchema, ensureRecord } from '../journal/replay.ts'
import { conflictRowSchema, fieldRuleRowSchema, localRowSchema, tombstoneRowSchema } from '../rows.ts'
import { keepOnDevice } from './keep-on-device.ts'
import { mergeEdit } from './merge-edit.ts'
import { mergeOverlay } from './merge-overlay.ts'

/** What is being built up while rows are taken in. */
export interface Merge {
  readonly draft: Draft
  readonly at: number
  readonly report: Counted
}

interface Counted {
  edits: number
  localValues: number
  clients: number
  conflicts: number
  known: number
  readonly refused: { what: string; because: string }[]
}

/** Why a row was not taken in, as the end of a line that begins with its name. */
const REFUSALS = {
  unreadable: 'this entry cannot be read',
  'client-unknown': 'this client is not here, and the file does not say which one of which source it is',
  'client-removed': 'its source has removed this client since; look into the tray',
} as const
export type Refusal = keyof typeof REFUSALS

/** A record that rows of the file are about. */
export type Found =
  | { readonly kind: 'here'; readonly recordId: RecordId }
  /** Its source is not one of this profile: what there is of it is kept as a client of this device. */
  | { readonly kind: 'foreign'; readonly recordId: RecordId; readonly anchor: Anchor }
  | { readonly kind: 'refused'; readonly because: Refusal }

/**
 * Takes rows of an export or a backup into the book. What is here and newer stays; what is here already is only counted;
 * edits come back held. Twice is as good as once. What cannot be placed is named, never guessed.
 */
export function mergeUnsent(draft: Draft, rows: readonly JournaledRow[], at: number): ImportReport {
  const merge: Merge = {
    draft,
    at,
    report: { edits: 0, localValues: 0, clients: 0, conflicts: 0, known: 0, refused: [] },
  }
  const creates = new Set<RecordId>()
  for (const { table, key, row } of inOrder(rows)) {
    if (row === null) continue
    if (!takeIn(merge, table, row, creates)) refuse(merge, `${table} ${key}`, 'unreadable')
  }
  // On its way to a source, but without the edit that would take it there: it stays on this device.
  for (const recordId of creates) {
    const local = draft.local(recordId)
    const isOnItsWay = draft.editsOf(recordId).some((edit) => edit.operation === 'create')
    if (local !== undefined && !local.deviceOnly && !isOnItsWay) draft.putLocal({ ...local, deviceOnly: true })
  }
  return merge.report
}

/** What others rest on first. */
function inOrder(rows: readonly JournaledRow[]): readonly JournaledRow[] {
  return [...rows].sort((a, b) => MERGE_ORDER.indexOf(a.table) - MERGE_ORDER.indexOf(b.table))
}

function takeIn(merge: Merge, table: JournaledTable, row: unknown, creates: Set<RecordId>): boolean {
  switch (table) {
    case 'tombstones':
      return takeTombstone(merge, row)
    case 'locals':
      return takeLocal(merge, row, creates)
    case 'fieldRules':
      return takeRule(merge, row)
    case 'outbox': {
      const parsed = anchoredEditSchema.safeParse(row)
      if (!parsed.success) return false
      const { anchor, ...edit } = parsed.data
      const found = find(merge, edit.recordId, anchor)
      if (found.kind === 'refused') refuse(merge, nameOf(anchor, edit.recordId), found.because)
      else if (found.kind === 'here' && merge.draft.book.sources.has(edit.sourceId))
        mergeEdit(merge, edit, found.recordId)
      else {
        const values = edit.operation === 'delete' ? [] : edit.changes
        keepOnDevice(
          merge,
          found,
          values.map(({ field, to }) => ({ field, value: to, at: edit.createdAt })),
        )
      }
      return true
    }
    case 'overlays': {
      const parsed = anchoredOverlaySchema.safeParse(row)
      if (!parsed.success) return false
      const { anchor, ...overlay } = parsed.data
      const found = find(merge, overlay.recordId, anchor)
      if (found.kind === 'refused') refuse(merge, nameOf(anchor, overlay.recordId), found.because)
      else if (found.kind === 'here') mergeOverlay(merge, overlay, found.recordId)
      else {
        const values = overlayKeys(overlay.fields).flatMap((field) => {
          const over = overlay.fields[field]
          return over === undefined ? [] : [{ field, value: over.value, at: over.at }]
        })
        keepOnDevice(merge, found, values)
      }
      return true
    }
    case 'conflicts':
      return takeConflict(merge, row)
  }
}

/** Where a row belongs: by its own id, else by the source's. */
function find({ draft, at }: Merge, recordId: RecordId, anchor: Anchor | undefined): Found {
  if (draft.head(recordId) !== undefined) return { kind: 'here', recordId }
  if (anchor === undefined) return { kind: 'refused', because: 'client-unknown' }
  if (!draft.book.sources.has(anchor.sourceId)) return { kind: 'foreign', recordId, anchor }
  if (draft.tombstone(`${anchor.sourceId}|${anchor.remoteId}`) !== undefined)
    return { kind: 'refused', because: 'client-removed' }
  return { kind: 'here', recordId: ensureRecord(draft, recordId, anchor, at) }
}

function takeTombstone({ draft, at, report }: Merge, row: unknown): boolean {
  const parsed = tombstoneRowSchema.safeParse(row)
  if (!parsed.success) return false
  const { key, sourceId, remoteId, restoreUntil } = parsed.data
  const isHere = draft.tombstone(key) !== undefined || draft.recordAt(sourceId, remoteId) !== undefined
  if (isHere || !draft.book.sources.has(sourceId) || restoreUntil === null || restoreUntil < at) report.known++
  // Places in the records of another database mean nothing here.
  else draft.tombstones.set(key, { ...parsed.data, cut: 0 })
  return true
}

function takeLocal({ draft, report }: Merge, row: unknown, creates: Set<RecordId>): boolean {
  const parsed = localRowSchema.safeParse(row)
  if (!parsed.success) return false
  const local = parsed.data
  if (draft.head(local.recordId) !== undefined) {
    report.known++
    return true
  }
  const isKnown = local.sourceId !== null && draft.book.sources.has(local.sourceId)
  draft.putLocal(isKnown ? local : { ...local, sourceId: null, deviceOnly: true })
  creates.add(local.recordId)
  report.clients++
  return true
}

function takeRule({ draft, report }: Merge, row: unknown): boolean {
  const parsed = fieldRuleRowSchema.safeParse(row)
  if (!parsed.success) return false
  const { ruleId, sourceId, field } = parsed.data
  const rules = [...draft.book.fieldRules.values(), ...draft.fieldRules.values()]
  const isHere = rules.some((rule) => rule?.sourceId === sourceId && rule.field === field)
  if (isHere || !draft.book.sources.has(sourceId)) report.known++
  else draft.fieldRules.set(ruleId, parsed.data)
  return true
}

/** An open one comes back with its edit; what was decided is history. */
function takeConflict({ draft, report }: Merge, row: unknown): boolean {
  const parsed = conflictRowSchema.safeParse(row)
  if (!parsed.success) return false
  const conflict = parsed.data
  const edit = draft.edit(conflict.editId)
  const isHere = draft.book.conflicts.has(conflict.conflictId) || draft.conflicts.has(conflict.conflictId)
  // Only an edit of the file that has just come back and waits for this very decision.
  const isWaiting = draft.edits.has(conflict.editId) && edit?.state === 'waiting' && edit.hold === 'recovered'
  if (isHere || conflict.resolvedAt !== null || !isWaiting || edit === undefined) {
    report.known++
    return true
  }
  const { recordId } = edit
  draft.putEdit({ ...edit, state: 'conflict' })
  draft.putConflict({ ...conflict, recordId, clientId: clientIdOfRecord(recordId) })
  report.conflicts++
  return true
}

function refuse({ report }: Merge, what: string, because: Refusal): void {
  report.refused.push({ what: what.slice(0, 200), because: REFUSALS[because] })
}

function nameOf(anchor: Anchor | undefined, recordId: RecordId): string {
  const { name, firstName, lastName, company, email } = anchor?.fields ?? {}
  const parts = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '')
  const shown = [name, parts.join(' '), company, email, anchor?.fallbackName]
  return shown.find((text): text is string => typeof text === 'string' && text !== '') ?? recordId
}
