import type { Instant, RecordId } from '../../../shared/ids.ts'
import type { Fields } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import type { TombstoneRow } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import { removeAtSource } from './bury-record.ts'
import { keepHere } from './keep-here.ts'
import { normalDigits, normalText } from './match-create.ts'

/**
 * Whether a vendor has given an id to somebody else (SYNC.md F100). Nothing that tells persons apart is the same any
 * more, and it is not the creation date that says that it is the same record: one field alone is somebody who was
 * renamed.
 */
export function isAnotherPerson(
  before: { readonly fields: Fields; readonly createdAt: Instant | null },
  now: Pick<RemoteRecord, 'fields' | 'createdAt'>,
): boolean {
  const pairs = [
    [nameOf(before.fields), nameOf(now.fields)],
    [normalText(before.fields.email), normalText(now.fields.email)],
    [normalDigits(before.fields.phone), normalDigits(now.fields.phone)],
  ].filter(([was, is]) => was !== '' && is !== '')
  if (pairs.length === 0 || pairs.some(([was, is]) => was === is)) return false
  if (before.createdAt !== null && now.createdAt !== null) return before.createdAt !== now.createdAt
  return pairs.length > 1
}

/** Somebody in the tray, as far as it is remembered. */
export function formerOf(buried: TombstoneRow): Parameters<typeof isAnotherPerson>[0] {
  return { fields: buried.fields ?? {}, createdAt: buried.sourceCreatedAt }
}

function nameOf({ name, firstName, lastName }: Fields): string {
  return normalText(name) || `${normalText(firstName)} ${normalText(lastName)}`.trim()
}

/** Something of this record may be on its way to the vendor: it cannot be told apart from the other person now. */
export function isInFlight(draft: Draft, recordId: RecordId): boolean {
  return draft.editsOf(recordId).some((edit) => edit.state === 'sending' || edit.uncertain)
}

/**
 * The client that had this id before makes way: what was written for it stays here with its own last state, and is not
 * sent to somebody else.
 */
export function makeWay(draft: Draft, head: RecordHead, at: number): void {
  for (const edit of draft.editsOf(head.recordId)) keepHere(draft, edit, at)
  removeAtSource(draft, head.recordId, { runId: null, at })
  const { sourceId, remoteId } = head
  if (sourceId === null || remoteId === null) return
  const buried = draft.tombstone(remoteKey(sourceId, remoteId))
  if (buried !== undefined) setApart(draft, buried)
}

/** The tray keeps a client whose id is somebody else's now, under a key of its own. */
export function setApart(draft: Draft, buried: TombstoneRow): void {
  const key = `${buried.key}|${buried.recordId}`
  draft.tombstones.set(buried.key, null)
  draft.tombstones.set(key, { ...buried, key })
}
