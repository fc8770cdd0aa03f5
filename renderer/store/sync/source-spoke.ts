import { clientIdOfRecord } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { sameFieldValue } from '../../../shared/model/field.ts'
import type { Draft } from '../draft.ts'
import { notice } from '../journal/notice.ts'
import type { RecordHead } from '../segments/codec.ts'
import { reviseConflicts, reviveGone } from './revise-conflicts.ts'
import { syncedChanges } from './synced-record.ts'

/** Clients that the user is told about at a time. */
const MOST_NOTICES = 50

/** What follows for conflicts and for values of this device when a source says something new of a client. */
export function sourceSpoke(
  draft: Draft,
  before: RecordHead | undefined,
  after: RecordHead,
  { runStartedAt, at }: { readonly runStartedAt: number; readonly at: number },
): void {
  const changed = before === undefined ? [] : syncedChanges(before, after).map((change) => change.field)
  noteChangedUnderLocal(draft, after, changed, at)
  if (draft.editsOf(after.recordId).length === 0) return
  reviveGone(draft, after.recordId, runStartedAt, at)
  reviseConflicts(draft, after.recordId, 'source', changed, at)
}

/** A source that says the same as ever says at least that it has the client. */
export function sourceRepeated(draft: Draft, recordId: RecordHead['recordId'], runStartedAt: number, at: number): void {
  if (draft.book.editsOfRecord.has(recordId)) reviveGone(draft, recordId, runStartedAt, at)
}

/**
 * A field that has a value of this device has changed underneath it: the local one stays, and the user is told, quietly.
 * What the source had and has stands in the history like any other change of it.
 */
function noteChangedUnderLocal(draft: Draft, head: RecordHead, changed: readonly FieldKey[], at: number): void {
  const over = draft.overlay(head.recordId).fields
  const field = changed.find((key) => over[key]?.mode === 'local' && !sameFieldValue(over[key].value, head.fields[key]))
  if (field === undefined) return
  const told = [...draft.book.notices.values(), ...draft.notices.values()]
  // A source that rewrites everybody is no word about each of them; the history has it all the same.
  if (told.filter((row) => row?.kind === 'overlay-source-changed').length >= MOST_NOTICES) return
  const about = { clientId: clientIdOfRecord(head.recordId), sourceId: head.sourceId }
  notice(draft, at, 'overlay-source-changed', { field }, about)
}
