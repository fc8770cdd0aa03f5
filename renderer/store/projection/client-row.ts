import { visibleText } from '../../../shared/display/visible-text.ts'
import { clientIdOfRecord } from '../../../shared/ids.ts'
import type { Fields, FieldValue } from '../../../shared/model/field.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import { effectiveFields, overlayKeys } from '../../../shared/sync/effective-client.ts'
import type { Book } from '../book.ts'
import type { EditRow, OverlayRow } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import type { ClientRow, RowMark } from '../store-contract.ts'
import { joinName } from './join-name.ts'
import { statusView } from './status-view.ts'

/** The status values known for a record: its source's own list, then what came with records. */
export function statusOptionsOf(book: Book, sourceId: RecordHead['sourceId']): readonly StatusOption[] {
  if (sourceId === null) return DEVICE_STATUS_OPTIONS
  const seen = book.vocabulary.get(sourceId)?.statusOptions
  return seen !== undefined && seen.length > 0 ? seen : (book.sources.get(sourceId)?.statusOptions ?? [])
}

/** For a client that lives on this device only. */
export const DEVICE_STATUS_OPTIONS: readonly StatusOption[] = [
  { id: 'active', label: 'Active', color: null, order: 0, type: null },
  { id: 'paused', label: 'Paused', color: null, order: 1, type: null },
  { id: 'inactive', label: 'Inactive', color: null, order: 2, type: null },
]

/** As many as a form takes; a hundred thousand would make every line of a list heavy. */
const MAX_ROW_TAGS = 100

export interface RowInput {
  readonly head: RecordHead
  readonly overlay: OverlayRow | undefined
  readonly edits: readonly EditRow[]
  readonly deviceOnly: boolean
}

/** One line of the grid, from what the source said and what was written over it. */
export function clientRow(book: Book, { head, overlay, edits, deviceOnly }: RowInput): ClientRow {
  const over = overlay?.fields ?? {}
  const fields = effectiveFields(head.fields, over)
  const status = text(fields.status)
  const waits = edits.filter((edit) => edit.state !== 'conflict')
  const lastEdit = Math.max(
    0,
    ...overlayKeys(over).map((field) => over[field]?.at ?? 0),
    ...edits.map((edit) => edit.createdAt),
  )
  const updated = Math.max(instant(head.updatedAt) ?? 0, lastEdit)
  return {
    clientId: clientIdOfRecord(head.recordId),
    recordId: head.recordId,
    name: displayName(head, fields),
    company: shown(fields.company),
    email: shown(fields.email),
    phone: shown(fields.phone),
    jobTitle: shown(fields.jobTitle),
    status: status === null ? null : statusView(status, statusOptionsOf(book, head.sourceId)),
    tags: list(fields.tags)
      .slice(0, MAX_ROW_TAGS)
      .map((tag) => visibleText(tag)),
    sourceIds: head.sourceId === null || deviceOnly ? [] : [head.sourceId],
    updatedAt: updated === 0 ? null : updated,
    createdAt: instant(head.createdAt) ?? (head.remoteId === null ? head.firstKnownAt : null),
    mark: rowMark(edits, waits),
    deleting: edits.some((edit) => edit.operation === 'delete'),
    hasLocalValues: deviceOnly || overlayKeys(over).some((field) => over[field]?.mode === 'local'),
    owner: head.owner === null ? null : visibleText(head.owner),
    avatar: head.avatarUrl,
  }
}

function rowMark(edits: readonly EditRow[], waits: readonly EditRow[]): RowMark {
  if (edits.some((edit) => edit.state === 'conflict')) return 'conflict'
  return waits.length > 0 ? 'waiting' : null
}

/** Never empty, and free of what cannot be seen. */
export function displayName(head: RecordHead, fields: Fields): string {
  return visibleText(
    text(fields.name) ??
      joinName(text(fields.firstName), text(fields.lastName)) ??
      text(fields.email) ??
      text(fields.phone) ??
      (head.fallbackName === null ? null : text(head.fallbackName)) ??
      text(fields.company) ??
      head.remoteId ??
      'Unnamed',
  )
}

/** A text as a line shows it, or null. */
export function shown(value: FieldValue | undefined): string | null {
  const raw = text(value)
  return raw === null ? null : visibleText(raw)
}

/** A text worth showing, or null. */
export function text(value: FieldValue | undefined): string | null {
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}

function list(value: FieldValue | undefined): readonly string[] {
  return value === undefined || value === null || typeof value === 'string' ? [] : value
}

/** An instant as ms since the epoch, or null where it cannot be read. */
export function instant(value: string | null): number | null {
  if (value === null) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : at
}
