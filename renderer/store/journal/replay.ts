import type { z } from 'zod'
import { clientIdOfRecord, type EditId, type RecordId, recordIdSchema } from '../../../shared/ids.ts'
import type { JournaledAttempt, JournaledRow } from '../../../shared/model/journal.ts'
import { remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import {
  conflictRowSchema,
  editRowSchema,
  fieldRuleRowSchema,
  localRowSchema,
  overlayRowSchema,
  tombstoneRowSchema,
} from '../rows.ts'
import { type Anchor, anchorSchema } from './journaled-rows.ts'

export interface Replayed {
  readonly edits: number
  readonly localValues: number
  /** Rows that this app cannot read. */
  readonly unreadable: number
}

export interface ReplayOptions {
  readonly at: number
  /** Rows made since this worker started, by `table|key`: newer than anything the journal has. */
  readonly early: ReadonlySet<string>
  /** The records are gone: what the journal says of places in them means nothing any more. */
  readonly fresh: boolean
}

/** Takes rows of the journal into a draft, as they were; each becomes what the journal saw last. */
export function replayRows(draft: Draft, rows: readonly JournaledRow[], options: ReplayOptions): Replayed {
  const found = { edits: 0, localValues: 0, unreadable: 0 }
  const moved = new Map<RecordId, RecordId>()
  const place = (recordId: RecordId, anchor: Anchor | undefined): RecordId => {
    const known = moved.get(recordId)
    if (known !== undefined) return known
    const target = ensureRecord(draft, recordId, anchor, options.at)
    if (target !== recordId) moved.set(recordId, target)
    return target
  }
  // Removed clients and those without a source first: what lies over a record must find it.
  for (const row of [...rows].sort((a, b) => ORDER.indexOf(a.table) - ORDER.indexOf(b.table))) {
    const isEarly = options.early.has(`${row.table}|${row.key}`)
    if (isEarly && row.table !== 'overlays') continue
    if (row.row === null) {
      if (!isEarly) dropRow(draft, row)
      continue
    }
    switch (row.table) {
      case 'tombstones': {
        const parsed = tombstoneRowSchema.safeParse(row.row)
        if (!parsed.success) found.unreadable++
        else putTombstone(draft, options.fresh ? { ...parsed.data, cut: 0 } : parsed.data)
        break
      }
      case 'locals': {
        const parsed = localRowSchema.safeParse(row.row)
        if (parsed.success) draft.putLocal(parsed.data)
        else found.unreadable++
        break
      }
      case 'fieldRules': {
        const parsed = fieldRuleRowSchema.safeParse(row.row)
        if (parsed.success) draft.fieldRules.set(parsed.data.ruleId, parsed.data)
        else found.unreadable++
        break
      }
      case 'outbox': {
        const parsed = anchoredEditSchema.safeParse(row.row)
        if (!parsed.success) {
          found.unreadable++
          break
        }
        const { anchor, ...edit } = parsed.data
        const recordId = place(edit.recordId, anchor)
        draft.putEdit({ ...edit, recordId, clientId: clientIdOfRecord(recordId) })
        found.edits++
        break
      }
      case 'overlays': {
        const parsed = anchoredOverlaySchema.safeParse(row.row)
        if (!parsed.success) {
          found.unreadable++
          break
        }
        const { anchor, ...overlay } = parsed.data
        // What is remembered of a client that has left its source does not bring it back.
        const recordId = hasLeft(draft, overlay.recordId, anchor) ? overlay.recordId : place(overlay.recordId, anchor)
        const over = isEarly || recordId !== overlay.recordId ? draft.overlay(recordId) : null
        draft.putOverlay({ ...overlay, recordId, fields: { ...overlay.fields, ...over?.fields } })
        found.localValues += Object.values(overlay.fields).filter((value) => value.mode === 'local').length
        break
      }
      case 'conflicts': {
        const parsed = conflictRowSchema.safeParse(row.row)
        if (!parsed.success) {
          found.unreadable++
          break
        }
        const recordId = moved.get(parsed.data.recordId) ?? parsed.data.recordId
        draft.putConflict({ ...parsed.data, recordId, clientId: clientIdOfRecord(recordId) })
      }
    }
  }
  return found
}

const ORDER: readonly JournaledRow['table'][] = [
  'tombstones',
  'locals',
  'fieldRules',
  'overlays',
  'outbox',
  'conflicts',
]

export const anchoredEditSchema = editRowSchema.extend({ anchor: anchorSchema.optional() })
export const anchoredOverlaySchema = overlayRowSchema.extend({ anchor: anchorSchema.optional() })

function putTombstone(draft: Draft, row: z.infer<typeof tombstoneRowSchema>): void {
  const there = draft.recordAt(row.sourceId, row.remoteId)
  if (there !== undefined) draft.dropRecord(there)
  draft.tombstones.set(row.key, row)
}

/** In the tray, or of this device by now. The anchor was written while its source still had it. */
function hasLeft(draft: Draft, recordId: RecordId, anchor: Anchor | undefined): boolean {
  if (anchor === undefined) return false
  const isBuried = draft.tombstone(remoteKey(anchor.sourceId, anchor.remoteId)) !== undefined
  return isBuried || draft.local(recordId)?.deviceOnly === true
}

/**
 * The record that a row is about. Where the database has lost it, it is there again with what tells a person who it is,
 * until its source is read; where the database knows it by another id, that id counts.
 */
export function ensureRecord(draft: Draft, recordId: RecordId, anchor: Anchor | undefined, at: number): RecordId {
  if (anchor === undefined) return recordId
  const there = draft.recordAt(anchor.sourceId, anchor.remoteId)
  if (there !== undefined && draft.head(there) !== undefined) return there
  const head = draft.head(recordId)
  if (head !== undefined && head.remoteId !== null) return recordId
  draft.putSynced({
    head: {
      recordId,
      sourceId: anchor.sourceId,
      remoteId: anchor.remoteId,
      fields: anchor.fields,
      fallbackName: anchor.fallbackName,
      avatarUrl: null,
      createdAt: null,
      updatedAt: null,
      lastActivityAt: null,
      owner: null,
      ai: null,
      // Equal to nothing: the next page that has it is taken whole.
      hash: '',
      firstKnownAt: at,
      writeSeq: 0,
      readAt: null,
    },
    body: { extra: [], raw: null },
  })
  return recordId
}

/** The journal says that it is gone. */
export function dropRow(draft: Draft, { table, key }: Pick<JournaledRow, 'table' | 'key'>): void {
  switch (table) {
    case 'outbox': {
      const edit = [...draft.book.edits.values()].find((row) => row.editId === key)
      if (edit !== undefined) draft.dropEdit(edit)
      return
    }
    case 'overlays': {
      const recordId = recordIdSchema.safeParse(key)
      if (recordId.success) draft.putOverlay({ recordId: recordId.data, fields: {}, hiddenAt: null })
      return
    }
    case 'locals': {
      const recordId = recordIdSchema.safeParse(key)
      if (recordId.success && draft.local(recordId.data) !== undefined) draft.dropRecord(recordId.data)
      return
    }
    case 'conflicts': {
      const row = [...draft.book.conflicts.values()].find((conflict) => conflict.conflictId === key)
      if (row !== undefined) draft.conflicts.set(row.conflictId, null)
      return
    }
    case 'fieldRules': {
      const row = [...draft.book.fieldRules.values()].find((rule) => rule.ruleId === key)
      if (row !== undefined) draft.fieldRules.set(row.ruleId, null)
      return
    }
    case 'tombstones':
      if (draft.tombstone(key) !== undefined) draft.tombstones.set(key, null)
  }
}

/**
 * Sendings that the journal knows and the database may have forgotten: such an edit is looked at before it goes again,
 * never sent blindly.
 */
export function noteAttempts(draft: Draft, attempts: readonly JournaledAttempt[], at: number): number {
  let noted = 0
  for (const attempt of attempts) {
    const edit = draft.edit(attempt.editId)
    if (edit === undefined || edit.attemptId === attempt.attemptId) continue
    if (edit.attemptedAt !== null && edit.attemptedAt > attempt.at && edit.frozenBody !== null) continue
    if (edit.state === 'conflict' || edit.state === 'needs-attention') continue
    draft.putEdit({
      ...edit,
      state: 'unknown-outcome',
      attemptId: attempt.attemptId,
      attempts: edit.attempts + 1,
      attemptsBefore: edit.attempts,
      attemptedAt: attempt.at,
      frozenBody: attempt.body,
      fence: attempt.fence ?? edit.fence,
      uncertain: true,
      notBefore: at,
    })
    noted++
  }
  return noted
}

/** Not sent before the user has looked. */
export function holdEdits(draft: Draft, which: (editId: EditId) => boolean): number {
  let held = 0
  const open = new Set([...draft.book.edits.keys(), ...draft.edits.keys()])
  for (const editId of open) {
    const edit = draft.edit(editId)
    if (edit === undefined || edit.hold !== null || !which(editId)) continue
    draft.putEdit({ ...edit, hold: 'recovered' })
    held++
  }
  return held
}
