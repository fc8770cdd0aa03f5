import type { AppError, VendorFailure } from '../../../shared/app-error.ts'
import type { EditId, RemoteId } from '../../../shared/ids.ts'
import type { Outcome } from '../../../shared/ipc/store-sync-contract.ts'
import type { Checkpoint, SweepKind } from '../../../shared/model/checkpoint.ts'
import type { HeldRemoval, SourceState, SyncProgress } from '../../../shared/model/source.ts'
import { backoffMs } from '../../../shared/sync/backoff.ts'
import type { Call, Connector } from '../../connectors/connector.ts'
import type { Host } from '../../host/host.ts'
import type { Sequence } from '../sequence.ts'
import type { SourceEntry } from '../sources/source-registry.ts'
import type { StoreClient } from '../store-link.ts'
import type { Traffic } from '../traffic.ts'
import { createAlarm } from './alarm.ts'
import { failurePolicy } from './failure-policy.ts'
import { type PullResult, pullRun } from './pull-run.ts'
import { type Pushed, pushOne } from './push-one.ts'
import { readTestimonials } from './testimonials-run.ts'

/** Vendors commit late and clocks of their servers differ: an incremental pull starts this much before the watermark. */
const LOOKBACK_MS = 600_000
/** After a bug, or a refusal of the store: never at once, so that a loop cannot spin. */
const PAUSE_AFTER_TROUBLE_MS = 1_000
/** Where there is an incremental pull, a full sweep still runs this often: only it sees deletions. */
const FULL_SWEEP_EVERY_MS = 86_400_000

export interface EngineDeps {
  readonly host: Pick<Host, 'clock' | 'random' | 'log'>
  readonly connector: Connector
  readonly traffic: Traffic
  readonly sequence: Sequence
  readonly entry: () => SourceEntry | undefined
  /** Null where the key cannot be opened. `onRequest` is told of every request that leaves. */
  readonly makeCall: (
    signal: AbortSignal,
    options?: { readonly onRequest?: () => void; readonly background?: boolean },
  ) => Promise<Call | null>
  readonly paramsHash: () => string
  readonly intervalMs: () => number | null
  readonly onChange: () => void
  /** Told of what must never happen; returns the incident number. */
  readonly onBug: (what: string, cause: unknown) => string
}

export interface EngineView {
  readonly state: SourceState
  readonly progress: SyncProgress | null
  readonly error: AppError | null
  readonly nextAttemptAt: number | null
  readonly lastComplete: Checkpoint['lastComplete']
  readonly heldRemoval: HeldRemoval | null
  readonly problems: number
}

/**
 * The life of one source. Two loops, so that a user's edits never wait behind a long pull, and one of each at a time:
 *
 *   pull: idle ─due or asked─► syncing ─► up-to-date ─(interval)─► …
 *                                 ├─ retryable ─► waiting-to-retry ─(backoff)─► syncing
 *                                 ├─ 401 ─► key-rejected      (until the key or the user says otherwise)
 *                                 └─ other ─► error           (next interval, or until the settings change)
 *   push: waits ─edits─► take, send, settle, take … ─none due─► waits
 */
export interface SourceEngine {
  readonly view: () => EngineView
  readonly attachStore: (
    store: StoreClient,
    checkpoint: Checkpoint | null,
    held: HeldRemoval | null,
    syncNow: boolean,
  ) => void
  readonly detachStore: () => void
  /** Hands over outcomes that the last store went away without. False where this one would not take them. */
  readonly deliver: (store: StoreClient) => Promise<boolean>
  readonly sync: (full: boolean) => void
  /** `hurry`: delays of our own making are over (reconnected, or the user asked). */
  readonly push: (hurry: boolean) => void
  readonly cancel: () => void
  /** Settings, key or pause changed. */
  readonly reconfigured: (options: { readonly resync: boolean }) => void
  readonly trafficChanged: () => void
  readonly intervalChanged: () => void
  readonly setHeld: (held: HeldRemoval | null) => void
  readonly readTestimonials: (remoteId: RemoteId) => Promise<void>
  readonly stop: () => void
}

