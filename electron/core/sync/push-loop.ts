import type { VendorFailure } from '../../../shared/app-error.ts'
import { createAttemptId, type EditId } from '../../../shared/ids.ts'
import { err, ok } from '../../../shared/result.ts'
import type { StoreClient } from '../store-link.ts'
import { createAlarm } from './alarm.ts'
import { createCreateWatch } from './create-watch.ts'
import type { EngineDeps } from './engine-contract.ts'
import { failurePolicy } from './failure-policy.ts'
import { createGapMeter, type GapFigures } from './gap-meter.ts'
import { MAX_SENDS } from './look-after-create.ts'
import { createOutcomeDesk } from './outcome-desk.ts'
import { type Pushed, type TakenEdit, valuesOf } from './push-context.ts'
import { pushOne } from './push-one.ts'

/** Writes of one source under way at once; never two of one record (shared/sync/plan-pushes.ts). */
const LANES = 2
/** After a bug, or a refusal of the store: never at once, so that a loop cannot spin. */
const PAUSE_AFTER_TROUBLE_MS = 1_000

export interface PushLoopDeps
  extends Pick<
    EngineDeps,
    'host' | 'connector' | 'traffic' | 'sequence' | 'entry' | 'makeCall' | 'pace' | 'journal' | 'onChange' | 'onBug'
  > {
  readonly store: () => StoreClient | null
  /** May anything be sent now: a store, traffic, not paused, and a source that is not known to refuse it. */
  readonly maySend: () => boolean
  readonly isStopped: () => boolean
  /** The source refused the key: the whole source stands still. */
  readonly onKeyRejected: (failure: VendorFailure) => void
  /** The address leads astray: nothing more is sent there until the settings have changed. */
  readonly onMisconfigured: (failure: VendorFailure) => void
}

/** Sends the edits of one source. See `SourceEngine` for its place in the life of a source. */
export interface PushLoop {
  readonly run: () => Promise<void>
  /** Something changed: look again. */
  readonly ring: () => void
  /** Delays of our own making are over (reconnected, or the user asked); with `withinMs`, at a moment of chance. */
  readonly hurry: (withinMs?: number) => void
  /** Brings a store up to date with what has been sent. Nothing else is taken before that; false where it refused. */
  readonly catchUp: (store: StoreClient) => Promise<boolean>
  readonly gap: () => GapFigures
}

type Next =
  | { readonly kind: 'wait'; readonly until: number | null }
  | { readonly kind: 'push'; readonly client: StoreClient; readonly taken: TakenEdit }

