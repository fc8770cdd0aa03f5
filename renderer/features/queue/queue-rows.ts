import type { EditState } from '../../../shared/model/edit.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import { fieldText } from '../../domain/field-diff.tsx'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine, errorText } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCount, formatCountdown, formatUntil } from '../../text/format.ts'

/** Most urgent first; equal ones oldest first, as they are sent. */
const ORDER: Readonly<Record<EditState, number>> = {
  'needs-attention': 0,
  'unknown-outcome': 1,
  conflict: 2,
  retrying: 3,
  sending: 4,
  waiting: 5,
  done: 6,
  discarded: 7,
}

export const EDIT_STATE_WORDS: Readonly<Record<EditState, string>> = {
  waiting: 'Waiting',
  sending: 'Sending',
  retrying: 'Retrying',
  'needs-attention': 'Needs attention',
  'unknown-outcome': 'Unknown outcome',
  // The contract knows five words; which of two values to keep is the user's to say, too.
  conflict: 'Needs attention',
  done: 'Sent',
  discarded: 'Discarded',
}

export const OPERATION_WORDS = { create: 'Create', update: 'Update', delete: 'Delete' } as const

/** `all`, `you` (needs the user), or the id of a source. */
export type QueueFilter = string

export function orderEdits(edits: readonly EditView[]): readonly EditView[] {
  return edits.toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.createdAt - b.createdAt)
}

export function needsUser(edit: EditView): boolean {
  return edit.state === 'needs-attention' || edit.state === 'conflict'
}

export function filterEdits(edits: readonly EditView[], filter: QueueFilter): readonly EditView[] {
  if (filter === 'all') return edits
  if (filter === 'you') return edits.filter(needsUser)
  return edits.filter((edit) => edit.sourceId === filter)
}

/** Choices that would show something, with how much; `all` first. */
export function queueFilters(
  edits: readonly EditView[],
  sources: readonly SourceView[],
): readonly { readonly value: QueueFilter; readonly label: string; readonly count: number }[] {
  const mine = edits.filter(needsUser).length
  const bySource = sources
    .map((source) => ({
      value: source.sourceId,
      label: source.name,
      count: edits.filter((edit) => edit.sourceId === source.sourceId).length,
    }))
    .filter((choice) => choice.count > 0)
  return [
    { value: 'all', label: 'All', count: edits.length },
    ...(mine === 0 ? [] : [{ value: 'you', label: 'Needs you', count: mine }]),
    ...bySource,
  ]
}

export interface ReasonContext {
  readonly now: number
  readonly source: SourceView | null
  readonly offline: boolean
  /** An earlier edit of the same client has to go first. */
  readonly behind: boolean
}

/** The sentence under the state: why it stands where it stands, and what comes next. */
export function reasonText(edit: EditView, context: ReasonContext): string {
  const name = context.source?.name ?? 'The source'
  switch (edit.state) {
    case 'needs-attention':
      return edit.error === null
        ? `${name} did not take it. Correct the client, then retry.`
        : errorLine(edit.error, { sourceName: name, during: 'edit', ...fieldOf(edit) })
    case 'unknown-outcome':
      return `Sent, but the line dropped before an answer. Checking ${name} first; nothing is sent twice.`
    case 'conflict':
      return `${name} changed or deleted it meanwhile. Choose in Conflicts.`
    case 'retrying': {
      const why = edit.error === null ? `${name} could not take it.` : errorText(edit.error, { sourceName: name }).title
      const attempt = `attempt ${edit.attempts + 1}`
      if (context.offline) return `${why} Goes when you are online again, ${attempt}.`
      if (edit.notBefore === null || edit.notBefore <= context.now) return `${why} Trying now, ${attempt}.`
      return `${why} Next try in ${formatCountdown(edit.notBefore, context.now)}, ${attempt}.`
    }
    case 'sending':
      return edit.operation === 'create' ? `Writing to ${name}.` : `Comparing with ${name} before writing.`
    case 'waiting':
      return waitingText(name, context)
    case 'done':
      return `${name} has it.`
    case 'discarded':
      return 'Taken back.'
  }
}

function waitingText(name: string, context: ReasonContext): string {
  if (context.offline) return 'Sends when you are online again.'
  if (context.source?.state === 'key-rejected') return `Sends once the key of ${name} is replaced.`
  if (context.source?.paused === true) return `${name} is paused. Sends after Resume.`
  if (context.behind) return 'Sends after the earlier edit of this client.'
  const source = context.source
  const next = source?.nextAttemptAt ?? null
  // A source in trouble holds its edits back too; one in order takes them at once.
  if (source?.state !== 'waiting-to-retry' || next === null || next <= context.now) return 'Sends in a moment.'
  return `Waits for ${name}. Next try ${formatUntil(next, context.now)}.`
}

function fieldOf(edit: EditView): { readonly fieldLabel?: string } {
  const error = edit.error
  if (error === null || (error.code !== 'refused' && error.code !== 'bad-input') || error.field === null) return {}
  const label = fieldLabel(error.field)
  return label === null ? {} : { fieldLabel: label }
}

function fieldLabel(field: string): string | null {
  return Object.hasOwn(FIELD_LABELS, field) ? FIELD_LABELS[field as FieldKey] : null
}

/** True where the same client has an edit that was made earlier and is not through. */
export function isBehind(edit: EditView, edits: readonly EditView[]): boolean {
  return edits.some((other) => other.clientId === edit.clientId && other.createdAt < edit.createdAt)
}

/** What `Discard` asks: which values return. */
export function discardText(edit: EditView, sourceName: string): string {
  if (edit.operation === 'create') {
    return edit.attempts > 0
      ? `${edit.clientName} is removed from this device. If ${sourceName} took it after all, it comes back with the next sync.`
      : `${edit.clientName} was never sent to ${sourceName} and is removed from this device.`
  }
  if (edit.operation === 'delete') return `${edit.clientName} stays, here and at ${sourceName}.`
  const returning = edit.changes.map((change) => {
    const before = fieldText(change.field, change.from, edit.statusLabels)
    const label = FIELD_LABELS[change.field]
    return before === null ? `${label} becomes empty` : `${label} returns to “${shorten(before)}”`
  })
  return `${list(returning)}. ${sourceName} is not told.`
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function list(parts: readonly string[]): string {
  if (parts.length === 0) return 'Nothing changes'
  if (parts.length > 4)
    return `${parts.slice(0, 3).join(', ')} and ${formatCount(parts.length - 3, 'more value')} return`
  return parts.join(', ')
}