export function createSourceEngine(deps: EngineDeps): SourceEngine {
  const { host, connector, traffic, sequence } = deps
  const { clock, log, random } = host
  const canPush = connector.create !== undefined || connector.update !== undefined || connector.remove !== undefined
  const pullAlarm = createAlarm(clock)
  const pushAlarm = createAlarm(clock)

  let store: StoreClient | null = null
  let stopped = false
  let lastComplete: Checkpoint['lastComplete'] = null
  let lastFullAt: number | null = null
  let watermark: string | null = null
  let interruptedKind: SweepKind | null = null
  let progress: SyncProgress | null = null
  let error: AppError | null = null
  let standstill: 'key' | 'settings' | null = null
  let failures = 0
  let nextPullAt: number | null = null
  let pushNotBefore = 0
  let pushFailures = 0
  let hurried = false
  let wanted: { full: boolean } | null = null
  let held: HeldRemoval | null = null
  let problems = 0
  let pullAbort: AbortController | null = null
  let readingTestimonials = false
  let undelivered: { readonly editId: EditId; readonly outcome: Outcome }[] = []
  /** An edit may have been taken without our learning of it, or be taken and given up. */
  let mustRecover = false

  const hurry = (): void => {
    pushNotBefore = 0
    pushFailures = 0
    hurried = true
  }

  const paused = (): boolean => deps.entry()?.paused ?? true
  const mayRun = (): boolean => !stopped && store !== null && traffic.allowed() && !paused()

  const state = (): SourceState => {
    if (standstill === 'key') return 'key-rejected'
    if (paused()) return 'paused'
    if (!traffic.allowed()) return 'offline'
    // A retry by itself does not hide why it was needed: the failure stands until an answer has come.
    if (progress !== null && (failures === 0 || progress.page > 0)) return 'syncing'
    if (error !== null) return failures > 0 ? 'waiting-to-retry' : 'error'
    return lastComplete === null ? 'not-synced' : 'up-to-date'
  }

  const scheduleNext = (): void => {
    const interval = deps.intervalMs()
    nextPullAt = interval === null ? null : clock.now() + interval
  }

  const fail = (failure: VendorFailure): void => {
    const policy = failurePolicy(failure)
    if (error === null || error.code !== failure.code) log.warn('source-failing', { code: failure.code, policy })
    error = failure
    if (policy === 'key' || policy === 'settings') {
      standstill = policy
      failures = 0
      nextPullAt = null
    } else if (policy === 'retry') {
      failures += 1
      const floorMs = failure.code === 'rate-limited' || failure.code === 'server-error' ? failure.retryAfterMs : null
      nextPullAt = clock.now() + backoffMs({ failures, random, floorMs })
    } else {
      failures = 0
      scheduleNext()
    }
  }

  const chooseKind = (full: boolean): SweepKind => {
    if (!connector.manifest.incremental || full || watermark === null || lastFullAt === null) return 'full'
    if (interruptedKind !== null) return interruptedKind
    return clock.now() - lastFullAt > FULL_SWEEP_EVERY_MS ? 'full' : 'incremental'
  }

  const pullOnce = async (full: boolean, client: StoreClient): Promise<void> => {
    const sourceId = deps.entry()?.sourceId
    if (sourceId === undefined) return
    const abort = new AbortController()
    pullAbort = abort
    const signal = AbortSignal.any([abort.signal, traffic.signal()])
    let requestSeq = sequence.next()
    const kind = chooseKind(full)
    progress = { kind, done: 0, total: null, page: 0, pages: null, startedAt: clock.now() }
    deps.onChange()
    let result: PullResult
    try {
      const call = await deps.makeCall(signal, {
        onRequest: () => {
          requestSeq = sequence.next()
        },
      })
      result =
        call === null
          ? { kind: 'failed', error: { code: 'key-rejected', status: 0, vendorText: null } }
          : await pullRun(
              {
                store: client,
                connector,
                call,
                requestSeq: () => requestSeq,
                clock,
                random,
                aborted: () => signal.aborted || store !== client,
                onProgress: (next) => {
                  progress = next
                  deps.onChange()
                },
              },
              {
                sourceId,
                kind,
                paramsHash: deps.paramsHash(),
                since: kind === 'incremental' && watermark !== null ? startBefore(watermark) : null,
                resume: !full,
              },
            )
    } finally {
      pullAbort = null
      progress = null
    }
    if (result.kind === 'complete') {
      if (error !== null) log.info('source-recovered')
      error = null
      failures = 0
      problems = result.problems
      // Not every complete run judges: one from before may still be held.
      const kept = await client['removal.held']({ sourceId })
      held = kept.ok ? kept.value : result.held
      await refreshCheckpoint(client)
      scheduleNext()
      if (connector.testimonials !== undefined) {
        void testimonialsInBackground().catch((cause: unknown) => deps.onBug('reading testimonials threw', cause))
      }
    } else if (result.kind === 'failed') {
      fail(result.error)
    } else if (result.kind === 'store') {
      // A store that went away comes back through `attachStore`; one that refuses is asked again, ever more rarely.
      if (result.error.code !== 'disconnected') error = result.error
      failures += 1
      nextPullAt = clock.now() + backoffMs({ failures, random, floorMs: 1_000 })
    } else if (nextPullAt !== null && nextPullAt <= clock.now()) {
      nextPullAt = clock.now() + 1_000
    }
    deps.onChange()
  }

  const refreshCheckpoint = async (client: StoreClient): Promise<void> => {
    const all = await client['sources.checkpoints']({})
    if (!all.ok) return
    const mine = all.value.find((c) => c.sourceId === deps.entry()?.sourceId)
    if (mine !== undefined) readCheckpoint(mine)
  }

  const readCheckpoint = (checkpoint: Checkpoint | null): void => {
    // What was complete under other settings, or another key, says nothing of what these would bring.
    const comparable = checkpoint !== null && checkpoint.paramsHash === deps.paramsHash() ? checkpoint : null
    lastComplete = comparable?.lastComplete ?? null
    lastFullAt = comparable?.lastFullAt ?? null
    watermark = comparable?.watermark ?? null
    interruptedKind = checkpoint?.run?.kind ?? null
  }

  const pullLoop = async (): Promise<void> => {
    while (!stopped) {
      const due = wanted !== null || (nextPullAt !== null && nextPullAt <= clock.now())
      const client = store
      if (mayRun() && client !== null && due && (standstill === null || wanted !== null)) {
        const full = wanted?.full ?? false
        if (wanted !== null) failures = 0
        wanted = null
        if (standstill !== null) pushAlarm.ring()
        standstill = null
        await pullOnce(full, client).catch((cause: unknown) => {
          error = { code: 'internal', incident: deps.onBug('pull threw', cause) }
          failures += 1
          nextPullAt = clock.now() + backoffMs({ failures, random, floorMs: 5_000 })
          deps.onChange()
        })
      } else {
        await pullAlarm.until(mayRun() && standstill === null ? nextPullAt : null)
      }
    }
  }

  const pushLoop = async (): Promise<void> => {
    while (!stopped) {
      await pushNext().catch(async (cause: unknown) => {
        deps.onBug('push loop threw', cause)
        mustRecover = true
        await pushAlarm.until(clock.now() + 5 * PAUSE_AFTER_TROUBLE_MS)
      })
    }
  }

  const pushNext = async (): Promise<void> => {
    const client = store
    const entry = deps.entry()
    if (client !== null && !(await catchUp(client))) {
      await pushAlarm.until(clock.now() + PAUSE_AFTER_TROUBLE_MS)
      return
    }
    if (client === null || entry === undefined || !mayRun() || standstill === 'key' || !canPush) {
      await pushAlarm.until(null)
      return
    }
    if (pushNotBefore > clock.now()) {
      await pushAlarm.until(pushNotBefore)
      if (pushNotBefore > clock.now() && pushFailures > 0) return
    }
    const hurryNow = hurried
    hurried = false
    const taken = await client['outbox.take']({ sourceId: entry.sourceId, at: clock.now(), hurry: hurryNow })
    if (!taken.ok) {
      // It may have been taken all the same.
      mustRecover = true
      hurried = hurried || hurryNow
      await pushAlarm.until(clock.now() + PAUSE_AFTER_TROUBLE_MS)
      return
    }
    const { edit, synced, wasUnknown, nextDueAt } = taken.value
    if (edit === null) {
      await pushAlarm.until(nextDueAt)
      return
    }
    const call = await deps.makeCall(traffic.signal())
    const pushed =
      call === null
        ? withoutKey(clock.now())
        : await pushOne(
            { store: client, connector, call, clock, random, writeSeq: sequence.next },
            { edit, synced: synced ?? {}, wasUnknown },
          ).catch((cause: unknown) => afterBug(deps.onBug('push threw', cause)))
    // The edit belongs to the database, whichever worker holds it by now.
    undelivered.push({ editId: edit.editId, outcome: pushed.outcome })
    notePushFailure(pushed.sourceError)
    if (store !== null) await catchUp(store)
    deps.onChange()
  }

  /** Brings a store up to date with what has been sent. Nothing else of this source is taken before that. */
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

  const notePushFailure = (failure: VendorFailure | null): void => {
    if (failure === null) {
      pushFailures = 0
      pushNotBefore = 0
      return
    }
    if (failurePolicy(failure) === 'key') {
      error = failure
      standstill = 'key'
      nextPullAt = null
      pullAbort?.abort()
      return
    }
    if (failure.code === 'cancelled') return
    pushFailures += 1
    const floorMs = failure.code === 'rate-limited' || failure.code === 'server-error' ? failure.retryAfterMs : null
    pushNotBefore = clock.now() + backoffMs({ failures: pushFailures, random, floorMs })
  }

  const testimonialsInBackground = async (): Promise<void> => {
    const client = store
    const entry = deps.entry()
    if (client === null || entry === undefined || readingTestimonials || !mayRun()) return
    readingTestimonials = true
    try {
      const call = await deps.makeCall(traffic.signal(), { background: true })
      if (call !== null) {
        await readTestimonials({
          store: client,
          connector,
          call,
          clock,
          sourceId: entry.sourceId,
          goOn: () => mayRun() && store === client,
        })
      }
    } finally {
      readingTestimonials = false
    }
  }

  void pullLoop()
  void pushLoop()

  return {
    view: () => ({
      state: state(),
      progress,
      error,
      nextAttemptAt: mayRun() && standstill === null && progress === null ? nextPullAt : null,
      lastComplete,
      heldRemoval: held,
      problems,
    }),
    attachStore: (client, checkpoint, heldRemoval, syncNow) => {
      store = client
      held = heldRemoval
      // A store that knows nothing of this source is read into from the beginning, whatever the last one knew.
      readCheckpoint(checkpoint)
      const interval = deps.intervalMs()
      const since = lastComplete === null ? Number.POSITIVE_INFINITY : clock.now() - lastComplete.at
      if (standstill === null) {
        if (syncNow || lastComplete === null || interruptedKind !== null) nextPullAt = clock.now()
        else if (interval !== null) nextPullAt = clock.now() + Math.max(0, interval - since)
      }
      pullAlarm.ring()
      pushAlarm.ring()
    },
    deliver: catchUp,
    detachStore: () => {
      store = null
      pullAbort?.abort()
    },
    sync: (full) => {
      wanted = { full: full || (wanted?.full ?? false) }
      hurry()
      // A retry that still waits for its first answer may hang for long; the user asks now.
      if (progress !== null && failures > 0 && progress.page === 0) pullAbort?.abort()
      pullAlarm.ring()
      pushAlarm.ring()
    },
    push: (now) => {
      if (now) hurry()
      pushAlarm.ring()
    },
    cancel: () => {
      wanted = null
      pullAbort?.abort()
      scheduleNext()
      deps.onChange()
    },
    reconfigured: ({ resync }) => {
      if (paused()) pullAbort?.abort()
      if (resync) {
        pullAbort?.abort()
        standstill = null
        error = null
        failures = 0
        wanted = { full: true }
        pushNotBefore = 0
      }
      pullAlarm.ring()
      pushAlarm.ring()
      deps.onChange()
    },
    trafficChanged: () => {
      if (traffic.allowed() && standstill === null) {
        // Back on the network: go at once, but not all sources in the same instant.
        failures = 0
        hurry()
        nextPullAt = clock.now() + Math.round(random.next() * 400)
      }
      pullAlarm.ring()
      pushAlarm.ring()
      deps.onChange()
    },
    intervalChanged: () => {
      if (error === null && lastComplete !== null) {
        const interval = deps.intervalMs()
        nextPullAt = interval === null ? null : Math.max(clock.now(), lastComplete.at + interval)
      }
      pullAlarm.ring()
    },
    setHeld: (next) => {
      held = next
      deps.onChange()
    },
    readTestimonials: async (remoteId) => {
      const client = store
      const entry = deps.entry()
      if (client === null || entry === undefined || connector.testimonials === undefined || !mayRun()) return
      const call = await deps.makeCall(traffic.signal())
      if (call === null) return
      const answer = await connector.testimonials(call, remoteId)
      if (!answer.ok) return
      await client['testimonials.put']({
        sourceId: entry.sourceId,
        remoteId,
        items: [...answer.value],
        readAt: clock.now(),
      })
    },
    stop: () => {
      stopped = true
      pullAbort?.abort()
      pullAlarm.ring()
      pushAlarm.ring()
    },
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

function startBefore(watermark: string): string {
  return new Date(Date.parse(watermark) - LOOKBACK_MS).toISOString()
}
