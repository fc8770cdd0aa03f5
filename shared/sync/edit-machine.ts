import type { Edit, EditState } from '../model/edit.ts'
import { holds } from '../safety/rules.ts'

/**
 * The legal steps of an edit. `done` and `discarded` are ends: such an edit leaves the outbox.
 *
 *   waiting ──► sending ──► done
 *      ▲          ├──► retrying ─────────► sending
 *      │          ├──► unknown-outcome ──► sending (a look, then perhaps a request)
 *      │          ├──► needs-attention ──► waiting, or unknown-outcome where the fate of a request is still open
 *      └──────────┴──► conflict ─────────► waiting (resolved)
 */
const STEPS: Readonly<Record<EditState, readonly EditState[]>> = {
  waiting: ['waiting', 'sending', 'discarded'],
  sending: ['done', 'retrying', 'unknown-outcome', 'needs-attention', 'conflict', 'waiting'],
  retrying: ['sending', 'waiting', 'unknown-outcome', 'discarded'],
  'unknown-outcome': ['sending', 'unknown-outcome', 'discarded'],
  'needs-attention': ['waiting', 'unknown-outcome', 'discarded'],
  conflict: ['waiting', 'done', 'discarded'],
  done: [],
  discarded: [],
}

export function isLegalStep(from: EditState, to: EditState): boolean {
  return STEPS[from].includes(to)
}

/** Takes an edit a step further. An illegal step is a bug of the caller, never a state of the world. */
export function stepEdit<E extends Edit>(edit: E, state: EditState, changes: Partial<E> = {}): E {
  if (!isLegalStep(edit.state, state)) throw new Error(`an edit cannot go from ${edit.state} to ${state}`)
  return { ...edit, ...changes, state }
}

/** Still to be sent, looked at, or decided. */
export function isOpenEdit(edit: Pick<Edit, 'state'>): boolean {
  return edit.state !== 'done' && edit.state !== 'discarded'
}

const CERTAINLY_REFUSED: ReadonlySet<string> = new Set([
  'refused',
  'bad-input',
  'forbidden',
  'not-supported',
  'key-rejected',
])

/**
 * Whether an edit may still be changed in place: nothing of it can be at the source. That is one never sent, or one
 * that the source refused with a clear answer (then correcting it is what the user is asked to do).
 */
export function isOpenToChange(edit: Pick<Edit, 'state' | 'attempts' | 'looks' | 'error' | 'frozenBody'>): boolean {
  if (!holds('coalesce-unsent-only') && edit.state !== 'sending' && edit.state !== 'conflict') return true
  if (edit.state === 'waiting' || edit.state === 'retrying') return edit.attempts === 0 && edit.frozenBody === null
  return (
    edit.state === 'needs-attention' &&
    edit.looks === 0 &&
    edit.error !== null &&
    CERTAINLY_REFUSED.has(edit.error.code)
  )
}

/** Whether it can be kept back: it waits to go, or to be looked at. What waits for the user goes nowhere anyway. */
export function canHoldEdit(edit: Pick<Edit, 'state' | 'hold'>): boolean {
  if (edit.hold !== null) return false
  return edit.state === 'waiting' || edit.state === 'retrying' || edit.state === 'unknown-outcome'
}

/** Whether taking the edit back would lose an answer that is on its way. */
export function canDiscardEdit(edit: Pick<Edit, 'state'>): boolean {
  return isOpenEdit(edit) && edit.state !== 'sending'
}

/** Whether it can be made due now: all but what is on its way, and a conflict, which is for the user to decide. */
export function canRetryEdit(edit: Pick<Edit, 'state'>): boolean {
  return (
    edit.state === 'waiting' ||
    edit.state === 'retrying' ||
    edit.state === 'needs-attention' ||
    edit.state === 'unknown-outcome'
  )
}
