import type { AppError, SendFailure, VendorFailure } from '../../../shared/app-error.ts'
import type { Clock, Random } from '../../../shared/clock.ts'
import type { AttemptId } from '../../../shared/ids.ts'
import type { Outcome } from '../../../shared/ipc/store-sync-contract.ts'
import type { Edit } from '../../../shared/model/edit.ts'
import type { FieldKey, Fields, FieldValue } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import type { Result } from '../../../shared/result.ts'
import { backoffMs } from '../../../shared/sync/backoff.ts'
import { changedSince, mergeFields } from '../../../shared/sync/merge-fields.ts'
import type { Call, Connector } from '../../connectors/connector.ts'
import type { StoreClient } from '../store-link.ts'
import { isSourceWide } from './is-source-wide.ts'
import { FIRST_LOOK_MS, lookAfterCreate } from './look-after-create.ts'

export interface PushDeps {
  readonly store: StoreClient
  readonly connector: Connector
  readonly call: Call
  readonly clock: Clock
  readonly random: Random
  /** Raises the counter after a write, so that answers asked for before it are known to be older. */
  readonly writeSeq: () => number
}

export interface TakenEdit {
  readonly edit: Edit
  /** Names the sending, should it come to one. */
  readonly attemptId: AttemptId
  readonly synced: Fields
  readonly wasUnknown: boolean
}

export interface Pushed {
  readonly outcome: Outcome
  /** A failure that concerns the source and not this edit alone: the engine stops or slows down. */
  readonly sourceError: VendorFailure | null
}

/** Sends one edit, reading before it writes wherever the vendor lets us read. Never throws for what a vendor does. */
export async function pushOne(deps: PushDeps, taken: TakenEdit): Promise<Pushed> {
  switch (taken.edit.operation) {
    case 'create':
      return pushCreate(deps, taken)
    case 'update':
      return pushUpdate(deps, taken)
    case 'delete':
      return pushDelete(deps, taken)
  }
}

async function pushCreate(deps: PushDeps, { edit, attemptId, wasUnknown }: TakenEdit): Promise<Pushed> {
  const { connector, call } = deps
  if (connector.create === undefined)
    return settled({ kind: 'needs-attention', error: { code: 'not-supported', status: 0 } })
  const body = wasUnknown && edit.frozenBody !== null ? edit.frozenBody : valuesOf(edit)
  let fence = edit.fence

  if (wasUnknown && edit.frozenBody !== null) {
    const look = await lookAfterCreate(deps, edit, edit.frozenBody)
    if (look.kind === 'adopt') return settled({ kind: 'done', record: look.record, writeSeq: deps.writeSeq() })
    if (look.kind === 'settled') return { outcome: look.outcome, sourceError: look.sourceError }
    // kind 'send-again': proven absent after the grace; the very same body goes once more.
  } else if (connector.find !== undefined) {
    const matches = await connector.find(call, body)
    if (!matches.ok) return readFailed(deps, edit, matches.error)
    fence = matches.value.map((record) => record.remoteId)
  }

  const frozen = await freeze(deps, { edit, attemptId }, body, fence)
  if (!frozen.ok) return storeFailed(deps, frozen.error)
  const answer = await connector.create(call, body)
  if (answer.ok) return settled({ kind: 'done', record: answer.value, writeSeq: deps.writeSeq() })
  return sendFailed(deps, edit, answer.error)
}

async function pushUpdate(deps: PushDeps, { edit, attemptId }: TakenEdit): Promise<Pushed> {
  const { connector, call } = deps
  if (connector.update === undefined || edit.remoteId === null) {
    return settled({ kind: 'needs-attention', error: { code: 'not-supported', status: 0 } })
  }
  let remote: RemoteRecord | null = null
  let body: Fields = valuesOf(edit)
  if (connector.read !== undefined) {
    const now = await connector.read(call, edit.remoteId)
    if (!now.ok) {
      if (now.error.code === 'not-found') return settled(gone(edit))
      return readFailed(deps, edit, now.error)
    }
    remote = now.value
    const merged = mergeFields(edit.changes, remote.fields)
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
    if (Object.keys(merged.send).length === 0)
      return settled({ kind: 'done', record: remote, writeSeq: deps.writeSeq() })
    body = merged.send
  }

  const frozen = await freeze(deps, { edit, attemptId }, body, null)
  if (!frozen.ok) return storeFailed(deps, frozen.error)
  const answer = await connector.update(call, edit.remoteId, body)
  if (!answer.ok) {
    if (answer.error.error.code === 'not-found') return settled(gone(edit))
    return sendFailed(deps, edit, answer.error)
  }
  const writeSeq = deps.writeSeq()
  if (answer.value !== null) return settled({ kind: 'done', record: answer.value, writeSeq })
  const verified = connector.read === undefined ? null : await connector.read(call, edit.remoteId)
  if (verified?.ok) return settled({ kind: 'done', record: verified.value, writeSeq })
  return settled({
    kind: 'unknown',
    at: deps.clock.now() + FIRST_LOOK_MS,
    error: { code: 'not-json', got: 'empty', status: 200 },
  })
}

