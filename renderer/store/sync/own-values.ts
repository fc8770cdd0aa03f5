import type { RecordId } from '../../../shared/ids.ts'
import { type FieldKey, sameFieldValue } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { holds } from '../../../shared/safety/rules.ts'
import type { OverlayValue } from '../../../shared/sync/effective-client.ts'
import { queueUpdate } from '../commands/queue-edit.ts'
import type { Draft } from '../draft.ts'
import type { EditRow, OverlayRow } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import type { StoreContext } from '../store-context.ts'

/** How long a write whose fate was unknown may still land. */
export const ECHO_MS = 86_400_000
const MOST = 20

type Echo = NonNullable<OverlayRow['echoes']>[number]

/**
 * What is remembered of our own writing to a record: values that may land late (`echoes`), and what the source makes of
 * others (`forms`). Without it, a late landing looks like somebody else's change, and a phone number that the source
 * writes its own way like a value that it ignored (SYNC.md 1.6).
 */
export function ownValues(draft: Draft, recordId: RecordId, at: number) {
  const { echoes = [], forms = [] } = draft.overlay(recordId)
  return { echoes: echoes.filter((echo) => isYoung(echo, at)).map(({ field, value }) => ({ field, value })), forms }
}

/** It was sent and not answered: each of its values may still land. */
export function noteUnanswered(draft: Draft, edit: EditRow, at: number): void {
  if (edit.operation !== 'update' || edit.frozenBody === null) return
  const overlay = draft.overlay(edit.recordId)
  const young = (overlay.echoes ?? []).filter((echo) => isYoung(echo, at))
  const sent: Echo[] = []
  for (const [key, value] of Object.entries(edit.frozenBody)) {
    if (value === undefined) continue
    const field = key as FieldKey
    const before = young.find((echo) => echo.field === field && sameFieldValue(echo.value, value))
    const isAnother = before === undefined || before.attemptId !== edit.attemptId
    const times = (before === undefined ? 0 : timesOf(before)) + (isAnother ? 1 : 0)
    sent.push({ field, value, at, later: null, times, attemptId: edit.attemptId })
  }
  const others = young.filter(
    (echo) => !sent.some((s) => s.field === echo.field && sameFieldValue(s.value, echo.value)),
  )
  draft.putOverlay({ ...overlay, echoes: [...others, ...sent].slice(-MOST) })
}

/** The source has taken it: what is still under way of the same field is superseded by what it has now. */
export function noteTaken(draft: Draft, edit: EditRow, record: RemoteRecord | null, at: number): void {
  const overlay = draft.overlay(edit.recordId)
  let echoes = (overlay.echoes ?? []).filter((echo) => isYoung(echo, at))
  let forms = overlay.forms ?? []
  for (const { field, to } of edit.changes) {
    const stored = record?.fields[field] ?? to
    echoes = echoes.map((echo) =>
      echo.field === field && !sameFieldValue(echo.value, stored) ? { ...echo, later: { value: stored } } : echo,
    )
    const sent = edit.frozenBody?.[field]
    if (sent === undefined || record?.fields[field] === undefined || sameFieldValue(sent, stored)) continue
    forms = [...forms.filter((f) => f.field !== field || !sameFieldValue(f.sent, sent)), { field, sent, stored }]
  }
  const before = overlay.echoes?.length ?? 0
  if (before === 0 && forms.length === (overlay.forms?.length ?? 0)) return
  draft.putOverlay({ ...overlay, echoes, forms: forms.slice(-MOST) })
}

/**
 * The source says something new of a record. Where that is exactly a value of ours that was superseded before it landed,
 * nobody has changed anything there: the newer value goes once more.
 */
export function guardEchoes(
  context: StoreContext,
  draft: Draft,
  before: RecordHead,
  after: RecordHead,
  at: number,
): void {
  const overlay = draft.overlay(after.recordId)
  if (overlay.echoes === undefined || after.sourceId === null || !holds('echo-guard')) return
  const landed = overlay.echoes.filter(
    (echo) =>
      echo.later !== null &&
      isYoung(echo, at) &&
      sameFieldValue(before.fields[echo.field], echo.later.value) &&
      sameFieldValue(after.fields[echo.field], echo.value),
  )
  if (landed.length === 0) return
  const open = draft.editsOf(after.recordId)
  // One that waits is sent over it anyway: values of ours are no conflict (electron/core/sync/push-update.ts).
  const changes = landed.flatMap(({ field, value, later }) =>
    later === null || open.some((edit) => edit.changes.some((c) => c.field === field))
      ? []
      : [{ field, from: value, to: later.value }],
  )
  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...overlay.fields }
  for (const { field, from, to } of changes) fields[field] ??= { value: to, from, mode: 'push', at }
  // Each sending lands once: what comes oftener than it was sent is somebody's wish.
  const echoes = overlay.echoes.flatMap((echo) => {
    if (!landed.includes(echo)) return [echo]
    return timesOf(echo) > 1 ? [{ ...echo, times: timesOf(echo) - 1 }] : []
  })
  draft.putOverlay({ ...overlay, fields, echoes })
  if (changes.length === 0) return
  queueUpdate(context, draft, after.recordId, after.sourceId, changes)
  draft.log({
    at,
    recordId: after.recordId,
    kind: 'you-changed',
    by: 'recovery',
    sourceId: after.sourceId,
    onDevice: false,
    fields: changes,
  })
}

function timesOf({ times }: Echo): number {
  return times ?? 1
}

function isYoung(echo: { readonly at: number }, at: number): boolean {
  return at - echo.at <= ECHO_MS
}
