import type { VendorFailure } from '../../../shared/app-error.ts'
import { type AttemptId, createAttemptId, type EditId } from '../../../shared/ids.ts'
import type { Outcome } from '../../../shared/ipc/store-sync-contract.ts'
import { backoffMs } from '../../../shared/sync/backoff.ts'
import type { StoreClient } from '../store-link.ts'
import { createAlarm } from './alarm.ts'
import type { EngineDeps } from './engine-contract.ts'
import { failurePolicy } from './failure-policy.ts'
import { type Pushed, pushOne } from './push-one.ts'

/** After a bug, or a refusal of the store: never at once, so that a loop cannot spin. */
const PAUSE_AFTER_TROUBLE_MS = 1_000

export interface PushLoopDeps
  extends Pick<
    EngineDeps,
    'host' | 'connector' | 'traffic' | 'sequence' | 'entry' | 'makeCall' | 'onChange' | 'onBug'
  > {
  readonly store: () => StoreClient | null
  /** May anything be sent now: a store, traffic, not paused, and a key that is not known to be dead. */
  readonly maySend: () => boolean
  readonly isStopped: () => boolean
  /** The source refused the key: the whole source stands still. */
  readonly onKeyRejected: (failure: VendorFailure) => void
}

/** Sends the edits of one source, one at a time. See `SourceEngine` for its place in the life of a source. */
export interface PushLoop {
  readonly run: () => Promise<void>
  /** Something changed: look again. */
  readonly ring: () => void
  /** Delays of our own making are over (reconnected, or the user asked). */
  readonly hurry: () => void
  /** Brings a store up to date with what has been sent. Nothing else is taken before that; false where it refused. */
  readonly catchUp: (store: StoreClient) => Promise<boolean>
}

export function createPushLoop(deps: PushLoopDeps): PushLoop {
  const { connector, traffic, sequence, onBug } = deps
  const { clock, random } = deps.host
  const alarm = createAlarm(clock)
  const canPush = connector.create !== undefined || connector.update !== undefined || connector.remove !== undefined
  let notBefore = 0
  let failures = 0
  let hurried = false
  let undelivered: { readonly editId: EditId; readonly attemptId: AttemptId; readonly outcome: Outcome }[] = []
  /** An edit may have been taken without our learning of it, or be taken and given up. */
  let mustRecover = false

  const next = async (): Promise<void> => {
    const client = deps.store()
    const entry = deps.entry()
    if (client !== null && !(await catchUp(client))) {
      await alarm.until(clock.now() + PAUSE_AFTER_TROUBLE_MS)
      return
    }
    if (client === null || entry === undefined || !deps.maySend() || !canPush) {
      await alarm.until(null)
      return
    }
    if (notBefore > clock.now()) {
      await alarm.until(notBefore)
      if (notBefore > clock.now() && failures > 0) return
    }
    const hurryNow = hurried
    hurried = false
    const taken = await client['outbox.take']({ sourceId: entry.sourceId, at: clock.now(), hurry: hurryNow })
    if (!taken.ok) {
      // It may have been taken all the same.
      mustRecover = true
      hurried = hurried || hurryNow
      await alarm.until(clock.now() + PAUSE_AFTER_TROUBLE_MS)
      return
    }
    const { edit, synced, wasUnknown, nextDueAt } = taken.value
    if (edit === null) {
      await alarm.until(nextDueAt)
      return
    }
    const attemptId = createAttemptId(random)
    const call = await deps.makeCall(traffic.signal())
    const pushed =
      call === null
        ? withoutKey(clock.now())
        : await pushOne(
            { store: client, connector, call, clock, random, writeSeq: sequence.next },
            { edit, attemptId, synced: synced ?? {}, wasUnknown },
          ).catch((cause: unknown) => afterBug(onBug('push threw', cause)))
    // The edit belongs to the database, whichever worker holds it by now.
    undelivered.push({ editId: edit.editId, attemptId, outcome: pushed.outcome })
    noteFailure(pushed.sourceError)
    const holder = deps.store()
    if (holder !== null) await catchUp(holder)
    deps.onChange()
  }

  const catchUp = async (client: StoreClient): Promise<boolean> => {
    for (const item of undelivered) {
      const settled = await client['outbox.settle']({ ...item, at: clock.now() })
      if (!settled.ok && (settled.error.code === 'disconnected' || settled.error.code === 'storage')) return false
      // One that no store would ever take is not repeated for ever: the source is asked what became of it.
      if (!settled.ok) mustRecover = true
      undelivered = undelivered.filter((other) => other !== item)
    }
    const sourceId = deps.entry()?.sourceId
    if (!mustRecover || sourceId === undefined) return true
    const recovered = await client['outbox.recover']({ at: clock.now(), sourceId })
    if (recovered.ok) mustRecover = false
    return recovered.ok
  }

  const noteFailure = (failure: VendorFailure | null): void => {
    if (failure === null) {
      failures = 0
      notBefore = 0
      return
    }
    if (failurePolicy(failure) === 'key') {
      deps.onKeyRejected(failure)
      return
    }
    if (failure.code === 'cancelled') return
    failures += 1
    const floorMs = failure.code === 'rate-limited' || failure.code === 'server-error' ? failure.retryAfterMs : null
    notBefore = clock.now() + backoffMs({ failures, random, floorMs })
  }

  return {
    run: async () => {
      while (!deps.isStopped()) {
        await next().catch(async (cause: unknown) => {
          onBug('push loop threw', cause)
          mustRecover = true
          await alarm.until(clock.now() + 5 * PAUSE_AFTER_TROUBLE_MS)
        })
      }
    },
    ring: alarm.ring,
    hurry: () => {
      notBefore = 0
      failures = 0
      hurried = true
    },
    catchUp,
  }
}

/** Nothing is sent without a key; the edit is as fresh as before. */
function withoutKey(now: number): Pushed {
  const error = { code: 'key-rejected', status: 0, vendorText: null } as const
  return { outcome: { kind: 'retry', at: now, error, countAttempt: false }, sourceError: error }
}

/** Nobody knows how far it got, so nobody may assume: the user looks. */
function afterBug(incident: string): Pushed {
  return { outcome: { kind: 'needs-attention', error: { code: 'internal', incident } }, sourceError: null }
}