export function createPushLoop(deps: PushLoopDeps): PushLoop {
  const { connector, traffic, sequence, onBug, pace } = deps
  const { clock, random, log } = deps.host
  const alarms = Array.from({ length: LANES }, () => createAlarm(clock, random))
  const canPush = connector.create !== undefined || connector.update !== undefined || connector.remove !== undefined
  const flying = new Set<EditId>()
  const desk = createOutcomeDesk({ ...deps, clock, isIdle: () => flying.size === 0 })
  const creates = createCreateWatch(clock)
  const gap = createGapMeter(clock)
  let failures = 0
  let pause: (() => void) | null = null
  let hurried = false
  /** A due time that has been waited for in full, whatever the wall clock says by now. */
  let cameDue = 0
  let turn: Promise<unknown> = Promise.resolve()

  const ring = (): void => {
    for (const alarm of alarms) alarm.ring()
  }
  const pauseFor = (ms: number): void => {
    pause?.()
    pause = clock.schedule(ms, () => {
      pause = null
      ring()
    })
  }
  const wait = (until: number | null): Next => ({ kind: 'wait', until })

  /** One lane after the other, so that what one has taken the other sees. */
  const take = (): Promise<Next> => {
    const next = turn.then(takeNext)
    turn = next.catch(() => undefined)
    return next
  }

  const takeNext = async (): Promise<Next> => {
    const client = deps.store()
    const entry = deps.entry()
    if (client !== null && !(await desk.catchUp(client))) return wait(clock.now() + PAUSE_AFTER_TROUBLE_MS)
    if (client === null || entry === undefined || !deps.maySend() || !canPush || pause !== null) return wait(null)
    const hurry = hurried
    hurried = false
    const { sourceId } = entry
    const at = Math.max(clock.now(), cameDue)
    cameDue = 0
    const taken = await client['outbox.take']({ sourceId, at, hurry, except: [...flying] })
    if (!taken.ok) {
      // It may have been taken all the same.
      desk.mustRecover()
      hurried = hurried || hurry
      return wait(clock.now() + PAUSE_AFTER_TROUBLE_MS)
    }
    const { edit, synced, wasUnknown, own, nextDueAt } = taken.value
    if (edit === null) return wait(nextDueAt)
    flying.add(edit.editId)
    const attemptId = createAttemptId(random)
    const asTaken = { edit, attemptId, synced: synced ?? {}, wasUnknown, own }
    return { kind: 'push', client, taken: deps.journal.isDone(edit.editId) ? neverAgain(asTaken) : asTaken }
  }

  const push = async (client: StoreClient, taken: TakenEdit): Promise<void> => {
    const { edit, attemptId } = taken
    const { editId, sourceId } = edit
    let isNoted = false
    const freeze: Parameters<typeof pushOne>[0]['freeze'] = async (input) => {
      const at = clock.now()
      const fence = input.fence === null ? null : [...input.fence]
      const stored = await client['outbox.freeze']({ ...input, fence, at })
      if (!stored.ok) return stored
      isNoted = await deps.journal.attempt({ ...input, fence, sourceId, at })
      return isNoted ? ok(null) : err({ code: 'storage', kind: 'failed' })
    }
    const send = async (): Promise<Pushed> => {
      // Named by the store alone: nothing of another source goes to this one, whatever the store says.
      if (sourceId !== deps.entry()?.sourceId) return notOurs()
      const call = await deps.makeCall(traffic.signal(), { rank: 'edit', reserveWrite: true })
      if (call === null) return withoutKey(clock.now())
      return pushOne({ freeze, connector, call, clock, random, writeSeq: sequence.next, creates, gap }, taken)
    }
    const pushed = await send().catch((cause: unknown) => afterBug(onBug('push threw', cause)))
    // The edit belongs to the database, whichever worker holds it by now.
    await desk.keep({ editId, sourceId, attemptId: isNoted ? attemptId : null, outcome: pushed.outcome })
    noteFailure(pushed.sourceError)
    const holder = deps.store()
    if (holder !== null) await desk.deliver(holder)
  }

  const lane = async (alarm: (typeof alarms)[number]): Promise<void> => {
    const next = await take()
    if (next.kind === 'wait') {
      const isOver = await alarm.until(next.until)
      if (isOver && next.until !== null) cameDue = Math.max(cameDue, next.until)
      return
    }
    try {
      await push(next.client, next.taken)
    } finally {
      flying.delete(next.taken.edit.editId)
      ring()
    }
    deps.onChange()
  }

  const noteFailure = (failure: VendorFailure | null): void => {
    if (failure === null) {
      failures = 0
      return
    }
    const policy = failurePolicy(failure)
    if (policy === 'key') deps.onKeyRejected(failure)
    else if (policy === 'settings') deps.onMisconfigured(failure)
    else if (failure.code !== 'cancelled') {
      failures += 1
      pauseFor(pace.retryDelayMs(failures, failure))
    }
  }

  const runLane = async (alarm: (typeof alarms)[number]): Promise<void> => {
    while (!deps.isStopped()) {
      await lane(alarm).catch(async (cause: unknown) => {
        onBug('push loop threw', cause)
        desk.mustRecover()
        await alarm.until(clock.now() + 5 * PAUSE_AFTER_TROUBLE_MS)
      })
    }
  }

  return {
    run: async () => {
      await Promise.all(alarms.map(runLane))
      const figures = gap.figures()
      if (figures.count > 0) log.info('check-to-write-gap', { ...figures })
    },
    ring,
    hurry: (withinMs = 0) => {
      failures = 0
      hurried = true
      pause?.()
      pause = null
      if (withinMs > 0) pauseFor(Math.round(random.next() * withinMs))
    },
    catchUp: (store) => {
      // A store that is new may lack what the journal still knows.
      desk.readJournal()
      return desk.catchUp(store)
    },
    gap: gap.figures,
  }
}

/**
 * The journal knows that the source has taken it, and the store does not: an older state of it came back. It is looked
 * for, adopted where it is found, and in no case sent.
 */
function neverAgain(taken: TakenEdit): TakenEdit {
  const { edit } = taken
  const frozenBody = edit.frozenBody ?? valuesOf(edit)
  return { ...taken, wasUnknown: true, edit: { ...edit, frozenBody, attempts: Math.max(edit.attempts, MAX_SENDS) } }
}

/** Nothing is sent without a key; the edit is as fresh as before. */
function withoutKey(now: number): Pushed {
  const error = { code: 'key-rejected', status: 0, vendorText: null } as const
  return { outcome: { kind: 'retry', at: now, error, countAttempt: false }, sourceError: error }
}

function notOurs(): Pushed {
  return { outcome: { kind: 'needs-attention', error: { code: 'missing', what: 'source' } }, sourceError: null }
}

/** Nobody knows how far it got, so nobody may assume: the user looks. */
function afterBug(incident: string): Pushed {
  return { outcome: { kind: 'needs-attention', error: { code: 'internal', incident } }, sourceError: null }
}
