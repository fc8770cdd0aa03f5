import type { VendorFailure } from '../../../shared/app-error.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { type FieldKey, type Fields, type FieldValue, sameFieldValue } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { sameInSubstance } from '../../../shared/sync/field-forms.ts'
import { mergeFields } from '../../../shared/sync/merge-fields.ts'
import { outcomeClass } from '../http/outcome-class.ts'
import {
  cannot,
  gone,
  notNoted,
  type PushDeps,
  type Pushed,
  readFailed,
  sendFailed,
  settled,
  type TakenEdit,
  unknown,
  valuesOf,
} from './push-context.ts'

/** Successes that could not be read and did not take: not repeated for ever. */
const MAX_UNREADABLE = 2

/** Read, compare field by field, note, send what is left to send, and look at what the source made of it. */
export async function pushUpdate(deps: PushDeps, taken: TakenEdit): Promise<Pushed> {
  const { connector, call } = deps
  const { edit, attemptId } = taken
  if (connector.update === undefined || edit.remoteId === null) return cannot()
  let remote: RemoteRecord | null = null
  let body: Fields = valuesOf(edit)
  let closeGap = (): void => undefined
  if (connector.read !== undefined && holds('read-before-write')) {
    const now = await connector.read(call, edit.remoteId)
    if (!now.ok) return now.error.code === 'not-found' ? gone(edit) : readFailed(deps, edit, now.error)
    remote = now.value
    const merged = mergeFields(withoutOwn(edit.changes, remote.fields, taken), remote.fields)
    if (merged.conflicts.length > 0) {
      const disputed = new Set<FieldKey>(merged.conflicts.map((c) => c.field))
      return settled({
        kind: 'conflict',
        conflict: 'field',
        remote,
        fields: [...merged.conflicts],
        merged: edit.changes.map((c) => c.field).filter((field) => !disputed.has(field)),
        candidates: [],
      })
    }
    if (Object.keys(merged.send).length === 0) return isThere(deps, remote)
    body = merged.send
    closeGap = deps.gap.start()
  }

  const noted = await deps.freeze({ editId: edit.editId, attemptId, body, fence: null })
  if (!noted.ok) return notNoted(deps, edit, noted.error)
  const answer = await connector.update(call, edit.remoteId, body)
  closeGap()
  const unreadable = answer.ok ? null : outcomeClass(answer.error) === 'APPLIED_UNREADABLE' ? answer.error.error : null
  if (!answer.ok && unreadable === null) return sendFailed(deps, edit, answer.error)
  // The place of the write among all requests: before the read that looks at it.
  const writeSeq = deps.writeSeq()
  const said = answer.ok ? answer.value : null
  if (said !== null && ignoredFields(taken, body, remote, said).length === 0)
    return settled({ kind: 'done', record: said, writeSeq })

  // No record came back, or one that does not have what was sent: asked once, and believed.
  const verified = connector.read === undefined ? null : await connector.read(call, edit.remoteId)
  if (verified === null || !verified.ok) {
    if (verified?.error.code === 'not-found') return gone(edit)
    if (said !== null) return settled({ kind: 'done', record: said, writeSeq })
    return unknown(deps, unreadable ?? NO_RECORD)
  }
  const left = ignoredFields(taken, body, remote, verified.value)
  if (left.length === 0) return settled({ kind: 'done', record: verified.value, writeSeq })
  // It could not be read, and none of it is there: it may still land.
  if (said === null && left.length === Object.keys(body).length && edit.attempts + 1 < MAX_UNREADABLE)
    return unknown(deps, unreadable ?? NO_RECORD)
  const field = left[0] ?? null
  return settled({
    kind: 'needs-attention',
    error: unreadable ?? { code: 'refused', status: 200, vendorText: null, field },
    taken: { record: verified.value, writeSeq, left },
  })
}

const NO_RECORD: VendorFailure = { code: 'not-json', got: 'empty', status: 200 }

function isThere(deps: PushDeps, record: RemoteRecord): Pushed {
  return settled({ kind: 'done', record, writeSeq: deps.writeSeq() })
}

/**
 * The changes, seen from what is at the source now: a value of ours that landed late is no change of theirs, and what
 * the source is known to make of a value of ours is that value.
 */
function withoutOwn(changes: readonly FieldChange[], theirs: Fields, { own }: TakenEdit): readonly FieldChange[] {
  return changes.map((change) => {
    const current = theirs[change.field]
    if (current === undefined || sameFieldValue(current, change.to) || sameFieldValue(current, change.from))
      return change
    const { field } = change
    if (
      own.forms.some((f) => f.field === field && sameFieldValue(f.sent, change.to) && sameFieldValue(f.stored, current))
    )
      return { ...change, to: current }
    return own.echoes.some((echo) => echo.field === field && sameFieldValue(echo.value, current))
      ? { ...change, from: current }
      : change
  })
}

/** Fields that were sent, and of which the source still has what it had before. */
function ignoredFields(
  { own }: TakenEdit,
  sent: Fields,
  before: RemoteRecord | null,
  after: RemoteRecord,
): readonly FieldKey[] {
  return Object.entries(sent).flatMap(([key, value]): FieldKey[] => {
    const field = key as FieldKey // keys of a parsed `Fields` are field keys
    const had: FieldValue | undefined = before?.fields[field]
    const has = after.fields[field]
    if (value === undefined || has === undefined || had === undefined) return []
    if (!sameFieldValue(had, has) || sameInSubstance(field, has, value)) return []
    const isKnown = own.forms.some(
      (f) => f.field === field && sameFieldValue(f.sent, value) && sameFieldValue(f.stored, has),
    )
    return isKnown ? [] : [field]
  })
}
