import type { AppError, VendorFailure } from '../../../shared/app-error.ts'
import type { RemoteId } from '../../../shared/ids.ts'
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
import { createPushLoop } from './push-loop.ts'
import { readTestimonials } from './testimonials-run.ts'

/** Vendors commit late and clocks of their servers differ: an incremental pull starts this much before the watermark. */
const LOOKBACK_MS = 600_000
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
  const pullAlarm = createAlarm(clock)

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
  let wanted: { full: boolean } | null = null
  let held: HeldRemoval | null = null
  let problems = 0
  let pullAbort: AbortController | null = null
  let readingTestimonials = false

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
        if (standstill !== null) pushLoop.ring()
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

  const pushLoop = createPushLoop({
    ...deps,
    store: () => store,
    maySend: () => mayRun() && standstill !== 'key',
    isStopped: () => stopped,
    onKeyRejected: (failure) => {
      error = failure
      standstill = 'key'
      nextPullAt = null
      pullAbort?.abort()
    },
  })

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
  void pushLoop.run()

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
      pushLoop.ring()
    },
    deliver: pushLoop.catchUp,
    detachStore: () => {
      store = null
      pullAbort?.abort()
    },
    sync: (full) => {
      wanted = { full: full || (wanted?.full ?? false) }
      pushLoop.hurry()
      // A retry that still waits for its first answer may hang for long; the user asks now.
      if (progress !== null && failures > 0 && progress.page === 0) pullAbort?.abort()
      pullAlarm.ring()
      pushLoop.ring()
    },
    push: (now) => {
      if (now) pushLoop.hurry()
      pushLoop.ring()
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
        pushLoop.hurry()
      }
      pullAlarm.ring()
      pushLoop.ring()
      deps.onChange()
    },
    trafficChanged: () => {
      if (traffic.allowed() && standstill === null) {
        // Back on the network: go at once, but not all sources in the same instant.
        failures = 0
        pushLoop.hurry()
        nextPullAt = clock.now() + Math.round(random.next() * 400)
      }
      pullAlarm.ring()
      pushLoop.ring()
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
      pushLoop.ring()
    },
  }
}

function startBefore(watermark: string): string {
  return new Date(Date.parse(watermark) - LOOKBACK_MS).toISOString()
}
