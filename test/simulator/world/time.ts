import type { Clock } from '../../../shared/clock.ts'
import type { Dice } from './dice.ts'

/** One process of the app: what a dead one had scheduled never happens. */
export interface Life {
  alive: boolean
}

/**
 * Time and turns of a run. Timers go by a hand clock; everything else (messages, transactions) waits in lanes of tasks,
 * and a seeded choice says which lane's turn is next: within a lane order holds, between lanes anything may happen.
 */
export interface SimTime {
  /** True time, ms: what vendors go by. */
  readonly now: () => number
  /** The machine's clock as a process of the app sees it; it may be wrong. */
  readonly clockOf: (life: Life) => Clock
  readonly schedule: Clock['schedule']
  /** A clock that is set wrong, or right again. */
  readonly setSkew: (ms: number) => void
  readonly skew: () => number
  readonly post: (lane: string, task: () => void) => void
  /** Runs all that is due within `ms`, and what follows from it. */
  readonly advance: (ms: number) => Promise<void>
  /** Until nothing is under way that needs no clock. */
  readonly settle: () => Promise<void>
  /** Calls `strike` in the middle of things: after so many more turns. */
  readonly afterTurns: (turns: number, strike: () => void) => void
  readonly dropStrikes: () => void
  readonly turns: () => number
  /** Puts the machine's own timers back. */
  readonly end: () => void
}

/** More turns than this without the clock moving is a loop. */
const TURNS_WITHOUT_TIME = 200_000

interface Timer {
  readonly id: number
  readonly at: number
  readonly run: () => void
}

const machine = { setImmediate, setTimeout, clearTimeout }

export function createSimTime(start: number, dice: Dice): SimTime {
  let now = start
  let skew = 0
  let nextId = 1
  let turns = 0
  let turnsAtTime = 0
  const timers: Timer[] = []
  const lanes = new Map<string, (() => void)[]>()
  let waiting = 0
  let strikes: { readonly at: number; readonly strike: () => void }[] = []

  const schedule: Clock['schedule'] = (delayMs, run) => {
    const delay = Number.isFinite(delayMs) ? Math.max(0, delayMs) : 0
    const timer = { id: nextId++, at: now + delay, run }
    // Sorted by time, then by age: the newest of one time goes last.
    let at = timers.length
    while (at > 0 && (timers[at - 1]?.at ?? 0) > timer.at) at--
    timers.splice(at, 0, timer)
    return () => {
      const place = timers.indexOf(timer)
      if (place !== -1) timers.splice(place, 1)
    }
  }

  const takeTurn = (): void => {
    const index = lanes.size > 1 ? dice.below(lanes.size) : 0
    let i = 0
    for (const [name, tasks] of lanes) {
      if (i++ !== index) continue
      const task = tasks.shift()
      if (tasks.length === 0) lanes.delete(name)
      waiting--
      turns++
      task?.()
      break
    }
    if (strikes.length > 0) {
      const due = strikes.filter(({ at }) => at <= turns)
      if (due.length === 0) return
      strikes = strikes.filter(({ at }) => at > turns)
      for (const { strike } of due) strike()
    }
  }

  const post = (lane: string, task: () => void): void => {
    const tasks = lanes.get(lane)
    if (tasks === undefined) lanes.set(lane, [task])
    else tasks.push(task)
    waiting++
    machine.setImmediate(takeTurn)
  }

  const settle = async (): Promise<void> => {
    // Once at least: promises settle before the machine's next turn.
    do {
      await new Promise<void>((resolve) => machine.setImmediate(resolve))
      if (turns - turnsAtTime > TURNS_WITHOUT_TIME) throw new Error(`more than ${TURNS_WITHOUT_TIME} turns at one time`)
    } while (waiting > 0)
  }

  // The database, and Dexie above it, reach for these by themselves.
  Object.assign(globalThis, {
    setImmediate: (task: () => void) => {
      // A connection that closes asks at every turn whether its transactions are over. Where one of them hangs, that would
      // be for ever at one moment: it asks once a millisecond, and time passes.
      if (task.toString().includes('closeConnection(')) schedule(1, task)
      else post('database', task)
    },
    setTimeout: (task: () => void, ms = 0) => schedule(ms, task),
    clearTimeout: (cancel: unknown) => {
      if (typeof cancel === 'function') cancel()
    },
  })

  return {
    now: () => now,
    schedule,
    clockOf: (life) => ({
      now: () => now + skew,
      schedule: (delayMs, run) => schedule(delayMs, () => life.alive && run()),
    }),
    setSkew: (ms) => {
      skew = ms
    },
    skew: () => skew,
    post,
    settle,
    advance: async (ms) => {
      const target = now + ms
      for (;;) {
        await settle()
        const next = timers[0]
        if (next === undefined || next.at > target) break
        timers.shift()
        if (next.at > now) turnsAtTime = turns
        now = Math.max(now, next.at)
        next.run()
      }
      turnsAtTime = turns
      now = target
    },
    afterTurns: (count, strike) => strikes.push({ at: turns + count, strike }),
    dropStrikes: () => {
      strikes = []
    },
    turns: () => turns,
    end: () => void Object.assign(globalThis, machine),
  }
}
