import type { z } from 'zod'
import type { AppError, SendFailure, VendorFailure } from '../../../shared/app-error.ts'
import type { Clock, Random } from '../../../shared/clock.ts'
import type { AttemptId } from '../../../shared/ids.ts'
import type { Outcome, StoreSyncApi } from '../../../shared/ipc/store-sync-contract.ts'
import type { Edit } from '../../../shared/model/edit.ts'
import type { FieldKey, Fields, FieldValue } from '../../../shared/model/field.ts'
import type { Result } from '../../../shared/result.ts'
import { backoffMs, retryFloorMs } from '../../../shared/sync/backoff.ts'
import type { Call, Connector } from '../../connectors/connector.ts'
import { outcomeClass, WHAT_FOLLOWS } from '../http/outcome-class.ts'
import type { CreateWatch } from './create-watch.ts'
import type { GapMeter } from './gap-meter.ts'
import { isSourceWide } from './is-source-wide.ts'

/** When an unknown outcome is looked at first; later looks come from create-watch.ts. */
export const FIRST_LOOK_MS = 2_000
/** A write that reads the record first may be tried this often before the user is asked. */
const MAX_CONFLICTS = 3

export interface PushDeps {
  /**
   * Notes what is about to be sent, in the store and wherever else it must survive, before it is. Nothing may be sent
   * where this fails.
   */
  readonly freeze: (input: {
    readonly editId: Edit['editId']
    readonly attemptId: AttemptId
    readonly body: Fields
    readonly fence: readonly string[] | null
  }) => Promise<Result<null, AppError>>
  readonly connector: Connector
  readonly call: Call
  readonly clock: Clock
  readonly random: Random
  /** Raises the counter after a write, so that answers asked for before it are known to be older. */
  readonly writeSeq: () => number
  readonly creates: CreateWatch
  readonly gap: GapMeter
}

export interface TakenEdit {
  readonly edit: Edit
  /** Names the sending, should it come to one. */
  readonly attemptId: AttemptId
  readonly synced: Fields
  readonly wasUnknown: boolean
  readonly own: z.infer<StoreSyncApi['outbox.take']['output']>['own']
}

export interface Pushed {
  readonly outcome: Outcome
  /** A failure that concerns the source and not this edit alone: the engine stops or slows down. */
  readonly sourceError: VendorFailure | null
}

export function settled(outcome: Outcome): Pushed {
  return { outcome, sourceError: null }
}

export function valuesOf(edit: Edit): Fields {
  const body: Partial<Record<FieldKey, FieldValue>> = {}
  for (const { field, to } of edit.changes) body[field] = to
  return body
}

/** The connector has no such operation: nothing is sent. */
export function cannot(): Pushed {
  return settled({ kind: 'needs-attention', error: { code: 'not-supported', status: 0 } })
}

export function gone(edit: Edit): Pushed {
  return settled({
    kind: 'conflict',
    conflict: 'gone',
    remote: null,
    fields: edit.changes.map(({ field, from, to }) => ({ field, base: from, mine: to, theirs: null })),
    merged: [],
    candidates: [],
  })
}

/** The read before the write failed: nothing was sent, the edit itself is as fresh as before (SYNC.md F042). */
export function readFailed(deps: PushDeps, edit: Edit, error: VendorFailure): Pushed {
  // What is wrong with this record alone must not slow down the others; the user is told, and can retry.
  if (!isSourceWide(error) && error.code !== 'not-found') return settled({ kind: 'needs-attention', error })
  return again(deps, edit, error, { countAttempt: false, keepFrozen: edit.frozenBody !== null })
}

/** What follows from a write that failed, by the one table (http/outcome-class.ts). */
export function sendFailed(deps: PushDeps, edit: Edit, failure: SendFailure): Pushed {
  const { error } = failure
  const named = outcomeClass(failure)
  switch (WHAT_FOLLOWS[named].next) {
    case 'look':
      return unknown(deps, error)
    case 'gone':
      return gone(edit)
    case 'keep-here':
      return settled({ kind: 'kept-here', error })
    case 'read-again':
      return edit.attempts < MAX_CONFLICTS
        ? again(deps, edit, error, { countAttempt: true, keepFrozen: true })
        : settled({ kind: 'needs-attention', error })
    case 'retry':
      // Never left: as fresh as before. Turned away, or led astray: whoever said so may be wrong about it.
      return again(deps, edit, error, {
        countAttempt: false,
        keepFrozen: named === 'NOT_APPLIED' || named === 'CONFIG',
      })
    case 'ask':
    case 'settle':
      return settled({ kind: 'needs-attention', error })
  }
}

export function unknown(deps: PushDeps, error: VendorFailure, inMs = FIRST_LOOK_MS): Pushed {
  return {
    outcome: { kind: 'unknown', at: deps.clock.now() + inMs, error },
    sourceError: isSourceWide(error) ? error : null,
  }
}

export function again(
  deps: PushDeps,
  edit: Edit,
  error: VendorFailure,
  { countAttempt, keepFrozen }: { readonly countAttempt: boolean; readonly keepFrozen: boolean },
): Pushed {
  const delay = backoffMs({ failures: edit.attempts + 1, random: deps.random, floorMs: retryFloorMs(error) })
  const rest = keepFrozen ? { keepFrozen } : {}
  return {
    outcome: { kind: 'retry', at: deps.clock.now() + delay, error, countAttempt, ...rest },
    sourceError: isSourceWide(error) ? error : null,
  }
}

/** The store, or the journal, refused to note the attempt: nothing has been sent, and nothing may be. */
export function notNoted(deps: PushDeps, edit: Edit, error: AppError): Pushed {
  const keepFrozen = edit.frozenBody !== null
  const at = deps.clock.now() + 1_000
  return settled({ kind: 'retry', at, error, countAttempt: false, ...(keepFrozen ? { keepFrozen } : {}) })
}
