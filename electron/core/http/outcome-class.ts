import type { SendFailure, VendorFailure } from '../../../shared/app-error.ts'
import { holds } from '../../../shared/safety/rules.ts'

/** What became of a write, as far as its answer tells (SYNC.md 1.6). */
export type OutcomeClass =
  /** No byte of it reached the vendor. */
  | 'NOT_SENT'
  /** Sent, and nobody knows. */
  | 'AMBIGUOUS'
  /** Turned away before it was looked at: 425, 429, 503 with Retry-After. */
  | 'NOT_APPLIED'
  /** Looked at and refused. */
  | 'REJECTED'
  | 'AUTH'
  /** 403: this record, or this operation, is not ours to change. */
  | 'FORBIDDEN'
  /** The record is not there any more. */
  | 'GONE'
  /** 405, 501: the vendor has no such operation after all. */
  | 'CAPABILITY'
  /** 409, 412: somebody else was there first. */
  | 'CONFLICT'
  /** A redirect: the address is wrong, or leads astray. Never followed. */
  | 'CONFIG'
  /** A 2xx that cannot be read, or speaks of another record. It was probably applied. */
  | 'APPLIED_UNREADABLE'
  | 'DONE'

export interface WhatFollows {
  /** May it have been applied? Only what certainly was not is sent again without looking first. */
  readonly applied: 'no' | 'perhaps' | 'yes'
  /** What the engine does next. */
  readonly next:
    | 'settle'
    /** Again later, unchanged. A create is looked for once before that. */
    | 'retry'
    /** The source is asked what became of it. Never sent before that. */
    | 'look'
    /** Read anew, merged, sent again or put before the user. */
    | 'read-again'
    /** The user decides whether it lives on. */
    | 'gone'
    /** The value stays on this device, over the source's own. */
    | 'keep-here'
    /** Waits for the user; everything else goes on. */
    | 'ask'
  /** Whether the sending counts against the edit. */
  readonly counts: boolean
  /** What it means for the source as a whole: nothing, slower, or nothing more until somebody has acted. */
  readonly source: 'goes-on' | 'backs-off' | 'stops'
}

export const OUTCOME_CLASSES: readonly OutcomeClass[] = [
  'NOT_SENT',
  'AMBIGUOUS',
  'NOT_APPLIED',
  'REJECTED',
  'AUTH',
  'FORBIDDEN',
  'GONE',
  'CAPABILITY',
  'CONFLICT',
  'CONFIG',
  'APPLIED_UNREADABLE',
  'DONE',
]

/** The one table from what is known of a write to what is done about it. */
export const WHAT_FOLLOWS: Readonly<Record<OutcomeClass, WhatFollows>> = {
  NOT_SENT: { applied: 'no', next: 'retry', counts: false, source: 'backs-off' },
  AMBIGUOUS: { applied: 'perhaps', next: 'look', counts: true, source: 'backs-off' },
  NOT_APPLIED: { applied: 'no', next: 'retry', counts: false, source: 'backs-off' },
  REJECTED: { applied: 'no', next: 'ask', counts: true, source: 'goes-on' },
  AUTH: { applied: 'no', next: 'retry', counts: false, source: 'stops' },
  FORBIDDEN: { applied: 'no', next: 'ask', counts: true, source: 'goes-on' },
  GONE: { applied: 'no', next: 'gone', counts: true, source: 'goes-on' },
  CAPABILITY: { applied: 'no', next: 'keep-here', counts: true, source: 'goes-on' },
  CONFLICT: { applied: 'no', next: 'read-again', counts: true, source: 'goes-on' },
  CONFIG: { applied: 'no', next: 'retry', counts: false, source: 'stops' },
  APPLIED_UNREADABLE: { applied: 'perhaps', next: 'look', counts: true, source: 'goes-on' },
  DONE: { applied: 'yes', next: 'settle', counts: true, source: 'goes-on' },
}

/** The 4xx that say: not done, and the same again would not be done either. Any other 4xx says nothing for certain. */
const REFUSALS: ReadonlySet<number> = new Set([
  400, 402, 406, 407, 411, 413, 414, 415, 416, 417, 421, 422, 424, 426, 428, 431, 451,
])

/** The class of a failed write. Total: what nobody thought of is AMBIGUOUS. */
export function outcomeClass({ applied, error }: SendFailure): OutcomeClass {
  const named = classOfError(error)
  // Who says for certain that nothing left knows better than the code.
  return applied === 'not-applied' && WHAT_FOLLOWS[named].applied === 'perhaps' ? 'NOT_SENT' : named
}

function classOfError(error: VendorFailure): OutcomeClass {
  switch (error.code) {
    case 'unreachable':
      return error.sent ? 'AMBIGUOUS' : 'NOT_SENT'
    case 'server-error':
    case 'cancelled':
    case 'paging-loop':
      return 'AMBIGUOUS'
    case 'rate-limited':
      return 'NOT_APPLIED'
    case 'refused':
      if (error.status === 409 || error.status === 412) return 'CONFLICT'
      return REFUSALS.has(error.status) ? 'REJECTED' : 'AMBIGUOUS'
    case 'bad-input':
      return 'REJECTED'
    case 'key-rejected':
      return 'AUTH'
    case 'forbidden':
      return 'FORBIDDEN'
    case 'not-found':
      return 'GONE'
    case 'not-supported':
      return 'CAPABILITY'
    case 'redirected':
      return 'CONFIG'
    case 'not-json':
    case 'bad-shape':
    case 'vendor-error':
    case 'too-large':
      // A naive program takes an answer that it cannot read for a failure, and sends again.
      return holds('unusable-success-is-looked-up') ? 'APPLIED_UNREADABLE' : 'NOT_SENT'
  }
}

/** What is known of a write that failed, from its answer alone. */
export function sendFailure(error: VendorFailure): SendFailure {
  return { applied: WHAT_FOLLOWS[classOfError(error)].applied === 'no' ? 'not-applied' : 'unknown', error }
}
