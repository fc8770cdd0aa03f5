import type { SourceId } from '../../../shared/ids.ts'
import type { Fields, FieldValue } from '../../../shared/model/field.ts'
import { isEmptyFieldValue } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import type { Book } from '../book.ts'
import type { Draft } from '../draft.ts'
import type { EditRow } from '../rows.ts'

/**
 * The unsettled create that a new record at the source is probably the result of: same name, e-mail and phone, and not
 * there before the create was sent (SYNC.md 1.6, create 6).
 */
export function matchingCreate(
  draft: Draft,
  sourceId: SourceId,
  record: Pick<RemoteRecord, 'remoteId' | 'fields'>,
): EditRow | null {
  for (const edit of draft.book.edits.values()) {
    if (edit.operation !== 'create' || edit.sourceId !== sourceId || edit.frozenBody === null) continue
    if (edit.state !== 'sending' && edit.state !== 'unknown-outcome' && !edit.uncertain) continue
    if (edit.fence?.includes(record.remoteId) === true) continue
    if (samePerson(edit.frozenBody, record.fields)) return edit
  }
  return null
}

/** Whether these are the fields of a create whose fate is not known: what it has made may not have reached every list. */
export function mayBeOwnCreate(book: Book, sourceId: SourceId, fields: Fields): boolean {
  for (const edit of book.edits.values()) {
    if (edit.operation !== 'create' || edit.sourceId !== sourceId || edit.frozenBody === null) continue
    if ((edit.state === 'unknown-outcome' || edit.uncertain) && samePerson(edit.frozenBody, fields)) return true
  }
  return false
}

export function samePerson(sent: Fields, found: Fields): boolean {
  const keys = ['name', 'firstName', 'lastName', 'email'] as const
  const said = keys.filter((key) => !isEmptyFieldValue(sent[key]))
  const phone = normalDigits(sent.phone)
  if (said.length === 0 && phone === '') return false
  return (
    said.every((key) => normalText(sent[key]) === normalText(found[key])) &&
    (phone === '' || phone === normalDigits(found.phone))
  )
}

export function normalText(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase() : ''
}

export function normalDigits(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value.replace(/[^0-9]+/g, '') : ''
}
