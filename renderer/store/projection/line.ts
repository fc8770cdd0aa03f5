import type { Fields } from '../../../shared/model/field.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import type { Book } from '../book.ts'
import type { Slot } from '../records/record-contract.ts'
import type { OverlayRow } from '../rows.ts'
import type { SearchText } from '../search/engine/engine-contract.ts'
import type { RecordHead } from '../segments/codec.ts'
import type { ClientRow } from '../store-contract.ts'
import { clientRow, displayName, shown, text } from './client-row.ts'

/** One client as the list has it, with what it was made of. */
export interface Line {
  readonly row: ClientRow
  readonly head: RecordHead
  readonly fields: Fields
}

/** The line of a slot, or null where it is not to be listed. */
export function lineAt(book: Book, slot: Slot): Line | null {
  const head = book.records.headAt(slot)
  if (head === undefined || book.holds.has(head.recordId)) return null
  const { recordId } = head
  const overlay = book.overlays.get(recordId)
  if (overlay !== undefined && overlay.hiddenAt !== null) return null
  const row = clientRow(book, {
    head,
    overlay,
    edits: book.editsOfRecord.get(recordId) ?? [],
    deviceOnly: book.locals.get(recordId)?.deviceOnly ?? false,
  })
  return { row, head, fields: effectiveFields(head.fields, overlay?.fields ?? {}) }
}

/** The columns that are put in order by their texts. */
export type TextColumn = 'name' | 'company' | 'email' | 'phone'

/** One text of a line, without the rest of it. */
export function lineText(book: Book, slot: Slot, column: TextColumn): string | null {
  const recordId = book.overlays.size === 0 ? undefined : book.records.recordAt(slot)
  const overlay = recordId === undefined ? undefined : book.overlays.get(recordId)
  return overlay === undefined ? ownText(book, slot, column) : textOfHead(book, slot, column, overlay.fields)
}

/** The same of a line that nothing is written over, without taking its head apart. */
export function ownText(book: Book, slot: Slot, column: TextColumn): string | null {
  const value = book.records.textAt(slot, column)
  // A name may be made of other fields.
  if (column === 'name' && text(value) === null) return textOfHead(book, slot, column, {})
  return shown(value)
}

function textOfHead(book: Book, slot: Slot, column: TextColumn, over: OverlayRow['fields']): string | null {
  const head = book.records.headAt(slot)
  if (head === undefined) return null
  const fields = effectiveFields(head.fields, over)
  return column === 'name' ? displayName(head, fields) : shown(fields[column])
}

export function searchTextOf({ row, head, fields }: Line): SearchText {
  return {
    name: row.name,
    company: row.company,
    email: row.email,
    tags: row.tags,
    jobTitle: row.jobTitle,
    location: text(fields.location),
    notes: text(fields.notes),
    owner: head.owner,
    phones: row.phone === null ? [] : [row.phone],
  }
}

/** What is so of a line, as bits. */
export const FLAGS = {
  listed: 1,
  email: 1 << 1,
  phone: 1 << 2,
  company: 1 << 3,
  title: 1 << 4,
  location: 1 << 5,
  notes: 1 << 6,
  tags: 1 << 7,
  status: 1 << 8,
  owner: 1 << 9,
  website: 1 << 10,
  photo: 1 << 11,
  localValues: 1 << 12,
  deleting: 1 << 13,
} as const

export function flagsOf({ row, head, fields }: Line): number {
  const is = (holds: boolean, flag: number): number => (holds ? flag : 0)
  return (
    FLAGS.listed |
    is(row.email !== null, FLAGS.email) |
    is(row.phone !== null, FLAGS.phone) |
    is(row.company !== null, FLAGS.company) |
    is(row.jobTitle !== null, FLAGS.title) |
    is(text(fields.location) !== null, FLAGS.location) |
    is(text(fields.notes) !== null, FLAGS.notes) |
    is(row.tags.length > 0, FLAGS.tags) |
    is(row.status !== null, FLAGS.status) |
    is(head.owner !== null, FLAGS.owner) |
    is(text(fields.website) !== null, FLAGS.website) |
    is(row.avatar !== null, FLAGS.photo) |
    is(row.hasLocalValues, FLAGS.localValues) |
    is(row.deleting, FLAGS.deleting)
  )
}
