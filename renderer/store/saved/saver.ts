import type { Clock } from '../../../shared/clock.ts'
import { HeadsNotRead } from '../records/record-contract.ts'
import { meaningOf } from '../storage-guard.ts'
import type { PartsWriter } from './save-parts.ts'

/** Between two pages of a pull there may be a pause: while one runs, nothing is saved before one this long. */
const QUIET_MS = 5_000
/** Where it goes on without such a pause, a shorter one will do after this long. */
const OVERDUE_MS = 60_000
/** Where no pull runs, the book has come to rest after this: whoever closes the window soon after has a form, too. */
const BREATH_MS = 700
/** Of what few commits have changed there is time: a start looks at these records again. */
const FEW_COMMITS = 200
const SOON_ENOUGH_MS = 60_000
/** After a key or a look at the list: whoever types gets all of the processor. */
const AT_WORK_MS = 1_500
/** Nobody's hands keep it from being made for longer than this: without one, each start reads the whole book. */
const FIRST_PATIENCE_MS = 60_000
/** Where there is one, a start has little to look at again: there is more time. */
const PATIENCE_MS = 600_000
/** A save that met a full disk, or anything else that it does not know, is not tried again for a while. */
const GIVEN_UP_MS = 3_600_000
/** Behind a form that cannot be made anew the list of what has changed grows: so far, and then both go. */
const MOST_UNSAVED = 20_000
/** A share of the work that may wait, between two looks at who else wants something. */
const SETTLE_MS = 8

export interface Saver {
  /** A commit has changed memory. */
  readonly committed: () => void
  /** Many records have other places by now, and nothing else of them is new: as after many commits. */
  readonly moved: () => void
  /** A pull may have ended: what waited for its next page need not wait any more. */
  readonly rested: () => void
  /** Somebody looks at the book now. */
  readonly asked: () => void
  readonly isAtWork: () => boolean
  /** Another form is not to be found by a start, and the room is given back. */
  readonly drop: () => Promise<void>
  /** It has gone with what may not stay behind in it: another one is due. */
  readonly forgotten: () => void
  readonly stop: () => void
  readonly savedAt: () => number | null
}

/** Decides when the saved form is made anew: in quiet moments, in slices, and never in anybody's way. */
export function createSaver(deps: {
  readonly clock: Clock
  readonly writer: PartsWriter
  /** Makes memory what the last commits have made of it, whatever has to be read for that. */
  readonly catchUp: () => Promise<void>
  /** Work of memory itself that may wait, `budgetMs` at a time; true while some is left. */
  readonly settle: (budgetMs: number) => boolean
  /** Whether a pull is under way: its next page will change what is saved now. */
  readonly isPulling: () => boolean
  /** When the form on the disk was made. */
  readonly savedAt: number | null
  /** There is another form on the disk, or none any more. */
  readonly onChange: () => void
}): Saver & { readonly pause: () => Promise<boolean> } {
  const { clock, writer, settle, isPulling } = deps
  let commits = 0
  let lastCommit = Number.NEGATIVE_INFINITY
  let lastAsked = Number.NEGATIVE_INFINITY
  let firstUnsaved = 0
  let notBefore = Number.NEGATIVE_INFINITY
  let { savedAt } = deps
  let stopped = false
  let running = false
  let cancel: (() => void) | null = null

  const quietMs = (): number => (isPulling() && clock.now() < firstUnsaved + OVERDUE_MS ? QUIET_MS : BREATH_MS)

  /** Until when whoever uses the list goes first. */
  const theirsUntil = (): number =>
    Math.min(lastAsked + AT_WORK_MS, firstUnsaved + (savedAt === null ? FIRST_PATIENCE_MS : PATIENCE_MS))

  /** When it may begin, as things are. */
  const due = (): number => {
    const quiet = Math.max(lastCommit + quietMs(), theirsUntil(), notBefore)
    return commits >= FEW_COMMITS || savedAt === null ? quiet : Math.max(quiet, firstUnsaved + SOON_ENOUGH_MS)
  }

  const plan = (): void => {
    if (stopped || running || commits === 0 || cancel !== null) return
    cancel = clock.schedule(Math.max(0, due() - clock.now()), () => {
      cancel = null
      if (clock.now() < due()) plan()
      else void run()
    })
  }

  const pause = async (): Promise<boolean> => {
    // One turn for whoever waits; somebody at work is waited for.
    do {
      const now = clock.now()
      await new Promise<void>((resolve) => clock.schedule(Math.max(0, theirsUntil() - now), resolve))
    } while (!stopped && clock.now() < theirsUntil())
    return !stopped && clock.now() >= lastCommit + quietMs()
  }

  const run = async (): Promise<void> => {
    running = true
    const before = commits
    try {
      await deps.catchUp()
      while (settle(SETTLE_MS)) if (!(await pause())) return
      const outcome = await writer.save()
      if (outcome === 'at-work' || stopped) return
      savedAt = clock.now()
      commits -= before
      firstUnsaved = savedAt
      deps.onChange()
    } catch (cause) {
      // A commit has come in between, and of its lines one is to be read: the next time it is.
      if (cause instanceof HeadsNotRead) return
      // It is no one's trouble: a start without it reads the segments. Room that was taken is given back.
      notBefore = clock.now() + GIVEN_UP_MS
      // So is what was noted beside a form that is not there.
      if (meaningOf(cause).trouble === 'full' || savedAt === null) await drop()
    } finally {
      running = false
      plan()
    }
  }

  const drop = async (): Promise<void> => {
    savedAt = null
    deps.onChange()
    await writer.drop().catch(() => undefined)
  }

  return {
    pause,
    committed: () => {
      lastCommit = clock.now()
      if (commits === 0) firstUnsaved = lastCommit
      commits++
      if (commits > MOST_UNSAVED && savedAt !== null && !running) void drop()
      plan()
    },
    moved: () => {
      if (commits === 0) firstUnsaved = clock.now()
      commits += FEW_COMMITS
      plan()
    },
    rested: () => {
      if (isPulling()) return
      cancel?.()
      cancel = null
      plan()
    },
    asked: () => {
      lastAsked = clock.now()
    },
    isAtWork: () => clock.now() < lastAsked + AT_WORK_MS,
    drop: async () => {
      notBefore = clock.now() + GIVEN_UP_MS
      await drop()
    },
    forgotten: () => {
      savedAt = null
      writer.forgotten()
      deps.onChange()
    },
    stop: () => {
      stopped = true
      cancel?.()
    },
    savedAt: () => savedAt,
  }
}
