import type { Edit } from '../model/edit.ts'
import { holds } from '../safety/rules.ts'
import { BACKOFF_CAP_MS, RETRY_AFTER_MAX_MS } from './backoff.ts'

/** What a plan has to know of an edit. */
export type PlannedEdit = Pick<
  Edit,
  'editId' | 'recordId' | 'seq' | 'operation' | 'state' | 'hold' | 'notBefore' | 'createdAt' | 'error'
>

export interface PushPlan<E> {
  /** What may go now, one edit per record at most, in the order in which they should. */
  readonly due: readonly E[]
  /** Of those, whose delay has just been waived. */
  readonly waived: readonly E[]
  /** When the next one comes due by itself. */
  readonly nextDueAt: number | null
}

/**
 * Which edits of a source may go now (SYNC.md 1.6, planner). Pure. The first of each record, where nothing of that
 * record is on its way: order holds within a record and nowhere else, so that one that is stuck keeps nobody waiting.
 */
export function planPushes<E extends PlannedEdit>(
  /** Open edits of one source, by record, in order of `seq`. */
  records: Iterable<readonly E[]>,
  { at, hurry }: { readonly at: number; readonly hurry: boolean },
): PushPlan<E> {
  const due: E[] = []
  const waived: E[] = []
  let nextDueAt: number | null = null
  for (const edits of records) {
    const next = nextOfRecord(edits)
    if (next === undefined) continue
    const waits = waitsUntil(next, at)
    if (waits !== null && hurry && isOurDelay(next)) {
      waived.push(next)
      due.push(next)
    } else if (waits === null) due.push(next)
    else nextDueAt = nextDueAt === null ? waits : Math.min(nextDueAt, waits)
  }
  return { due: due.sort(order), waived, nextDueAt }
}

function nextOfRecord<E extends PlannedEdit>(edits: readonly E[]): E | undefined {
  if (edits.some((edit) => edit.state === 'sending')) return undefined
  if (!holds('fifo-per-record')) return edits.findLast(mayGo)
  const first = edits[0]
  return first !== undefined && mayGo(first) ? first : undefined
}

function mayGo(edit: PlannedEdit): boolean {
  if (edit.hold !== null) return false
  return edit.state === 'waiting' || edit.state === 'retrying' || edit.state === 'unknown-outcome'
}

/** Null where it is due. A due time further off than any delay there is comes from a clock that was wrong. */
function waitsUntil(edit: PlannedEdit, at: number): number | null {
  if (edit.notBefore === null || edit.notBefore <= at) return null
  return edit.notBefore - at > longestDelayMs(edit) ? null : edit.notBefore
}

function longestDelayMs(edit: PlannedEdit): number {
  return edit.error?.code === 'rate-limited' || edit.error?.code === 'server-error'
    ? RETRY_AFTER_MAX_MS
    : BACKOFF_CAP_MS
}

/** What a vendor asked for holds, and the time in which a delete can be taken back for nothing. */
function isOurDelay(edit: PlannedEdit): boolean {
  return edit.error === null ? edit.operation !== 'delete' : edit.error.code !== 'rate-limited'
}

/** What has waited longest since its last try goes first: one that fails each time cannot keep the others waiting. */
function order(a: PlannedEdit, b: PlannedEdit): number {
  return (a.notBefore ?? 0) - (b.notBefore ?? 0) || a.createdAt - b.createdAt || (a.editId < b.editId ? -1 : 1)
}
