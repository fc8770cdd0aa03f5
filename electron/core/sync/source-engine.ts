import type { Checkpoint } from '../../../shared/model/checkpoint.ts'
import type { Coverage, HeldRemoval, SourceState, SyncProgress } from '../../../shared/model/source.ts'
import type { StoreClient } from '../store-link.ts'
import { createAbsenceWatch } from './absence-watch.ts'
import { createAlarm } from './alarm.ts'
import { checkpointFacts, kindOfNext, NO_CHECKPOINT } from './checkpoint-facts.ts'
import type { EngineDeps, SourceEngine } from './engine-contract.ts'
import { pullOnce } from './pull-once.ts'
import type { PullResult } from './pull-run.ts'
import { createPullSchedule } from './pull-schedule.ts'
import { createPushLoop } from './push-loop.ts'
import { createTestimonialReader } from './testimonials-run.ts'

/** Back on the network: at once, but not all sources in the same instant. */
const RECONNECT_SPREAD_MS = 400
/** Between two words of how far a pull has come: each is painted by every window, while the pull needs the processor. */
const PROGRESS_EVERY_MS = 500

export function createSourceEngine(deps: EngineDeps): SourceEngine {
  const { host, connector, traffic, pace } = deps
  const { clock, random } = host
  const pullAlarm = createAlarm(clock, random)
  const schedule = createPullSchedule(deps)

  let store: StoreClient | null = null
  let stopped = false
  let past = NO_CHECKPOINT
  let progress: SyncProgress | null = null
  let held: HeldRemoval | null = null
  let problems = 0
  let pullAbort: AbortController | null = null
  /** Key or settings are new: nothing is written before a read has shown whose clients these are (SYNC.md F168). */
  let mustReadFirst = false
  /** Of the run under way, or of one that was cut short: what of it is stored. */
  let stored: Omit<Coverage, 'interrupted'> | null = null
  const absence = createAbsenceWatch({ clock, connector, makeCall: deps.makeCall })

  const paused = (): boolean => deps.entry()?.paused ?? true
  const mayRun = (): boolean => !stopped && store !== null && traffic.allowed() && !paused()

  const state = (): SourceState => {
    if (schedule.standstill() === 'key') return 'key-rejected'
    if (paused()) return 'paused'
    if (!traffic.allowed()) return 'offline'
    // A retry by itself does not hide why it was needed: the failure stands until an answer has come.
    if (progress !== null && (schedule.failures() === 0 || progress.page > 0)) return 'syncing'
    if (schedule.error() !== null) return schedule.failures() > 0 ? 'waiting-to-retry' : 'error'
    return past.lastComplete === null ? 'not-synced' : 'up-to-date'
  }

  const standsReady = (): boolean => schedule.standstill() === null

  const nextAttemptAt = (): number | null => {
    if (!mayRun() || schedule.standstill() !== null || progress !== null) return null
    const held = pace.view().nextAttemptAt
    const planned = schedule.nextAt()
    return held === null ? planned : Math.max(held, planned ?? 0)
  }

  const pull = async (full: boolean, client: StoreClient): Promise<void> => {
    const sourceId = deps.entry()?.sourceId
    if (sourceId === undefined) return
    const abort = new AbortController()
    pullAbort = abort
    const signal = AbortSignal.any([abort.signal, traffic.signal()])
    const kind = kindOfNext(past, { incremental: connector.manifest.incremental, full, clock })
    progress = { kind, done: 0, total: null, page: 0, pages: null, startedAt: clock.now() }
    deps.onChange()
    let toldAt = Number.NEGATIVE_INFINITY
    let result: PullResult
    try {
      result = await pullOnce(deps, {
        store: client,
        sourceId,
        kind,
        full,
        past,
        signal,
        aborted: () => signal.aborted || store !== client,
        onProgress: (next) => {
          progress = next
          const now = clock.now()
          // The first page says that the source answers. A clock set back silences nobody.
          if (next.page > 1 && now >= toldAt && now - toldAt < PROGRESS_EVERY_MS) return
          toldAt = now
          deps.onChange()
        },
        onStored: (coverage) => {
          stored = coverage
        },
      })
    } finally {
      pullAbort = null
      progress = null
    }
    switch (result.kind) {
      case 'complete':
        problems = result.problems
        if (result.unproven !== null) host.log.warn('sweep-unproven', { reason: result.unproven })
        schedule.completed()
        // Not every complete run judges: one from before may still be held.
        await refresh(client, result.held)
        lookAgain()
        await follow(client)
        void testimonials.readDue().catch((cause: unknown) => deps.onBug('reading testimonials threw', cause))
        break
      case 'failed':
        schedule.failed(result.error)
        // How far it came, or that it begins anew.
        await refresh(client, held)
        break
      case 'store':
        schedule.storeFailed(result.error)
        break
      case 'stopped':
        schedule.stopped()
    }
    deps.onChange()
  }

  const refresh = async (client: StoreClient, heldNow: HeldRemoval | null): Promise<void> => {
    const sourceId = deps.entry()?.sourceId
    if (sourceId === undefined) return
    const kept = await client['removal.held']({ sourceId })
    held = kept.ok ? kept.value : heldNow
    const all = await client['sources.checkpoints']({})
    const mine = all.ok ? all.value.find((checkpoint) => checkpoint.sourceId === sourceId) : undefined
    if (mine !== undefined) readCheckpoint(mine)
  }

  const readCheckpoint = (checkpoint: Checkpoint | null): void => {
    past = checkpointFacts(checkpoint, deps.paramsHash())
    stored = past.coverage
    mustReadFirst = past.otherSettings
    pushLoop.ring()
  }

  /** Where a sweep could not decide alone, the next one does not wait for its regular time. */
  const lookAgain = (): void => {
    const { lookAgainAt } = past
    const planned = schedule.nextAt()
    if (lookAgainAt !== null && (planned === null || lookAgainAt < planned))
      schedule.at(Math.max(lookAgainAt, clock.now()))
  }

  const follow = async (client: StoreClient): Promise<void> => {
    const sourceId = deps.entry()?.sourceId
    if (sourceId === undefined) return
    const abort = new AbortController()
    pullAbort = abort
    const done = await absence.follow(client, sourceId, AbortSignal.any([abort.signal, traffic.signal()]))
    pullAbort = null
    if (!done.ok && done.error.code !== 'disconnected') host.log.warn('absence-not-followed', { code: done.error.code })
    deps.onChange()
  }

  const pullLoop = async (): Promise<void> => {
    while (!stopped) {
      const client = store
      if (mayRun() && client !== null && schedule.isDue() && pace.mayRead()) {
        const { full, wasStanding } = schedule.take()
        if (wasStanding) pushLoop.ring()
        await pull(full, client).catch((cause: unknown) => {
          schedule.threw({ code: 'internal', incident: deps.onBug('pull threw', cause) })
          deps.onChange()
        })
      } else if (mayRun() && client !== null && standsReady() && absence.isDue() && pace.mayRead()) {
        await follow(client).catch((cause: unknown) => deps.onBug('following absences threw', cause))
      } else {
        // What keeps a pull from going that is due rings when it is over.
        const sleeps = mayRun() && standsReady() && !schedule.isDue()
        const [pullAt, askAt] = sleeps ? [schedule.nextAt(), absence.isDue() ? null : absence.nextAt()] : [null, null]
        const isAsk = askAt !== null && (pullAt === null || askAt < pullAt)
        if (await pullAlarm.until(isAsk ? askAt : pullAt)) isAsk ? absence.cameDue() : schedule.cameDue()
      }
    }
  }

  const pushLoop = createPushLoop({
    ...deps,
    store: () => store,
    maySend: () => mayRun() && standsReady() && pace.mayRead() && !mustReadFirst && held?.because !== 'other-tenant',
    isStopped: () => stopped,
    onKeyRejected: (failure) => {
      schedule.keyRejected(failure)
      pullAbort?.abort()
    },
    onMisconfigured: (failure) => {
      schedule.failed(failure)
      pullAbort?.abort()
    },
  })
  const testimonials = createTestimonialReader({ ...deps, store: () => store, mayRun })
  const ringBoth = (): void => {
    pullAlarm.ring()
    pushLoop.ring()
  }

  pace.onChange(() => {
    ringBoth()
    deps.onChange()
  })

  void pullLoop()
  void pushLoop.run()

  return {
    view: () => ({
      state: state(),
      progress,
      error: schedule.error(),
      nextAttemptAt: nextAttemptAt(),
      circuitOpen: pace.view().circuitOpen,
      lastComplete: past.lastComplete,
      heldRemoval: held,
      problems,
      coverage: stored === null ? null : { ...stored, interrupted: progress === null },
      deletionsSeenBy: past.deletionsSeenBy ?? connector.deletionsSeenBy(deps.entry()?.settings ?? {}),
      suspects: absence.suspects(),
    }),
    attachStore: (client, checkpoint, heldRemoval, syncNow) => {
      store = client
      held = heldRemoval
      // A store that knows nothing of this source is read into from the beginning, whatever the last one knew.
      readCheckpoint(checkpoint)
      const interval = deps.intervalMs()
      const { lastComplete, interruptedKind } = past
      if (schedule.standstill() === null) {
        if (syncNow || lastComplete === null || interruptedKind !== null) schedule.at(clock.now())
        else if (interval !== null) schedule.at(Math.max(clock.now(), lastComplete.at + interval))
        lookAgain()
      }
      absence.reset()
      ringBoth()
    },
    deliver: pushLoop.catchUp,
    detachStore: () => {
      store = null
      pullAbort?.abort()
    },
    sync: (full) => {
      pace.reset()
      schedule.want(full)
      pushLoop.hurry()
      // A retry that still waits for its first answer may hang for long; the user asks now.
      if (progress !== null && schedule.failures() > 0 && progress.page === 0) pullAbort?.abort()
      ringBoth()
    },
    push: (now) => {
      if (now) pushLoop.hurry()
      pushLoop.ring()
    },
    cancel: () => {
      schedule.unwant()
      pullAbort?.abort()
      schedule.regular()
      deps.onChange()
    },
    reconfigured: ({ resync }) => {
      if (paused()) pullAbort?.abort()
      if (resync) {
        mustReadFirst = true
        pullAbort?.abort()
        pace.reset()
        schedule.forgive()
        schedule.want(true)
        pushLoop.hurry()
      }
      ringBoth()
      deps.onChange()
    },
    trafficChanged: () => {
      if (traffic.allowed() && schedule.standstill() === null) {
        pace.reset()
        schedule.reconnected()
        pushLoop.hurry(RECONNECT_SPREAD_MS)
      }
      ringBoth()
      deps.onChange()
    },
    intervalChanged: () => {
      if (schedule.error() === null && past.lastComplete !== null) {
        const interval = deps.intervalMs()
        schedule.at(interval === null ? null : Math.max(clock.now(), past.lastComplete.at + interval))
      }
      pullAlarm.ring()
    },
    setHeld: (next) => {
      held = next
      pushLoop.ring()
      deps.onChange()
    },
    readTestimonials: testimonials.readOne,
    stop: () => {
      stopped = true
      pullAbort?.abort()
      ringBoth()
    },
  }
}