async function pushDelete(deps: PushDeps, { edit, attemptId, synced, wasUnknown }: TakenEdit): Promise<Pushed> {
  const { connector, call } = deps
  if (connector.remove === undefined || edit.remoteId === null) {
    return settled({ kind: 'needs-attention', error: { code: 'not-supported', status: 0 } })
  }
  if (connector.read !== undefined) {
    const now = await connector.read(call, edit.remoteId)
    if (!now.ok) {
      if (now.error.code === 'not-found') return settled({ kind: 'done', record: null, writeSeq: deps.writeSeq() })
      return readFailed(deps, edit, now.error)
    }
    const changed = wasUnknown ? [] : changedSince(synced, now.value.fields)
    if (changed.length > 0) {
      return settled({
        kind: 'conflict',
        conflict: 'changed-before-delete',
        remote: now.value,
        fields: [...changed],
        merged: [],
        candidates: [],
      })
    }
  }
  const frozen = await freeze(deps, { edit, attemptId }, {}, null)
  if (!frozen.ok) return storeFailed(deps, frozen.error)
  const answer = await connector.remove(call, edit.remoteId)
  if (answer.ok || answer.error.error.code === 'not-found') {
    return settled({ kind: 'done', record: null, writeSeq: deps.writeSeq() })
  }
  return sendFailed(deps, edit, answer.error)
}

function freeze(
  deps: PushDeps,
  { edit, attemptId }: Pick<TakenEdit, 'edit' | 'attemptId'>,
  body: Fields,
  fence: readonly string[] | null,
): Promise<Result<null, AppError>> {
  return deps.store['outbox.freeze']({
    editId: edit.editId,
    attemptId,
    body,
    fence: fence === null ? null : [...fence],
    at: deps.clock.now(),
  })
}

function valuesOf(edit: Edit): Fields {
  const body: Partial<Record<FieldKey, FieldValue>> = {}
  for (const { field, to } of edit.changes) body[field] = to
  return body
}

function gone(edit: Edit): Outcome {
  return {
    kind: 'conflict',
    conflict: 'gone',
    remote: null,
    fields: edit.changes.map(({ field, from, to }) => ({ field, base: from, mine: to, theirs: null })),
    merged: [],
    candidates: [],
  }
}

/** Nothing was sent yet: the edit itself is as fresh as before. */
function readFailed(deps: PushDeps, edit: Edit, error: VendorFailure): Pushed {
  // What is wrong with this record alone must not slow down the others; the user is told, and can retry.
  if (!isSourceWide(error) && error.code !== 'not-found') return settled({ kind: 'needs-attention', error })
  return {
    outcome: { kind: 'retry', at: deps.clock.now() + pauseFor(deps, edit, error), error, countAttempt: false },
    sourceError: error,
  }
}

function sendFailed(deps: PushDeps, edit: Edit, { applied, error }: SendFailure): Pushed {
  if (applied === 'unknown') {
    return {
      outcome: { kind: 'unknown', at: deps.clock.now() + FIRST_LOOK_MS, error },
      sourceError: isSourceWide(error) ? error : null,
    }
  }
  if (error.code === 'refused' && error.status === 409 && edit.attempts < 3) {
    return settled({ kind: 'retry', at: deps.clock.now() + pauseFor(deps, edit, error), error, countAttempt: true })
  }
  if (isSourceWide(error)) {
    return {
      outcome: { kind: 'retry', at: deps.clock.now() + pauseFor(deps, edit, error), error, countAttempt: false },
      sourceError: error,
    }
  }
  return settled({ kind: 'needs-attention', error })
}

/** The store is gone or refused to note the attempt: nothing has been sent, and nothing may be. */
function storeFailed(deps: PushDeps, error: AppError): Pushed {
  return settled({ kind: 'retry', at: deps.clock.now() + 1_000, error, countAttempt: false })
}

function pauseFor(deps: PushDeps, edit: Edit, error: VendorFailure): number {
  const floorMs = error.code === 'rate-limited' || error.code === 'server-error' ? error.retryAfterMs : null
  return backoffMs({ failures: edit.attempts + 1, random: deps.random, floorMs })
}

function settled(outcome: Outcome): Pushed {
  return { outcome, sourceError: null }
}
