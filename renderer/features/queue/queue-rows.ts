import type { EditState } from '../../../shared/model/edit.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import type { EditView } from '../../store/store-contract.ts'
import { errorLine, errorText } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCountdown, formatUntil } from '../../text/format.ts'

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

/** `all`, `you` (needs the user), `held`, or the id of a source. */
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
  if (filter === 'held') return edits.filter((edit) => edit.hold !== null)
  return edits.filter((edit) => edit.sourceId === filter)
}

/** Choices that would show something, with how much; `all` first. */
export function queueFilters(
  edits: readonly EditView[],
  sources: readonly SourceView[],
): readonly { readonly value: QueueFilter; readonly label: string; readonly count: number }[] {
  const mine = edits.filter(needsUser).length
  const held = edits.filter((edit) => edit.hold !== null).length
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
    ...(held === 0 ? [] : [{ value: 'held', label: 'Held', count: held }]),
    ...bySource,
  ]
}

export interface ReasonContext {
  readonly now: number
  readonly source: SourceView | null
  readonly offline: boolean
  /** The edit of the same client that has to go first, where there is one. */
  readonly before: EditView | null
}

/** The sentence under the state: why it stands where it stands, and what comes next and when. */
export function reasonText(edit: EditView, context: ReasonContext): string {
  const name = context.source?.name ?? 'The source'
  switch (edit.state) {
    case 'needs-attention':
      return edit.error === null
        ? `${name} did not take it. Correct the client, then retry.`
        : errorLine(edit.error, { sourceName: name, during: 'edit', ...fieldOf(edit) })
    case 'unknown-outcome':
      return join(
        `Sent, but the line dropped before an answer. Checking ${name} first; nothing is sent twice.`,
        edit.hold !== null ? 'You hold it: nothing more is sent until you release it.' : nextLook(edit, context),
      )
    case 'conflict':
      return edit.operation === 'create'
        ? `${name} has more than one client like it. Choose in Conflicts.`
        : `${name} changed or deleted it meanwhile. Choose in Conflicts.`
    case 'retrying':
      return retryingText(edit, name, context)
    case 'sending':
      return edit.operation === 'create' ? `Writing to ${name}.` : `Comparing with ${name} before writing.`
    case 'waiting':
      return edit.hold === null ? waitingText(edit, name, context) : holdText(edit.hold, name)
    case 'done':
      return `${name} has it.`
    case 'discarded':
      return 'Taken back.'
  }
}

/** By what it is held back. Nothing of it is sent meanwhile. */
function holdText(hold: NonNullable<EditView['hold']>, name: string): string {
  switch (hold) {
    case 'user':
      return 'Held by you; nothing is sent.'
    case 'review':
      return `Held for your look before it goes to ${name}.`
    case 'recovered':
      return 'Held for your look: it came back after a repair or an import.'
  }
}

function retryingText(edit: EditView, name: string, context: ReasonContext): string {
  const why = edit.error === null ? `${name} could not take it.` : errorText(edit.error, { sourceName: name }).title
  if (edit.hold !== null) return join(why, holdText(edit.hold, name))
  const blocked = sourceBlocks(name, context)
  if (blocked !== null) return join(why, blocked)
  const attempt = `attempt ${edit.attempts + 1}`
  if (context.offline) return `${why} Goes when you are online again, ${attempt}.`
  if (edit.notBefore === null || edit.notBefore <= context.now) return `${why} Trying now, ${attempt}.`
  return `${why} Next try in ${formatCountdown(edit.notBefore, context.now)}, ${attempt}.`
}

function nextLook(edit: EditView, context: ReasonContext): string {
  if (context.offline) return 'Goes on when you are online again.'
  if (edit.notBefore === null || edit.notBefore <= context.now) return ''
  return `Looks again in ${formatCountdown(edit.notBefore, context.now)}.`
}

function waitingText(edit: EditView, name: string, context: ReasonContext): string {
  if (context.offline) return 'Sends when you are online again.'
  const blocked = sourceBlocks(name, context)
  if (blocked !== null) return blocked
  if (edit.behind) return behindText(context.before)
  if (edit.notBefore !== null && edit.notBefore > context.now) {
    const left = formatCountdown(edit.notBefore, context.now)
    return edit.operation === 'delete' ? `Sends in ${left}; until then it can be taken back.` : `Sends in ${left}.`
  }
  const source = context.source
  const next = source?.nextAttemptAt ?? null
  // A source in trouble holds its edits back too; one in order takes them at once.
  if (source?.state !== 'waiting-to-retry' || next === null || next <= context.now) return 'Sends in a moment.'
  return `Waits for ${name}. Next try ${formatUntil(next, context.now)}.`
}

/** What keeps every edit of a source here, or null. */
function sourceBlocks(name: string, context: ReasonContext): string | null {
  const { source, now } = context
  if (source === null) return 'Its source was removed. Discard it, or add the source again.'
  if (source.state === 'key-rejected') return `Sends once the key of ${name} is replaced.`
  if (source.paused) return `${name} is paused. Sends after Resume.`
  if (!source.circuitOpen) return null
  const next = source.nextAttemptAt
  return next === null || next <= now
    ? `Too many requests to ${name} failed in a row. Trying one now.`
    : `Too many requests to ${name} failed in a row. One is tried in ${formatCountdown(next, now)}.`
}

function behindText(before: EditView | null): string {
  if (before === null) return 'Sends after the earlier edit of this client.'
  if (before.hold !== null) return 'Sends after the earlier edit of this client, which is held.'
  switch (before.state) {
    case 'needs-attention':
      return 'Sends after the earlier edit of this client, which needs your attention.'
    case 'conflict':
      return 'Sends after the earlier edit of this client, which is in Conflicts.'
    case 'unknown-outcome':
      return 'Sends after the earlier edit of this client, once its outcome is known.'
    default:
      return 'Sends after the earlier edit of this client.'
  }
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

/** The nearest earlier edit of the same client that is not through. */
export function editBefore(edit: EditView, edits: readonly EditView[]): EditView | null {
  if (!edit.behind) return null
  const earlier = edits.filter((other) => other.clientId === edit.clientId && other.createdAt < edit.createdAt)
  return earlier.toSorted((a, b) => b.createdAt - a.createdAt)[0] ?? null
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}
